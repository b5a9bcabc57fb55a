"""Sizes by their names, in every system that a chart has."""

from __future__ import annotations

import pytest

from shop.catalog import SizeChart
from shop.size_labels import Label, Row, rows_named
from tests.shop.size_charts import demo_charts

CHARTS = {made.id: made for made in demo_charts()}
TOPS = CHARTS["mirrowick-women-tops-relaxed"]
DRESSES = CHARTS["okonwa-women-dresses-regular"]
SHIRTS = CHARTS["okonwa-men-shirts-relaxed"]
JEANS = CHARTS["kasumori-men-bottoms-regular"]
SHOES = CHARTS["lopewell-women-shoes-regular"]
KIDS = CHARTS["pebblekin-kids-clothes-regular"]
HATS = CHARTS["halvorsund-hats-regular"]


def named(made: SizeChart, label: str) -> list[str]:
    """The sizes of the chart that a label may stand for; two neighbours as `40/41`."""
    sizes = [row.size for row in made.rows]
    return [
        "/".join(sizes[place] for place in sorted({row.lower, row.upper}))
        for row in rows_named(made, Label.read(label))
    ]


@pytest.mark.parametrize(
    ("made", "label", "sizes"),
    [
        (TOPS, "M", ["M"]), (TOPS, "m", ["M"]), (TOPS, "2XL", ["XXL"]), (TOPS, "EU 42", ["M"]), (TOPS, "UK 10", ["S"]),
        (TOPS, "40", ["M"]), (TOPS, "EU 43", ["M/L"]), (TOPS, "EU 60", []), (TOPS, "banana", []),
        (DRESSES, "40", ["40"]), (DRESSES, "UK 12", ["40"]), (DRESSES, "US 12", ["44"]), (DRESSES, "M", []),
        (DRESSES, "EU 39", ["38/40"]), (SHIRTS, "39", ["M"]), (SHIRTS, "UK 15.5", ["M"]), (SHIRTS, "UK 15½", ["M"]),
        (JEANS, "W32", ["W32"]), (JEANS, "32", ["W32"]), (JEANS, "EU 48", ["W32"]),
        (SHOES, "EU 40.5", ["40/41"]), (SHOES, "UK 6½", ["40"]), (SHOES, "UK 6.5", ["40"]), (SHOES, "38", ["38"]),
        (KIDS, "5-6 years", ["116"]), (KIDS, "116", ["116"]), (KIDS, "US 6", ["116"]), (HATS, "UK 7 1/4", []),
        (HATS, "UK 7¼", ["L"]), (HATS, "M", ["M"]),
    ],
)  # fmt: skip
def test_a_size_is_found_by_its_name(made: SizeChart, label: str, sizes: list[str]) -> None:
    assert named(made, label) == sizes


@pytest.mark.parametrize(("made", "label", "sizes"), [(DRESSES, "12", {"40", "44"}), (SHOES, "8", {"42", "39"})])
def test_a_number_that_means_several_sizes_has_to_be_asked_about(made: SizeChart, label: str, sizes: set[str]) -> None:
    assert set(named(made, label)) == sizes
    assert all(systems for systems in rows_named(made, Label.read(label)).values())


@pytest.mark.parametrize(
    ("text", "system", "name"), [("UK 10", "UK", "10"), ("eu42", "EU", "42"), ("usual", None, "usual")]
)
def test_a_label_has_a_system_where_one_is_said(text: str, system: str | None, name: str) -> None:
    assert Label.read(text) == Label(name, system)


@pytest.mark.parametrize("made", CHARTS.values(), ids=lambda made: made.id)
def test_every_label_of_every_chart_leads_to_its_own_row(made: SizeChart) -> None:
    for place, row in enumerate(made.rows):
        assert list(rows_named(made, Label(row.size))) == [Row(place, place)]
        for system, name in row.systems.items():
            assert Row(place, place) in rows_named(made, Label(name, system))
