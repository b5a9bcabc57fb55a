"""The ways by which the money of a return may go, or come from where there is something to pay."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from shop.customers import Customer, PaymentMethod
from shop.money import Money
from shop.orders import Order
from shop.refunds import MoneyBack, back_as_it_came, left_of_payments
from shop.return_rules import RefundTo
from shop.return_terms import ORIGINAL, STORE_CREDIT


@dataclass(frozen=True)
class RefundWay:
    """One way. `id` goes into `ReturnRequest`; `kind` is the payment method's, or `original`, or `store_credit`.

    `original` stands for several methods together, where no single one gave enough. `label` is as the method is shown,
    None for `original` and for store credit. `parts` says how much goes to which method; where there is something to
    pay, how much comes from it.
    """

    id: str
    kind: str
    label: str | None
    parts: tuple[MoneyBack, ...]


def ways_to_pay(customer: Customer, amount: Money) -> tuple[RefundWay, ...]:
    """The customer's own methods."""
    return tuple(_own(method, amount) for method in customer.payment_methods)


def ways_for_nothing(customer: Customer) -> tuple[RefundWay, ...]:
    """Where no money moves, there is nothing to choose; one of the customer's own methods may be named all the same."""
    own = (RefundWay(method.id, method.kind, method.label, ()) for method in customer.payment_methods)
    return (RefundWay(ORIGINAL, ORIGINAL, None, ()), *own)


def ways_back(order: Order, customer: Customer, amount: Money, to: Collection[RefundTo]) -> tuple[RefundWay, ...]:
    """The ways that the merchant allows, each once: as it was paid first, store credit last."""
    every = [*_as_it_was_paid(order, customer, amount)] if RefundTo.ORIGINAL in to else []
    if RefundTo.OWN in to or RefundTo.GIFT_CARD in to:
        any_of_theirs = RefundTo.OWN in to
        every += [_own(each, amount) for each in customer.payment_methods if any_of_theirs or each.kind == "gift_card"]
    if RefundTo.STORE_CREDIT in to:
        every.append(RefundWay(STORE_CREDIT, STORE_CREDIT, None, (MoneyBack(STORE_CREDIT, None, amount),)))
    return tuple({way.id: way for way in reversed(every)}.values())[::-1]


def _as_it_was_paid(order: Order, customer: Customer, amount: Money) -> Iterator[RefundWay]:
    """Each method that can take the whole amount; and several together, where the one that gave most can't."""
    kinds = {method.id: method.kind for method in customer.payment_methods}
    for left in left_of_payments(order):
        if left.amount.amount >= amount.amount:
            part = MoneyBack(left.method_id, left.label, amount)
            yield RefundWay(left.method_id, kinds.get(left.method_id, ORIGINAL), left.label, (part,))
    parts = back_as_it_came(order, amount)
    if parts and len(parts) > 1:
        yield RefundWay(ORIGINAL, ORIGINAL, None, parts)


def _own(method: PaymentMethod, amount: Money) -> RefundWay:
    return RefundWay(method.id, method.kind, method.label, (MoneyBack(method.id, method.label, amount),))
