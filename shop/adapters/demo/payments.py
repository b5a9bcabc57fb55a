"""What was paid for the demo shop's orders, and what was given back."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from shop.adapters.demo.days import Days
from shop.adapters.demo.parcels import Journey
from shop.adapters.demo.situations import Refund, Situation
from shop.adapters.demo.source import Records

_AFTERNOON = (15, 18)  # hours (UTC) in which refunds are booked, after the carriers' last scans


def paid(methods: Records, total: Decimal, at: str, refund: Refund, dice: Random) -> Records:
    """One payment; or, where the customer has a gift card, now and then two."""
    others = [method for method in methods if method["kind"] != "gift_card"]
    cards = [method for method in methods if method["kind"] == "gift_card"]
    shares = [(dice.choice(others), total)]
    if cards and refund != Refund.ONE_LINE and dice.random() < 0.5:
        off = min(total, Decimal(dice.choice([10, 20, 25, 50])))
        shares = [(cards[0], off), (shares[0][0], total - off)]
    return [
        {"kind": "payment", "method_id": method["id"], "amount": str(amount), "at": at}
        for method, amount in shares
        if amount
    ]


def refunded(situation: Situation, trips: list[Journey], lines: Records, payments: Records, days: Days) -> Records:
    """What went back to where it came from, some days after the order or its last parcel was over."""
    if situation.refund == Refund.NOTHING:
        return []
    ago = max(1, min(trip.last for trip in trips) - days.pick((0, 9))) if trips else days.pick((1, 2))
    back = {"kind": "refund", "at": days.moment(ago, _AFTERNOON)}
    if situation.refund == Refund.ONE_LINE:
        amount = Decimal(lines[0]["unit_price"]) * lines[0]["quantity"]
        return [{**payments[0], **back, "amount": str(amount)}]
    return [{**payment, **back} for payment in payments]
