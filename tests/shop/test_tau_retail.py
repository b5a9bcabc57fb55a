"""A whole shop of somebody else's, through `load-shop`'s format."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from shop.adapters.shop_file import LoadReport, load_shop
from shop.adapters.sql.commerce import SqlCommerce
from shop.adapters.sql.commerce_tables import order_lines, orders, payments
from shop.adapters.sql.database import Database
from shop.errors import NotAllowed
from shop.orders import OrderStatus
from shop.return_terms import ReturnLine, ReturnRequest
from tests.shop.tau_retail import as_shop_file, read_tau_retail

NOON = datetime(2026, 5, 10, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def tau() -> dict[str, Any]:
    return read_tau_retail()


@pytest.fixture
async def shop(tau: dict[str, Any], database: Database) -> SqlCommerce:
    await load_shop(database, as_shop_file(tau, NOON.date()))
    return SqlCommerce(database, lambda: NOON)


def twice_the_same(order: dict[str, Any]) -> bool:
    return len({item["item_id"] for item in order["items"]}) < len(order["items"])


async def test_all_of_it_loads(tau: dict[str, Any], database: Database) -> None:
    report = await load_shop(database, as_shop_file(tau, NOON.date()))
    assert report == LoadReport(products=50, variants=591, customers=500, orders=1000)
    async with database.begin(reading=True) as connection:
        totals = (await connection.execute(select(orders.c.total))).scalars().all()
        pieces = (await connection.execute(select(order_lines.c.quantity))).scalars().all()
        moved = (await connection.execute(select(payments.c.kind, payments.c.amount))).all()
    theirs = [payment for order in tau["orders"].values() for payment in order["payment_history"]]
    for kind in ("payment", "refund"):
        amounts = [Decimal(f"{payment['amount']:.2f}") for payment in theirs if payment["transaction_type"] == kind]
        assert sum(amount for ours, amount in moved if ours == kind) == sum(amounts)
    assert sum(totals) == sum(amount for kind, amount in moved if kind == "payment")
    assert sum(pieces) == sum(len(order["items"]) for order in tau["orders"].values())


async def test_each_order_is_the_one_that_it_was(tau: dict[str, Any], shop: SqlCommerce) -> None:
    some = list(tau["orders"].values())[::40]
    some += [
        order for order in tau["orders"].values() if len({i["item_id"] for i in order["items"]}) < len(order["items"])
    ]
    statuses = {"pending": "paid", "processed": "packed"}
    for theirs in some:
        ours = await shop.get_order(theirs["order_id"].lower())
        assert ours
        assert (ours.number, ours.customer_id) == (theirs["order_id"], theirs["user_id"])
        assert ours.status == statuses.get(theirs["status"], theirs["status"])
        assert Counter({bought.sku: bought.quantity for bought in ours.lines}) == Counter(
            item["item_id"] for item in theirs["items"]
        )
        assert {bought.name for bought in ours.lines} == {item["name"] for item in theirs["items"]}
        assert [parcel.tracking_number for parcel in ours.shipments] == [
            number for sent in theirs["fulfillments"] for number in sent["tracking_id"]
        ]
        assert ours.email == tau["users"][theirs["user_id"]]["email"]
        assert ours.shipping_address.postcode == theirs["address"]["zip"]


async def test_what_was_delivered_can_come_back_and_what_was_not_be_cancelled(
    tau: dict[str, Any], shop: SqlCommerce
) -> None:
    theirs = next(order for order in tau["orders"].values() if order["status"] == "delivered")
    delivered = await shop.get_order(theirs["order_id"])
    assert delivered
    everything = tuple(ReturnLine(bought.id, bought.quantity, "changed_mind") for bought in delivered.lines)
    request = ReturnRequest(delivered.number, everything, theirs["payment_history"][0]["payment_method_id"])
    opened = await shop.open_return(request, actor="a", idempotency_key="k")
    assert opened.balance == delivered.total

    pending = next(order["order_id"] for order in tau["orders"].values() if order["status"] == "pending")
    cancelled = await shop.cancel_order(pending, reason="ordered_by_mistake", actor="a", idempotency_key="k")
    assert cancelled.status == OrderStatus.CANCELLED
    assert cancelled.payments[-1].amount == cancelled.total
    with pytest.raises(NotAllowed, match="already_delivered"):
        await shop.cancel_order(theirs["order_id"], reason="no_longer_needed", actor="a", idempotency_key="k2")


async def test_its_products_are_found(shop: SqlCommerce) -> None:
    for query, name in (
        ("mechanical keybord", "Mechanical Keyboard"),
        ("9523456873", "T-Shirt"),
        ("bycicle", "Bicycle"),
    ):
        found = await shop.search_products(query)
        assert found and found[0].name == name, query
