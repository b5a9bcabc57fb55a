"""What every `CommerceBackend` promises of cancelled orders."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from shop.adapters.sql.audit import audit_log
from shop.adapters.sql.commerce import SqlCommerce
from shop.adapters.sql.commerce_tables import acts, orders
from shop.adapters.sql.database import Database
from shop.errors import NotAllowed, NotFound
from shop.order_rules import OrderRules
from shop.orders import OrderStatus, Payment
from shop.rules import ShopRules
from tests.fakes import SettableClock
from tests.shop.contract import NOON, Count, Load, euros, stock
from tests.shop.small_shop import line, order, payment


async def test_a_cancelled_order_gives_back_money_and_pieces(load: Load, database: Database) -> None:
    bought = [line("1001-SAGE-S", "48.00", 2), line("1001-SAGE-M", "34.00")]
    paid = [payment("ada-gift", "50.00"), payment("ada-card", "80.00"), payment("ada-card", "5.00", "refund")]
    shop = await load(order("SH-1", "paid", total="130.00", lines=bought, payments=paid))
    before = await shop.get_order("SH-1")
    cancelled = await shop.cancel_order("sh 1", reason="ordered_twice", actor="agent:kim", idempotency_key="k")
    assert before and cancelled == replace(
        before,
        status=OrderStatus.CANCELLED,
        cancel_reason="ordered_twice",
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


async def test_cancelling_again_with_the_same_key_changes_nothing(load: Load, count: Count) -> None:
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
async def test_an_order_that_left_is_not_cancelled(load: Load, count: Count, status: str, reason: str) -> None:
    shop = await load(order("SH-1", status))
    before = await shop.get_order("SH-1")
    with pytest.raises(NotAllowed) as refused:
        await shop.cancel_order("SH-1", reason="late", actor="a", idempotency_key="k")
    assert refused.value.reason == reason
    assert await shop.get_order("SH-1") == before
    assert ((await stock(shop))["1001-SAGE-S"], await count(acts)) == (5, 0)


@pytest.mark.parametrize("status", ["packed", "shipped"])
async def test_a_shop_may_cancel_only_what_is_not_packed(
    load: Load, database: Database, clock: SettableClock, status: str
) -> None:
    await load(order("SH-1", status), order("SH-2", "paid"))
    shop = SqlCommerce(database, clock, ShopRules(orders=OrderRules(cancel_until=OrderStatus.PAID)))
    with pytest.raises(NotAllowed, match=f"already_{status}"):
        await shop.cancel_order("SH-1", reason="other", actor="a", idempotency_key="k")
    assert (await shop.cancel_order("SH-2", reason="other", actor="a", idempotency_key="k")).status == "cancelled"


async def test_cancelling_no_order_is_not_found(load: Load, count: Count) -> None:
    shop = await load()
    with pytest.raises(NotFound):
        await shop.cancel_order("SH-1", reason="late", actor="a", idempotency_key="k")
    assert await count(acts) == 0
