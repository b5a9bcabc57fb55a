"""Changing an order's address in a conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from shop.adapters.sql.commerce_tables import acts, orders
from shop.adapters.sql.database import Database
from shop.addresses import Addresses
from shop.commerce import CommerceBackend
from shop.customers import Address
from shop.errors import NotAllowed, NotFound, NotVerified
from shop.order_rules import OrderRules
from shop.verification import Verification
from tests.fakes import SettableClock
from tests.shop.contract import Count, Load
from tests.shop.proven import TALK, prove, verification
from tests.shop.small_shop import order

TYPED = Address("", " 9  Quay Street", "Flat 2 ", "Leeds", "", "ls27ee", "")
KEPT = Address("Ada Okafor", "9 Quay Street", "Flat 2", "Leeds", "", "LS2 7EE", "GB")


async def scene(load: Load, clock: SettableClock) -> tuple[Addresses, CommerceBackend, Verification]:
    shop = await load(order("SH-1", "paid"))
    who = verification(shop, clock)
    await prove(who)
    return Addresses(shop, who, OrderRules()), shop, who


async def test_only_a_proven_customer_may_and_only_their_own(load: Load, clock: SettableClock, count: Count) -> None:
    service, _, who = await scene(load, clock)
    await who.match_order("matched", "SH-1", "ada.okafor@example.org")
    await prove(who, "C-2", "bo")
    for talk, error in (("matched", NotVerified), ("nobody", NotVerified), ("bo", NotFound)):
        for ask in (
            service.why_not(talk, "SH-1"),
            service.preview(talk, "SH-1", TYPED),
            service.change(talk, "SH-1", TYPED, "k"),
        ):
            with pytest.raises(error):
                await ask
    assert await count(acts) == 0


async def test_the_address_is_kept_as_the_summary_shows_it(load: Load, clock: SettableClock, count: Count) -> None:
    service, _, _ = await scene(load, clock)
    assert await service.why_not(TALK, "SH-1") is None
    summary = await service.preview(TALK, "sh1", TYPED)
    assert (summary.new, summary.old.line1, await count(acts)) == (KEPT, "4 Mill Road", 0)
    for _ in range(2):  # pressed twice
        assert (await service.change(TALK, "sh1", TYPED, "k")).shipping_address == KEPT
    with pytest.raises(NotAllowed, match="same_address"):
        await service.preview(TALK, "SH-1", KEPT)
    assert await count(acts) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"country": "FR", "postcode": "75001"}, "other_country"),
        ({"postcode": "banana"}, "postcode_wrong"),
        ({"line1": " "}, "line1_missing"),
    ],
)
async def test_what_can_not_be_delivered_is_refused(
    load: Load, clock: SettableClock, count: Count, change: dict[str, str], reason: str
) -> None:
    service, shop, _ = await scene(load, clock)
    before = await shop.get_order("SH-1")
    wrong = replace(TYPED, **change)
    for ask in (service.preview(TALK, "SH-1", wrong), service.change(TALK, "SH-1", wrong, "k")):
        with pytest.raises(NotAllowed, match=reason):
            await ask
    assert (await shop.get_order("SH-1"), await count(acts)) == (before, 0)


async def test_an_order_that_left_meanwhile_goes_where_it_goes(
    load: Load, clock: SettableClock, database: Database
) -> None:
    service, shop, _ = await scene(load, clock)
    await service.preview(TALK, "SH-1", TYPED)
    async with database.begin() as connection:
        await connection.execute(update(orders).values(status="shipped"))
    for ask in (service.preview(TALK, "SH-1", TYPED), service.change(TALK, "SH-1", TYPED, "k")):
        with pytest.raises(NotAllowed, match="already_shipped"):
            await ask
    assert await service.why_not(TALK, "SH-1") == "already_shipped"
    unchanged = await shop.get_order("SH-1")
    assert unchanged and unchanged.shipping_address.line1 == "4 Mill Road"
