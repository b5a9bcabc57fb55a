"""Verification over any backend, with a shopper who is proven, matched or unknown."""

from __future__ import annotations

from pathlib import Path

from shop.commerce import CommerceBackend
from shop.mail import MailTexts
from shop.verification import Verification, VerificationRules
from tests.fakes import FakeIdentities, FakeLogin, FakeMailer, SettableClock

TALK = "talk"


def verification(backend: CommerceBackend, clock: SettableClock) -> Verification:
    """Who a shopper is, kept in memory; a refusal takes no time."""
    return Verification(
        backend, FakeIdentities(clock), FakeMailer(), MailTexts(Path("data/mail")), FakeLogin(), clock, "secret",
        "The Shop", VerificationRules(same_time=0),
    )  # fmt: skip


async def prove(who: Verification, customer_id: str = "C-1", conversation_id: str = TALK) -> None:
    """Let the shop's login vouch for a customer."""
    assert await who.accept_login(conversation_id, f"login:{customer_id}")
