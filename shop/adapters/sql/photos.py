"""`PhotoStore` in the database: a photo is written in the transaction of the line that shows it."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.conversation_tables import photos
from shop.adapters.sql.database import Database
from shop.errors import NotFound
from shop.photos import Photo


async def add_photo(connection: AsyncConnection, conversation_id: str, photo: Photo, at: datetime) -> str:
    """Keep a photo under an id that nobody can guess."""
    row = {"id": secrets.token_urlsafe(24), "conversation_id": conversation_id, "added_at": at}
    row |= {"content": photo.content, "width": photo.width, "height": photo.height}
    await connection.execute(photos.insert().values(**row))
    return str(row["id"])


class SqlPhotos:
    """Reads them back, each only for its own conversation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, conversation_id: str, photo_id: str) -> Photo:
        query = select(photos).where(photos.c.id == photo_id, photos.c.conversation_id == conversation_id)
        async with self._database.begin(reading=True) as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        if row is None:
            raise NotFound("no such photo in this conversation")
        return Photo(row["content"], row["width"], row["height"])
