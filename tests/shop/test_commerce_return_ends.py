"""What every `CommerceBackend` promises of returns that were opened: found, sent, called off."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from shop.adapters.sql.audit import audit_log
from shop.adapters.sql.commerce_tables import acts, returns
from shop.adapters.sql.database import Database
from shop.commerce import CommerceBackend
from shop.errors import NotAllowed, NotFound
from shop.return_terms import Return, ReturnLine, ReturnStatus
from tests.fakes import SettableClock
from tests.shop.contract import NOON, Count, Load, back, returned, stock
from tests.shop.small_shop import delivered, line, order, payment

LATER = NOON + timedelta(days=2)


async def exchange(shop: CommerceBackend, key: str = "k", number: str = "SH-1") -> Return:
    """One shirt to be sent back for the gold one, and one for its money."""
    lines = (ReturnLine(f"{number}-1", 1, "too_small", "1001-GOLD-M"), ReturnLine(f"{number}-1", 1, "other"))
    return await shop.open_return(back(*lines, number=number), actor="a", idempotency_key=key)


async def two_shirts(load: Load, *more: dict[str, object]) -> CommerceBackend:
    bought = [line("1001-SAGE-S", "48.00", 2)]
    paid = [payment("ada-card", "96.00")]
    return await load(
        order("SH-1", lines=bought, payments=paid, shipments=[delivered("2026-05-05", pieces=2)]), *more
    )  # fmt: skip


@pytest.mark.parametrize("spelling", ["SH-1-R1", "sh1r1", " sh-1 r1 ", "ＳＨ－１－Ｒ１"])
async def test_a_return_is_found_however_its_number_is_spelt(load: Load, spelling: str) -> None:
    shop = await two_shirts(load)
    opened = await exchange(shop)
    assert await shop.get_return(spelling) == opened


@pytest.mark.parametrize("number", ["SH-1-R2", "SH-1-R11", "SH-1", "SH-1-R", "R1", "", "SH-2-R1", "\ud800\x00"])
async def test_no_return_is_none(load: Load, number: str) -> None:
    shop = await two_shirts(load)
    await exchange(shop)
    assert await shop.get_return(number) is None


async def test_a_customers_returns_are_listed_newest_first(load: Load, clock: SettableClock) -> None:
    bo = order("SH-3", customer_id="C-2", payments=[payment("bo-card", "59.90")])
    shop = await two_shirts(load, order("SH-2"), bo)
    one = back(ReturnLine("SH-1-1", 1, "other"))
    numbers = [(await shop.open_return(one, actor="a", idempotency_key=key)).number for key in ("1", "2")]
    clock.now = LATER
    other = back(ReturnLine("SH-2-1", 1, "other"), number="SH-2")
    numbers.append((await shop.open_return(other, actor="a", idempotency_key="3")).number)
    theirs = back(ReturnLine("SH-3-1", 1, "other"), number="SH-3", to="bo-card")
    await shop.open_return(theirs, actor="a", idempotency_key="4")
    assert [one.number for one in await shop.returns_of("C-1")] == numbers[::-1]
    assert [one.number for one in await shop.returns_of("C-1", order_number="sh 1")] == ["SH-1-R2", "SH-1-R1"]
    assert list(await shop.returns_of("C-1", order_number="SH-3")) == []
    assert list(await shop.returns_of("C-9")) == []


async def test_a_sent_parcel_is_on_record_once(load: Load, clock: SettableClock, database: Database) -> None:
    shop = await two_shirts(load)
    opened = await exchange(shop)
    clock.now = LATER
    for _ in range(2):
        sent = await shop.mark_return_sent("sh1r1", tracking_number="QP77", actor="shopper:t", idempotency_key="s")
        assert sent == replace(opened, status=ReturnStatus.SENT, sent_at=LATER, tracking_number="QP77")
        clock.now += timedelta(days=1)
    assert await shop.get_return("SH-1-R1") == sent
    async with database.begin(reading=True) as connection:
        query = select(audit_log).where(audit_log.c.action == "return.sent")
        fact = (await connection.execute(query)).mappings().one()
    assert (fact["actor"], fact["subject"], fact["detail"]) == ("shopper:t", "order:SH-1", {"of": "SH-1-R1"})


async def test_a_return_that_is_called_off_gives_everything_back(
    load: Load, clock: SettableClock, database: Database
) -> None:
    shop = await two_shirts(load)
    before = await stock(shop)
    opened = await exchange(shop)
    assert (await stock(shop))["1001-GOLD-M"] == before["1001-GOLD-M"] - 1
    clock.now = LATER
    cancelled = await shop.cancel_return("SH-1-R1", actor="agent:kim", idempotency_key="c")
    assert cancelled == replace(opened, status=ReturnStatus.CANCELLED, cancelled_at=LATER)
    assert (await stock(shop), await returned(shop)) == (before, [0])
    async with database.begin(reading=True) as connection:
        query = select(audit_log).where(audit_log.c.action == "return.cancel")
        fact = (await connection.execute(query)).mappings().one()
    assert (fact["actor"], fact["subject"], fact["detail"]) == ("agent:kim", "order:SH-1", {"of": "SH-1-R1"})
    assert (await exchange(shop, "k2")).number == "SH-1-R2"


async def test_calling_off_many_times_at_once_gives_back_once(load: Load, count: Count) -> None:
    shop = await two_shirts(load)
    before = await stock(shop)
    await exchange(shop)
    tries = [shop.cancel_return("SH-1-R1", actor="a", idempotency_key="c") for _ in range(6)]
    assert {one.status for one in await asyncio.gather(*tries)} == {ReturnStatus.CANCELLED}
    assert (await stock(shop), await returned(shop), await count(acts)) == (before, [0], 2)


async def test_calling_off_and_sending_at_once_is_one_of_them(load: Load) -> None:
    shop = await two_shirts(load)
    await exchange(shop)
    outcomes = await asyncio.gather(
        shop.cancel_return("SH-1-R1", actor="a", idempotency_key="c"),
        shop.mark_return_sent("SH-1-R1", actor="a", idempotency_key="s"),
        return_exceptions=True,
    )
    refused = [str(outcome) for outcome in outcomes if isinstance(outcome, NotAllowed)]
    assert refused in (["already_sent"], ["already_cancelled"])
    assert await returned(shop) == ([2] if refused == ["already_sent"] else [0])


@pytest.mark.parametrize("status", ["sent", "received", "refunded", "cancelled"])
async def test_what_is_no_longer_open_is_neither_sent_nor_called_off(
    load: Load, database: Database, count: Count, status: str
) -> None:
    shop = await two_shirts(load)
    await exchange(shop)
    async with database.begin() as connection:
        await connection.execute(update(returns).values(status=status))
    before = await stock(shop)
    for act in (shop.mark_return_sent, shop.cancel_return):
        with pytest.raises(NotAllowed) as refused:
            await act("SH-1-R1", actor="a", idempotency_key="k")
        assert refused.value.reason == f"already_{status}"
    assert (await stock(shop), await returned(shop), await count(acts)) == (before, [2], 1)


async def test_no_return_is_neither_sent_nor_called_off(load: Load, count: Count) -> None:
    shop = await two_shirts(load)
    for act in (shop.mark_return_sent, shop.cancel_return):
        with pytest.raises(NotFound):
            await act("SH-1-R1", actor="a", idempotency_key="k")
    assert await count(acts) == 0
