"""Orders, their parcels, and where each parcel is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shop.customers import Address
from shop.money import Money


class OrderStatus(StrEnum):
    """Where an order stands as a whole."""

    PAID = "paid"
    PACKED = "packed"
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    LOST = "lost"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    REFUNDED = "refunded"


class ShipmentStatus(StrEnum):
    """Where one parcel stands."""

    PACKED = "packed"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    LOST = "lost"
    RETURNED = "returned"


class DelayReason(StrEnum):
    """Why a carrier says that a parcel is late."""

    WEATHER = "weather"
    CUSTOMS = "customs"
    ADDRESS = "address"
    VOLUME = "volume"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OrderLine:
    """One row of an order. `unit_price` is what was paid for one piece; quantities count pieces."""

    id: str
    sku: str
    product_id: str
    name: str
    options: Mapping[str, str]
    quantity: int
    unit_price: Money
    final_sale: bool
    returned_quantity: int


@dataclass(frozen=True)
class TrackingEvent:
    """One scan by the carrier: when (UTC), what it meant, and where."""

    at: datetime
    status: ShipmentStatus
    place: str


@dataclass(frozen=True)
class Shipment:
    """One parcel. `contents` gives pieces by order line; `expected_on` is the carrier's day; `events` oldest first."""

    id: str
    carrier: str
    tracking_number: str
    tracking_url: str
    status: ShipmentStatus
    contents: Mapping[str, int]
    shipped_at: datetime | None
    expected_on: date | None
    delivered_at: datetime | None
    delay_reason: DelayReason | None
    events: tuple[TrackingEvent, ...]


@dataclass(frozen=True)
class Payment:
    """Money that moved. `kind` is payment or refund; `method` is the label of the card, gift card and so on."""

    id: str
    kind: str
    method_id: str
    method: str
    amount: Money
    at: datetime


@dataclass(frozen=True)
class Order:
    """A whole order, as its owner may see it. Times are UTC. `cancel_reason` is a code, where it was cancelled here."""

    number: str
    customer_id: str
    email: str
    placed_at: datetime
    status: OrderStatus
    total: Money
    shipping_address: Address
    lines: tuple[OrderLine, ...]
    shipments: tuple[Shipment, ...]
    payments: tuple[Payment, ...]
    cancel_reason: str | None = None


@dataclass(frozen=True)
class OrderSummary:
    """One row in a customer's list of orders. `items` names its products, dearest first."""

    number: str
    placed_at: datetime
    status: OrderStatus
    total: Money
    items: tuple[str, ...]


def order_key(number: str) -> str:
    """The form in which order numbers are compared: `# w-1001`, `W1001` and full-width `Ｗ１００１` are one order."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", number).upper())
