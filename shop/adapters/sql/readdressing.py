"""Orders that go elsewhere before they leave the warehouse."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.commerce_tables import orders
from shop.customers import Address
from shop.orders import Order


async def book_address(connection: AsyncConnection, order: Order, address: Address) -> None:
    """Send an order to another address."""
    there = update(orders).where(orders.c.number == order.number).values(shipping_address=asdict(address))
    await connection.execute(there)
