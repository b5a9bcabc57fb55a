"""SQLite off the event loop, with one trip to its thread for each statement.

aiosqlite makes four trips (open a cursor, execute, fetch, close), and a turn has some thirty statements: the trips took
longer than the statements. Rows are small here and always read whole, so one trip brings them all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from aiosqlite import Connection

Rows = list[Any]


class OneTripConnection(Connection):
    """An aiosqlite connection whose cursors hold their whole result as soon as they have executed."""

    def cursor(self) -> OneTripCursor:  # type: ignore[override]
        return OneTripCursor(self)

    async def rollback(self) -> None:
        """Only where there is something to roll back: the pool asks for it each time a connection comes home."""
        if self.in_transaction:
            await super().rollback()

    async def trip(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """Do something with the connection on its thread."""
        return await self._execute(work, self._conn)  # type: ignore[no-untyped-call]


class OneTripCursor:
    """As much of a cursor as SQLAlchemy uses."""

    arraysize = 1

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection, self._rows = connection, Rows()
        self.description: Any = None
        self.rowcount, self.lastrowid = -1, None

    async def __aenter__(self) -> OneTripCursor:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] | None = None) -> None:
        await self._run(lambda cursor: cursor.execute(statement, parameters or ()))

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        await self._run(lambda cursor: cursor.executemany(statement, parameters))

    async def fetchall(self) -> Rows:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""

    async def _run(self, work: Callable[[sqlite3.Cursor], Any]) -> None:
        def whole(connection: sqlite3.Connection) -> tuple[Any, Rows, int, Any]:
            cursor = connection.cursor()
            try:
                work(cursor)
                rows = cursor.fetchall() if cursor.description else []
                return cursor.description, rows, cursor.rowcount, cursor.lastrowid
            finally:
                cursor.close()

        self.description, self._rows, self.rowcount, self.lastrowid = await self._connection.trip(whole)


def connect(database: str, **options: Any) -> OneTripConnection:
    """A connection yet to be awaited, as `aiosqlite.connect` gives one. `options` are those of `sqlite3.connect`."""
    connection = OneTripConnection(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # an unclosed connection shall not keep the process alive
    return connection
