"""Returns and exchanges that are opened, sent or called off: what they set aside, count and leave behind."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.catalog_reading import read_variants
from shop.adapters.sql.commerce_tables import order_lines, returns
from shop.adapters.sql.customers_reading import read_customer
from shop.adapters.sql.stock import put_back_in_stock, take_from_stock
from shop.errors import NotAllowed
from shop.orders import Order
from shop.return_quotes import Quotes, ReturnQuote
from shop.return_rules import ReturnRules, check_pieces
from shop.return_terms import Return, ReturnLine, ReturnRequest, ReturnStatus

_NO_LONGER_OPEN = {
    ReturnStatus.SENT: "already_sent",
    ReturnStatus.RECEIVED: "already_received",
    ReturnStatus.REFUNDED: "already_refunded",
    ReturnStatus.CANCELLED: "already_cancelled",
}


async def book_return(
    connection: AsyncConnection, rules: ReturnRules, order: Order, request: ReturnRequest, at: datetime
) -> Return:
    """Open a return and set aside what is wanted instead. Raises `NotFound` or `NotAllowed`; then nothing is booked."""
    quoted = await _quote(connection, rules, order, request, at)
    opened = Return(
        number=await _next_number(connection, order),
        order_number=order.number,
        opened_at=at,
        status=ReturnStatus.OPEN,
        lines=request.lines,
        refund_method_id=request.refund_method_id,
        balance=quoted.balance,
        send_by=quoted.send_by,
    )
    await take_from_stock(connection, _pieces_wanted(opened.lines))
    await _count_returned(connection, opened.lines, times=1)
    await connection.execute(insert(returns).values(_row(opened)))
    return opened


async def book_sent(connection: AsyncConnection, found: Return, tracking_number: str | None, at: datetime) -> None:
    """Keep that the parcel is on its way. Raises `NotAllowed` once it is, or when the return is over."""
    _refuse_unless_open(found)
    sent = {"status": ReturnStatus.SENT.value, "sent_at": at, "tracking_number": tracking_number}
    await connection.execute(update(returns).where(returns.c.number == found.number).values(sent))


async def book_return_cancelled(connection: AsyncConnection, found: Return, at: datetime) -> None:
    """Call a return off and give back what it had set aside. Raises `NotAllowed` once it was sent or is over."""
    _refuse_unless_open(found)
    cancelled = {"status": ReturnStatus.CANCELLED.value, "cancelled_at": at}
    await connection.execute(update(returns).where(returns.c.number == found.number).values(cancelled))
    await put_back_in_stock(connection, _pieces_wanted(found.lines))
    await _count_returned(connection, found.lines, times=-1)


def _refuse_unless_open(found: Return) -> None:
    if found.status in _NO_LONGER_OPEN:
        raise NotAllowed(_NO_LONGER_OPEN[found.status])


async def _quote(
    connection: AsyncConnection, rules: ReturnRules, order: Order, request: ReturnRequest, at: datetime
) -> ReturnQuote:
    check_pieces(rules.returnable(order, at.date()), request.lines)
    customer = await read_customer(connection, order.customer_id)
    assert customer is not None, f"order {order.number} has no customer, against its foreign key"
    wanted = {line.line_id for line in request.lines if line.exchange_for is not None}
    products = dict.fromkeys(line.product_id for line in order.lines if line.id in wanted)
    offered = [variant for product_id in products for variant in await read_variants(connection, product_id)]
    return Quotes(rules, order, customer, offered).quote(request, at.date())


def _pieces_wanted(lines: tuple[ReturnLine, ...]) -> Counter[str]:
    pieces = Counter[str]()
    for line in lines:
        if line.exchange_for is not None:
            pieces[line.exchange_for] += line.quantity
    return pieces


async def _count_returned(connection: AsyncConnection, lines: tuple[ReturnLine, ...], *, times: int) -> None:
    for line in lines:
        more = {"returned_quantity": order_lines.c.returned_quantity + times * line.quantity}
        await connection.execute(update(order_lines).where(order_lines.c.id == line.line_id).values(more))


async def _next_number(connection: AsyncConnection, order: Order) -> str:
    """`SH-10234-R1` for an order's first return. The order is held, so nobody else can be counting."""
    earlier = select(func.count()).select_from(returns).where(returns.c.order_number == order.number)
    return f"{order.number}-R{(await connection.execute(earlier)).scalar_one() + 1}"


def _row(opened: Return) -> dict[str, object]:
    balance = {"balance": opened.balance.amount, "currency": opened.balance.currency}
    return {**asdict(opened), **balance}
