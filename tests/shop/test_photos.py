"""Photos: drawn anew without what the camera wrote, refused where they are not what they seem, kept with their line."""

from __future__ import annotations

import io
from contextlib import suppress
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import func, select

from shop.adapters.pillow_photos import PillowPhotos
from shop.adapters.sql.conversation_tables import conversations, photos
from shop.adapters.sql.conversations import SqlConversations
from shop.adapters.sql.database import Database
from shop.adapters.sql.photos import SqlPhotos
from shop.conversations import PHOTO_SENT, Inbound, Sender
from shop.errors import NotFound, PhotoBroken, PhotoOfAnotherKind, PhotoTooLarge, Rejected
from shop.photos import Photo
from tests.fakes import SettableClock
from tests.pictures import PLACE, bomb, picture

PHOTO = Photo(b"\xff\xd8 a picture", 40, 30)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_each_kind_becomes_a_plain_jpeg(kind: str) -> None:
    sent = picture(kind)
    assert PLACE.encode() in sent
    photo = await PillowPhotos().clean(sent)
    assert PLACE.encode() not in photo.content
    with Image.open(io.BytesIO(photo.content)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (photo.width, photo.height))
        assert not kept.getexif()
        assert "comment" not in kept.info


async def test_a_photo_held_sideways_is_upright() -> None:
    photo = await PillowPhotos().clean(picture(size=(120, 80), turned=True))
    assert (photo.width, photo.height) == (80, 120)
    with Image.open(io.BytesIO(photo.content)) as kept:
        red, _, blue = kept.getpixel((70, 10))  # type: ignore[misc] # the corner has come round to the right
        assert blue > red


async def test_a_large_photo_is_made_smaller_and_a_small_one_is_not() -> None:
    large, small = [await PillowPhotos().clean(picture(size=size)) for size in ((5000, 2500), (60, 30))]
    assert (large.width, large.height) == (2048, 1024)
    assert (small.width, small.height) == (60, 30)


async def test_what_is_transparent_is_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")
    photo = await PillowPhotos().clean(file.getvalue())
    with Image.open(io.BytesIO(photo.content)) as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)


def _gif() -> bytes:
    file = io.BytesIO()
    Image.new("L", (10, 10)).save(file, "GIF")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", PhotoOfAnotherKind),
        (b"%PDF-1.7 not a photo", PhotoOfAnotherKind),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PhotoOfAnotherKind),
        (_gif(), PhotoOfAnotherKind),
        (picture("JPEG")[:-200], PhotoBroken),
        (picture("PNG")[:-60], PhotoBroken),
        (picture("WEBP")[:-60], PhotoBroken),
        (bomb(), PhotoTooLarge),
    ],
)
async def test_what_is_no_photo_is_refused(content: bytes, error: type[Rejected]) -> None:
    with pytest.raises(error):
        await PillowPhotos().clean(content)


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(0, 5000), st.binary(min_size=1, max_size=8))
async def test_a_damaged_file_is_a_photo_or_refused(kind: str, at: int, noise: bytes) -> None:
    content = picture(kind, (16, 16))
    at %= len(content)
    with suppress(Rejected):
        assert (await PillowPhotos().clean(content[:at] + noise + content[at + len(noise) :])).content


async def test_a_photo_is_a_line_and_work_and_kept_once(database: Database) -> None:
    store, kept = SqlConversations(database, SettableClock()), SqlPhotos(database)
    talk, other = [await store.open("web", uuid4().hex, "en") for _ in range(2)]
    first = await store.take(Inbound(talk.id, "p1", photo=PHOTO))
    again = await store.take(Inbound(talk.id, "p1", photo=PHOTO))
    (line,) = await store.after(talk.id, 0)
    work = await store.next_work(talk.id)
    assert (first.new, again.new, again.message) == (True, False, line)
    assert (line.sender, line.text, line.client_id) == (Sender.SHOPPER, "", "p1")
    assert line.card
    assert line.card == {"type": "photo", "id": line.card["id"], "width": 40, "height": 30}
    assert work
    assert work.payload == PHOTO_SENT
    assert await _count(database) == 1
    assert await kept.get(talk.id, line.card["id"]) == PHOTO
    for conversation_id, photo_id in ((other.id, line.card["id"]), (talk.id, "made-up")):
        with pytest.raises(NotFound):
            await kept.get(conversation_id, photo_id)


async def test_photos_go_with_their_conversation(database: Database) -> None:
    store = SqlConversations(database, SettableClock())
    talk = await store.open("web", uuid4().hex, "en")
    await store.take(Inbound(talk.id, "p1", photo=PHOTO))
    async with database.begin() as connection:
        await connection.execute(conversations.delete().where(conversations.c.id == talk.id))
    assert await _count(database) == 0


async def _count(database: Database) -> int:
    async with database.begin(reading=True) as connection:
        return int((await connection.execute(select(func.count()).select_from(photos))).scalar_one())
