"""What is said about an order, by where its parcels are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shop.errors import NotVerified
from shop.mail import MailTexts
from shop.orders import DelayReason, Order, OrderStatus, ShipmentStatus
from shop.tracking import Situation, Tracking, report
from shop.verification import Verification, VerificationRules
from tests.fakes import ADA, NOW, FakeAudit, FakeCommerce, FakeIdentities, FakeLogin, FakeMailer, SettableClock
from tests.fakes import order as an_order
from tests.fakes import parcel as a_parcel

TODAY = NOW.date()
S, P = OrderStatus, ShipmentStatus


@pytest.mark.parametrize(
    ("order", "situation"),
    [
        (an_order(status=S.PAID, shipments=()), Situation.PAID),
        (an_order(status=S.PACKED, shipments=()), Situation.PACKED),
        (an_order(status=S.PACKED, shipments=(a_parcel(P.PACKED),)), Situation.PACKED),
        (an_order(), Situation.ON_ITS_WAY),
        (an_order(shipments=(a_parcel(P.OUT_FOR_DELIVERY),)), Situation.OUT_FOR_DELIVERY),
        (an_order(status=S.DELIVERED, shipments=(a_parcel(P.DELIVERED),)), Situation.DELIVERED),
        (an_order(shipments=(a_parcel(P.DELAYED, delay_reason=DelayReason.CUSTOMS),)), Situation.DELAYED),
        (an_order(shipments=(a_parcel(P.LOST),)), Situation.LOST),
        (an_order(status=S.CANCELLED, shipments=()), Situation.CANCELLED),
        (an_order(status=S.RETURNED, shipments=(a_parcel(P.DELIVERED),)), Situation.RETURNED),
        (an_order(status=S.REFUNDED, shipments=(a_parcel(P.DELIVERED),)), Situation.REFUNDED),
    ],
)
def test_every_state_has_its_words(order: Order, situation: Situation) -> None:
    assert report(order, TODAY).situation == situation


def test_a_parcel_past_its_day_is_late_even_if_the_carrier_does_not_say_so() -> None:
    late = an_order(shipments=(a_parcel(expected_on=TODAY - timedelta(days=1)),))
    assert report(late, TODAY).situation == Situation.DELAYED
    assert report(late, TODAY).delay_reason == DelayReason.UNKNOWN
    assert report(an_order(shipments=(a_parcel(expected_on=TODAY),)), TODAY).situation == Situation.ON_ITS_WAY


def test_a_late_parcel_has_a_new_day_only_when_one_lies_ahead() -> None:
    for days, told in ((1, True), (0, False), (-3, False)):
        late = a_parcel(P.DELAYED, expected_on=TODAY + timedelta(days=days))
        assert report(an_order(shipments=(late,)), TODAY).new_day is told


def test_of_several_parcels_the_most_urgent_is_told_first() -> None:
    parcels = (a_parcel(P.DELIVERED), a_parcel(P.SHIPPED, id="p2"), a_parcel(P.LOST, id="p3"))
    told = report(an_order(shipments=parcels), TODAY)
    assert (told.situation, told.parcel) == (Situation.LOST, parcels[2])


def test_what_is_still_in_the_warehouse_is_not_passed_over() -> None:
    two = an_order(status=S.PARTLY_SHIPPED)
    two = replace(two, lines=(replace(two.lines[0], quantity=2),))
    assert report(two, TODAY).waiting is True
    assert report(an_order(), TODAY).waiting is False


async def test_only_a_proven_customer_gets_a_list_and_every_look_is_on_record() -> None:
    clock, audit, commerce = SettableClock(), FakeAudit(), FakeCommerce()
    verification = Verification(
        commerce, FakeIdentities(clock), FakeMailer(), MailTexts(Path("data/mail")), FakeLogin(), clock, "secret",
        "The Shop", VerificationRules(same_time=0),
    )  # type: ignore[arg-type]  # fmt: skip
    tracking = Tracking(commerce, verification, audit, clock)  # type: ignore[arg-type]
    await verification.match_order("talk", "SH-1001", ADA.email)
    with pytest.raises(NotVerified):
        await tracking.orders("talk")
    assert (await tracking.report("talk", "sh1001")).order.number == "SH-1001"
    await verification.accept_login("talk", f"login:{ADA.id}")
    assert [each.number for each in await tracking.orders("talk")] == ["SH-1001"]
    seen = [(entry.actor, entry.action, entry.subject) for entry in audit.entries]
    assert seen == [
        ("shopper:talk", "order.read", "order:SH-1001"),
        ("shopper:talk", "order.read", f"customer:{ADA.id}"),
    ]
