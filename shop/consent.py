"""What shoppers agreed to: one row for each answer, never changed, with the very words that were shown.

Articles 4(11) and 7 of the GDPR: consent is asked for each purpose by itself, can be proven later, and is taken back as
easily as it was given. What counts now is derived from the rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from shop.clock import Clock
from shop.conversations import Conversation
from shop.errors import Refused
from shop.identity import Level
from shop.verification import Verification


class Purpose(StrEnum):
    """What data may be used for beyond what answering needs. None of it is on by default."""

    LANGUAGE_MODEL = "language_model"
    PERSONALISATION = "personalisation"
    TRANSCRIPT = "transcript"
    MARKETING = "marketing"


class Decision(StrEnum):
    """What a shopper said to a purpose. WITHDRAWN is a no after a yes."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class NoNotice(Refused):
    """There are no words for that purpose, so nobody can agree to it."""


@dataclass(frozen=True)
class Notice:
    """The words by which a purpose is asked for. A new `version` asks everybody again; `language` is an IETF tag."""

    purpose: Purpose
    version: str
    language: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of all of it, by which the words are found in the record."""
        return hashlib.sha256("\n".join((self.purpose, self.version, self.language, self.text)).encode()).hexdigest()


@dataclass(frozen=True)
class Consent:
    """One answer. `customer_id` where the shopper was proven; `message` is the line of the transcript that said it."""

    conversation_id: str
    customer_id: str | None
    purpose: Purpose
    decision: Decision
    notice: Notice
    channel: str
    at: datetime
    message: int | None = None


class ConsentLedger(Protocol):
    """Where answers are kept. Rows are only ever added."""

    async def add(self, consent: Consent) -> None:
        """Keep an answer, with its notice's words and its fact in the audit log, in one transaction."""
        ...

    async def of(self, conversation_id: str, customer_id: str | None) -> Sequence[Consent]:
        """Answers given in this conversation, or by this customer in any, oldest first."""
        ...


class Notices(Protocol):
    """The designers' words for each purpose."""

    def current(self, purpose: Purpose, language: str) -> Notice | None:
        """The newest words in this language, or else in English."""
        ...


class Consents:
    """Records answers and tells what counts now."""

    def __init__(self, ledger: ConsentLedger, notices: Notices, verification: Verification, clock: Clock) -> None:
        self._ledger, self._notices, self._verification, self._now = ledger, notices, verification, clock

    async def record(
        self, talk: Conversation, purpose: Purpose, *, given: bool, message: int | None = None
    ) -> Decision:
        """Keep a yes or a no; a no after a yes withdraws. Raises `NoNotice` where nothing could be agreed to."""
        notice = self._notices.current(purpose, talk.language)
        if notice is None:
            raise NoNotice(f"there are no words that ask for {purpose}")
        said_yes = await self.is_given(talk, purpose)
        no = Decision.WITHDRAWN if said_yes else Decision.REFUSED
        decision = Decision.GIVEN if given else no
        who = await self._customer(talk.id)
        await self._ledger.add(Consent(talk.id, who, purpose, decision, notice, talk.channel, self._now(), message))
        return decision

    async def is_given(self, talk: Conversation, purpose: Purpose) -> bool:
        """Whether data may be used for this purpose now."""
        return (await self.decisions(talk)).get(purpose) == Decision.GIVEN

    async def decisions(self, talk: Conversation) -> Mapping[Purpose, Decision]:
        """What counts now. A purpose that is not in it has to be asked for, as when its words have a new version."""
        newest = {each.purpose: each for each in await self.history(talk)}
        return {purpose: each.decision for purpose, each in newest.items() if self._counts(each, talk.language)}

    async def history(self, talk: Conversation) -> Sequence[Consent]:
        """Every answer that this shopper gave, oldest first."""
        return await self._ledger.of(talk.id, await self._customer(talk.id))

    def asked(self, language: str) -> Sequence[Notice]:
        """The purposes that this shop asks for, with their words."""
        found = (self._notices.current(purpose, language) for purpose in Purpose)
        return [notice for notice in found if notice]

    def _counts(self, consent: Consent, language: str) -> bool:
        """A no holds whatever the words become: nobody is pressed by new versions."""
        current = self._notices.current(consent.purpose, language)
        return consent.decision != Decision.GIVEN or (current is not None and current.version == consent.notice.version)

    async def _customer(self, conversation_id: str) -> str | None:
        identity = await self._verification.identity(conversation_id)
        return identity.customer_id if identity.level == Level.PROVEN else None
