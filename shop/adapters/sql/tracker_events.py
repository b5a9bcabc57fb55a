"""`TrackerEvents` in the database: rows that are only ever added to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.conversation_statements import ADD_EVENTS, EVERY_EVENT, LATEST_EVENTS
from shop.adapters.sql.conversation_tables import tracker_events
from shop.adapters.sql.database import Database
from shop.conversations import CHECKPOINT

_BEGINNINGS = {"session_started", CHECKPOINT}


async def append_events(connection: AsyncConnection, conversation_id: str, events: Sequence[dict[str, Any]]) -> None:
    """Add events in the transaction of the turn they belong to."""
    if events:
        rows = [
            {
                "conversation_id": conversation_id,
                "session_start": int(event["event"] in _BEGINNINGS),
                "event": event,
            }
            for event in events
        ]
        await connection.execute(ADD_EVENTS, rows)


class SqlTrackerEvents:
    """The dialogue engine's events. A turn reads from the latest beginning on: that of a session, or a checkpoint."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, conversation_id: str) -> Sequence[dict[str, Any]]:
        found = await self._select(LATEST_EVENTS, conversation_id)
        return [*found[0]["events"], *found[1:]] if found and found[0]["event"] == CHECKPOINT else found

    async def load_all(self, conversation_id: str) -> Sequence[dict[str, Any]]:
        return [event for event in await self._select(EVERY_EVENT, conversation_id) if event["event"] != CHECKPOINT]

    async def append(self, conversation_id: str, events: Sequence[dict[str, Any]]) -> None:
        async with self._database.begin() as connection:
            await append_events(connection, conversation_id, events)

    async def conversations(self) -> Sequence[str]:
        query = select(tracker_events.c.conversation_id).distinct()
        async with self._database.begin(reading=True) as connection:
            return list((await connection.execute(query)).scalars())

    async def _select(self, query: Select[Any], conversation_id: str) -> Sequence[dict[str, Any]]:
        async with self._database.begin(reading=True) as connection:
            return list((await connection.execute(query, {"talk": conversation_id})).scalars())
