"""What every `CommerceBackend` promises, held against our own database of both kinds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from shop.adapters.shop_file import load_shop
from shop.adapters.sql.audit import audit_log
from shop.adapters.sql.commerce import SqlCommerce
from shop.adapters.sql.commerce_tables import acts, claims, orders, returns
from shop.adapters.sql.database import Database
from shop.catalog import Product, SizeChart, SizeRow, Span, Variant
from shop.claims import Claim, ClaimReason
from shop.commerce import CommerceBackend
from shop.customers import Address, Customer, PaymentMethod
from shop.errors import NotAllowed, NotFound
from shop.money import Money
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
from shop.returns import Return, ReturnLine, ReturnRequest
from tests.shop.small_shop import delivered, line, order, parcel, payment, small_shop

NOON = datetime(2026, 5, 10, 12, tzinfo=UTC)
ADAS_ADDRESS = Address("Ada Okafor", "4 Mill Road", "", "Leeds", "", "LS1 4DY", "GB")

Load = Callable[..., Awaitable[CommerceBackend]]


class Watch:
    """A clock that tests move by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def load(database: Database, watch: Watch) -> Load:
    """Loads the small shop with given orders and hands out the backend under test."""

    async def loaded(*given: dict[str, Any]) -> CommerceBackend:
        await load_shop(database, small_shop(*given))
        return SqlCommerce(database, watch, return_days=30)

    return loaded


@pytest.fixture
def count(database: Database) -> Callable[..., Awaitable[int]]:
    async def rows(table: Any) -> int:
        async with database.begin(reading=True) as connection:
            return (await connection.execute(select(func.count()).select_from(table))).scalar_one()

    return rows


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def back(*lines: ReturnLine, number: str = "SH-1", to: str = "ada-card") -> ReturnRequest:
    return ReturnRequest(number, lines, to)


async def stock(shop: CommerceBackend, product_id: str = "1001") -> dict[str, int]:
    return {variant.sku: variant.stock for variant in await shop.variants(product_id)}


async def returned(shop: CommerceBackend, number: str = "SH-1") -> list[int]:
    found = await shop.get_order(number)
    assert found
    return [bought.returned_quantity for bought in found.lines]


# Reading


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
    load: Load, database: Database, watch: Watch
) -> None:
    shop = await load()
    assert list(await shop.search_products("umbrella")) == []
    grown = small_shop()
    grown["products"] = [*grown["products"], {**grown["products"][2], "id": "1004", "name": "Nimbus Umbrella"}]
    grown["products"][3]["variants"] = [{"sku": "1004", "price": "25.00", "stock": 1}]
    await load_shop(database, grown, replace=True)
    watch.now += timedelta(minutes=1)
    assert [product.id for product in await shop.search_products("umbrella")] == ["1004"]


# What may come back


@pytest.mark.parametrize(
    ("given", "quantity", "refusal", "until"),
    [
        ({"lines": [line("1001-SAGE-S", "59.90", 2)], "shipments": [delivered("2026-05-05", 1, pieces=2)]},
         2, None, date(2026, 6, 4)),
        ({"shipments": [delivered("2026-04-10")]}, 1, None, date(2026, 5, 10)),
        ({"shipments": [delivered("2026-04-09")]}, 0, "window_closed", date(2026, 5, 9)),
        ({"lines": [line("1003-L", "40.00")]}, 0, "final_sale", None),
        ({"lines": [line("1001-SAGE-S", "59.90", returned_quantity=1)]}, 0, "already_returned", None),
        ({"lines": [line("1001-SAGE-S", "59.90", returned_quantity=1)], "shipments": [delivered("2026-01-09")]},
         0, "already_returned", None),
        ({"lines": [line("1001-SAGE-S", "59.90", 3, returned_quantity=1)],
          "shipments": [delivered("2026-05-05", 1, pieces=3)]}, 2, None, date(2026, 6, 4)),
        ({"status": "shipped", "shipments": [parcel("shipped")]}, 0, "not_delivered", None),
        ({"status": "paid", "shipments": []}, 0, "not_delivered", None),
        ({"status": "cancelled", "shipments": []}, 0, "not_delivered", None),
        ({"status": "returned", "shipments": [delivered("2026-05-05")]}, 0, "already_returned", None),
        ({"status": "refunded", "shipments": [delivered("2026-05-05")]}, 0, "already_returned", None),
        # one of two pieces has come; it has gone back; the other is still on its way
        ({"status": "shipped", "lines": [line("1001-SAGE-S", "59.90", 2)],
          "shipments": [delivered("2026-05-05"), parcel("shipped")]}, 1, None, date(2026, 6, 4)),
        ({"status": "shipped", "lines": [line("1001-SAGE-S", "59.90", 2, returned_quantity=1)],
          "shipments": [delivered("2026-05-05"), parcel("shipped")]}, 0, "not_delivered", None),
        # two pieces came on different days: one in time, and the nearest deadline counts while both are
        ({"lines": [line("1001-SAGE-S", "59.90", 2)],
          "shipments": [delivered("2026-04-01"), delivered("2026-05-05")]}, 1, None, date(2026, 6, 4)),
        ({"lines": [line("1001-SAGE-S", "59.90", 2)],
          "shipments": [delivered("2026-05-01"), delivered("2026-05-05")]}, 2, None, date(2026, 5, 31)),
        ({"lines": [line("1001-SAGE-S", "59.90", 2)],
          "shipments": [delivered("2026-03-01"), delivered("2026-04-01")]}, 0, "window_closed", date(2026, 5, 1)),
    ],
)  # fmt: skip
async def test_what_may_come_back(
    load: Load, given: dict[str, Any], quantity: int, refusal: str | None, until: date | None
) -> None:
    shop = await load(order("SH-1", **given))
    (found,) = await shop.returnable("sh1")
    assert (found.quantity, found.refusal, found.until) == (quantity, refusal, until)
    assert found.line == (await shop.get_order("SH-1")).lines[0]  # type: ignore[union-attr]


async def test_the_shop_says_how_long_its_window_is(load: Load, database: Database, watch: Watch) -> None:
    await load(order("SH-1", shipments=[delivered("2026-05-05")]))
    (found,) = await SqlCommerce(database, watch, return_days=4).returnable("SH-1")
    assert (found.refusal, found.until) == ("window_closed", date(2026, 5, 9))


async def test_nothing_may_come_back_of_an_unknown_order(load: Load) -> None:
    shop = await load()
    with pytest.raises(NotFound):
        await shop.returnable("SH-1")


# Returns and exchanges


async def test_a_return_pays_back_what_was_paid(load: Load, database: Database) -> None:
    shop = await load(
        order("SH-1", lines=[line("1001-SAGE-S", "48.00", 3), line("1002-42", "99.50")],
              shipments=[delivered("2026-05-05", 1, pieces=3), delivered("2026-05-05", 2)])
    )  # fmt: skip
    request = back(ReturnLine("SH-1-1", 2, "too_small"), ReturnLine("SH-1-2", 1, "changed_mind"), to="ada-gift")
    opened = await shop.open_return(request, actor="shopper:c1", idempotency_key="k1")
    assert opened == Return("SH-1-R1", "SH-1", NOON, "open", request.lines, "ada-gift", euros("195.50"))
    assert await returned(shop) == [2, 1]
    assert (await stock(shop))["1001-SAGE-S"] == 5  # not here yet
    async with database.begin(reading=True) as connection:
        facts = (await connection.execute(select(audit_log))).mappings().all()
    assert [(fact["at"], fact["actor"], fact["action"], fact["subject"], fact["detail"]) for fact in facts] == [
        (NOON, "shopper:c1", "return.open", "order:SH-1", {"lines": 2})
    ]


async def test_the_same_key_returns_the_first_result_and_changes_nothing(
    load: Load, watch: Watch, count: Callable[..., Awaitable[int]]
) -> None:
    shop = await load(
        order("SH-1", lines=[line("1001-SAGE-S", "48.00", 2)], shipments=[delivered("2026-05-05", pieces=2)])
    )
    first = await shop.open_return(back(ReturnLine("SH-1-1", 1, "late")), actor="a", idempotency_key="k")
    watch.now += timedelta(hours=1)
    again = await shop.open_return(back(ReturnLine("SH-1-1", 1, "late")), actor="a", idempotency_key="k")
    assert again == first
    assert await returned(shop) == [1]
    assert (await count(returns), await count(acts), await count(audit_log)) == (1, 1, 1)


async def test_another_key_is_another_return(load: Load) -> None:
    shop = await load(
        order("SH-1", lines=[line("1001-SAGE-S", "48.00", 2)], shipments=[delivered("2026-05-05", pieces=2)])
    )
    one = back(ReturnLine("SH-1-1", 1, "late"))
    numbers = [(await shop.open_return(one, actor="a", idempotency_key=key)).number for key in ("k1", "k2")]
    assert numbers == ["SH-1-R1", "SH-1-R2"]
    with pytest.raises(NotAllowed, match="already_returned"):
        await shop.open_return(one, actor="a", idempotency_key="k3")


async def test_an_exchange_sets_the_new_pieces_aside_and_balances_the_prices(load: Load) -> None:
    shop = await load(
        order("SH-1", lines=[line("1001-SAGE-S", "48.00", 3)], shipments=[delivered("2026-05-05", pieces=3)])
    )
    dearer = back(
        ReturnLine("SH-1-1", 1, "too_small", exchange_for="1001-GOLD-M"), ReturnLine("SH-1-1", 1, "changed_mind")
    )
    opened = await shop.open_return(dearer, actor="a", idempotency_key="k1")
    assert opened.balance == euros("16.00")  # twice 48.00 back, less 80.00
    same = await shop.open_return(
        back(ReturnLine("SH-1-1", 1, "too_small", exchange_for="1001-SAGE-M")), actor="a", idempotency_key="k2"
    )
    assert same.balance == euros("-11.90")
    assert await stock(shop) == {"1001-SAGE-S": 5, "1001-SAGE-M": 0, "1001-CLAY-M": 0, "1001-GOLD-M": 8}


@pytest.mark.parametrize(
    ("lines", "to", "reason"),
    [
        ([], "ada-card", "no_lines"),
        ([ReturnLine("SH-1-1", 0, "late")], "ada-card", "quantity"),
        ([ReturnLine("SH-1-1", -1, "late")], "ada-card", "quantity"),
        ([ReturnLine("SH-1-1", 3, "late")], "ada-card", "quantity"),
        ([ReturnLine("SH-1-1", 2, "late"), ReturnLine("SH-1-1", 1, "late")], "ada-card", "quantity"),
        ([ReturnLine("SH-1-1", 1, "late"), ReturnLine("SH-1-2", 1, "late")], "ada-card", "final_sale"),
        ([ReturnLine("SH-1-1", 1, "late"), ReturnLine("SH-1-3", 1, "late")], "ada-card", "not_delivered"),
        ([ReturnLine("SH-1-1", 1, "late")], "bo-card", "refund_method"),
        ([ReturnLine("SH-1-1", 1, "late")], "", "refund_method"),
        ([ReturnLine("SH-1-1", 1, "late", "1001-CLAY-M")], "ada-card", "out_of_stock"),
        ([ReturnLine("SH-1-1", 2, "late", "1001-SAGE-M")], "ada-card", "out_of_stock"),
        ([ReturnLine("SH-1-1", 1, "late", "1001-SAGE-M"), ReturnLine("SH-1-1", 1, "late", "1001-CLAY-M")],
         "ada-card", "out_of_stock"),
        ([ReturnLine("SH-1-1", 1, "late", "1001-GOLD-M"), ReturnLine("SH-1-1", 1, "late", "1002-42")],
         "ada-card", "other_product"),
        ([ReturnLine("SH-1-1", 1, "late", "9999")], "ada-card", "other_product"),
    ],
)  # fmt: skip
async def test_a_refused_return_changes_nothing(
    load: Load, count: Callable[..., Awaitable[int]], lines: list[ReturnLine], to: str, reason: str
) -> None:
    bought = [line("1001-SAGE-S", "48.00", 2), line("1003-L", "40.00"), line("1002-42", "99.50")]
    sent = [delivered("2026-05-05", 1, 2), delivered("2026-05-05", 1), parcel("shipped", 3)]
    shop = await load(order("SH-1", lines=bought, shipments=sent))
    before = await stock(shop)
    with pytest.raises(NotAllowed) as refused:
        await shop.open_return(back(*lines, to=to), actor="a", idempotency_key="k")
    assert refused.value.reason == reason
    assert (await stock(shop), await returned(shop)) == (before, [0, 0, 0])
    assert (await count(returns), await count(acts), await count(audit_log)) == (0, 0, 0)
    opened = await shop.open_return(back(ReturnLine("SH-1-1", 1, "late")), actor="a", idempotency_key="k")
    assert opened.number == "SH-1-R1"


@pytest.mark.parametrize("to", ["ada-card", "ada-gift", "store_credit", "old-voucher"])
async def test_a_refund_goes_to_a_method_owned_or_used_or_to_the_shop(load: Load, to: str) -> None:
    used = [payment("ada-card", "39.90"), {**payment("old-voucher", "20.00"), "method": "Voucher"}]
    shop = await load(order("SH-1", payments=used))
    opened = await shop.open_return(back(ReturnLine("SH-1-1", 1, "late"), to=to), actor="a", idempotency_key="k")
    assert opened.refund_method_id == to


async def test_only_lines_of_the_order_come_back(load: Load) -> None:
    shop = await load(order("SH-1"), order("SH-2"))
    with pytest.raises(NotFound):
        await shop.open_return(back(ReturnLine("SH-2-1", 1, "late")), actor="a", idempotency_key="k")
    with pytest.raises(NotFound):
        await shop.open_return(back(ReturnLine("SH-3-1", 1, "late"), number="SH-3"), actor="a", idempotency_key="k")


async def test_a_key_belongs_to_one_order(load: Load) -> None:
    shop = await load(order("SH-1"), order("SH-2"))
    await shop.open_return(back(ReturnLine("SH-1-1", 1, "late")), actor="a", idempotency_key="k")
    with pytest.raises(ValueError, match="SH1"):
        await shop.open_return(back(ReturnLine("SH-2-1", 1, "late"), number="SH-2"), actor="a", idempotency_key="k")
    assert await returned(shop, "SH-2") == [0]


async def test_the_same_return_pressed_many_times_at_once_is_one(
    load: Load, count: Callable[..., Awaitable[int]]
) -> None:
    shop = await load(
        order("SH-1", lines=[line("1001-SAGE-S", "48.00", 9)], shipments=[delivered("2026-05-05", pieces=9)])
    )
    exchange = back(ReturnLine("SH-1-1", 1, "late", "1001-GOLD-M"))
    opened = await asyncio.gather(*(shop.open_return(exchange, actor="a", idempotency_key="k") for _ in range(8)))
    assert {(one.number, one.balance) for one in opened} == {("SH-1-R1", euros("-32.00"))}
    assert (await returned(shop), (await stock(shop))["1001-GOLD-M"]) == ([1], 8)
    assert (await count(returns), await count(audit_log)) == (1, 1)


async def test_the_last_piece_goes_to_one_of_many_exchanges(load: Load) -> None:
    numbers = [f"SH-{place}" for place in range(1, 7)]
    shop = await load(*(order(number) for number in numbers))
    tries = [
        shop.open_return(
            back(ReturnLine(f"{number}-1", 1, "late", "1001-SAGE-M"), number=number), actor="a", idempotency_key=number
        )
        for number in numbers
    ]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, NotAllowed)]
    assert [refusal.reason for refusal in refused] == ["out_of_stock"] * 5
    assert (await stock(shop))["1001-SAGE-M"] == 0


async def test_the_same_piece_comes_back_once_from_two_tabs(load: Load) -> None:
    shop = await load(order("SH-1"))
    once = back(ReturnLine("SH-1-1", 1, "late"))
    tries = [shop.open_return(once, actor="a", idempotency_key=f"tab{tab}") for tab in range(6)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(str(outcome) for outcome in outcomes if isinstance(outcome, Exception)) == ["already_returned"] * 5
    assert await returned(shop) == [1]


# Cancelling


async def test_a_cancelled_order_gives_back_money_and_pieces(load: Load, database: Database) -> None:
    bought = [line("1001-SAGE-S", "48.00", 2), line("1001-SAGE-M", "34.00")]
    paid = [payment("ada-gift", "50.00"), payment("ada-card", "80.00"), payment("ada-card", "5.00", "refund")]
    shop = await load(order("SH-1", "paid", total="130.00", lines=bought, payments=paid))
    before = await shop.get_order("SH-1")
    cancelled = await shop.cancel_order("sh 1", reason="ordered_twice", actor="agent:kim", idempotency_key="k")
    assert before and cancelled == replace(
        before,
        status=OrderStatus.CANCELLED,
        payments=(
            *before.payments,
            Payment("SH-1-4", "refund", "ada-gift", "Gift card ending in 0815", euros("50.00"), NOON),
            Payment("SH-1-5", "refund", "ada-card", "Visa ending in 4242", euros("75.00"), NOON),
        ),
    )
    assert await shop.get_order("SH-1") == cancelled
    assert await stock(shop) == {"1001-SAGE-S": 7, "1001-SAGE-M": 2, "1001-CLAY-M": 0, "1001-GOLD-M": 9}
    async with database.begin(reading=True) as connection:
        fact = (await connection.execute(select(audit_log))).mappings().one()
        kept = (await connection.execute(select(orders.c.cancel_reason))).scalar_one()
    assert (fact["actor"], fact["action"], fact["subject"]) == ("agent:kim", "order.cancel", "order:SH-1")
    assert (fact["detail"], kept) == ({"refunds": 2}, "ordered_twice")


async def test_cancelling_again_with_the_same_key_changes_nothing(
    load: Load, count: Callable[..., Awaitable[int]]
) -> None:
    shop = await load(order("SH-1", "packed"))
    results = await asyncio.gather(
        *(shop.cancel_order("SH-1", reason="late", actor="a", idempotency_key="k") for _ in range(6))
    )
    assert len({result.status for result in results}) == 1
    assert {len(result.payments) for result in results} == {2}
    assert ((await stock(shop))["1001-SAGE-S"], await count(acts), await count(audit_log)) == (6, 1, 1)
    with pytest.raises(NotAllowed, match="already_cancelled"):
        await shop.cancel_order("SH-1", reason="late", actor="a", idempotency_key="k2")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("partly_shipped", "already_shipped"),
        ("shipped", "already_shipped"),
        ("out_for_delivery", "already_shipped"),
        ("delayed", "already_shipped"),
        ("lost", "already_shipped"),
        ("delivered", "already_delivered"),
        ("cancelled", "already_cancelled"),
        ("returned", "already_returned"),
        ("refunded", "already_refunded"),
    ],
)
async def test_an_order_that_left_is_not_cancelled(
    load: Load, count: Callable[..., Awaitable[int]], status: str, reason: str
) -> None:
    shop = await load(order("SH-1", status))
    before = await shop.get_order("SH-1")
    with pytest.raises(NotAllowed) as refused:
        await shop.cancel_order("SH-1", reason="late", actor="a", idempotency_key="k")
    assert refused.value.reason == reason
    assert await shop.get_order("SH-1") == before
    assert ((await stock(shop))["1001-SAGE-S"], await count(acts)) == (5, 0)


async def test_cancelling_no_order_is_not_found(load: Load, count: Callable[..., Awaitable[int]]) -> None:
    shop = await load()
    with pytest.raises(NotFound):
        await shop.cancel_order("SH-1", reason="late", actor="a", idempotency_key="k")
    assert await count(acts) == 0


# Claims


async def test_a_parcel_has_one_open_claim(load: Load, watch: Watch, count: Callable[..., Awaitable[int]]) -> None:
    lost = [parcel("lost", 1), parcel("delivered", 2, delivered_at="2026-05-05T10:00:00Z")]
    two = [line("1001-SAGE-S", "48.00"), line("1002-42", "99.50")]
    shop = await load(order("SH-1", "lost", lines=two, shipments=lost))
    first = await shop.open_claim("sh1", "SH-1-P1", ClaimReason.LOST, actor="a", idempotency_key="k1")
    assert first == Claim("SH-1-C1", "SH-1", "SH-1-P1", ClaimReason.LOST, NOON)
    watch.now += timedelta(days=1)
    for key in ("k1", "k2"):
        again = await shop.open_claim("SH-1", "SH-1-P1", ClaimReason.NOT_RECEIVED, actor="a", idempotency_key=key)
        assert again == first
    other = await shop.open_claim("SH-1", "SH-1-P2", ClaimReason.NOT_RECEIVED, actor="a", idempotency_key="k3")
    assert other == Claim("SH-1-C2", "SH-1", "SH-1-P2", ClaimReason.NOT_RECEIVED, watch.now)
    assert (await count(claims), await count(audit_log)) == (2, 3)


async def test_the_same_parcel_reported_in_many_tabs_at_once_is_one_claim(
    load: Load, count: Callable[..., Awaitable[int]]
) -> None:
    shop = await load(order("SH-1", "lost", shipments=[parcel("lost")]))
    opened = await asyncio.gather(
        *(shop.open_claim("SH-1", "SH-1-P1", ClaimReason.LOST, actor="a", idempotency_key=f"k{n}") for n in range(6))
    )
    assert {claim.number for claim in opened} == {"SH-1-C1"}
    assert await count(claims) == 1


async def test_a_claim_needs_a_parcel_of_the_order(load: Load, count: Callable[..., Awaitable[int]]) -> None:
    shop = await load(order("SH-1", "lost", shipments=[parcel("lost")]), order("SH-2"))
    for number, shipment in (("SH-1", "SH-2-P1"), ("SH-1", ""), ("SH-3", "SH-1-P1")):
        with pytest.raises(NotFound):
            await shop.open_claim(number, shipment, ClaimReason.LOST, actor="a", idempotency_key="k")
    assert (await count(claims), await count(acts)) == (0, 0)
