"""What every `CommerceBackend` promises of claims."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from shop.adapters.sql.audit import audit_log
from shop.adapters.sql.commerce_tables import acts, claims
from shop.claims import Claim, ClaimReason
from shop.errors import NotFound
from tests.fakes import SettableClock
from tests.shop.contract import NOON, Count, Load
from tests.shop.small_shop import line, order, parcel


async def test_a_parcel_has_one_open_claim(load: Load, clock: SettableClock, count: Count) -> None:
    lost = [parcel("lost", 1), parcel("delivered", 2, delivered_at="2026-05-05T10:00:00Z")]
    two = [line("1001-SAGE-S", "48.00"), line("1002-42", "99.50")]
    shop = await load(order("SH-1", "lost", lines=two, shipments=lost))
    first = await shop.open_claim("sh1", "SH-1-P1", ClaimReason.LOST, actor="a", idempotency_key="k1")
    assert first == Claim("SH-1-C1", "SH-1", "SH-1-P1", ClaimReason.LOST, NOON)
    clock.now += timedelta(days=1)
    for key in ("k1", "k2"):
        again = await shop.open_claim("SH-1", "SH-1-P1", ClaimReason.NOT_RECEIVED, actor="a", idempotency_key=key)
        assert again == first
    other = await shop.open_claim("SH-1", "SH-1-P2", ClaimReason.NOT_RECEIVED, actor="a", idempotency_key="k3")
    assert other == Claim("SH-1-C2", "SH-1", "SH-1-P2", ClaimReason.NOT_RECEIVED, clock.now)
    assert (await count(claims), await count(audit_log)) == (2, 3)


async def test_the_same_parcel_reported_in_many_tabs_at_once_is_one_claim(load: Load, count: Count) -> None:
    shop = await load(order("SH-1", "lost", shipments=[parcel("lost")]))
    opened = await asyncio.gather(
        *(shop.open_claim("SH-1", "SH-1-P1", ClaimReason.LOST, actor="a", idempotency_key=f"k{n}") for n in range(6))
    )
    assert {claim.number for claim in opened} == {"SH-1-C1"}
    assert await count(claims) == 1


async def test_a_claim_needs_a_parcel_of_the_order(load: Load, count: Count) -> None:
    shop = await load(order("SH-1", "lost", shipments=[parcel("lost")]), order("SH-2"))
    for number, shipment in (("SH-1", "SH-2-P1"), ("SH-1", ""), ("SH-3", "SH-1-P1")):
        with pytest.raises(NotFound):
            await shop.open_claim(number, shipment, ClaimReason.LOST, actor="a", idempotency_key="k")
    assert (await count(claims), await count(acts)) == (0, 0)
