"""Customers out of their table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.commerce_tables import customers
from shop.customers import Address, Customer, PaymentMethod, email_key


async def read_customer(connection: AsyncConnection, customer_id: str) -> Customer | None:
    """A customer by id, or None."""
    return await _read(connection, customers.c.id == customer_id)


async def read_customer_by_email(connection: AsyncConnection, email: str) -> Customer | None:
    """A customer by email, whatever its case, or None."""
    key = email_key(email)
    if not key.isprintable():  # nobody's, and PostgreSQL would not even take the question
        return None
    return await _read(connection, customers.c.email_key == key)


async def _read(connection: AsyncConnection, condition: ColumnElement[bool]) -> Customer | None:
    row = (await connection.execute(select(customers).where(condition))).mappings().one_or_none()
    if row is None:
        return None
    values: dict[str, Any] = {**row}
    del values["email_key"]
    values["address"] = Address(**row["address"])
    values["payment_methods"] = tuple(PaymentMethod(**method) for method in row["payment_methods"])
    return Customer(**values)
