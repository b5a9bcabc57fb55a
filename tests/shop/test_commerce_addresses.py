"""What every `CommerceBackend` promises of orders that go elsewhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from shop.adapters.sql.audit import audit_log
from shop.adapters.sql.commerce import SqlCommerce
from shop.adapters.sql.commerce_tables import acts
from shop.adapters.sql.database import Database
from shop.customers import Address
from shop.errors import NotAllowed, NotFound
from shop.order_rules import OrderRules
from shop.orders import OrderStatus
from shop.rules import ShopRules
from tests.fakes import SettableClock
from tests.shop.contract import Count, Load
from tests.shop.small_shop import order

THERE = Address("Ada Okafor", "9 Quay Street", "Flat 2", "Leeds", "", "LS2 7EE", "GB")


@pytest.mark.parametrize("status", ["paid", "packed"])
async def test_an_order_that_has_not_left_goes_elsewhere(load: Load, database: Database, status: str) -> None:
    shop = await load(order("SH-1", status), order("SH-2", status))
    before, other = await shop.get_order("SH-1"), await shop.get_order("SH-2")
    changed = await shop.change_address("sh1", THERE, actor="shopper:t", idempotency_key="k")
    assert before and changed == replace(before, shipping_address=THERE)
    assert (await shop.get_order("SH-1"), await shop.get_order("SH-2")) == (changed, other)
    customer = await shop.get_customer("C-1")
    assert customer and customer.address == before.shipping_address  # it is this order's address only
    async with database.begin(reading=True) as connection:
        fact = (await connection.execute(select(audit_log))).mappings().one()
    assert (fact["actor"], fact["action"]) == ("shopper:t", "order.change_address")
    assert (fact["subject"], fact["detail"]) == ("order:SH-1", {})  # where to is nobody's business here


async def test_the_same_key_changes_it_once(load: Load, count: Count) -> None:
    shop = await load(order("SH-1", "paid"))
    tries = [shop.change_address("SH-1", THERE, actor="a", idempotency_key="k1") for _ in range(6)]
    assert {one.shipping_address for one in await asyncio.gather(*tries)} == {THERE}
    elsewhere = replace(THERE, line1="1 Elm Grove")
    await shop.change_address("SH-1", elsewhere, actor="a", idempotency_key="k2")
    late = await shop.change_address("SH-1", THERE, actor="a", idempotency_key="k1")  # a retry that comes late
    assert late.shipping_address == elsewhere
    assert (await count(acts), await count(audit_log)) == (2, 2)


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
async def test_an_order_that_left_goes_where_it_goes(load: Load, count: Count, status: str, reason: str) -> None:
    shop = await load(order("SH-1", status))
    before = await shop.get_order("SH-1")
    with pytest.raises(NotAllowed) as refused:
        await shop.change_address("SH-1", THERE, actor="a", idempotency_key="k")
    assert refused.value.reason == reason
    assert (await shop.get_order("SH-1"), await count(acts)) == (before, 0)


async def test_a_shop_may_end_it_when_an_order_is_packed(load: Load, database: Database, clock: SettableClock) -> None:
    await load(order("SH-1", "packed"), order("SH-2", "paid"))
    shop = SqlCommerce(database, clock, ShopRules(orders=OrderRules(change_address_until=OrderStatus.PAID)))
    with pytest.raises(NotAllowed, match="already_packed"):
        await shop.change_address("SH-1", THERE, actor="a", idempotency_key="k")
    assert (await shop.change_address("SH-2", THERE, actor="a", idempotency_key="k")).shipping_address == THERE


async def test_no_order_is_not_found(load: Load, count: Count) -> None:
    shop = await load()
    with pytest.raises(NotFound):
        await shop.change_address("SH-1", THERE, actor="a", idempotency_key="k")
    assert await count(acts) == 0
