"""Claims: for a proven customer, for a parcel that can be missing, once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from shop.claims import ClaimReason
from shop.errors import NotAllowed, NotFound, NotVerified
from shop.mail import MailTexts
from shop.missing_parcels import Claims
from shop.orders import Order, ShipmentStatus
from shop.verification import Verification, VerificationRules
from tests.fakes import ADA, BEN, NOW, FakeCommerce, FakeIdentities, FakeLogin, FakeMailer, SettableClock, order, parcel

TALK = "talk"
P = ShipmentStatus


def claims(*orders: Order) -> tuple[Claims, Verification]:
    clock, commerce = SettableClock(), FakeCommerce(list(orders))
    verification = Verification(
        commerce, FakeIdentities(clock), FakeMailer(), MailTexts(Path("data/mail")), FakeLogin(), clock, "secret",
        "The Shop", VerificationRules(same_time=0),
    )  # type: ignore[arg-type]  # fmt: skip
    return Claims(commerce, verification, clock), verification  # type: ignore[arg-type]


async def test_a_matched_order_is_not_enough() -> None:
    service, verification = claims(order(shipments=(parcel(P.LOST),)))
    await verification.match_order(TALK, "SH-1001", ADA.email)
    with pytest.raises(NotVerified):
        await service.open(TALK, "SH-1001", None)


@pytest.mark.parametrize(
    ("status", "days_late", "reason"),
    [
        (P.LOST, 0, ClaimReason.LOST),
        (P.DELIVERED, 0, ClaimReason.NOT_RECEIVED),
        (P.SHIPPED, 8, ClaimReason.LOST),
        (P.DELAYED, 8, ClaimReason.LOST),
    ],
)
async def test_what_can_be_missing_can_be_claimed_once(status: P, days_late: int, reason: ClaimReason) -> None:
    missing = parcel(status, expected_on=NOW.date() - timedelta(days=days_late))
    service, verification = claims(order(shipments=(missing,)))
    await verification.accept_login(TALK, f"login:{ADA.id}")
    first = await service.open(TALK, "SH-1001", None)
    assert first.reason == reason
    assert await service.open(TALK, "SH-1001", "p1") == first


@pytest.mark.parametrize(("status", "days_late"), [(P.SHIPPED, 7), (P.OUT_FOR_DELIVERY, 0), (P.PACKED, 0)])
async def test_what_is_on_its_way_can_not(status: P, days_late: int) -> None:
    service, verification = claims(
        order(shipments=(parcel(status, expected_on=NOW.date() - timedelta(days=days_late)),))
    )
    await verification.accept_login(TALK, f"login:{ADA.id}")
    with pytest.raises(NotAllowed):
        await service.open(TALK, "SH-1001", None)


async def test_nobody_claims_for_another() -> None:
    service, verification = claims(order("SH-2002", BEN, shipments=(parcel(P.LOST),)))
    await verification.accept_login(TALK, f"login:{ADA.id}")
    with pytest.raises(NotFound):
        await service.open(TALK, "SH-2002", None)


async def test_a_parcel_of_another_order_is_not_taken() -> None:
    service, verification = claims(order(shipments=(parcel(P.LOST),)))
    await verification.accept_login(TALK, f"login:{ADA.id}")
    with pytest.raises(NotAllowed):
        await service.open(TALK, "SH-1001", "another-parcel")
