"""What `load-shop` takes, and what it says of what it does not."""

from __future__ import annotations

import asyncio
import json
import math
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, select

from shop.adapters import shop_file
from shop.adapters.shop_file import LoadReport, load_shop, loading, read_shop
from shop.adapters.sql.audit import audit_log
from shop.adapters.sql.commerce import SqlCommerce
from shop.adapters.sql.commerce_tables import COMMERCE_TABLES, acts, claims, orders, products, returns
from shop.adapters.sql.database import Database
from shop.claims import ClaimReason
from shop.clock import system_clock
from shop.errors import ShopFileError
from tests.shop.small_shop import BO, delivered, line, order, parcel, payment, small_shop

Change = Callable[[dict[str, Any]], Any]


async def count(database: Database, table: Table) -> int:
    async with database.begin(reading=True) as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


def changed(change: Change) -> dict[str, Any]:
    """The small shop with two orders and one change in it."""
    data = deepcopy(small_shop(order("SH-1"), order("SH-2", "shipped", shipments=[parcel("shipped")])))
    change(data)
    return data


def mistakes(data: object) -> list[str]:
    with pytest.raises(ShopFileError) as refused:
        read_shop(data)
    return str(refused.value).splitlines()


async def test_the_documented_example_loads(database: Database) -> None:
    page = Path(shop_file.__file__).with_name("format.md").read_text("utf-8")
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert example
    assert await load_shop(database, json.loads(example[1])) == LoadReport(1, 1, 1, 1)
    found = await SqlCommerce(database, system_clock).get_order("sh10234")
    assert found and found.shipments[0].events[0].place == "Uppsala"


async def test_what_the_file_leaves_out_is_filled_in(database: Database) -> None:
    data = small_shop(order("SH-1", lines=[line("1003-L", "40.00")]))
    report = await load_shop(database, data)
    assert report == LoadReport(products=3, variants=7, customers=2, orders=1)
    found = await SqlCommerce(database, system_clock).get_order("SH-1")
    assert found
    assert (found.email, found.shipping_address.city) == ("Ada.Okafor@Example.org", "Leeds")
    assert (found.lines[0].name, found.lines[0].final_sale) == ("Quarry Hoodie", True)
    assert found.payments[0].method == "Visa ending in 4242"


@pytest.mark.parametrize("price", ["49.9", "49.90", 49.9, Decimal("49.90")])
async def test_amounts_are_exact_as_text_and_as_numbers(database: Database, price: Any) -> None:
    await load_shop(database, changed(lambda data: data["orders"][0].update(total=price)))
    found = await SqlCommerce(database, system_clock).get_order("SH-1")
    assert found and str(found.total) == "49.90 EUR" and found.total.amount * 10 == 499


STATUSES = "packed, shipped, out_for_delivery, delivered, delayed, lost, returned"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda shop: shop["orders"][1]["shipments"][0].update(status="flying"),
         f"order SH-2, shipments[0].status: 'flying' is not one of {STATUSES}"),
        (lambda shop: shop["orders"][0].pop("total"), "order SH-1, total: is missing"),
        (lambda shop: shop["orders"][0].update(totl=1), "order SH-1, totl: is not a field of the format"),
        (lambda shop: shop["orders"][0].update(number=7), "orders[0], number: 7: input should be a valid string"),
        (lambda shop: shop["orders"].__setitem__(0, "SH-1"), "orders[0]: is not a JSON object"),
        (lambda shop: shop["orders"][0].update(placed_at="yesterday"), "order SH-1, placed_at: 'yesterday'"),
        (lambda shop: shop["orders"][0].update(placed_at="2026-05-01T09:30:00"), "order SH-1, placed_at: '2026-05-01"),
        (lambda shop: shop["orders"][0].update(placed_at=1777777777), "order SH-1, placed_at: 1777777777 is not text"),
        (lambda shop: shop["orders"][0].update(total="-1"), "order SH-1, total: '-1'"),
        (lambda shop: shop["orders"][0].update(total="1.2345"), "order SH-1, total: '1.2345'"),
        (lambda shop: shop["orders"][0].update(total=math.nan), "order SH-1, total: nan"),
        (lambda shop: shop["orders"][0].update(total=True), "order SH-1, total: True is not an amount"),
        (lambda shop: shop["orders"][0]["lines"][0].update(quantity=0), "order SH-1, lines[0].quantity: 0"),
        (lambda shop: shop["orders"][0]["lines"][0].update(quantity="2"), "order SH-1, lines[0].quantity: '2'"),
        (lambda shop: shop["orders"][0]["lines"][0].update(quantity=True), "order SH-1, lines[0].quantity: True"),
        (lambda shop: shop["orders"][0].update(lines=[]), "order SH-1, lines: []"),
        (lambda shop: shop["products"][0]["variants"][1].update(stock=-1), "product 1001, variants[1].stock: -1"),
        (lambda shop: shop["products"][0].update(url="javascript:alert(1)"), "product 1001, url: 'javascript:"),
        (lambda shop: shop["products"][0].update(name="Shirt\x00"), "product 1001, name: 'Shirt\\x00' has a character"),
        (lambda shop: shop["products"][0].update(name="\ud800"), "product 1001, name:"),
        (lambda shop: shop["products"][0].update(audience="dogs"),
         "product 1001, audience: 'dogs' is not one of women, men, kids, unisex"),
        (lambda shop: shop["size_charts"][0]["rows"][0].update(body={"chest": [90, 82]}),
         "size chart mirrowick-tops, rows[0].body.chest: [90, 82] goes from high to low"),
        (lambda shop: shop["size_charts"][0]["rows"][0].update(body={"ears": [1, 2]}),
         "size chart mirrowick-tops, rows[0].body.ears: 'ears' is not one of chest"),
        (lambda shop: shop["customers"][0].update(email="ada"), "customer C-1, email: 'ada'"),
        (lambda shop: shop["customers"][0].update(email="a\u200bda@example.org"), "customer C-1, email: 'a\\u200bda"),
        (lambda shop: shop["customers"][0]["address"].update(country="Wales"), "customer C-1, address.country:"),
        (lambda shop: shop.update(format=2), "the file, format: 2 is not one of 1"),
        (lambda shop: shop.pop("currency"), "the file, currency: is missing"),
        (lambda shop: shop.update(order=[]), "the file, order: is not a field of the format"),
        (lambda shop: shop.update(orders={}), "the file, orders: is not a list"),
        # one record and another
        (lambda shop: shop["products"][0].update(size_chart_id="x"),
         "product 1001, size_chart_id: there is no size chart 'x'"),
        (lambda shop: shop["products"][1].update(id="1001"), "product 1001: stands 2 times in the file"),
        (lambda shop: shop["products"][1]["variants"][0].update(sku="1003-L"), "SKU 1003-L: stands 2 times"),
        (lambda shop: shop["size_charts"].append(shop["size_charts"][0]), "size chart mirrowick-tops: stands 2 times"),
        (lambda shop: shop["customers"].append({**BO, "email": "x@example.org"}), "customer C-2: stands 2 times"),
        (lambda shop: shop["customers"][1].update(email="ADA.okafor@example.org"),
         "email ada.okafor@example.org: stands 2 times"),
        (lambda shop: shop["orders"][1].update(number="#sh1"), "order SH1: stands 2 times"),
        (lambda shop: shop["orders"][1].update(number="#-#"), "order #-#, number: has neither letters nor digits"),
        (lambda shop: shop["orders"][0].update(customer_id="C-9"),
         "order SH-1, customer_id: there is no customer 'C-9'"),
        (lambda shop: shop["orders"][0]["lines"][0].update(sku="9"),
         "order SH-1, lines[0].sku: there is no variant '9'"),
        (lambda shop: shop["orders"][0]["lines"][0].update(returned_quantity=2),
         "order SH-1, lines[0].returned_quantity: 2 is more than 1 bought"),
        (lambda shop: shop["orders"][0]["shipments"][0].update(delivered_at=None),
         "order SH-1, shipments[0].delivered_at: is missing from a delivered parcel"),
        (lambda shop: shop["orders"][0]["shipments"][0].update(contents={"2": 1}),
         "order SH-1, shipments[0].contents: there is no line '2'; they count from 1 to 1"),
        (lambda shop: shop["orders"][0]["shipments"].append(delivered("2026-05-06")),
         "order SH-1, shipments: 2 pieces of line 1 are sent, of 1 bought"),
        (lambda shop: shop["orders"][0].update(payments=[payment("bo-card", "1.00")]),
         "order SH-1, payments[0].method: is missing, and customer C-1 has no payment method 'bo-card'"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_record_and_field(change: Change, sentence: str) -> None:
    (told,) = mistakes(changed(change))
    assert told.startswith(sentence)


def test_a_lost_or_returned_parcel_may_be_sent_again() -> None:
    read_shop(small_shop(order("SH-1", shipments=[parcel("lost"), parcel("returned"), delivered("2026-05-05")])))


@pytest.mark.parametrize("data", [None, [], "shop", 1])
def test_a_file_that_is_no_object_is_refused(data: object) -> None:
    assert mistakes(data) == ["a shop file is one JSON object; format.md says what is in it"]


def test_all_mistakes_are_told_at_once() -> None:
    def change(shop: dict[str, Any]) -> None:
        shop["products"][0]["variants"][0]["price"] = "free"
        shop["customers"][0]["email"] = "ada"
        shop["orders"][0]["status"] = "gone"
        shop["orders"][1]["shipments"][0]["contents"] = {"5": 1}

    told = mistakes(changed(change))
    assert [sentence.split(":")[0] for sentence in told] == [
        "product 1001, variants[0].price",
        "customer C-1, email",
        "order SH-1, status",
        "order SH-2, shipments[0].contents",
    ]


def test_what_could_not_be_read_is_not_called_unknown_too() -> None:
    def change(shop: dict[str, Any]) -> None:
        shop["products"][0]["variants"][0]["price"] = "free"
        shop["customers"][0]["email"] = "ada"

    assert len(mistakes(changed(change))) == 2


def test_twenty_mistakes_are_told_and_the_rest_counted() -> None:
    told = mistakes(small_shop(*(order(f"SH-{number}", "gone") for number in range(23))))
    assert (len(told), told[-1]) == (21, "and 3 more")
    assert told[19].startswith("order SH-19, status: 'gone'")


# Loading


async def test_a_wrong_file_loads_nothing(database: Database) -> None:
    with pytest.raises(ShopFileError):
        await load_shop(database, small_shop(order("SH-1"), order("SH-2", "gone")))
    assert [await count(database, table) for table in COMMERCE_TABLES] == [0] * len(COMMERCE_TABLES)


@pytest.mark.parametrize("replace", [True, False])
async def test_a_load_that_breaks_off_leaves_everything_as_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    if replace:
        await load_shop(database, small_shop(order("SH-1")))
    before = [await count(database, table) for table in COMMERCE_TABLES]
    whole = loading.ShopRows.by_table

    def half(rows: loading.ShopRows) -> Iterator[Any]:
        yield from list(whole(rows))[:5]
        raise KeyboardInterrupt

    monkeypatch.setattr(loading.ShopRows, "by_table", half)
    with pytest.raises(KeyboardInterrupt):
        await load_shop(database, small_shop(order("SH-2"), order("SH-3")), replace=replace)
    assert [await count(database, table) for table in COMMERCE_TABLES] == before


async def test_a_second_shop_is_refused(database: Database) -> None:
    await load_shop(database, small_shop(order("SH-1")))
    with pytest.raises(ShopFileError, match="3 products, 2 customers and 1 orders"):
        await load_shop(database, small_shop(order("SH-2")))
    assert await count(database, orders) == 1


async def test_a_shop_without_orders_is_not_written_over_either(database: Database) -> None:
    await load_shop(database, small_shop())
    with pytest.raises(ShopFileError, match="replace"):
        await load_shop(database, small_shop())


async def test_replacing_takes_the_old_shop_away_but_not_the_audit(database: Database) -> None:
    await load_shop(database, small_shop(order("SH-1"), order("SH-2", "lost", shipments=[parcel("lost")])))
    shop = SqlCommerce(database, system_clock)
    await shop.open_claim("SH-2", "SH-2-P1", ClaimReason.LOST, actor="a", idempotency_key="k")
    report = await load_shop(database, small_shop(order("SH-2"), order("SH-7")), replace=True)
    assert report.orders == 2
    assert await shop.get_order("SH-1") is None
    found = await shop.get_order("SH-7")
    assert found and found.lines[0].sku == "1001-SAGE-S"
    counts = [await count(database, table) for table in (orders, products, claims, returns, acts, audit_log)]
    assert counts == [2, 3, 0, 0, 0, 1]


async def test_two_shops_loaded_at_once_end_as_one(database: Database) -> None:
    other = Database(database.url)
    outcomes = await asyncio.gather(
        *(load_shop(opened, small_shop(order("SH-1"))) for opened in (database, other)), return_exceptions=True
    )
    await other.close()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LoadReport", "ShopFileError"]
    assert await count(database, orders) == 1
