"""`Deliveries` in the database: a number beside the one that counts a conversation's lines."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from shop.adapters.sql.conversation_tables import conversations
from shop.adapters.sql.database import Database


class SqlDeliveries:
    """One short transaction a call."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def up_to(self, conversation_id: str) -> int:
        query = select(conversations.c.delivered_seq).where(conversations.c.id == conversation_id)
        async with self._database.begin(reading=True) as connection:
            return (await connection.execute(query)).scalar_one_or_none() or 0

    async def mark(self, conversation_id: str, seq: int) -> None:
        further = (conversations.c.id == conversation_id) & (conversations.c.delivered_seq < seq)
        async with self._database.begin() as connection:
            await connection.execute(update(conversations).where(further).values(delivered_seq=seq))

    async def behind(self, channel: str) -> Sequence[str]:
        waiting = (conversations.c.channel == channel) & (conversations.c.delivered_seq < conversations.c.last_seq)
        query = select(conversations.c.id).where(waiting).order_by(conversations.c.created_at)
        async with self._database.begin(reading=True) as connection:
            return list((await connection.execute(query)).scalars())
