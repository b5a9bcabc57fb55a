"""Orders that are called off before they leave the warehouse."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.commerce_tables import orders, payments
from shop.adapters.sql.stock import put_back_in_stock
from shop.errors import NotAllowed
from shop.orders import Order, OrderStatus

_STILL_HERE = {OrderStatus.PAID, OrderStatus.PACKED}
_OVER = {
    OrderStatus.CANCELLED: "already_cancelled",
    OrderStatus.RETURNED: "already_returned",
    OrderStatus.REFUNDED: "already_refunded",
    OrderStatus.DELIVERED: "already_delivered",
}


async def book_cancellation(connection: AsyncConnection, order: Order, reason: str, at: datetime) -> int:
    """Cancel an order and return how many refunds were booked. Raises `NotAllowed` once it has left or is over."""
    if order.status not in _STILL_HERE:
        raise NotAllowed(_OVER.get(order.status, "already_shipped"))
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


def _refunds(order: Order, at: datetime) -> list[dict[str, Any]]:
    """A row for each payment method, giving back what came from it less what it got back before."""
    owed: dict[str, Decimal] = {}
    for payment in order.payments:
        amount = payment.amount.amount if payment.kind == "payment" else -payment.amount.amount
        owed[payment.method_id] = owed.get(payment.method_id, Decimal(0)) + amount
    labels = {payment.method_id: payment.method for payment in order.payments}
    refunds = [(method_id, amount) for method_id, amount in owed.items() if amount > 0]
    return [
        {
            "order_number": order.number,
            "position": position,
            "kind": "refund",
            "method_id": method_id,
            "method": labels[method_id],
            "amount": amount,
            "currency": order.total.currency,
            "at": at,
        }
        for position, (method_id, amount) in enumerate(refunds, start=len(order.payments) + 1)
    ]
