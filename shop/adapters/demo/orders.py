"""The demo shop's orders: what befell each, what was in it and what was paid."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shop.adapters.demo.days import Days
from shop.adapters.demo.parcels import Journey, journey, shipment
from shop.adapters.demo.payments import paid, refunded
from shop.adapters.demo.situations import SITUATIONS, Refund, Situation
from shop.adapters.demo.source import Records

_NUMBERS_FROM = 10_000
_NEVER_ORDERED = 6  # the last customers only have an account
_FREE_SHIPPING_FROM, _SHIPPING = Decimal(60), Decimal("4.90")
_AWAKE = (6, 21)  # hours (UTC) in which orders are placed


class Orders:
    """Makes orders for given products and customers. All amounts are in the shop's one currency."""

    def __init__(self, products: Records, customers: Records, carriers: Records, days: Days) -> None:
        self._sold = [(product, variant) for product in products for variant in product["variants"]]
        self._keepable = [sold for sold in self._sold if not sold[0]["final_sale"]]
        self._customers = customers[:-_NEVER_ORDERED]
        self._carriers = carriers
        self._days = days
        self._dice = days.dice

    def records(self) -> Records:
        """Orders as records of a shop file, numbered as they were placed."""
        orders = [self._order(situation) for situation in SITUATIONS for _ in range(situation.share)]
        number = _NUMBERS_FROM
        for order in sorted(orders, key=lambda order: str(order["placed_at"])):
            number += self._dice.randint(1, 7)
            order["number"] = f"SH-{number}"
        return sorted(orders, key=lambda order: str(order["number"]))

    def _order(self, situation: Situation) -> dict[str, Any]:
        customer = self._dice.choice(self._customers)
        trips = [journey(parcel, self._days) for parcel in situation.parcels]
        placed_at = self._days.moment(self._placed(situation, trips), _AWAKE)
        lines = self._lines(situation)
        total = _total(lines)
        payments = paid(customer["payment_methods"], total, placed_at, situation.refund, self._dice)
        return {
            "number": "",
            "customer_id": customer["id"],
            "placed_at": placed_at,
            "status": situation.status.value,
            "total": str(total),
            "lines": lines,
            "shipments": self._shipments(situation, trips, customer, lines),
            "payments": payments + refunded(situation, trips, lines, payments, self._days),
        }

    def _placed(self, situation: Situation, trips: list[Journey]) -> int:
        """How many days ago the order was placed: one or two before its first parcel left."""
        if trips:
            return max(trip.shipped for trip in trips) + self._days.pick((1, 2))
        return self._days.pick((1, 2) if situation.refund == Refund.NOTHING else (3, 120))

    def _lines(self, situation: Situation) -> Records:
        least = max(len(situation.parcels) + situation.waiting, 2 if situation.refund == Refund.ONE_LINE else 1)
        how_many = max(least, self._dice.choices([1, 2, 3, 4], [45, 30, 15, 10])[0])
        basket = self._dice.sample(self._keepable if situation.pieces_back else self._sold, how_many)
        lines = [self._line(product, variant) for product, variant in basket]
        if situation.pieces_back:
            for line in lines[:1] if situation.refund == Refund.ONE_LINE else lines:
                line["returned_quantity"] = line["quantity"]
        return lines

    def _line(self, product: Mapping[str, Any], variant: Mapping[str, Any]) -> dict[str, Any]:
        """A line at today's price, or at that of a sale a while ago; the name is as it was then."""
        price = Decimal(variant["price"])
        if self._dice.random() < 0.15:
            price = (price * Decimal("0.8")).quantize(Decimal("0.01"))
        return {
            "sku": variant["sku"],
            "name": product["name"],
            "quantity": self._dice.choices([1, 2, 3], [85, 12, 3])[0],
            "unit_price": str(price),
            "returned_quantity": 0,
        }

    def _shipments(
        self, situation: Situation, trips: list[Journey], customer: Mapping[str, Any], lines: Records
    ) -> Records:
        """The parcels, the lines dealt out among them and what is still waiting."""
        piles = len(trips) + situation.waiting
        city = customer["address"]["city"]
        return [
            shipment(trip, city, _dealt(lines, pile, piles), self._carriers, self._days)
            for pile, trip in enumerate(trips)
        ]


def _dealt(lines: Records, pile: int, piles: int) -> dict[str, int]:
    """The pieces in one of several piles, by the line's place."""
    return {str(place): line["quantity"] for place, line in enumerate(lines, start=1) if (place - 1) % piles == pile}


def _total(lines: Records) -> Decimal:
    goods = sum((Decimal(line["unit_price"]) * line["quantity"] for line in lines), start=Decimal(0))
    return goods if goods >= _FREE_SHIPPING_FROM else goods + _SHIPPING
