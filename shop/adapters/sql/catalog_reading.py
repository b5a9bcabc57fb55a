"""Products, variants and size charts out of their tables."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.commerce_tables import products, size_charts, variants
from shop.catalog import Product, SizeChart, SizeRow, Span, Variant
from shop.money import Money


async def read_product(connection: AsyncConnection, product_id: str) -> Product | None:
    """A product by id, or None."""
    query = select(products).where(products.c.id == product_id)
    row = (await connection.execute(query)).mappings().one_or_none()
    return None if row is None else Product(**row)


async def read_products(connection: AsyncConnection) -> list[Product]:
    """Every product of the shop."""
    rows = (await connection.execute(select(products).order_by(products.c.id))).mappings()
    return [Product(**row) for row in rows]


async def read_variants(connection: AsyncConnection, product_id: str) -> list[Variant]:
    """A product's variants, in the order in which its page shows them."""
    query = select(variants).where(variants.c.product_id == product_id).order_by(variants.c.position)
    return [_variant(row) for row in (await connection.execute(query)).mappings()]


async def read_skus(connection: AsyncConnection) -> dict[str, str]:
    """Every SKU with the id of its product."""
    rows = (await connection.execute(select(variants.c.sku, variants.c.product_id))).mappings()
    return {row["sku"]: row["product_id"] for row in rows}


async def read_size_chart(connection: AsyncConnection, product_id: str) -> SizeChart | None:
    """The chart that a product's page shows, or None."""
    query = select(size_charts).join(products).where(products.c.id == product_id)
    row = (await connection.execute(query)).mappings().one_or_none()
    if row is None:
        return None
    rows = tuple(_size(size) for size in row["rows"])
    return SizeChart(row["id"], row["brand"], row["audience"], row["category"], row["fit"], rows)


def _variant(row: RowMapping) -> Variant:
    price = Money(row["price"], row["currency"])
    return Variant(row["sku"], row["product_id"], row["options"], price, row["stock"])


def _size(row: Mapping[str, Any]) -> SizeRow:
    body = {name: Span(Decimal(span["low"]), Decimal(span["high"])) for name, span in row["body"].items()}
    return SizeRow(row["size"], row["systems"], body)
