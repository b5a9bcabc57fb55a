"""The merchant's rules for orders that have not left: until when they may be cancelled or go elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shop.orders import Order, OrderStatus

_GONE = {
    OrderStatus.CANCELLED: "already_cancelled",
    OrderStatus.RETURNED: "already_returned",
    OrderStatus.REFUNDED: "already_refunded",
    OrderStatus.DELIVERED: "already_delivered",
}


class CancelReason(StrEnum):
    """Why an order is called off. Which of these are offered is the merchant's choice."""

    NO_LONGER_NEEDED = "no_longer_needed"
    ORDERED_BY_MISTAKE = "ordered_by_mistake"
    FOUND_CHEAPER = "found_cheaper"
    TAKES_TOO_LONG = "takes_too_long"
    OTHER = "other"


@dataclass(frozen=True)
class OrderRules:
    """Each `until` is the last status in which the act is still done: `paid`, or `packed` as well."""

    cancel_until: OrderStatus = OrderStatus.PACKED
    cancel_reasons: tuple[CancelReason, ...] = tuple(CancelReason)
    change_address_until: OrderStatus = OrderStatus.PACKED

    def why_not_cancel(self, order: Order) -> str | None:
        """Why the order can't be cancelled any more, or None. A code such as `already_shipped`."""
        return _why_not(order, self.cancel_until)

    def why_not_change_address(self, order: Order) -> str | None:
        """Why the order can't go elsewhere any more, or None; the same codes."""
        return _why_not(order, self.change_address_until)


def _why_not(order: Order, until: OrderStatus) -> str | None:
    if order.status == OrderStatus.PAID:
        return None
    if order.status == OrderStatus.PACKED:
        return None if until == OrderStatus.PACKED else "already_packed"
    return _GONE.get(order.status, "already_shipped")
