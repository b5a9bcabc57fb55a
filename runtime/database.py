"""The database's tables: brought up to date before anything is served."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from shop.adapters.sql import migrations
from shop.adapters.sql.audit_chain import adopt
from shop.adapters.sql.database import Database
from shop.errors import SetupError, StorehandError


async def migrate(database: Database) -> None:
    """Bring every table to the newest version. Raises `SetupError` where the database can't be used."""
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(_upgrade)
            await adopt(connection, database.audit_key)
    except (SQLAlchemyError, OSError) as error:
        raise SetupError(f"{_where(database)} can't be used: {_short(error)}") from error


async def check(database: Database) -> None:
    """See that the database answers. Raises `SetupError` with what to do."""
    try:
        async with database.begin() as connection:
            await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError, StorehandError) as error:
        raise SetupError(f"{_where(database)} does not answer: {_short(error)}") from error


def alembic_config() -> Config:
    """Where Alembic finds the migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config


def _upgrade(connection: Connection) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _where(database: Database) -> str:
    return f"The database {database.engine.url.render_as_string(hide_password=True)} (STOREHAND_DATABASE_URL)"


def _short(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
