"""What every `CommerceBackend` promises when it is read, held against our own database of both kinds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from shop.adapters.shop_file import load_shop
from shop.adapters.sql.database import Database
from shop.catalog import Product, SizeChart, SizeRow, Span, Variant
from shop.customers import Address, Customer, PaymentMethod
from shop.orders import (
    DelayReason,
    Order,
    OrderLine,
    OrderStatus,
    OrderSummary,
    Payment,
    Shipment,
    ShipmentStatus,
    TrackingEvent,
)
from tests.fakes import SettableClock
from tests.shop.contract import Load, euros
from tests.shop.small_shop import line, order, parcel, payment, small_shop

ADAS_ADDRESS = Address("Ada Okafor", "4 Mill Road", "", "Leeds", "", "LS1 4DY", "GB")


async def test_an_order_comes_back_whole(load: Load) -> None:
    shop = await load(
        order(
            "SH-1",
            "delayed",
            lines=[
                line("1002-42", "99.50", 2, returned_quantity=1),
                line("1003-L", "40.00", name="Old Hoodie", options={"size": "XL"}, final_sale=False),
            ],
            total="239.00",
            shipments=[
                parcel(
                    "delayed", 1, pieces=2, tracking_url="https://quillpost.example.com/QP1",
                    shipped_at="2026-05-02T14:00:00+02:00", expected_on="2026-05-12", delay_reason="customs",
                    events=[
                        {"at": "2026-05-03T08:00:00Z", "status": "delayed", "place": "Airport"},
                        {"at": "2026-05-02T12:00:00Z", "status": "shipped", "place": "Hub"},
                    ],
                ),
                parcel("packed", 2),
            ],
            payments=[payment("ada-gift", "39.00"), payment("ada-card", "200.00")],
        )
    )  # fmt: skip
    paid_at = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
    shipped_at, delayed_at = datetime(2026, 5, 2, 12, tzinfo=UTC), datetime(2026, 5, 3, 8, tzinfo=UTC)
    assert await shop.get_order("SH-1") == Order(
        number="SH-1",
        customer_id="C-1",
        email="Ada.Okafor@Example.org",
        placed_at=paid_at,
        status=OrderStatus.DELAYED,
        total=euros("239.00"),
        shipping_address=ADAS_ADDRESS,
        lines=(
            OrderLine("SH-1-1", "1002-42", "1002", "Strider Running Shoes", {"size": "42"}, 2, euros("99.5"), False, 1),
            OrderLine("SH-1-2", "1003-L", "1003", "Old Hoodie", {"size": "XL"}, 1, euros("40"), False, 0),
        ),
        shipments=(
            Shipment(
                "SH-1-P1", "Quillpost", "QP1", "https://quillpost.example.com/QP1", ShipmentStatus.DELAYED,
                {"SH-1-1": 2}, shipped_at, date(2026, 5, 12), None, DelayReason.CUSTOMS,
                (
                    TrackingEvent(shipped_at, ShipmentStatus.SHIPPED, "Hub"),
                    TrackingEvent(delayed_at, ShipmentStatus.DELAYED, "Airport"),
                ),
            ),
            Shipment(
                "SH-1-P2", "Quillpost", "QP1", "", ShipmentStatus.PACKED, {"SH-1-2": 1}, None, None, None, None, ()
            ),
        ),
        payments=(
            Payment("SH-1-1", "payment", "ada-gift", "Gift card ending in 0815", euros("39.00"), paid_at),
            Payment("SH-1-2", "payment", "ada-card", "Visa ending in 4242", euros("200.00"), paid_at),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("spelling", ["SH-10234", "sh10234", " #sh 10234 ", "ＳＨ－１０２３４"])
async def test_an_order_is_found_however_its_number_is_spelt(load: Load, spelling: str) -> None:
    shop = await load(order("SH-1023"), order("SH-10234"))
    found = await shop.get_order(spelling)
    assert found and found.number == "SH-10234"


@pytest.mark.parametrize("number", ["SH-2", "", "#", "%", "SH-1' OR '1'='1"])
async def test_no_order_is_none(load: Load, number: str) -> None:
    shop = await load(order("SH-1"))
    assert await shop.get_order(number) is None


async def test_a_customers_orders_newest_first_with_their_dearest_product_first(load: Load) -> None:
    both = [line("1003-L", "40.00"), line("1002-42", "99.50", 2), line("1002-43", "110.00")]
    shop = await load(
        order("SH-1", placed_at="2026-05-03T10:00:00Z"),
        order("SH-2", placed_at="2026-05-04T10:00:00Z", lines=both, total="349.00"),
        order("SH-3", placed_at="2026-05-02T10:00:00Z"),
        order("SH-4", customer_id="C-2", payments=[payment("bo-card", "59.90")]),
    )
    found = await shop.find_orders("C-1", limit=2)
    placed_at = datetime(2026, 5, 4, 10, tzinfo=UTC)
    names = ("Strider Running Shoes", "Quarry Hoodie")
    assert found[0] == OrderSummary("SH-2", placed_at, OrderStatus.DELIVERED, euros("349.00"), names)
    assert [summary.number for summary in found] == ["SH-2", "SH-1"]
    assert [summary.number for summary in await shop.find_orders("C-2")] == ["SH-4"]
    assert list(await shop.find_orders("C-9")) == []


@pytest.mark.parametrize("email", ["Ada.Okafor@Example.org", "ADA.OKAFOR@EXAMPLE.ORG", " ada.okafor@example.org "])
async def test_a_customer_is_found_by_email_whatever_its_case(load: Load, email: str) -> None:
    shop = await load()
    assert await shop.find_customer(email) == Customer(
        id="C-1",
        first_name="Ada",
        last_name="Okafor",
        email="Ada.Okafor@Example.org",
        phone="+447700900123",
        language="en-GB",
        address=ADAS_ADDRESS,
        payment_methods=(
            PaymentMethod("ada-card", "card", "Visa ending in 4242"),
            PaymentMethod("ada-gift", "gift_card", "Gift card ending in 0815"),
        ),
    )
    assert await shop.find_customer(email) == await shop.get_customer("C-1")


@pytest.mark.parametrize("email", ["a%@example.org", "", "ada.okafor\x00@example.org", "\ud800@example.org"])
async def test_nobodys_email_is_none(load: Load, email: str) -> None:
    shop = await load()
    assert await shop.find_customer(email) is None


async def test_nobody_is_none(load: Load) -> None:
    shop = await load()
    assert await shop.get_customer("C-9") is None


async def test_a_product_its_variants_and_its_size_chart(load: Load) -> None:
    shop = await load()
    url = "https://shop.example.com/1001"
    assert await shop.get_product("1001") == Product(
        "1001", "Hazel Linen Shirt", "Mirrowick", "shirts", "women", "relaxed", "Washed linen.", url, False,
        "mirrowick-tops",
    )  # fmt: skip
    found = await shop.variants("1001")
    assert found[0] == Variant("1001-SAGE-S", "1001", {"colour": "sage", "size": "S"}, euros("59.90"), 5)
    assert [variant.sku for variant in found] == ["1001-SAGE-S", "1001-SAGE-M", "1001-CLAY-M", "1001-GOLD-M"]
    small, middle = Span(Decimal(82), Decimal("90.5")), Span(Decimal("90.5"), Decimal(98))
    assert await shop.size_chart("1001") == SizeChart(
        "mirrowick-tops", "Mirrowick", "women", "tops", "relaxed",
        (SizeRow("S", {"EU": "36-38"}, {"chest": small}), SizeRow("M", {"EU": "40-42"}, {"chest": middle})),
    )  # fmt: skip


async def test_no_product_is_none(load: Load) -> None:
    shop = await load()
    assert await shop.get_product("9") is None
    assert list(await shop.variants("9")) == []
    assert await shop.size_chart("9") is None
    assert await shop.size_chart("1002") is None


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("hazel linen shirt", ["Hazel Linen Shirt"]),
        ("do you have the hasel linnen shirt?", ["Hazel Linen Shirt"]),
        ("skirt", []),
        ("hazl lnen shirtt strider", ["Hazel Linen Shirt"]),
        ("RUNNING SHOE", ["Strider Running Shoes"]),
        ("shoes strider", ["Strider Running Shoes"]),
        ("lopewell", ["Quarry Hoodie", "Strider Running Shoes"]),
        ("lopewel hoodie", ["Quarry Hoodie"]),
        ("1001-sage-s", ["Hazel Linen Shirt"]),
        ("is 1001 sage s back?", ["Hazel Linen Shirt"]),
        ("1001-sagge-m", ["Hazel Linen Shirt"]),
        ("washing machine", []),
        ("", []),
        ("?", []),
        ("\ud800 \x00", []),
    ],
)
async def test_products_are_found_by_what_shoppers_call_them(load: Load, query: str, names: list[str]) -> None:
    shop = await load()
    assert [product.name for product in await shop.search_products(query)] == names


async def test_a_search_is_cut_to_its_limit(load: Load) -> None:
    shop = await load()
    assert len(await shop.search_products("lopewell", limit=1)) == 1


async def test_a_new_product_is_found_a_minute_after_it_was_loaded(
    load: Load, database: Database, clock: SettableClock
) -> None:
    shop = await load()
    assert list(await shop.search_products("umbrella")) == []
    grown = small_shop()
    grown["products"] = [*grown["products"], {**grown["products"][2], "id": "1004", "name": "Nimbus Umbrella"}]
    grown["products"][3]["variants"] = [{"sku": "1004", "price": "25.00", "stock": 1}]
    await load_shop(database, grown, replace=True)
    clock.now += timedelta(minutes=1)
    assert [product.id for product in await shop.search_products("umbrella")] == ["1004"]
