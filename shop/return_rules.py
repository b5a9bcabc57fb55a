"""The merchant's rules for what may come back of an order, and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shop.errors import NotAllowed, NotFound
from shop.orders import Order, OrderLine, OrderStatus, ShipmentStatus
from shop.return_terms import ReturnableLine, ReturnLine, ReturnReason

_SETTLED = {OrderStatus.RETURNED, OrderStatus.REFUNDED}


class RefundTo(StrEnum):
    """Where money may go: the methods that paid, the customer's gift cards, any method of theirs, credit here."""

    ORIGINAL = "original"
    GIFT_CARD = "gift_card"
    OWN = "own"
    STORE_CREDIT = "store_credit"


@dataclass(frozen=True)
class ReturnRules:
    """What the merchant allows. `data/shop/returns.yml` says each in plain words.

    `days` counts from the day after delivery; `send_within_days` from the day after a return was opened.
    `difference_to` is for the difference when everything is exchanged for something cheaper.
    """

    days: int = 30
    final_sale_excluded: bool = True
    once_per_order: bool = False
    reasons: tuple[ReturnReason, ...] = tuple(ReturnReason)
    refund_to: tuple[RefundTo, ...] = (RefundTo.ORIGINAL, RefundTo.GIFT_CARD, RefundTo.STORE_CREDIT)
    exchanges: bool = True
    difference_to: tuple[RefundTo, ...] = (RefundTo.ORIGINAL, RefundTo.OWN, RefundTo.STORE_CREDIT)
    free_shipping: bool = True
    send_within_days: int = 14

    def returnable(self, order: Order, today: date) -> tuple[ReturnableLine, ...]:
        """Every line of the order with what may come back of it today."""
        if self.once_per_order and any(line.returned_quantity for line in order.lines):
            return tuple(ReturnableLine(line, 0, "one_return_only", None) for line in order.lines)
        return tuple(self._line(order, line, today) for line in order.lines)

    def _line(self, order: Order, line: OrderLine, today: date) -> ReturnableLine:
        if line.final_sale and self.final_sale_excluded:
            return ReturnableLine(line, 0, "final_sale", None)
        deadlines = self._deadlines(order, line)
        left = min(sum(deadlines.values()), line.quantity) - line.returned_quantity
        if left <= 0 or order.status in _SETTLED:
            gone = order.status in _SETTLED or line.returned_quantity >= line.quantity
            return ReturnableLine(line, 0, "already_returned" if gone else "not_delivered", None)
        in_time = {until: pieces for until, pieces in deadlines.items() if until >= today}
        if not in_time:
            return ReturnableLine(line, 0, "window_closed", max(deadlines))
        return ReturnableLine(line, min(left, sum(in_time.values())), None, min(in_time))

    def _deadlines(self, order: Order, line: OrderLine) -> Counter[date]:
        """The delivered pieces of a line by the last day on which they may be sent back."""
        deadlines = Counter[date]()
        for parcel in order.shipments:
            if parcel.status == ShipmentStatus.DELIVERED and parcel.delivered_at and line.id in parcel.contents:
                deadlines[parcel.delivered_at.date() + timedelta(days=self.days)] += parcel.contents[line.id]
        return deadlines


def check_pieces(returnable: Iterable[ReturnableLine], wanted: Iterable[ReturnLine]) -> None:
    """Raise `NotFound` for a line that is not of this order, `NotAllowed` for pieces that may not come back."""
    allowed = {line.line.id: line for line in returnable}
    pieces = Counter[str]()
    for line in wanted:
        if line.line_id not in allowed:
            raise NotFound(f"no line {line.line_id!r} in this order")
        pieces[line.line_id] += line.quantity
        _check_line(allowed[line.line_id], line.quantity, pieces[line.line_id])
    if not pieces:
        raise NotAllowed("no_lines")


def _check_line(allowed: ReturnableLine, quantity: int, so_far: int) -> None:
    """`so_far` counts all pieces of the line that the same request names."""
    if allowed.refusal:
        raise NotAllowed(allowed.refusal)
    if quantity < 1 or so_far > allowed.quantity:
        raise NotAllowed("quantity")
