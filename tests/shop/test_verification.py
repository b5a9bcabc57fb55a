"""Nothing is told before the shopper is verified, and a wrong guess learns nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.errors import NotFound, NotVerified, Refused, TooManyTries
from shop.identity import Identity, Level
from shop.mail import MailTexts
from shop.verification import Verification, VerificationRules
from tests.fakes import ADA, BEN, FakeCommerce, FakeIdentities, FakeLogin, FakeMailer, SettableClock

TALK = "conversation-1"


class Parts:
    """A verification service and what it works with."""

    def __init__(self, **rules: float) -> None:
        self.clock = SettableClock()
        self.commerce, self.mailer = FakeCommerce(), FakeMailer()
        self.store = FakeIdentities(self.clock)
        self.service = Verification(
            self.commerce, self.store, self.mailer, MailTexts(Path("data/mail")), FakeLogin(), self.clock,
            "secret", "The Shop", VerificationRules(**({"same_time": 0.0} | rules)),
        )  # type: ignore[arg-type]  # fmt: skip

    async def newest_code(self) -> str:
        await self.service.close()
        found = re.search(r"\b\d{6}\b", self.mailer.sent[-1].body)
        assert found, "the email holds no code"
        return found[0]


async def refused(attempt: Awaitable[object]) -> Refused:
    with pytest.raises(Refused) as caught:
        await attempt
    return caught.value


async def test_number_and_email_of_an_order_match_it_whatever_their_spelling() -> None:
    service = Parts().service
    order = await service.match_order(TALK, " #sh 1001", " ADA.nowak@EXAMPLE.com ")
    assert order.number == "SH-1001"
    assert (await service.identity(TALK)).level == Level.MATCHED
    assert (await service.order(TALK, "SH-1001")).number == "SH-1001"


async def test_a_matched_order_opens_no_one_elses() -> None:
    service = Parts().service
    await service.match_order(TALK, "SH-1001", ADA.email)
    with pytest.raises(NotVerified):
        await service.order(TALK, "SH-2002")
    with pytest.raises(NotVerified):
        await service.proven_customer(TALK)


async def test_a_conversation_tells_nothing_to_another_one() -> None:
    service = Parts().service
    await service.match_order(TALK, "SH-1001", ADA.email)
    with pytest.raises(NotVerified):
        await service.order("conversation-2", "SH-1001")


async def test_no_such_order_and_wrong_email_are_the_same_refusal() -> None:
    wrong_email = await refused(Parts().service.match_order(TALK, "SH-1001", BEN.email))
    no_order = await refused(Parts().service.match_order(TALK, "SH-9999", ADA.email))
    assert (type(wrong_email), str(wrong_email)) == (type(no_order), str(no_order)) == (NotFound, str(no_order))


async def test_every_refusal_takes_the_same_time() -> None:
    parts = Parts(same_time=0.2, wrong_tries=2)
    for number, email in (("SH-9999", ADA.email), ("SH-1001", BEN.email), ("SH-1001", ADA.email)):
        started = time.monotonic()
        await refused(parts.service.match_order(TALK, number, email))
        assert time.monotonic() - started >= 0.19


@pytest.mark.parametrize("changing", ["conversation", "order", "email"])
async def test_five_wrong_tries_lock_whatever_else_changes(changing: str) -> None:
    parts = Parts()
    for n in range(5):
        talk = f"other-{n}" if changing != "conversation" else TALK
        number = f"SH-777{n}" if changing != "order" else "SH-1001"
        email = f"guess{n}@example.com" if changing != "email" else ADA.email
        assert isinstance(await refused(parts.service.match_order(talk, number, email)), NotFound)
    right = parts.service.match_order(TALK if changing == "conversation" else "a-new-one", "SH-1001", ADA.email)
    assert isinstance(await refused(right), TooManyTries)


async def test_a_lock_ends_after_fifteen_minutes() -> None:
    parts = Parts()
    for _ in range(5):
        await refused(parts.service.match_order(TALK, "SH-1001", "guess@example.com"))
    assert await parts.service.locked_until(TALK) is not None
    parts.clock.pass_minutes(14.9)
    assert isinstance(await refused(parts.service.match_order(TALK, "SH-1001", ADA.email)), TooManyTries)
    parts.clock.pass_minutes(0.2)
    assert await parts.service.locked_until(TALK) is None
    await parts.service.match_order(TALK, "SH-1001", ADA.email)


async def test_matching_runs_out() -> None:
    parts = Parts()
    await parts.service.match_order(TALK, "SH-1001", ADA.email)
    parts.clock.pass_minutes(61)
    assert await parts.service.identity(TALK) == Identity()
    with pytest.raises(NotVerified):
        await parts.service.order(TALK, "SH-1001")


async def test_a_code_from_the_email_proves_the_customer_once() -> None:
    parts = Parts()
    await parts.service.send_code(TALK, "ada.nowak@example.com")
    code = await parts.newest_code()
    assert parts.mailer.sent[-1].to == ADA.email
    assert (await parts.service.check_code(TALK, f"{code[:3]} {code[3:]}")).id == ADA.id
    assert (await parts.service.proven_customer(TALK)).id == ADA.id
    assert isinstance(await refused(parts.service.check_code(TALK, code)), NotFound)


async def test_a_code_works_only_in_the_conversation_that_asked_for_it() -> None:
    parts = Parts()
    await parts.service.send_code(TALK, ADA.email)
    code = await parts.newest_code()
    assert isinstance(await refused(parts.service.check_code("conversation-2", code)), NotFound)


async def test_only_the_newest_code_works_and_not_for_long() -> None:
    parts = Parts()
    await parts.service.send_code(TALK, ADA.email)
    first = await parts.newest_code()
    await parts.service.resend_code(TALK, ADA.email)
    second = await parts.newest_code()
    if first != second:
        assert isinstance(await refused(parts.service.check_code(TALK, first)), NotFound)
    parts.clock.pass_minutes(10.1)
    assert isinstance(await refused(parts.service.check_code(TALK, second)), NotFound)


async def test_asking_for_a_code_tells_nobody_whether_the_email_is_known() -> None:
    known, unknown = Parts(same_time=0.15), Parts(same_time=0.15)
    for parts, email in ((known, ADA.email), (unknown, "nobody@example.com")):
        started = time.monotonic()
        await parts.service.send_code(TALK, email)
        assert time.monotonic() - started >= 0.14
        assert await parts.service.ensure_code(TALK, email) is False
    await known.service.close()
    assert (len(known.mailer.sent), len(unknown.mailer.sent)) == (1, 0)


async def test_codes_can_not_flood_a_mailbox() -> None:
    parts = Parts()
    for n in range(3):
        await parts.service.send_code(f"conversation-{n}", ADA.email)
    assert isinstance(await refused(parts.service.send_code("conversation-9", ADA.email)), TooManyTries)


async def test_a_code_for_one_customer_is_not_taken_for_another() -> None:
    parts = Parts()
    await parts.service.match_order(TALK, "SH-1001", ADA.email)
    await parts.service.ensure_code(TALK, None)
    await parts.service.match_order(TALK, "SH-2002", BEN.email)
    assert await parts.service.ensure_code(TALK, None) is True
    await parts.newest_code()
    assert parts.mailer.sent[-1].to == BEN.email


async def test_an_email_is_sent_again_when_the_mail_server_stumbles() -> None:
    parts = Parts()
    parts.mailer.failures = 1
    await parts.service.send_code(TALK, ADA.email)
    await parts.newest_code()
    assert len(parts.mailer.sent) == 1


async def test_a_proven_customer_asking_for_anothers_order_is_told_what_a_guess_is_told_and_it_is_counted() -> None:
    parts = Parts()
    await parts.service.accept_login(TALK, f"login:{ADA.id}")
    theirs = await refused(parts.service.order(TALK, "SH-2002"))
    nothing = await refused(parts.service.order(TALK, "SH-9999"))
    assert (type(theirs), str(theirs)) == (type(nothing), str(nothing)) == (NotFound, str(nothing))
    await refused(parts.service.order(TALK, "sh 2002"))
    tried = [subject for subject, kind, _ in parts.store.tried if kind == "wrong"]
    assert tried.count(f"conversation:{TALK}") == 2
    assert "order:SH2002" not in tried


async def test_a_login_token_that_is_not_the_shops_proves_nothing() -> None:
    service = Parts().service
    assert await service.accept_login(TALK, "forged") is None
    assert await service.accept_login(TALK, "login:nobody") is None
    assert (await service.identity(TALK)).level == Level.UNKNOWN


async def test_who_opens_a_conversation_may_read_on_only_if_it_is_theirs() -> None:
    service = Parts().service
    login, other = f"login:{ADA.id}", f"login:{BEN.id}"
    await service.match_order("guest", "SH-1001", ADA.email)
    await service.accept_login("at the shop", login)
    parts = Parts()
    await parts.service.send_code("by code", ADA.email)
    await parts.service.check_code("by code", await parts.newest_code())

    async def may(verification: Verification, talk: str, *logins: str | None, current: bool = True) -> list[bool]:
        return [await verification.may_open(talk, each, current=current) for each in logins]

    assert await may(service, "guest", None, login) == [True, True]
    assert await may(service, "at the shop", login, None, other) == [True, False, False]
    assert await may(parts.service, "by code", None, login, other) == [True, True, False]
    assert await may(service, "guest", None, login, current=False) == [False, False]
    assert await may(service, "at the shop", login, None, other, current=False) == [True, False, False]
    assert await may(parts.service, "by code", None, login, other, current=False) == [False, True, False]


async def test_whatever_changes_who_the_shopper_is_ends_the_sessions_before() -> None:
    parts = Parts()
    epochs = []
    for number in ("SH-1001", "SH-9999"):
        with suppress(Refused):
            await parts.service.match_order(TALK, number, ADA.email)
        epochs.append(parts.store.epochs[TALK])
    await parts.service.send_code(TALK, ADA.email)
    await parts.service.check_code(TALK, await parts.newest_code())
    epochs.append(parts.store.epochs[TALK])
    for login in (ADA.id, BEN.id, "nobody"):
        await parts.service.accept_login(TALK, f"login:{login}")
        epochs.append(parts.store.epochs[TALK])
    await parts.service.forget(TALK)
    assert [*epochs, parts.store.epochs[TALK]] == [1, 1, 2, 2, 3, 3, 4]


async def test_signing_out_forgets() -> None:
    service = Parts().service
    await service.accept_login(TALK, f"login:{ADA.id}")
    await service.forget(TALK)
    assert await service.customer(TALK) is None


@given(number=st.text(max_size=40), email=st.text(max_size=60))
async def test_whatever_is_typed_opens_nothing_but_by_the_right_pair(number: str, email: str) -> None:
    parts = Parts()
    try:
        order = await parts.service.match_order(TALK, number, email)
    except Refused:
        assert (await parts.service.identity(TALK)).level == Level.UNKNOWN
    else:
        assert email.strip().casefold() == order.email.casefold()


async def test_naming_no_order_yet_is_no_wrong_try() -> None:
    parts = Parts()
    await parts.service.accept_login(TALK, f"login:{ADA.id}")
    for _ in range(6):
        assert await refused(parts.service.order(TALK, ""))
    assert await parts.service.locked_until(TALK) is None
