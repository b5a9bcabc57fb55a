"""Sending things back: what may come back, what that comes to, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shop.catalog import Variant
from shop.clock import Clock
from shop.commerce import CommerceBackend
from shop.customers import Customer
from shop.errors import NotAllowed, NotFound
from shop.money import Money
from shop.orders import Order, OrderLine
from shop.own_orders import OwnOrders, act_key, actor
from shop.refund_ways import RefundWay
from shop.return_quotes import Quotes, ReturnQuote
from shop.return_rules import ReturnRules, check_pieces
from shop.return_terms import Return, ReturnableLine, ReturnLine, ReturnRequest
from shop.verification import Verification

_TRACKING_NUMBER = re.compile(r"[0-9A-Z-]{4,40}")


@dataclass(frozen=True)
class ExchangeOption:
    """A variant in stock that may be had instead. `difference` is for one piece: positive, the shopper gets it back.

    `same` is the very variant that was bought: wanted again where the first came damaged.
    """

    variant: Variant
    difference: Money
    same: bool


@dataclass(frozen=True)
class ReturnedItem:
    """What is in a return: pieces of an order line, and the variant wanted instead."""

    bought: OrderLine
    quantity: int
    reason: str
    instead: Variant | None


@dataclass(frozen=True)
class ReturnReport:
    """A return with what there is to say of it: its `status` and dates are in `found`.

    `label` shows the payment method; None for store credit, for `original`, or where nothing moves.
    """

    found: Return
    items: tuple[ReturnedItem, ...]
    label: str | None


class Returns:
    """Everything about returns, for a proven customer and their own orders.

    Every call raises `NotVerified` for anybody else, and `NotFound` for what is not theirs.
    """

    def __init__(self, backend: CommerceBackend, verification: Verification, rules: ReturnRules, clock: Clock) -> None:
        self._backend, self._own, self._now = backend, OwnOrders(backend, verification), clock
        self.rules = rules

    async def lines(self, conversation_id: str, number: str) -> tuple[ReturnableLine, ...]:
        """Every line of an order with what may come back of it, or why not."""
        _, order = await self._own.order(conversation_id, number)
        return tuple(await self._backend.returnable(order.number))

    async def exchange_options(self, conversation_id: str, number: str, line_id: str) -> tuple[ExchangeOption, ...]:
        """The sizes and colours of a line's product that are in stock; none where the shop makes no exchanges."""
        _, order = await self._own.order(conversation_id, number)
        line = _line(order, line_id)
        variants = await self._backend.variants(line.product_id) if self.rules.exchanges else ()
        return tuple(
            ExchangeOption(variant, line.unit_price - variant.price, variant.sku == line.sku)
            for variant in variants
            if variant.stock > 0
        )

    async def refund_ways(
        self, conversation_id: str, number: str, lines: Sequence[ReturnLine]
    ) -> tuple[RefundWay, ...]:
        """The ways for the money of these lines: to get it back by, or to pay by where there is something to pay.

        Raises `NotAllowed` as `preview` does, for anything wrong with the lines.
        """
        quotes = await self._quotes(conversation_id, number, lines)
        return quotes.ways(quotes.lines(lines))

    async def preview(self, conversation_id: str, request: ReturnRequest) -> ReturnQuote:
        """All that a summary needs, checked as opening will check it; nothing changes.

        Raises `NotAllowed` with the codes of `CommerceBackend.open_return`.
        """
        quotes = await self._quotes(conversation_id, request.order_number, request.lines)
        return quotes.quote(request, self._now().date())

    async def open(self, conversation_id: str, request: ReturnRequest, key: str) -> Return:
        """Open the return, once for each `key` of a conversation. Raises `NotAllowed` as `preview` does."""
        await self._own.order(conversation_id, request.order_number)
        return await self._backend.open_return(
            request, actor=actor(conversation_id), idempotency_key=act_key(conversation_id, key)
        )

    async def reports(self, conversation_id: str, order_number: str | None = None) -> tuple[ReturnReport, ...]:
        """The customer's returns, newest first (where is my refund?); only those of one order where it is given."""
        customer = await self._own.customer(conversation_id)
        if order_number is not None:
            await self._own.order(conversation_id, order_number)
        found = await self._backend.returns_of(customer.id, order_number=order_number)
        orders = {number: await self._backend.get_order(number) for number in {one.order_number for one in found}}
        return tuple([await self._report(customer, order, one) for one in found if (order := orders[one.order_number])])

    async def report(self, conversation_id: str, return_number: str) -> ReturnReport:
        """One return."""
        return await self._report(*await self._own.returned(conversation_id, return_number))

    async def mark_sent(
        self, conversation_id: str, return_number: str, key: str, *, tracking_number: str | None = None
    ) -> Return:
        """Keep that the shopper has sent the parcel.

        Raises `NotAllowed` with `tracking_number` for one that can't be, or as `CommerceBackend.cancel_return` does.
        """
        _, _, found = await self._own.returned(conversation_id, return_number)
        return await self._backend.mark_return_sent(
            found.number,
            tracking_number=_tidy(tracking_number),
            actor=actor(conversation_id),
            idempotency_key=act_key(conversation_id, key),
        )

    async def cancel(self, conversation_id: str, return_number: str, key: str) -> Return:
        """Call off a return that was not sent. Raises `NotAllowed` as `CommerceBackend.cancel_return` does."""
        _, _, found = await self._own.returned(conversation_id, return_number)
        return await self._backend.cancel_return(
            found.number, actor=actor(conversation_id), idempotency_key=act_key(conversation_id, key)
        )

    async def _quotes(self, conversation_id: str, number: str, lines: Sequence[ReturnLine]) -> Quotes:
        """What works these lines out, once it is sure that their pieces may come back."""
        customer, order = await self._own.order(conversation_id, number)
        check_pieces(await self._backend.returnable(order.number), lines)
        return Quotes(self.rules, order, customer, await self._variants(order, lines))

    async def _variants(self, order: Order, lines: Sequence[ReturnLine]) -> list[Variant]:
        """Those of the products of which something else is wanted instead."""
        wanted = {_line(order, line.line_id).product_id for line in lines if line.exchange_for is not None}
        return [variant for product_id in wanted for variant in await self._backend.variants(product_id)]

    async def _report(self, customer: Customer, order: Order, found: Return) -> ReturnReport:
        variants = {variant.sku: variant for variant in await self._variants(order, found.lines)}
        items = tuple(
            ReturnedItem(_line(order, line.line_id), line.quantity, line.reason, variants.get(line.exchange_for or ""))
            for line in found.lines
        )
        labels = {payment.method_id: payment.method for payment in order.payments}
        labels |= {method.id: method.label for method in customer.payment_methods}
        return ReturnReport(found, items, labels.get(found.refund_method_id))


def _line(order: Order, line_id: str) -> OrderLine:
    for line in order.lines:
        if line.id == line_id:
            return line
    raise NotFound(f"no line {line_id!r} in order {order.number}")


def _tidy(tracking_number: str | None) -> str | None:
    """A carrier's number in capitals and without blanks. Raises `NotAllowed("tracking_number")`."""
    if tracking_number is None:
        return None
    tidied = re.sub(r"\s", "", tracking_number).upper()
    if not _TRACKING_NUMBER.fullmatch(tidied):
        raise NotAllowed("tracking_number")
    return tidied
