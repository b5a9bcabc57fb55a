"""What the audit log keeps: who did or saw what, when and why, as a chain in which nothing can be changed unseen."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from shop.errors import StorehandError

BEGINNING = "0" * 64


class AuditBroken(StorehandError):
    """The log is not what was written: says which row, and what is wrong with it."""


@dataclass(frozen=True)
class AuditEntry:
    """One fact. `action` is a stable code (`order.read`), `subject` what it was about (`order:1001`).

    `detail` holds codes and counts only: never a message's text, an email or a name.
    """

    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sealed:
    """A fact in its place: `seq` counts 1, 2, 3 without holes, and `seal` covers it and everything before it."""

    seq: int
    seal: str
    entry: AuditEntry


@dataclass(frozen=True)
class AuditFilter:
    """Which facts to show. `actor`, `action` and `subject` may end in `*`; None means any."""

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 100


class AuditLog(Protocol):
    """Where facts are kept that belong to no other act's transaction."""

    async def record(self, entry: AuditEntry) -> None:
        """Keep a fact. It can't be changed afterwards."""
        ...


class AuditTrail(Protocol):
    """The log as it is read."""

    def all(self) -> AsyncIterator[Sealed]:
        """Every fact in the order of its number. Raises `AuditBroken` for one that has none."""
        ...

    async def newest(self) -> tuple[int, str]:
        """Number and seal of the last fact, as kept apart from the facts; (0, BEGINNING) before any."""
        ...

    async def find(self, wanted: AuditFilter) -> list[Sealed]:
        """The newest facts that fit, oldest first."""
        ...


def pseudonym(key: bytes, who: str) -> str:
    """`customer:c-ada` as the log has it: a keyed hash, so that the log stays as it is when the customer is erased."""
    if not who.startswith("customer:"):
        return who
    return "customer:~" + hmac.new(key, who.encode(), hashlib.sha256).hexdigest()[:20]


def seal(key: bytes, previous: str, seq: int, entry: AuditEntry) -> str:
    """HMAC-SHA256 over the seal before it and the fact: without the key nobody can write a fact that fits."""
    moment = entry.at.astimezone(UTC).isoformat()
    fact = [seq, moment, entry.actor, entry.action, entry.subject, dict(entry.detail)]
    written = json.dumps(fact, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(key, f"{previous}\n{written}".encode(), hashlib.sha256).hexdigest()


async def verify(trail: AuditTrail, key: bytes, *, known: Mapping[int, str] | None = None) -> tuple[int, str]:
    """Walk the whole log; the number and seal of its newest fact.

    `known` are seals that were noted earlier, by number: only they show that the log was cut short or put back as a
    whole. Raises `AuditBroken` at the first fact that was changed, added, moved or is missing.
    """
    seq, last = 0, BEGINNING
    awaited = dict(known or {})
    async for fact in trail.all():
        if fact.seq != seq + 1:
            raise AuditBroken(f"Between fact {seq} and fact {fact.seq} something is missing.")
        if not hmac.compare_digest(fact.seal, seal(key, last, fact.seq, fact.entry)):
            raise AuditBroken(f"Fact {fact.seq} ({fact.entry.action}, {fact.entry.at:%Y-%m-%d %H:%M}) was changed.")
        seq, last = fact.seq, fact.seal
        if awaited.pop(seq, last) != last:
            raise AuditBroken(f"Fact {seq} is not the one that was noted: the log was written anew.")
    if awaited:
        raise AuditBroken(f"The log ends at fact {seq}, and fact {max(awaited)} was noted: its end is missing.")
    if (seq, last) != await trail.newest():
        raise AuditBroken(f"The log ends at fact {seq}, and more was written: its end is missing.")
    return seq, last
