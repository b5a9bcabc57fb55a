"""What a return comes to before it is opened: the very sum that opening it then books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shop.catalog import Variant
from shop.customers import Customer
from shop.errors import NotAllowed
from shop.money import Money
from shop.orders import Order, OrderLine
from shop.refund_ways import RefundWay, ways_back, ways_for_nothing, ways_to_pay
from shop.return_rules import ReturnRules
from shop.return_terms import ReturnLine, ReturnRequest


@dataclass(frozen=True)
class QuotedLine:
    """One thing that would come back, and the variant wanted instead. `balance` counts for all its pieces."""

    bought: OrderLine
    quantity: int
    reason: str
    instead: Variant | None
    balance: Money


@dataclass(frozen=True)
class ReturnQuote:
    """What a summary needs. `balance` is what the shopper gets back; negative, what there is to pay."""

    order_number: str
    lines: tuple[QuotedLine, ...]
    balance: Money
    way: RefundWay
    send_by: date
    free_shipping: bool

    @property
    def refund(self) -> Money | None:
        """What the shopper gets back, if anything."""
        return self.balance if self.balance.amount > 0 else None

    @property
    def to_pay(self) -> Money | None:
        """What the shopper has to pay, if anything."""
        return self.balance * -1 if self.balance.amount < 0 else None


class Quotes:
    """Works returns of one order out. `offered` are the variants of the products that may be wanted instead."""

    def __init__(self, rules: ReturnRules, order: Order, customer: Customer, offered: Iterable[Variant]) -> None:
        self._rules, self._order, self._customer = rules, order, customer
        self._bought = {line.id: line for line in order.lines}
        self._offered = {variant.sku: variant for variant in offered}

    def quote(self, request: ReturnRequest, today: date) -> ReturnQuote:
        """A request whose pieces may come back.

        Raises `NotAllowed` with `reason`, `no_exchanges`, `other_product`, `out_of_stock`, `refund_method` or
        `price_changed` (the balance is no longer the one that was agreed to).
        """
        lines = self.lines(request.lines)
        way = next((way for way in self.ways(lines) if way.id == request.refund_method_id), None)
        if way is None:
            raise NotAllowed("refund_method")
        balance = self._balance(lines)
        if request.agreed not in {None, balance}:
            raise NotAllowed("price_changed")
        send_by = today + timedelta(days=self._rules.send_within_days)
        return ReturnQuote(self._order.number, lines, balance, way, send_by, self._rules.free_shipping)

    def lines(self, wanted: Sequence[ReturnLine]) -> tuple[QuotedLine, ...]:
        """The lines at today's prices. Raises `NotAllowed`: reason, no_exchanges, other_product or out_of_stock."""
        lines = tuple(self._line(line) for line in wanted)
        pieces = Counter[str]()
        for line in lines:
            if line.instead:
                pieces[line.instead.sku] += line.quantity
        if any(self._offered[sku].stock < quantity for sku, quantity in pieces.items()):
            raise NotAllowed("out_of_stock")
        return lines

    def ways(self, lines: Sequence[QuotedLine]) -> tuple[RefundWay, ...]:
        """Every way that the merchant allows for what these lines come to."""
        balance = self._balance(lines)
        if balance.amount < 0:
            return ways_to_pay(self._customer, balance * -1)
        if balance.amount == 0:
            return ways_for_nothing(self._customer)
        to = self._rules.difference_to if all(line.instead for line in lines) else self._rules.refund_to
        return ways_back(self._order, self._customer, balance, to)

    def _line(self, wanted: ReturnLine) -> QuotedLine:
        if wanted.reason not in self._rules.reasons:
            raise NotAllowed("reason")
        bought = self._bought[wanted.line_id]
        instead = self._instead(bought, wanted.exchange_for) if wanted.exchange_for is not None else None
        each = bought.unit_price - instead.price if instead else bought.unit_price
        return QuotedLine(bought, wanted.quantity, wanted.reason, instead, each * wanted.quantity)

    def _instead(self, bought: OrderLine, sku: str) -> Variant:
        if not self._rules.exchanges:
            raise NotAllowed("no_exchanges")
        variant = self._offered.get(sku)
        if variant is None or variant.product_id != bought.product_id:
            raise NotAllowed("other_product")
        return variant

    def _balance(self, lines: Sequence[QuotedLine]) -> Money:
        return sum((line.balance for line in lines), start=Money(Decimal(0), self._order.total.currency))
