"""Pieces taken from stock and put back."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.commerce_tables import variants
from shop.errors import NotAllowed


async def take_from_stock(connection: AsyncConnection, pieces: Mapping[str, int]) -> None:
    """Set pieces aside, by SKU. Raises `NotAllowed("out_of_stock")` where fewer are left."""
    for sku in sorted(pieces):  # everybody in the same order, so that two acts never wait for each other
        enough = (variants.c.sku == sku, variants.c.stock >= pieces[sku])
        taken = await connection.execute(update(variants).where(*enough).values(stock=variants.c.stock - pieces[sku]))
        if taken.rowcount != 1:
            raise NotAllowed("out_of_stock")


async def put_back_in_stock(connection: AsyncConnection, pieces: Mapping[str, int]) -> None:
    """Make pieces available again, by SKU."""
    for sku in sorted(pieces):
        more = update(variants).where(variants.c.sku == sku).values(stock=variants.c.stock + pieces[sku])
        await connection.execute(more)
