"""`OldRecords` in the database, and the removal of conversations that erasing shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.conversation_statements import LAST_ACTIVE
from shop.adapters.sql.conversation_tables import conversations, inbox, messages, photos, tracker_events
from shop.adapters.sql.database import Database
from shop.adapters.sql.identities import customer_conversations, identities, one_time_codes, verification_tries

_AT_ONCE = 200


class SqlOldRecords:
    """Removes in short transactions, so that nobody waits for a great purge."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remove(self, *, conversations: datetime, verification: datetime) -> Mapping[str, int]:
        removed = 0
        while talks := await self._overdue(conversations):
            async with self._database.begin() as connection:
                removed += (await erase_conversations(connection, talks))["conversations"]
        codes, tries = one_time_codes.c, verification_tries.c
        async with self._database.begin() as connection:
            spent = or_(codes.used_at < verification, codes.expires_at < verification)
            gone = (await connection.execute(delete(one_time_codes).where(spent))).rowcount
            tried = (await connection.execute(delete(verification_tries).where(tries.at < verification))).rowcount
        return {"conversations": removed, "codes": gone, "tries": tried}

    async def _overdue(self, moment: datetime) -> Sequence[str]:
        query = select(conversations.c.id).where(moment > LAST_ACTIVE).limit(_AT_ONCE)
        async with self._database.begin(reading=True) as connection:
            return list((await connection.execute(query)).scalars())


async def erase_conversations(connection: AsyncConnection, talks: Sequence[str]) -> dict[str, int]:
    """Remove conversations with all that belongs to them; how many rows of each kind there were."""
    subjects = [f"conversation:{talk}" for talk in talks]
    gone: dict[str, tuple[Table, ColumnElement[bool]]] = {
        "messages": (messages, messages.c.conversation_id.in_(talks)),
        "photos": (photos, photos.c.conversation_id.in_(talks)),
        "tracker events": (tracker_events, tracker_events.c.conversation_id.in_(talks)),
        "codes": (one_time_codes, one_time_codes.c.conversation_id.in_(talks)),
        "tries": (verification_tries, verification_tries.c.subject.in_(subjects)),
        "identities": (identities, identities.c.conversation_id.in_(talks)),
        "inbound messages": (inbox, inbox.c.conversation_id.in_(talks)),
        "links": (customer_conversations, customer_conversations.c.conversation_id.in_(talks)),
        "conversations": (conversations, conversations.c.id.in_(talks)),
    }
    return {
        name: (await connection.execute(delete(table).where(where))).rowcount for name, (table, where) in gone.items()
    }
