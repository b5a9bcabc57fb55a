"""The connection to the database that everything of Storehand's own is kept in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from shop.errors import SetupError, Unavailable

_BUSY_MS = 10_000


class Database:
    """Hands out connections; a transaction commits when its block ends and rolls back when it raises."""

    def __init__(self, url: str) -> None:
        self.url = _async_url(url)
        self.engine = _engine(self.url)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction. Raises `Unavailable` when the database is locked for 10 s or can't be reached."""
        try:
            async with self.engine.begin() as connection:
                yield connection
        except (OperationalError, InterfaceError, OSError) as error:
            raise Unavailable(f"the database did not answer: {_cause(error)}") from error

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
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)
    engine = create_async_engine(url, connect_args={"timeout": _BUSY_MS / 1000})

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")  # readers and the writer don't wait for each other
        cursor.execute("PRAGMA synchronous=NORMAL")  # a killed process loses nothing; only a power cut could
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        cursor.close()

    return engine


def _cause(error: Exception) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0]
