"""The connection to the database that everything of Storehand's own is kept in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from shop.adapters.sql import sqlite_driver
from shop.adapters.sql.audit_chain import add_waiting
from shop.errors import SetupError, Unavailable

_BUSY_MS = 10_000


class Database:
    """Hands out connections; a transaction commits when its block ends and rolls back when it raises."""

    def __init__(self, url: str, audit_key: bytes = b"") -> None:
        self.url, self.audit_key = _async_url(url), audit_key
        self.engine = _engine(self.url)
        self._readers = self.engine.execution_options(**_reading_options(self.url))
        self.is_sqlite = self.url.startswith("sqlite")
        self._writers = asyncio.Lock() if self.is_sqlite else None

    @asynccontextmanager
    async def begin(self, *, reading: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction. Raises `Unavailable` when the database is locked for 10 s or can't be reached.

        With `reading`, every statement sees the same moment and none may write; on SQLite it never waits for a writer.
        Without, a SQLite transaction is the only writer from its start, so what it has read is still true when it
        writes.
        """
        try:
            if reading:
                async with self._readers.begin() as connection:
                    yield connection
            else:
                async with self._turn_to_write(), self.engine.begin() as connection:
                    yield connection
                    await add_waiting(connection, self.audit_key)
        except (DBAPIError, OSError) as error:
            if not _is_outage(error):
                raise
            raise Unavailable(f"the database did not answer: {_cause(error)}") from error

    @asynccontextmanager
    async def _turn_to_write(self) -> AsyncIterator[None]:
        """Queue this process's writers to SQLite, which would let them poll for their turn, in no order."""
        if self._writers is None:
            yield
            return
        async with asyncio.timeout(_BUSY_MS / 1000):
            await self._writers.acquire()
        try:
            yield
        finally:
            self._writers.release()

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


def _async_url(url: str) -> str:
    """Add the asynchronous driver that we ship to a plain database URL."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SetupError(f"STOREHAND_DATABASE_URL is not a database address: {url!r}") from error
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
    dialect = parsed.drivername.split("+")[0]
    if dialect not in drivers:
        raise SetupError(f"STOREHAND_DATABASE_URL must name SQLite or PostgreSQL, not {dialect!r}.")
    return parsed.set(drivername=drivers[dialect]).render_as_string(hide_password=False)


def _engine(url: str) -> AsyncEngine:
    """What goes into a statement, such as a message or a photo, stays out of errors, and so out of logs."""
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10, hide_parameters=True)
    how = {"timeout": _BUSY_MS / 1000, "async_creator_fn": sqlite_driver.connect}
    engine = create_async_engine(url, connect_args=how, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # leaves BEGIN to us, below
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")  # readers and the writer don't wait for each other
        cursor.execute("PRAGMA synchronous=NORMAL")  # a killed process loses nothing; only a power cut could
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten in the file
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        # The driver would begin only at the first write; a transaction that has read by then fails at once when
        # another has written, whatever the timeout. One that will write asks for its turn first.
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _reading_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"reading": True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _is_outage(error: DBAPIError | OSError) -> bool:
    """True where the same request may work later; False for a mistake in what was asked."""
    if isinstance(error, DBAPIError):
        return isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated
    return True


def _cause(error: Exception) -> str:
    told = str(getattr(error, "orig", error)) or type(error).__name__  # a timeout says nothing
    return told.splitlines()[0]
