"""What may be sent back, and the returns and exchanges that were opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shop.money import Money
from shop.orders import OrderLine

ORIGINAL = "original"  # as a refund method: back the way the money came
STORE_CREDIT = "store_credit"


class ReturnReason(StrEnum):
    """Why a piece comes back. Which of these are offered is the merchant's choice."""

    TOO_SMALL = "too_small"
    TOO_BIG = "too_big"
    NOT_AS_DESCRIBED = "not_as_described"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    CHANGED_MIND = "changed_mind"
    OTHER = "other"


class ReturnStatus(StrEnum):
    """Where a return stands: opened, sent by the shopper, received by the shop, paid back; or called off."""

    OPEN = "open"
    SENT = "sent"
    RECEIVED = "received"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class ReturnableLine:
    """An order line and how many pieces of it may come back now.

    `refusal` is None where some may; else a code: `not_delivered`, `window_closed`, `final_sale`,
    `already_returned`, `one_return_only`. `until` is the last day on which they may be sent back.
    """

    line: OrderLine
    quantity: int
    refusal: str | None
    until: date | None


@dataclass(frozen=True)
class ReturnLine:
    """What the shopper sends back. `reason` is a code of `ReturnReason`; `exchange_for` the SKU wanted instead."""

    line_id: str
    quantity: int
    reason: str
    exchange_for: str | None = None


@dataclass(frozen=True)
class ReturnRequest:
    """A return as the shopper confirmed it.

    `refund_method_id` is a payment method's id, `original` or `store_credit`: where money goes, or comes from when the
    pieces wanted instead cost more. `agreed` is the balance that the shopper was shown and said yes to.
    """

    order_number: str
    lines: tuple[ReturnLine, ...]
    refund_method_id: str
    agreed: Money | None = None


@dataclass(frozen=True)
class Return:
    """A return that the shop has opened. `balance` is what the shopper gets back (negative: has to pay).

    `send_by` is the last day to send the parcel; `tracking_number` is its own. Times are UTC, None before they come.
    """

    number: str
    order_number: str
    opened_at: datetime
    status: ReturnStatus
    lines: tuple[ReturnLine, ...]
    refund_method_id: str
    balance: Money
    send_by: date | None = None
    sent_at: datetime | None = None
    received_at: datetime | None = None
    refunded_at: datetime | None = None
    cancelled_at: datetime | None = None
    tracking_number: str | None = None
