"""tau-retail's shop, read and loaded once for all measurements."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from shop.adapters.shop_file import load_shop
from shop.adapters.sql.database import Database
from tests.bench.tau_retail_tasks import NOON
from tests.shop.tau_retail import as_shop_file, read_tau_retail


@pytest.fixture(scope="session")
def tau() -> dict[str, Any]:
    """tau-retail's own data."""
    return read_tau_retail()


@pytest.fixture(scope="session")
def loaded(tau: dict[str, Any], sqlite_with_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with tau-retail's shop in it, to make copies of."""
    path = tmp_path_factory.mktemp("tau") / "shop.db"
    shutil.copy(sqlite_with_tables, path)

    async def load() -> None:
        database = Database(f"sqlite:///{path}")
        await load_shop(database, as_shop_file(tau, NOON.date()))
        await database.close()

    asyncio.run(load())
    return path
