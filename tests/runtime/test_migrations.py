"""A database that was migrated has the tables that the code believes in."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from runtime.database import alembic_config, migrate
from shop.adapters.sql.conversations import SqlConversations
from shop.adapters.sql.database import Database
from shop.adapters.sql.identities import SqlIdentities
from shop.adapters.sql.schema import metadata
from shop.identity import Identity
from tests.fakes import SettableClock

_A_CONVERSATION = (
    "INSERT INTO conversations (id, channel, address, language, created_at, last_seq) "
    "VALUES ('talk', 'web', 'a', 'en', '2026-01-01 00:00:00', 0)"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without a table."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'empty.db'}"


async def test_a_migrated_database_is_what_the_code_expects_and_migrating_again_changes_nothing(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    try:
        await migrate(database)
        await migrate(database)
        async with database.begin(reading=True) as connection:
            assert await connection.run_sync(_differences) == []
    finally:
        async with database.engine.begin() as connection:
            await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        await database.close()


async def test_conversations_from_before_the_epochs_begin_with_the_first(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(_upgrade_to, "0005")
            await connection.execute(text(_A_CONVERSATION))
        await migrate(database)
        talk = await SqlConversations(database, SettableClock()).get("talk")
        assert talk and talk.epoch == 0
        assert await SqlIdentities(database, SettableClock()).put("talk", Identity(), how="sign_out") == 1
    finally:
        async with database.engine.begin() as connection:
            await connection.execute(text("DELETE FROM conversations"))
            await connection.execute(text("DELETE FROM identities"))
            await connection.execute(text("DELETE FROM audit_log"))
            await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        await database.close()


def _upgrade_to(connection: Connection, revision: str) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))
