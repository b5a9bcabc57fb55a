"""What tests share: an empty database of each kind."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shop.adapters.sql import audit, commerce_tables, conversation_tables, identities  # noqa: F401 - they define tables
from shop.adapters.sql.database import Database
from shop.adapters.sql.schema import metadata

pytest_plugins = ["tests.postgres", "tests.server"]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty database with all tables, once on SQLite and once on PostgreSQL."""
    opened = Database(database_url)
    yield opened
    if database_url.startswith("postgresql"):
        await _empty_tables(opened)
    await opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of such a database."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_with_tables"))
    shutil.copy(request.getfixturevalue("sqlite_with_tables"), tmp_path / "storehand.db")
    return f"sqlite:///{tmp_path / 'storehand.db'}"


@pytest.fixture(scope="session")
def postgres_with_tables(postgres_url: str) -> str:
    """The address of a PostgreSQL database in which the tables have been made."""
    asyncio.run(_make_tables(postgres_url))
    return postgres_url


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file in which the tables have been made."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    asyncio.run(_make_tables(f"sqlite:///{path}"))
    return path


async def _make_tables(url: str) -> None:
    opened = Database(url)
    async with opened.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await opened.close()


async def _empty_tables(opened: Database) -> None:
    async with opened.begin() as connection:
        for table in reversed(metadata.sorted_tables):  # TRUNCATE takes three times as long for so few rows
            await connection.execute(table.delete())
