"""Orders out of their tables: whole, or as rows of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, Table, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.commerce_tables import order_lines, orders, payments, shipments, tracking_events
from shop.customers import Address
from shop.errors import NotFound
from shop.money import Money
from shop.orders import (
    DelayReason,
    Order,
    OrderLine,
    OrderStatus,
    OrderSummary,
    Payment,
    Shipment,
    ShipmentStatus,
    TrackingEvent,
    order_key,
)

# Put together once: a conversation reads its order again and again.
_ORDER = select(orders).where(orders.c.order_key == bindparam("key"))
_ORDER_HELD = _ORDER.with_for_update()
_EVENTS = (
    select(tracking_events)
    .join(shipments)
    .where(shipments.c.order_number == bindparam("number"))
    .order_by(tracking_events.c.at, tracking_events.c.id)
)
_NEWEST = (
    select(orders)
    .where(orders.c.customer_id == bindparam("customer_id"))
    .order_by(orders.c.placed_at.desc(), orders.c.number.desc())
    .limit(bindparam("how_many"))
)
_NAMES = (
    select(order_lines.c.order_number, order_lines.c.name, order_lines.c.unit_price)
    .where(order_lines.c.order_number.in_(bindparam("numbers", expanding=True)))
    .order_by(order_lines.c.position)
)


def _parts(table: Table) -> Select[Any]:
    """An order's rows in a table, in the order in which they were put there."""
    return select(table).where(table.c.order_number == bindparam("number")).order_by(table.c.position)


_LINES, _SHIPMENTS, _PAYMENTS = _parts(order_lines), _parts(shipments), _parts(payments)


async def read_order(connection: AsyncConnection, number: str) -> Order | None:
    """One order with everything in it, or None."""
    rows = await _rows(connection, _ORDER, key=order_key(number))
    return await _whole(connection, rows[0]) if rows else None


async def hold_order(connection: AsyncConnection, number: str) -> Order:
    """The same for an act that will change the order: nobody else can until this transaction ends.

    Raises `NotFound`.
    """
    rows = await _rows(connection, _ORDER_HELD, key=order_key(number))
    if not rows:
        raise NotFound(f"no order {number!r}")
    return await _whole(connection, rows[0])


async def read_summaries(connection: AsyncConnection, customer_id: str, limit: int) -> list[OrderSummary]:
    """A customer's newest orders, newest first."""
    rows = await _rows(connection, _NEWEST, customer_id=customer_id, how_many=limit)
    numbers = [row["number"] for row in rows]
    lines = _grouped(await _rows(connection, _NAMES, numbers=numbers), "order_number")
    return [_summary(row, lines[row["number"]]) for row in rows]


async def _rows(
    connection: AsyncConnection, query: Select[Any], **values: str | int | list[str]
) -> Sequence[RowMapping]:
    rows: Sequence[RowMapping] = (await connection.execute(query, values)).mappings().all()
    return rows


async def _whole(connection: AsyncConnection, row: RowMapping) -> Order:
    number = row["number"]
    lines = await _rows(connection, _LINES, number=number)
    parcels = await _rows(connection, _SHIPMENTS, number=number)
    events = _grouped(await _rows(connection, _EVENTS, number=number) if parcels else (), "shipment_id")
    return Order(
        number=number,
        customer_id=row["customer_id"],
        email=row["email"],
        placed_at=row["placed_at"],
        status=OrderStatus(row["status"]),
        total=Money(row["total"], row["currency"]),
        shipping_address=Address(**row["shipping_address"]),
        lines=tuple(_line(line) for line in lines),
        shipments=tuple(_shipment(parcel, events[parcel["id"]]) for parcel in parcels),
        payments=tuple(_payment(payment) for payment in await _rows(connection, _PAYMENTS, number=number)),
        cancel_reason=row["cancel_reason"],
    )


def _grouped(rows: Iterable[RowMapping], by: str) -> dict[str, list[RowMapping]]:
    groups = defaultdict[str, list[RowMapping]](list)
    for row in rows:
        groups[row[by]].append(row)
    return groups


def _summary(row: RowMapping, lines: list[RowMapping]) -> OrderSummary:
    status, total = OrderStatus(row["status"]), Money(row["total"], row["currency"])
    dearest_first = sorted(lines, key=lambda line: line["unit_price"], reverse=True)
    names = tuple(dict.fromkeys(line["name"] for line in dearest_first))
    return OrderSummary(row["number"], row["placed_at"], status, total, names)


def _line(row: RowMapping) -> OrderLine:
    return OrderLine(
        id=row["id"],
        sku=row["sku"],
        product_id=row["product_id"],
        name=row["name"],
        options=row["options"],
        quantity=row["quantity"],
        unit_price=Money(row["unit_price"], row["currency"]),
        final_sale=row["final_sale"],
        returned_quantity=row["returned_quantity"],
    )


def _shipment(row: RowMapping, events: list[RowMapping]) -> Shipment:
    return Shipment(
        id=row["id"],
        carrier=row["carrier"],
        tracking_number=row["tracking_number"],
        tracking_url=row["tracking_url"],
        status=ShipmentStatus(row["status"]),
        contents=row["contents"],
        shipped_at=row["shipped_at"],
        expected_on=row["expected_on"],
        delivered_at=row["delivered_at"],
        delay_reason=DelayReason(row["delay_reason"]) if row["delay_reason"] else None,
        events=tuple(TrackingEvent(event["at"], ShipmentStatus(event["status"]), event["place"]) for event in events),
    )


def _payment(row: RowMapping) -> Payment:
    return Payment(
        id=f"{row['order_number']}-{row['position']}",
        kind=row["kind"],
        method_id=row["method_id"],
        method=row["method"],
        amount=Money(row["amount"], row["currency"]),
        at=row["at"],
    )
