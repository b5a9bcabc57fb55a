"""Putting a whole shop into the database, all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.shop_file.reading import read_shop
from shop.adapters.shop_file.records import ShopRecords
from shop.adapters.shop_file.rows import ShopRows
from shop.adapters.sql.commerce_tables import COMMERCE_TABLES, customers, orders, products
from shop.adapters.sql.database import Database
from shop.errors import ShopFileError


@dataclass(frozen=True)
class LoadReport:
    """How much was loaded."""

    products: int
    variants: int
    customers: int
    orders: int


async def load_shop(database: Database, data: object, *, replace: bool = False) -> LoadReport:
    """Load a shop from a file's JSON in one transaction.

    Raises `ShopFileError` where the file is wrong, or where there is a shop already: `replace` takes that one away
    first, with its returns and claims. Conversations and the audit log stay.
    """
    shop = read_shop(data)
    try:
        async with database.begin() as connection:
            await (_clear(connection) if replace else _refuse_a_second_shop(connection))
            await _insert(connection, shop)
    except IntegrityError as error:  # the file fits by itself, so somebody else's rows came in between
        raise ShopFileError("another shop was loaded at the same time; that one is in the database now") from error
    return _report(shop)


async def _insert(connection: AsyncConnection, shop: ShopRecords) -> None:
    for table, rows in ShopRows(shop).by_table():
        if rows:
            await connection.execute(insert(table), rows)


async def _clear(connection: AsyncConnection) -> None:
    for table in reversed(COMMERCE_TABLES):
        await connection.execute(delete(table))


async def _refuse_a_second_shop(connection: AsyncConnection) -> None:
    counts = []
    for table in (products, customers, orders):
        counts.append((await connection.execute(select(func.count()).select_from(table))).scalar_one())
    if any(counts):
        there = "{} products, {} customers and {} orders".format(*counts)
        raise ShopFileError(f"there is a shop in the database already ({there}); replace it, or load into an empty one")


def _report(shop: ShopRecords) -> LoadReport:
    variants = sum(len(product.variants) for product in shop.products)
    return LoadReport(len(shop.products), variants, len(shop.customers), len(shop.orders))
