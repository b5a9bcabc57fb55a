"""Claims for parcels: at most one open claim a parcel."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.commerce_tables import claims
from shop.claims import Claim, ClaimReason
from shop.errors import NotFound
from shop.orders import Order


async def book_claim(
    connection: AsyncConnection, order: Order, shipment_id: str, reason: ClaimReason, at: datetime
) -> tuple[Claim, bool]:
    """The parcel's open claim, and whether it is a new one. Raises `NotFound` for a parcel of another order."""
    if shipment_id not in {shipment.id for shipment in order.shipments}:
        raise NotFound(f"no parcel {shipment_id!r} in order {order.number}")
    already_open = await _read(connection, claims.c.shipment_id == shipment_id, claims.c.closed_at.is_(None))
    if already_open:
        return already_open, False
    claim = Claim(await _next_number(connection, order), order.number, shipment_id, reason, at)
    await connection.execute(
        insert(claims).values(
            number=claim.number,
            order_number=claim.order_number,
            shipment_id=claim.shipment_id,
            reason=claim.reason.value,
            opened_at=claim.opened_at,
        )
    )
    return claim, True


async def read_claim(connection: AsyncConnection, number: str) -> Claim:
    """A claim that was opened before."""
    claim = await _read(connection, claims.c.number == number)
    assert claim is not None, f"claim {number} is gone, but the act that opened it is not"
    return claim


async def _read(connection: AsyncConnection, *conditions: ColumnElement[bool]) -> Claim | None:
    row = (await connection.execute(select(claims).where(*conditions))).mappings().one_or_none()
    if row is None:
        return None
    reason = ClaimReason(row["reason"])
    return Claim(row["number"], row["order_number"], row["shipment_id"], reason, row["opened_at"])


async def _next_number(connection: AsyncConnection, order: Order) -> str:
    """`SH-10234-C1` for an order's first claim. The order is held, so nobody else can be counting."""
    earlier = select(func.count()).select_from(claims).where(claims.c.order_number == order.number)
    return f"{order.number}-C{(await connection.execute(earlier)).scalar_one() + 1}"
