"""The demo shop's products, with variants, prices and stock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import Any

from shop.adapters.demo.sizes import chart_id
from shop.adapters.demo.source import Records

_FIRST_ID = 1001
_PAGES = "https://larkspur-finch.example.com/products/"
_ONE_SIZE = "one size"
_COLOURS_EACH = 2


def products(families: Mapping[str, Any], bases: Mapping[str, Any], dice: Random) -> Records:
    """Products as records of a shop file: one for each name in each family."""
    named = [(family, place, name) for family in families["families"] for place, name in enumerate(family["names"])]
    return [
        _product(str(number), family, place, name, _sizes(family, bases), dice)
        for number, (family, place, name) in enumerate(named, start=_FIRST_ID)
    ]


def _product(
    number: str, family: Mapping[str, Any], place: int, name: str, sizes: list[str], dice: Random
) -> dict[str, Any]:
    low, high = family["price"]
    price = Decimal(dice.randint(low, high)) + Decimal("0.90")
    colours = [family["colours"][(place + step) % len(family["colours"])] for step in range(_COLOURS_EACH)]
    return {
        "id": number,
        "name": f"{name} {family['noun']}",
        "brand": family["brand"],
        "category": family["category"],
        "audience": family["audience"],
        "fit": family["fit"],
        "description": family["text"],
        "url": f"{_PAGES}{number}",
        "final_sale": name in family.get("final_sale", ()),
        "size_chart_id": chart_id(family) if "sizes" in family else None,
        "variants": list(_variants(number, colours, sizes, str(price), dice)),
    }


def _variants(number: str, colours: list[str], sizes: list[str], price: str, dice: Random) -> Iterator[dict[str, Any]]:
    for colour in colours:
        for size in sizes:
            options = {"colour": colour} if size == _ONE_SIZE else {"colour": colour, "size": size}
            sku = "-".join([number, *(_code(option) for option in options.values())])
            yield {"sku": sku, "options": options, "price": price, "stock": _stock(dice)}


def _sizes(family: Mapping[str, Any], bases: Mapping[str, Any]) -> list[str]:
    return [row["size"] for row in bases[family["sizes"]]["rows"]] if "sizes" in family else [_ONE_SIZE]


def _code(option: str) -> str:
    """`SKYBLUE`, `65` for the glove size 6½, `39-42`."""
    return option.upper().replace(" ", "").replace("½", "5")


def _stock(dice: Random) -> int:
    """Mostly plenty, sometimes the last pieces, now and then none."""
    return dice.choices([0, dice.randint(1, 3), dice.randint(4, 40)], [6, 14, 80])[0]
