"""What befalls the demo shop's orders, and how many of 1,500 each thing befalls."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shop.orders import DelayReason, OrderStatus, ShipmentStatus


class Refund(StrEnum):
    """What was given back of what was paid."""

    NOTHING = "nothing"
    ONE_LINE = "one_line"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Parcel:
    """One parcel's fate, in days from and to. `since` is how long ago its last status came about.

    `expected_in` is when the carrier means to deliver a parcel that is still coming, None where it does not say.
    """

    status: ShipmentStatus
    since: tuple[int, int]
    expected_in: tuple[int, int] | None = None
    delay: DelayReason | None = None


@dataclass(frozen=True)
class Situation:
    """An order's fate. `waiting` says that pieces are still in the warehouse, in no parcel yet."""

    share: int
    status: OrderStatus
    parcels: tuple[Parcel, ...] = ()
    waiting: bool = False
    refund: Refund = Refund.NOTHING
    pieces_back: bool = False


_ON_ITS_WAY = Parcel(ShipmentStatus.SHIPPED, (1, 3), expected_in=(1, 4))
_PACKED = Parcel(ShipmentStatus.PACKED, (1, 2))
_OUT_TODAY = Parcel(ShipmentStatus.OUT_FOR_DELIVERY, (0, 0), expected_in=(0, 0))
_YESTERDAY = Parcel(ShipmentStatus.DELIVERED, (1, 1))
_LATELY = Parcel(ShipmentStatus.DELIVERED, (2, 25))
_LONG_AGO = Parcel(ShipmentStatus.DELIVERED, (35, 500))
_LOST = Parcel(ShipmentStatus.LOST, (1, 12))
_SENT_BACK = Parcel(ShipmentStatus.RETURNED, (5, 90))


def _delayed(reason: DelayReason, expected_in: tuple[int, int] | None) -> Parcel:
    return Parcel(ShipmentStatus.DELAYED, (0, 3), expected_in, reason)


SITUATIONS = (
    Situation(60, OrderStatus.PAID),
    Situation(45, OrderStatus.PACKED, (_PACKED,)),
    Situation(30, OrderStatus.PARTLY_SHIPPED, (_ON_ITS_WAY, _PACKED)),
    Situation(30, OrderStatus.PARTLY_SHIPPED, (_ON_ITS_WAY,), waiting=True),
    Situation(100, OrderStatus.SHIPPED, (_ON_ITS_WAY,)),
    Situation(20, OrderStatus.SHIPPED, (_ON_ITS_WAY, _ON_ITS_WAY)),
    Situation(25, OrderStatus.SHIPPED, (_LATELY, _ON_ITS_WAY)),
    Situation(45, OrderStatus.OUT_FOR_DELIVERY, (_OUT_TODAY,)),
    Situation(10, OrderStatus.OUT_FOR_DELIVERY, (_YESTERDAY, _OUT_TODAY, _ON_ITS_WAY)),
    Situation(15, OrderStatus.DELAYED, (_delayed(DelayReason.WEATHER, (1, 3)),)),
    Situation(15, OrderStatus.DELAYED, (_delayed(DelayReason.CUSTOMS, (3, 8)),)),
    Situation(15, OrderStatus.DELAYED, (_delayed(DelayReason.ADDRESS, None),)),
    Situation(15, OrderStatus.DELAYED, (_delayed(DelayReason.VOLUME, (1, 2)),)),
    Situation(10, OrderStatus.DELAYED, (_delayed(DelayReason.UNKNOWN, None),)),
    Situation(5, OrderStatus.DELAYED, (_delayed(DelayReason.UNKNOWN, (-13, -9)),)),
    Situation(5, OrderStatus.DELAYED, (_LATELY, _delayed(DelayReason.WEATHER, (2, 4)))),
    Situation(20, OrderStatus.LOST, (_LOST,)),
    Situation(5, OrderStatus.LOST, (_LATELY, _LOST)),
    Situation(50, OrderStatus.DELIVERED, (_YESTERDAY,)),
    Situation(280, OrderStatus.DELIVERED, (_LATELY,)),
    Situation(40, OrderStatus.DELIVERED, (_LATELY, _LATELY)),
    Situation(25, OrderStatus.DELIVERED, (_LATELY,), refund=Refund.ONE_LINE, pieces_back=True),
    Situation(465, OrderStatus.DELIVERED, (_LONG_AGO,)),
    Situation(70, OrderStatus.CANCELLED, refund=Refund.EVERYTHING),
    Situation(60, OrderStatus.RETURNED, (_LONG_AGO,), refund=Refund.EVERYTHING, pieces_back=True),
    Situation(25, OrderStatus.REFUNDED, (_LOST,), refund=Refund.EVERYTHING),
    Situation(15, OrderStatus.REFUNDED, (_SENT_BACK,), refund=Refund.EVERYTHING),
)
