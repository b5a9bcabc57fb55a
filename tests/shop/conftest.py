"""The backend that the contract suite is held against: our own, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from shop.adapters.shop_file import load_shop
from shop.adapters.sql.commerce import SqlCommerce
from shop.adapters.sql.database import Database
from shop.commerce import CommerceBackend
from tests.fakes import SettableClock
from tests.shop.contract import NOON, Count, Load
from tests.shop.small_shop import small_shop


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOON)


@pytest.fixture
def load(database: Database, clock: SettableClock) -> Load:
    """Loads the small shop with given orders and hands out the backend."""

    async def loaded(*orders: dict[str, Any]) -> CommerceBackend:
        await load_shop(database, small_shop(*orders))
        return SqlCommerce(database, clock)

    return loaded


@pytest.fixture
def count(database: Database) -> Count:
    """Counts the rows of a table."""

    async def rows(table: Any) -> int:
        async with database.begin(reading=True) as connection:
            return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())

    return rows
