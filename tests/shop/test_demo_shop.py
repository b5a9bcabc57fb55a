"""The demo shop holds together, and shows everything that Storehand can say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from shop.adapters.demo.highlights import Highlight, highlights
from shop.adapters.demo.shop import demo_shop
from shop.adapters.shop_file import LoadReport, load_shop
from shop.adapters.sql.commerce import SqlCommerce
from shop.adapters.sql.database import Database
from shop.orders import DelayReason, OrderStatus, ShipmentStatus, order_key

TODAY = date(2026, 5, 10)
NOW = datetime(2026, 5, 10, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def shop() -> dict[str, Any]:
    return demo_shop(TODAY)


def parcels(shop: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for order in shop["orders"]:
        for parcel in order["shipments"]:
            yield order, parcel


def paid(order: dict[str, Any], kind: str) -> Decimal:
    return sum((Decimal(one["amount"]) for one in order["payments"] if one["kind"] == kind), start=Decimal(0))


def test_the_same_seed_and_day_make_the_same_shop(shop: dict[str, Any]) -> None:
    assert demo_shop(TODAY) == shop
    assert demo_shop(TODAY, seed=2)["orders"] != shop["orders"]


def test_another_day_moves_the_orders_and_nothing_else(shop: dict[str, Any]) -> None:
    later = demo_shop(date(2026, 12, 31))
    assert (later["products"], later["customers"]) == (shop["products"], shop["customers"])
    newest = max(order["placed_at"] for order in later["orders"])
    assert newest.startswith("2026-12-30")


def test_there_is_enough_of_everything(shop: dict[str, Any]) -> None:
    assert len(shop["products"]) >= 120
    assert sum(len(product["variants"]) for product in shop["products"]) >= 600
    assert (len(shop["customers"]), len(shop["orders"])) == (300, 1500)
    assert {product["audience"] for product in shop["products"]} == {"women", "men", "kids", "unisex"}
    assert {product["fit"] for product in shop["products"]} == {"slim", "regular", "relaxed", ""}
    assert 5 <= sum(product["final_sale"] for product in shop["products"]) <= 20
    stocks = [variant["stock"] for product in shop["products"] for variant in product["variants"]]
    assert 0.02 < stocks.count(0) / len(stocks) < 0.12
    assert len({product["name"] for product in shop["products"]}) == len(shop["products"])
    methods = Counter(method["kind"] for customer in shop["customers"] for method in customer["payment_methods"])
    assert min(methods[kind] for kind in ("card", "paypal", "invoice", "gift_card")) >= 50


def test_orders_are_in_every_situation(shop: dict[str, Any]) -> None:
    assert {order["status"] for order in shop["orders"]} == set(OrderStatus)
    assert {parcel["status"] for _, parcel in parcels(shop)} == set(ShipmentStatus)
    assert {parcel["delay_reason"] for _, parcel in parcels(shop)} == {None, *DelayReason}
    assert {len(order["shipments"]) for order in shop["orders"]} == {0, 1, 2, 3}
    came = Counter(parcel["delivered_at"][:10] for _, parcel in parcels(shop) if parcel["delivered_at"])
    assert came["2026-05-09"] >= 10
    assert sum(times for day, times in came.items() if day < "2026-04-01") >= 100
    customers = {order["customer_id"] for order in shop["orders"]}
    assert 1 <= len({customer["id"] for customer in shop["customers"]} - customers) <= 30


def test_orders_are_numbered_as_they_were_placed(shop: dict[str, Any]) -> None:
    numbers = [order["number"] for order in sorted(shop["orders"], key=lambda order: order["placed_at"])]
    assert numbers == sorted(numbers)
    assert len({order_key(number) for number in numbers}) == 1500


def test_nothing_happens_before_its_time(shop: dict[str, Any]) -> None:
    for order, parcel in parcels(shop):
        times = [order["placed_at"], *(event["at"] for event in parcel["events"])]
        assert times == sorted(times), order["number"]
        assert datetime.fromisoformat(times[-1]) < NOW, order["number"]
        assert parcel["events"][-1]["status"] == parcel["status"], order["number"]
    for order in shop["orders"]:
        scans = [event["at"] for parcel in order["shipments"] for event in parcel["events"]]
        refunds = [payment["at"] for payment in order["payments"] if payment["kind"] == "refund"]
        assert all(refund > order["placed_at"] for refund in refunds), order["number"]
        if order["status"] in {"returned", "refunded"}:
            assert all(refund > scan for refund in refunds for scan in scans), order["number"]


def test_parcels_have_the_days_that_their_status_needs(shop: dict[str, Any]) -> None:
    for order, parcel in parcels(shop):
        status, name = parcel["status"], order["number"]
        assert (parcel["shipped_at"] is None) == (status == "packed"), name
        assert (parcel["delivered_at"] is not None) == (status == "delivered"), name
        assert (parcel["delay_reason"] is not None) == (status == "delayed"), name
        if status == "out_for_delivery":
            assert parcel["expected_on"] == TODAY.isoformat(), name
        if status == "shipped":
            assert parcel["expected_on"] > TODAY.isoformat(), name
        if status == "lost":
            assert parcel["expected_on"] < TODAY.isoformat(), name


def test_pieces_and_money_add_up(shop: dict[str, Any]) -> None:
    for order in shop["orders"]:
        name, status, total = order["number"], order["status"], Decimal(order["total"])
        goods = sum(Decimal(line["unit_price"]) * line["quantity"] for line in order["lines"])
        assert total == (goods if goods >= 60 else goods + Decimal("4.90")), name
        assert paid(order, "payment") == total, name
        settled = status in {"cancelled", "returned", "refunded"}
        assert paid(order, "refund") == total if settled else paid(order, "refund") < total, name
        sent = Counter[str]()
        for parcel in order["shipments"]:
            sent.update(parcel["contents"])
        bought = Counter({str(place): line["quantity"] for place, line in enumerate(order["lines"], start=1)})
        assert sent <= bought, name
        if status in {"shipped", "out_for_delivery", "delivered", "delayed", "lost", "returned"}:
            assert sent == bought, name
        if status == "returned":
            assert all(line["returned_quantity"] == line["quantity"] for line in order["lines"]), name


def test_everything_is_invented(shop: dict[str, Any]) -> None:
    for customer in shop["customers"]:
        assert customer["email"].split("@")[1] in {"example.com", "example.org"}
        assert (
            customer["phone"].startswith(
                ("+46701740", "+4917139200", "+447700900", "+3363998", "+121255501", "+161355501")
            )
            or not customer["phone"]
        )
    carriers = {(parcel["carrier"], parcel["tracking_url"].split("/")[2]) for _, parcel in parcels(shop)}
    assert len(carriers) == 3
    assert all(host.endswith(".example.com") for _, host in carriers)
    assert all(parcel["tracking_url"].endswith(parcel["tracking_number"]) for _, parcel in parcels(shop))


MEASURES = {
    ("women", "tops"): {"chest", "waist"},
    ("women", "dresses"): {"chest", "waist", "hips"},
    ("women", "bottoms"): {"waist", "hips", "inseam"},
    ("women", "shoes"): {"foot_length"},
    ("men", "tops"): {"chest", "waist"},
    ("men", "shirts"): {"neck", "chest", "waist"},
    ("men", "bottoms"): {"waist", "hips", "inseam"},
    ("men", "shoes"): {"foot_length"},
    ("kids", "clothes"): {"height", "chest", "waist"},
    ("kids", "shoes"): {"foot_length"},
    ("unisex", "belts"): {"waist"},
    ("unisex", "hats"): {"head"},
    ("unisex", "gloves"): {"hand"},
    ("unisex", "socks"): {"foot_length"},
}


def test_size_charts_grow_without_gaps(shop: dict[str, Any]) -> None:
    assert {(chart["audience"], chart["category"]) for chart in shop["size_charts"]} == set(MEASURES)
    for chart in shop["size_charts"]:
        measures = MEASURES[chart["audience"], chart["category"]]
        for row in chart["rows"]:
            assert (set(row["body"]), set(row["systems"])) == (measures, {"EU", "UK", "US"}), chart["id"]
        for measure in measures - {"inseam"}:
            spans = [[Decimal(end) for end in row["body"][measure]] for row in chart["rows"]]
            assert all(low < high for low, high in spans), (chart["id"], measure)
            assert all(smaller[1] == larger[0] for smaller, larger in pairwise(spans)), (chart["id"], measure)


def test_shoes_fit_the_foot_that_their_european_size_means(shop: dict[str, Any]) -> None:
    """The Paris point: a size is two thirds of a centimetre of last, which is about 1.5 cm longer than the foot."""
    for chart in shop["size_charts"]:
        for row in chart["rows"] if chart["category"] == "shoes" else ():
            low, high = (Decimal(end) for end in row["body"]["foot_length"])
            assert abs((low + high) / 2 - (Decimal(row["systems"]["EU"]) / Decimal("1.5") - Decimal("1.5"))) < Decimal(
                "0.5"
            )


def test_brands_and_fits_cut_differently(shop: dict[str, Any]) -> None:
    def chest(chart_id: str) -> list[str]:
        chart = next(chart for chart in shop["size_charts"] if chart["id"] == chart_id)
        return next(row["body"]["chest"] for row in chart["rows"] if row["size"] == "M")

    assert chest("halvorsund-women-tops-regular") == ["91", "99"]
    assert chest("verdelha-women-tops-regular") == ["88", "96"]
    assert chest("halvorsund-women-tops-relaxed") == ["94", "102"]


def test_every_size_that_is_sold_is_in_its_chart(shop: dict[str, Any]) -> None:
    charts = {chart["id"]: [row["size"] for row in chart["rows"]] for chart in shop["size_charts"]}
    for product in shop["products"]:
        sizes = {variant["options"].get("size") for variant in product["variants"]}
        assert sizes == set(charts[product["size_chart_id"]] if product["size_chart_id"] else [None]), product["id"]


SITUATIONS = [
    "shipped", "several_parcels", "out_for_delivery", "delayed", "lost", "delivered", "cancelled", "paid",
]  # fmt: skip


async def test_it_loads_and_shows_eight_orders_to_try(shop: dict[str, Any], database: Database) -> None:
    report = await load_shop(database, shop)
    variants = sum(len(product["variants"]) for product in shop["products"])
    assert report == LoadReport(len(shop["products"]), variants, 300, 1500)
    backend = SqlCommerce(database, lambda: NOW)
    shown = await highlights(database)
    assert [highlight.situation for highlight in shown] == SITUATIONS
    for highlight in shown:
        order = await backend.get_order(highlight.number)
        assert order and order.email == highlight.email
        several = highlight.situation == "several_parcels"
        assert order.status == ("shipped" if several else highlight.situation)
        assert (len(order.shipments) > 1) == several or highlight.situation not in {"shipped", "several_parcels"}
        if highlight.situation == "delivered":
            assert any(line.quantity for line in await backend.returnable(order.number))


async def test_what_was_tried_makes_room_for_the_next(shop: dict[str, Any], database: Database) -> None:
    await load_shop(database, shop)

    async def to_pay() -> Highlight:
        return next(one for one in await highlights(database) if one.situation == "paid")

    first = await to_pay()
    await SqlCommerce(database, lambda: NOW).cancel_order(first.number, reason="x", actor="a", idempotency_key="k")
    assert (await to_pay()).number != first.number


async def test_an_empty_shop_has_nothing_to_show(database: Database) -> None:
    assert await highlights(database) == ()
