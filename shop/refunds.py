"""Money on its way back: how much of what was paid is left, and by which ways an amount may go."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shop.money import Money
from shop.orders import Order


@dataclass(frozen=True)
class MoneyBack:
    """An amount for one payment method. `label` is as it is shown (`Visa ending in 4242`); None for store credit."""

    method_id: str
    label: str | None
    amount: Money


def left_of_payments(order: Order) -> tuple[MoneyBack, ...]:
    """What each payment method gave for the order and did not get back yet, in the order in which they paid."""
    owed: dict[str, Decimal] = {}
    for payment in order.payments:
        amount = payment.amount.amount if payment.kind == "payment" else -payment.amount.amount
        owed[payment.method_id] = owed.get(payment.method_id, Decimal(0)) + amount
    labels = {payment.method_id: payment.method for payment in order.payments}
    left = ((method_id, Money(amount, order.total.currency)) for method_id, amount in owed.items() if amount > 0)
    return tuple(MoneyBack(method_id, labels[method_id], amount) for method_id, amount in left)


def back_as_it_came(order: Order, amount: Money) -> tuple[MoneyBack, ...] | None:
    """The amount, parted among the methods that paid so that none gets more than it gave; None where it is more.

    The method that gave most comes first, so that an amount is parted no further than it must be.
    """
    parts: list[MoneyBack] = []
    missing = amount.amount
    for left in sorted(left_of_payments(order), key=lambda left: -left.amount.amount):
        part = min(missing, left.amount.amount)
        if part > 0:
            parts.append(MoneyBack(left.method_id, left.label, Money(part, amount.currency)))
            missing -= part
    return None if missing > 0 else tuple(parts)
