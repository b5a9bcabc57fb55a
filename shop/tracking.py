"""Where an order is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shop.audit import AuditEntry, AuditLog
from shop.clock import Clock
from shop.commerce import CommerceBackend
from shop.orders import DelayReason, Order, OrderStatus, OrderSummary, Shipment, ShipmentStatus
from shop.verification import Verification


class Situation(StrEnum):
    """What there is to say about an order: the most urgent thing about any of its parcels."""

    PAID = "paid"
    PACKED = "packed"
    ON_ITS_WAY = "on_its_way"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    LOST = "lost"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    REFUNDED = "refunded"


_CLOSED = {
    OrderStatus.CANCELLED: Situation.CANCELLED,
    OrderStatus.RETURNED: Situation.RETURNED,
    OrderStatus.REFUNDED: Situation.REFUNDED,
}
_MOST_URGENT_FIRST = (
    (ShipmentStatus.LOST, Situation.LOST),
    (ShipmentStatus.DELAYED, Situation.DELAYED),
    (ShipmentStatus.OUT_FOR_DELIVERY, Situation.OUT_FOR_DELIVERY),
    (ShipmentStatus.SHIPPED, Situation.ON_ITS_WAY),
    (ShipmentStatus.DELIVERED, Situation.DELIVERED),
    (ShipmentStatus.RETURNED, Situation.RETURNED),
)


@dataclass(frozen=True)
class TrackingReport:
    """An order and what to say first. `parcel` is the one that the situation is about, if any.

    `waiting` says that some pieces have not left the warehouse although others have; `new_day`, that a late parcel has
    a day on which it is expected now.
    """

    order: Order
    situation: Situation
    parcel: Shipment | None
    waiting: bool
    new_day: bool = False

    @property
    def delay_reason(self) -> DelayReason:
        """Why it is late, as far as the carrier says."""
        return (self.parcel and self.parcel.delay_reason) or DelayReason.UNKNOWN


def report(order: Order, today: date) -> TrackingReport:
    """What to say about an order. A parcel past its expected day is late, whatever the carrier still claims."""
    if order.status in _CLOSED:
        return TrackingReport(order, _CLOSED[order.status], None, waiting=False)
    waiting = any(parcel.status == ShipmentStatus.PACKED for parcel in order.shipments) or _unshipped(order)
    for status, situation in _MOST_URGENT_FIRST:
        for parcel in order.shipments:
            if _status(parcel, today) == status:
                new_day = situation == Situation.DELAYED and (parcel.expected_on or today) > today
                return TrackingReport(order, situation, parcel, waiting, new_day)
    situation = Situation.PAID if order.status == OrderStatus.PAID else Situation.PACKED
    return TrackingReport(order, situation, None, waiting=True)


def _status(parcel: Shipment, today: date) -> ShipmentStatus:
    overdue = parcel.expected_on is not None and parcel.expected_on < today
    return ShipmentStatus.DELAYED if overdue and parcel.status == ShipmentStatus.SHIPPED else parcel.status


def _unshipped(order: Order) -> bool:
    sent = sum(sum(parcel.contents.values()) for parcel in order.shipments)
    return sent < sum(line.quantity for line in order.lines)


class Tracking:
    """Tells a verified shopper where an order is, and a proven one which orders there are."""

    def __init__(self, backend: CommerceBackend, verification: Verification, audit: AuditLog, clock: Clock) -> None:
        self._backend, self._verification, self._audit, self._now = backend, verification, audit, clock

    async def report(self, conversation_id: str, number: str) -> TrackingReport:
        """Where one order is. Raises `NotVerified` or `NotFound`."""
        order = await self._verification.order(conversation_id, number)
        await self._read(conversation_id, f"order:{order.number}")
        return report(order, self._now().date())

    async def orders(self, conversation_id: str) -> list[OrderSummary]:
        """A proven customer's orders, newest first. Raises `NotVerified`."""
        customer = await self._verification.proven_customer(conversation_id)
        await self._read(conversation_id, f"customer:{customer.id}")
        return list(await self._backend.find_orders(customer.id))

    async def _read(self, conversation_id: str, subject: str) -> None:
        await self._audit.record(AuditEntry(self._now(), f"shopper:{conversation_id}", "order.read", subject))
