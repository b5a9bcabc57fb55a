"""What shoppers type when they are asked which items go back, and how the money should move."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from actions.return_answers import method_meant, pieces_meant
from shop.money import Money
from shop.orders import OrderLine
from shop.refund_ways import RefundWay
from shop.return_terms import ReturnableLine


def line(id: str, name: str, options: Mapping[str, str], pieces: int = 1, refusal: str | None = None) -> ReturnableLine:
    bought = OrderLine(id, f"sku-{id}", f"p-{id}", name, options, pieces, Money(Decimal("9.90"), "EUR"), False, 0)
    return ReturnableLine(bought, 0 if refusal else pieces, refusal, None)


LINES = (
    line("lamp", "Desk lamp", {"power": "80%", "zoom": "3x", "color": "gold"}),
    line("short", "Scarf", {"length": "28 inch", "color": "red"}),
    line("long", "Scarf", {"length": "34 inch", "color": "grey"}),
    line("shirt", "Linen shirt", {"size": "M", "color": "blue"}, pieces=3),
    line("reader", "E-Reader", {"storage": "8GB"}),
    line("watch", "Watch", {"waterproof": "yes", "strap": "linen"}),
    line("sale", "Belt", {}, refusal="final_sale"),
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the desk lamp", {"lamp": 1}),
        ("the lamp and my watch", {"lamp": 1, "watch": 1}),
        ("the 80% lamp", {"lamp": 1}),  # not eighty lamps
        ("the 3x lamp", {"lamp": 1}),
        ("the 8GB e-reader", {"reader": 1}),
        ("the 28 inch scarf", {"short": 1}),
        ("the grey one", {"long": 1}),
        ("both scarfs", {"short": 1, "long": 1}),
        ("the linen", {"shirt": 3}),  # what is called so comes before what is like that
        ("yes", {}),
        ("the scarf", {}),  # which of the two?
        ("the watch and the scarf", {}),
        ("the linen shirts", {"shirt": 3}),
        ("two of the shirts", {"shirt": 2}),
        ("one shirt", {"shirt": 1}),
        ("2 shirts", {"shirt": 2}),
        ("2x linen shirt", {"shirt": 2}),
        ("0 shirts", {"shirt": 0}),  # to be told that none can't come back
        ("the shirt one", {"shirt": 3}),
        ("just 1 shirt please", {"shirt": 1}),
        ("a garden gnome", {}),
        ("everything", {"lamp": 1, "short": 1, "long": 1, "shirt": 3, "reader": 1, "watch": 1}),
        ("everything except the lamp", {"short": 1, "long": 1, "shirt": 3, "reader": 1, "watch": 1}),
        ("all of them but one shirt", {"lamp": 1, "short": 1, "long": 1, "shirt": 2, "reader": 1, "watch": 1}),
        ("all but the watch and both scarfs", {"lamp": 1, "shirt": 3, "reader": 1}),
        ("everything but the gnome", {}),  # better asked again than sent back
        ("everything but the lamp and the gnome", {}),
    ],
)
def test_the_pieces_that_are_meant(text: str, meant: dict[str, int]) -> None:
    assert pieces_meant(text, LINES) == meant


WAYS = (
    RefundWay("visa", "card", "Visa ending in 6791", ()),
    RefundWay("master", "card", "Mastercard ending in 8484", ()),
    RefundWay("pay", "paypal", "PayPal", ()),
    RefundWay("gift", "gift_card", "Gift card", ()),
    RefundWay("original", "original", None, ()),
    RefundWay("store_credit", "store_credit", None, ()),
)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("PayPal", "pay"),
        ("to my paypal please", "pay"),
        ("the visa", "visa"),
        ("use mastercard ending in 8484", "master"),
        ("8484", "master"),
        ("the gift card", "gift"),
        ("the way I paid", "original"),
        ("store credit", "store_credit"),
        ("a card", None),  # which one?
        ("cash", None),
        ("please", None),
    ],
)
def test_the_way_that_is_meant(text: str, way: str | None) -> None:
    found = method_meant(text, WAYS)
    assert (found.id if found else None) == way
