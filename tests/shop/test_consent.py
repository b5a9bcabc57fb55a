"""What counts as agreed, and the proof of it. On SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import func, select

from shop.adapters.sql.audit import SqlAuditLog
from shop.adapters.sql.consents import SqlConsents, consent_notices, consents
from shop.adapters.sql.database import Database
from shop.audit import AuditFilter
from shop.consent import Consents, Decision, NoNotice, Notice, Purpose
from shop.conversations import Conversation
from tests.fakes import ADA, BEN, NOW, SettableClock
from tests.shop.test_verification import Parts

WORDS = Notice(Purpose.LANGUAGE_MODEL, "1", "en", "May a computer model read your question?")
TALK, LATER, OTHER = (Conversation(name, "web", name, "en", NOW) for name in ("talk", "a later talk", "another talk"))


@dataclass
class Words:
    """Notices that a test changes."""

    notices: dict[Purpose, Notice] = field(default_factory=lambda: {WORDS.purpose: WORDS})

    def current(self, purpose: Purpose, language: str) -> Notice | None:
        return self.notices.get(purpose)


class Desk:
    """The service with all its parts."""

    def __init__(self, database: Database) -> None:
        self.database, self.words, self.parts = database, Words(), Parts()
        self.clock = SettableClock()
        self.service = Consents(SqlConsents(database), self.words, self.parts.service, self.clock)

    async def prove(self, talk: Conversation, customer_id: str = ADA.id) -> None:
        await self.parts.service.accept_login(talk.id, f"login:{customer_id}")

    async def says(self, talk: Conversation = TALK, *, yes: bool) -> Decision:
        return await self.service.record(talk, Purpose.LANGUAGE_MODEL, given=yes, message=7)

    async def may(self, talk: Conversation = TALK) -> bool:
        return await self.service.is_given(talk, Purpose.LANGUAGE_MODEL)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


async def test_nothing_is_agreed_to_before_it_was_asked(desk: Desk) -> None:
    assert await desk.service.decisions(TALK) == {}
    assert not await desk.may()


async def test_a_yes_counts_until_it_is_taken_back_and_a_no_is_remembered(desk: Desk) -> None:
    assert await desk.says(yes=True) == Decision.GIVEN
    assert await desk.may()
    assert await desk.says(yes=False) == Decision.WITHDRAWN
    assert not await desk.may()
    assert await desk.says(yes=False) == Decision.REFUSED
    assert await desk.service.decisions(TALK) == {Purpose.LANGUAGE_MODEL: Decision.REFUSED}
    assert await desk.says(yes=True) == Decision.GIVEN


async def test_a_yes_in_one_conversation_is_none_in_anothers(desk: Desk) -> None:
    await desk.says(yes=True)
    assert not await desk.may(OTHER)


async def test_a_proven_customers_answer_counts_in_their_next_conversation_and_for_nobody_else(desk: Desk) -> None:
    await desk.prove(TALK)
    await desk.says(yes=True)
    assert not await desk.may(LATER), "who is there is not known yet"
    await desk.prove(LATER)
    assert await desk.may(LATER)
    await desk.prove(OTHER, BEN.id)
    assert not await desk.may(OTHER)
    await desk.says(LATER, yes=False)
    assert not await desk.may(TALK)


async def test_new_words_ask_again_for_a_yes_and_leave_a_no_alone(desk: Desk) -> None:
    await desk.says(TALK, yes=True)
    await desk.says(OTHER, yes=False)
    desk.words.notices[WORDS.purpose] = replace(WORDS, version="2", text="May a model of another company read it?")
    assert await desk.service.decisions(TALK) == {}
    assert await desk.service.decisions(OTHER) == {Purpose.LANGUAGE_MODEL: Decision.REFUSED}
    await desk.says(TALK, yes=True)
    assert await desk.may()


async def test_a_purpose_without_words_can_not_be_agreed_to(desk: Desk) -> None:
    with pytest.raises(NoNotice):
        await desk.service.record(TALK, Purpose.MARKETING, given=True)
    assert [notice.purpose for notice in desk.service.asked("en")] == [Purpose.LANGUAGE_MODEL]


async def test_each_answer_is_a_row_with_the_words_that_were_shown_and_a_fact_in_the_audit_log(
    desk: Desk, database: Database
) -> None:
    await desk.prove(TALK)
    await desk.says(yes=True)
    desk.clock.pass_minutes(5)
    await desk.says(yes=False)
    first, second = await SqlConsents(database).of(TALK.id, None)
    assert (first.decision, first.notice, first.channel, first.message) == (Decision.GIVEN, WORDS, "web", 7)
    assert (first.customer_id, first.at) == (ADA.id, NOW)
    assert (second.decision, second.at) == (Decision.WITHDRAWN, desk.clock())
    facts = await SqlAuditLog(database).find(AuditFilter(action="consent.*"))
    assert [each.entry.action for each in facts] == ["consent.given", "consent.withdrawn"]
    async with database.begin() as connection:
        counts = [
            (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (consents, consent_notices)
        ]
    assert counts == [2, 1], "the words are kept once"
