"""Orders that show a newcomer what Storehand can say: one for each of eight situations."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, select

from shop.adapters.sql.commerce_tables import order_lines, orders, shipments
from shop.adapters.sql.database import Database
from shop.orders import OrderStatus


@dataclass(frozen=True)
class Highlight:
    """An order to try. `situation` is a status of `OrderStatus`, or `several_parcels`."""

    situation: str
    number: str
    email: str


async def highlights(database: Database) -> tuple[Highlight, ...]:
    """The newest order in each situation; none for a situation that no order is in."""
    found: list[Highlight] = []
    async with database.begin(reading=True) as connection:
        for situation, query in _QUERIES.items():
            row = (await connection.execute(query)).one_or_none()
            if row is not None:
                found.append(Highlight(situation, row.number, row.email))
    return tuple(found)


def _newest(status: OrderStatus, *conditions: ColumnElement[bool]) -> Select[tuple[str, str]]:
    newest_first = (orders.c.placed_at.desc(), orders.c.number)
    chosen = select(orders.c.number, orders.c.email).where(orders.c.status == status.value, *conditions)
    return chosen.order_by(*newest_first).limit(1)


_PARCELS = (
    select(func.count()).select_from(shipments).where(shipments.c.order_number == orders.c.number).scalar_subquery()
)
_MAY_COME_BACK = exists().where(
    order_lines.c.order_number == orders.c.number,
    order_lines.c.final_sale.is_(False),
    order_lines.c.returned_quantity == 0,
)
_QUERIES = {
    "shipped": _newest(OrderStatus.SHIPPED, _PARCELS == 1),
    "several_parcels": _newest(OrderStatus.SHIPPED, _PARCELS > 1),
    "out_for_delivery": _newest(OrderStatus.OUT_FOR_DELIVERY),
    "delayed": _newest(OrderStatus.DELAYED),
    "lost": _newest(OrderStatus.LOST),
    "delivered": _newest(OrderStatus.DELIVERED, _MAY_COME_BACK),
    "cancelled": _newest(OrderStatus.CANCELLED),
    "paid": _newest(OrderStatus.PAID),
}
