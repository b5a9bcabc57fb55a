"""Cancelling in a conversation: whose order it is, whether it may be, and where the money goes."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from shop.adapters.sql.commerce_tables import acts, orders
from shop.adapters.sql.database import Database
from shop.cancelling import Cancelling
from shop.errors import NotAllowed, NotFound, NotVerified
from shop.order_rules import CancelReason, OrderRules
from shop.orders import OrderStatus
from tests.fakes import SettableClock
from tests.shop.contract import Count, Load, euros, stock
from tests.shop.proven import TALK, prove, verification
from tests.shop.small_shop import line, order, payment

PAID = order(
    "SH-1",
    "paid",
    lines=[line("1001-SAGE-S", "65.00", 2)],
    payments=[payment("ada-gift", "50.00"), payment("ada-card", "80.00"), payment("ada-card", "5.00", "refund")],
)


async def test_only_a_proven_customer_may_and_only_their_own(load: Load, clock: SettableClock, count: Count) -> None:
    shop = await load(PAID)
    who = verification(shop, clock)
    service = Cancelling(shop, who, OrderRules())
    await who.match_order("matched", "SH-1", "ada.okafor@example.org")
    await prove(who, "C-2", "bo")
    for talk, error in (("matched", NotVerified), ("nobody", NotVerified), ("bo", NotFound)):
        for ask in (service.preview(talk, "SH-1"), service.cancel(talk, "SH-1", "k")):
            with pytest.raises(error):
                await ask
    assert await count(acts) == 0


async def test_the_money_goes_back_as_the_summary_says(load: Load, clock: SettableClock, count: Count) -> None:
    shop = await load(PAID)
    who = verification(shop, clock)
    await prove(who)
    service = Cancelling(shop, who, OrderRules())
    summary = await service.preview(TALK, "sh1")
    said = [(part.label, part.amount) for part in summary.money_back]
    assert summary.refusal is None
    assert said == [("Gift card ending in 0815", euros("50.00")), ("Visa ending in 4242", euros("75.00"))]
    assert (await count(acts), (await stock(shop))["1001-SAGE-S"]) == (0, 5)
    for _ in range(2):  # pressed twice
        cancelled = await service.cancel(TALK, "sh1", "k", reason=CancelReason.ORDERED_BY_MISTAKE)
    assert (cancelled.status, cancelled.cancel_reason) == (OrderStatus.CANCELLED, "ordered_by_mistake")
    assert [(payment.method, payment.amount) for payment in cancelled.payments[3:]] == said
    assert (await stock(shop))["1001-SAGE-S"] == 7


@pytest.mark.parametrize(("status", "reason"), [("shipped", "already_shipped"), ("delivered", "already_delivered")])
async def test_an_order_that_left_meanwhile_is_not_cancelled(
    load: Load, clock: SettableClock, database: Database, status: str, reason: str
) -> None:
    shop = await load(PAID)
    who = verification(shop, clock)
    await prove(who)
    service = Cancelling(shop, who, OrderRules())
    assert (await service.preview(TALK, "SH-1")).refusal is None
    async with database.begin() as connection:
        await connection.execute(update(orders).values(status=status))
    with pytest.raises(NotAllowed, match=reason):
        await service.cancel(TALK, "SH-1", "k")
    summary = await service.preview(TALK, "SH-1")
    assert (summary.refusal, summary.money_back) == (reason, ())
    assert (await stock(shop))["1001-SAGE-S"] == 5


async def test_the_reason_is_one_that_the_shop_offers(load: Load, clock: SettableClock) -> None:
    shop = await load(PAID)
    who = verification(shop, clock)
    await prove(who)
    service = Cancelling(shop, who, OrderRules(cancel_reasons=(CancelReason.NO_LONGER_NEEDED,)))
    for reason in ("ordered_by_mistake", "banana", ""):
        with pytest.raises(NotAllowed, match="reason"):
            await service.cancel(TALK, "SH-1", "k", reason=reason)
    assert (await service.cancel(TALK, "SH-1", "k")).cancel_reason == "other"  # one need not give any
