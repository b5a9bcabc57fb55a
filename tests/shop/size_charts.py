"""Size charts for tests: every one of the demo shop, and made-up ones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from shop.adapters.demo.sizes import size_charts
from shop.adapters.demo.source import read_list
from shop.catalog import SizeChart, SizeRow, Span
from shop.measurements import Measure

Rows = dict[str, dict[str, tuple[Any, Any]]]


def chart(rows: Rows, *, audience: str = "women", brand: str = "Mirrowick", **systems: list[str]) -> SizeChart:
    """A chart of these rows, from and to by measurement; `EU=["36", "38"]` names them in a system."""
    made = [
        SizeRow(
            size,
            {system: names[place] for system, names in systems.items()},
            {measure: Span(Decimal(str(low)), Decimal(str(high))) for measure, (low, high) in body.items()},
        )
        for place, (size, body) in enumerate(rows.items())
    ]
    return SizeChart(f"{brand}-{audience}-{'-'.join(rows)}".lower(), brand, audience, "", "regular", tuple(made))


def demo_charts() -> list[SizeChart]:
    """The charts of the demo shop."""
    return [_read(record) for record in size_charts(read_list("products"), read_list("sizes"))]


def charts_with(*measures: Measure) -> st.SearchStrategy[SizeChart]:
    """Charts of two to eight sizes that grow in each measurement: side by side, with gaps, or overlapping."""

    def rows(draw: st.DrawFn) -> SizeChart:
        count = draw(st.integers(2, 8))
        spans = {measure: draw(_growing(count)) for measure in measures}
        return chart({f"size {n}": {each: spans[each][n] for each in measures} for n in range(count)})

    return st.composite(rows)()


@st.composite
def _growing(draw: st.DrawFn, count: int) -> list[tuple[int, int]]:
    """Spans of which each begins and ends after the one before."""
    lows = sorted(draw(st.lists(st.integers(40, 150), min_size=count, max_size=count, unique=True)))
    highs = sorted(draw(st.lists(st.integers(0, 20), min_size=count, max_size=count)))
    return [(low, low + 1 + wide) for low, wide in zip(lows, highs, strict=True)]


def _read(record: dict[str, Any]) -> SizeChart:
    rows = tuple(
        SizeRow(
            row["size"],
            {system: str(name) for system, name in row["systems"].items()},
            {measure: Span(Decimal(low), Decimal(high)) for measure, (low, high) in row["body"].items()},
        )
        for row in record["rows"]
    )
    return SizeChart(record["id"], record["brand"], record["audience"], record["category"], record["fit"], rows)
