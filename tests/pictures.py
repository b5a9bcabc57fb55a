"""Pictures to send: as a phone makes them, and as nobody should."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

PLACE = "Bremen"


def picture(kind: str = "JPEG", size: tuple[int, int] = (120, 80), *, turned: bool = False) -> bytes:
    """A red picture with a blue upper left corner, with what a camera writes: the place, and how it was held."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((20, 30, 200), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x010E] = PLACE
    exif[0x0112] = 6 if turned else 1  # 6: to be turned to the right
    exif.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    image.save(file, kind, exif=exif, comment=PLACE.encode() if kind == "JPEG" else None)
    return file.getvalue()


def bomb() -> bytes:
    """A small file that says it is a picture of 2500 megapixels."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
