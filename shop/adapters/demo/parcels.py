"""The demo shop's parcels: carriers, days and scans that fit what befell each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shop.adapters.demo.days import Days
from shop.adapters.demo.situations import Parcel
from shop.adapters.demo.source import Records
from shop.orders import ShipmentStatus

_WAREHOUSE = "Larkspur & Finch warehouse"
# How many days before its last status a parcel was shipped.
_DAYS_OUT = {
    ShipmentStatus.PACKED: (0, 0),
    ShipmentStatus.SHIPPED: (0, 0),
    ShipmentStatus.OUT_FOR_DELIVERY: (1, 3),
    ShipmentStatus.DELIVERED: (2, 5),
    ShipmentStatus.DELAYED: (2, 5),
    ShipmentStatus.LOST: (9, 12),
    ShipmentStatus.RETURNED: (8, 11),
}
# How many days before its last status a parcel was due that will not come any more, or has come.
_DUE_BEFORE = {ShipmentStatus.DELIVERED: (-1, 0), ShipmentStatus.LOST: (4, 6), ShipmentStatus.RETURNED: (3, 4)}
# How many days before its last status the carrier set out to deliver a parcel.
_TRIED_BEFORE = {ShipmentStatus.OUT_FOR_DELIVERY: 0, ShipmentStatus.DELIVERED: 0, ShipmentStatus.RETURNED: 4}
# Whether the scan that gives a parcel its last status is made in the shopper's city, or at a hub.
_LAST_SCAN_IN_CITY = {
    ShipmentStatus.DELIVERED: True,
    ShipmentStatus.DELAYED: False,
    ShipmentStatus.LOST: False,
    ShipmentStatus.RETURNED: False,
}
_MORNING, _NOON, _NIGHT, _DAWN, _DAY = (7, 9), (12, 14), (2, 4), (4, 6), (9, 14)  # hours (UTC) of scans


@dataclass(frozen=True)
class Journey:
    """When, in days ago, a parcel was packed and shipped and its last status came about."""

    parcel: Parcel
    shipped: int
    last: int


def journey(parcel: Parcel, days: Days) -> Journey:
    """Draw a parcel's days."""
    last = days.pick(parcel.since)
    return Journey(parcel, last + days.pick(_DAYS_OUT[parcel.status]), last)


def shipment(trip: Journey, city: str, contents: Mapping[str, int], carriers: Records, days: Days) -> dict[str, Any]:
    """A parcel as a record of a shop file."""
    carrier = days.dice.choice(carriers)
    tracking_number = f"{carrier['prefix']}{days.dice.randint(10**8, 10**9 - 1)}"
    parcel, events = trip.parcel, list(_events(trip, city, carrier, days))
    return {
        "carrier": carrier["name"],
        "tracking_number": tracking_number,
        "tracking_url": carrier["url"] + tracking_number,
        "status": parcel.status.value,
        "contents": dict(contents),
        "shipped_at": next((event["at"] for event in events if event["status"] == "shipped"), None),
        "expected_on": _expected_on(trip, days),
        "delivered_at": events[-1]["at"] if parcel.status == ShipmentStatus.DELIVERED else None,
        "delay_reason": parcel.delay.value if parcel.delay else None,
        "events": events,
    }


def _events(trip: Journey, city: str, carrier: Mapping[str, Any], days: Days) -> Iterator[dict[str, str]]:
    """The scans up to the last status, oldest first."""
    first_hub, second_hub = carrier["hubs"]
    status = trip.parcel.status
    yield _event(ShipmentStatus.PACKED, days.moment(trip.shipped, _MORNING), _WAREHOUSE)
    if status == ShipmentStatus.PACKED:
        return
    yield _event(ShipmentStatus.SHIPPED, days.moment(trip.shipped, _NOON), first_hub)
    if trip.shipped - 1 > (0 if status == ShipmentStatus.SHIPPED else trip.last):
        yield _event(ShipmentStatus.SHIPPED, days.moment(trip.shipped - 1, _NIGHT), second_hub)
    if status in _TRIED_BEFORE:
        yield _event(ShipmentStatus.OUT_FOR_DELIVERY, days.moment(trip.last + _TRIED_BEFORE[status], _DAWN), city)
    if status in _LAST_SCAN_IN_CITY:
        yield _event(status, days.moment(trip.last, _DAY), city if _LAST_SCAN_IN_CITY[status] else second_hub)


def _event(status: ShipmentStatus, at: str, place: str) -> dict[str, str]:
    return {"at": at, "status": status.value, "place": place}


def _expected_on(trip: Journey, days: Days) -> str | None:
    if trip.parcel.status in _DUE_BEFORE:
        return days.day(trip.last + days.pick(_DUE_BEFORE[trip.parcel.status]))
    if trip.parcel.expected_in is None:
        return None
    return days.day(-days.pick(trip.parcel.expected_in))
