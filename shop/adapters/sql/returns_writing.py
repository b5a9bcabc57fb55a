"""Returns and exchanges that are opened: what they cost, set aside and leave behind."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.catalog_reading import read_variants
from shop.adapters.sql.commerce_tables import order_lines, returns
from shop.adapters.sql.customers_reading import read_customer
from shop.adapters.sql.stock import take_from_stock
from shop.errors import NotAllowed
from shop.money import Money
from shop.orders import Order, OrderLine
from shop.returns import Return, ReturnLine, ReturnRequest

STORE_CREDIT = "store_credit"


async def book_return(connection: AsyncConnection, order: Order, request: ReturnRequest, at: datetime) -> Return:
    """Book a return whose pieces may come back. Raises `NotAllowed`: refund_method, other_product, out_of_stock."""
    await _check_refund_method(connection, order, request.refund_method_id)
    new_items = await _price_of_new_items(connection, order, request)
    opened = Return(
        number=await _next_number(connection, order),
        order_number=order.number,
        opened_at=at,
        status="open",
        lines=request.lines,
        refund_method_id=request.refund_method_id,
        balance=_price_of_returned(order, request) - new_items,
    )
    await take_from_stock(connection, _pieces_wanted(request))
    await _count_returned(connection, request)
    await connection.execute(insert(returns).values(_row(opened)))
    return opened


async def read_return(connection: AsyncConnection, number: str) -> Return:
    """A return that was opened before."""
    row = (await connection.execute(select(returns).where(returns.c.number == number))).mappings().one()
    return Return(
        number=row["number"],
        order_number=row["order_number"],
        opened_at=row["opened_at"],
        status=row["status"],
        lines=tuple(ReturnLine(**line) for line in row["lines"]),
        refund_method_id=row["refund_method_id"],
        balance=Money(row["balance"], row["currency"]),
    )


async def _check_refund_method(connection: AsyncConnection, order: Order, method_id: str) -> None:
    customer = await read_customer(connection, order.customer_id)
    owned = {method.id for method in customer.payment_methods} if customer else set()
    used = {payment.method_id for payment in order.payments}
    if method_id not in owned | used | {STORE_CREDIT}:
        raise NotAllowed("refund_method")


async def _price_of_new_items(connection: AsyncConnection, order: Order, request: ReturnRequest) -> Money:
    """What the pieces wanted instead cost today. Raises `NotAllowed("other_product")`."""
    price = Money(Decimal(0), order.total.currency)
    for line in request.lines:
        if line.exchange_for is not None:
            product_id = _order_line(order, line).product_id
            offered = {variant.sku: variant for variant in await read_variants(connection, product_id)}
            if line.exchange_for not in offered:
                raise NotAllowed("other_product")
            price += offered[line.exchange_for].price * line.quantity
    return price


def _price_of_returned(order: Order, request: ReturnRequest) -> Money:
    paid = (_order_line(order, line).unit_price * line.quantity for line in request.lines)
    return sum(paid, start=Money(Decimal(0), order.total.currency))


def _pieces_wanted(request: ReturnRequest) -> Counter[str]:
    pieces = Counter[str]()
    for line in request.lines:
        if line.exchange_for is not None:
            pieces[line.exchange_for] += line.quantity
    return pieces


async def _count_returned(connection: AsyncConnection, request: ReturnRequest) -> None:
    for line in request.lines:
        more = {"returned_quantity": order_lines.c.returned_quantity + line.quantity}
        await connection.execute(update(order_lines).where(order_lines.c.id == line.line_id).values(more))


async def _next_number(connection: AsyncConnection, order: Order) -> str:
    """`SH-10234-R1` for an order's first return. The order is held, so nobody else can be counting."""
    earlier = select(func.count()).select_from(returns).where(returns.c.order_number == order.number)
    return f"{order.number}-R{(await connection.execute(earlier)).scalar_one() + 1}"


def _order_line(order: Order, line: ReturnLine) -> OrderLine:
    return next(bought for bought in order.lines if bought.id == line.line_id)


def _row(opened: Return) -> dict[str, object]:
    balance = {"balance": opened.balance.amount, "currency": opened.balance.currency}
    return {**asdict(opened), **balance}
