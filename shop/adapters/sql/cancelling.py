"""Orders that are called off before they leave the warehouse."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.commerce_tables import orders, payments
from shop.adapters.sql.stock import put_back_in_stock
from shop.orders import Order, OrderStatus
from shop.refunds import left_of_payments


async def book_cancellation(connection: AsyncConnection, order: Order, reason: str, at: datetime) -> int:
    """Cancel an order, put its pieces back and give its money back. Returns how many refunds were booked."""
    cancelled = {"status": OrderStatus.CANCELLED.value, "cancel_reason": reason}
    await connection.execute(update(orders).where(orders.c.number == order.number).values(cancelled))
    await put_back_in_stock(connection, _pieces(order))
    refunds = _refunds(order, at)
    if refunds:
        await connection.execute(insert(payments), refunds)
    return len(refunds)


def _pieces(order: Order) -> Counter[str]:
    pieces = Counter[str]()
    for line in order.lines:
        pieces[line.sku] += line.quantity
    return pieces


def _refunds(order: Order, at: datetime) -> list[dict[str, object]]:
    """A row for each payment method, giving back what came from it less what it got back before."""
    return [
        {
            "order_number": order.number,
            "position": position,
            "kind": "refund",
            "method_id": left.method_id,
            "method": left.label,
            "amount": left.amount.amount,
            "currency": left.amount.currency,
            "at": at,
        }
        for position, left in enumerate(left_of_payments(order), start=len(order.payments) + 1)
    ]
