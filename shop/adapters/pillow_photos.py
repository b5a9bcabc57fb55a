"""`PhotoCleaner` with Pillow: the pixels are drawn anew, so that nothing else of the file is left."""

from __future__ import annotations

import asyncio
import io
import struct
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

from shop.errors import PhotoBroken, PhotoOfAnotherKind, PhotoTooLarge
from shop.photos import Photo

_KINDS = ("JPEG", "PNG", "WEBP")
_MOST_PIXELS = 25_000_000  # as it came; the chat sends fewer, and read whole this is 100 MB
_LONGEST_SIDE = 2048
_QUALITY = 85  # of 100
# All that Pillow raises for a file that is not what it seems.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)


class PillowPhotos:
    """One photo at a time, so that memory stays bounded whoever sends how many."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore()

    async def clean(self, content: bytes) -> Photo:
        async with self._turn:
            return await asyncio.to_thread(_clean, content)


def _clean(content: bytes) -> Photo:
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as image:
            _refuse_many_pixels(image)
            return _developed(image)
    except UnidentifiedImageError as error:
        raise PhotoOfAnotherKind("neither a JPEG nor a PNG nor a WebP") from error
    except Image.DecompressionBombError as error:
        raise PhotoTooLarge("more pixels than Pillow reads") from error
    except _BROKEN as error:
        raise PhotoBroken(f"{type(error).__name__} while reading it") from error


def _refuse_many_pixels(image: Image.Image) -> None:
    if image.width * image.height > _MOST_PIXELS:
        raise PhotoTooLarge(f"{image.width} x {image.height} pixels")


def _developed(image: Image.Image) -> Photo:
    """Upright, on white where it was transparent, and no larger than a screen shows."""
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))  # a large JPEG is read in a smaller size at once
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    file = io.BytesIO()
    paper.save(file, "JPEG", quality=_QUALITY)
    return Photo(file.getvalue(), *paper.size)
