"""Returns out of their table."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.commerce_tables import orders, returns
from shop.adapters.sql.orders_reading import hold_order
from shop.errors import NotFound
from shop.money import Money
from shop.orders import Order, order_key
from shop.return_terms import Return, ReturnLine, ReturnStatus


async def read_return(connection: AsyncConnection, number: str) -> Return | None:
    """A return by its number in any spelling, or None."""
    key = order_key(number)
    of_order = re.fullmatch(r"(.+)R\d+", key)
    if of_order is None:
        return None
    found = await _read(connection, orders.c.order_key == of_order[1])
    return next((one for one in found if order_key(one.number) == key), None)


async def read_returns(connection: AsyncConnection, customer_id: str, order_number: str | None) -> list[Return]:
    """A customer's returns, newest first; only those of one order where it is given."""
    conditions = [orders.c.customer_id == customer_id]
    if order_number is not None:
        conditions.append(orders.c.order_key == order_key(order_number))
    return await _read(connection, *conditions)


async def hold_return(connection: AsyncConnection, number: str) -> tuple[Order, Return]:
    """A return and its order, for an act that will change it: nobody else can until this transaction ends.

    Raises `NotFound`.
    """
    found = await read_return(connection, number)
    if found is None:
        raise NotFound(f"no return {number!r}")
    order = await hold_order(connection, found.order_number)
    held = await read_return(connection, number)  # again: somebody may have changed it just before we held the order
    assert held is not None, f"return {number} is gone, though returns are kept"
    return order, held


async def _read(connection: AsyncConnection, *conditions: ColumnElement[bool]) -> list[Return]:
    newest_first = (returns.c.opened_at.desc(), returns.c.number.desc())
    query = select(returns).join(orders).where(*conditions).order_by(*newest_first)
    return [_return(row) for row in (await connection.execute(query)).mappings()]


def _return(row: RowMapping) -> Return:
    return Return(
        number=row["number"],
        order_number=row["order_number"],
        opened_at=row["opened_at"],
        status=ReturnStatus(row["status"]),
        lines=tuple(ReturnLine(**line) for line in row["lines"]),
        refund_method_id=row["refund_method_id"],
        balance=Money(row["balance"], row["currency"]),
        send_by=row["send_by"],
        sent_at=row["sent_at"],
        received_at=row["received_at"],
        refunded_at=row["refunded_at"],
        cancelled_at=row["cancelled_at"],
        tracking_number=row["tracking_number"],
    )
