"""The demo shop's size charts: one for each brand, base chart and fit that its products ask for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shop.adapters.demo.source import Records

_FITS = {"slim": -2, "regular": 0, "relaxed": 3}  # centimetres of body that the same size takes, more or less
_MOVED_BY_CUT = {"chest", "waist", "hips"}
_MOVED_BY_LAST = {"foot_length"}


def size_charts(products: Mapping[str, Any], bases: Mapping[str, Any]) -> Records:
    """Size charts as records of a shop file."""
    charts: dict[str, dict[str, Any]] = {}
    for family in products["families"]:
        if "sizes" in family:
            brand = products["brands"][family["brand"]]
            charts.setdefault(chart_id(family), _chart(family, brand, bases[family["sizes"]]))
    return list(charts.values())


def chart_id(family: Mapping[str, Any]) -> str:
    """`mirrowick-women-tops-relaxed`."""
    return f"{family['brand']}-{family['sizes']}-{family['fit']}".lower()


def _chart(family: Mapping[str, Any], brand: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": chart_id(family),
        "brand": family["brand"],
        "audience": base["audience"],
        "category": base["category"],
        "fit": family["fit"],
        "rows": [{**row, "body": _body(row["body"], brand, family["fit"])} for row in base["rows"]],
    }


def _body(body: Mapping[str, list[float]], brand: Mapping[str, Any], fit: str) -> dict[str, list[str]]:
    """The body that a base size fits, once cut by this brand for this fit."""
    shifts = dict.fromkeys(_MOVED_BY_CUT, Decimal(str(brand.get("cut", 0) + _FITS[fit])))
    shifts |= dict.fromkeys(_MOVED_BY_LAST, -Decimal(str(brand.get("last", 0))))
    return {name: [str(Decimal(str(end)) + shifts.get(name, 0)) for end in span] for name, span in body.items()}
