"""What may be sent back, and the returns and exchanges that were opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shop.money import Money
from shop.orders import OrderLine


@dataclass(frozen=True)
class ReturnableLine:
    """An order line and how many pieces of it may come back now.

    `refusal` is None where some may; else a code: `not_delivered`, `window_closed`, `final_sale`,
    `already_returned`. `until` is the last day on which they may be sent back.
    """

    line: OrderLine
    quantity: int
    refusal: str | None
    until: date | None


@dataclass(frozen=True)
class ReturnLine:
    """What the shopper sends back. `exchange_for` is the SKU wanted instead, or None for money back."""

    line_id: str
    quantity: int
    reason: str
    exchange_for: str | None = None


@dataclass(frozen=True)
class ReturnRequest:
    """A return as the shopper confirmed it. `refund_method_id` is a payment method's id, or `store_credit`."""

    order_number: str
    lines: tuple[ReturnLine, ...]
    refund_method_id: str


@dataclass(frozen=True)
class Return:
    """A return that the shop has opened. `balance` is what the shopper gets back (negative: has to pay)."""

    number: str
    order_number: str
    opened_at: datetime
    status: str
    lines: tuple[ReturnLine, ...]
    refund_method_id: str
    balance: Money
