"""All that is kept about a person: handed out, or gone.

Articles 15, 17 and 20 of the GDPR, and the CCPA's rights to know and to delete. Orders and returns that the law wants
kept (in the EU for up to ten years, by tax law) stay, but nothing in them leads to the person any more.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from shop.audit import AuditEntry, AuditLog
from shop.clock import Clock
from shop.errors import NotFound

FORMAT = "storehand-personal-data-1"


@dataclass(frozen=True)
class Erasure:
    """What was erased: rows or files by what they held. `person` is a keyed hash, by which a backup is put right."""

    at: datetime
    person: str
    removed: Mapping[str, int]


class PersonalRecords(Protocol):
    """The one place that knows where something about a person is kept."""

    async def customers(self) -> Sequence[str]:
        """The ids of everybody who is known."""
        ...

    async def export(self, customer_id: str) -> dict[str, Any] | None:
        """Everything about a customer, as JSON has it (its schema: docs/personal-data.md); None for nobody."""
        ...

    async def erase(self, customer_id: str, pseudonym: str) -> Mapping[str, int]:
        """Remove a customer and their conversations in one transaction; orders become the pseudonym's."""
        ...


class KeptEmails(Protocol):
    """Emails that are kept in a folder instead of being sent."""

    def forget(self, to: str) -> int:
        """Remove those to an address; how many there were."""
        ...


class ErasureList:
    """Who was erased, as keyed hashes in a file beside the database, since a restored backup knows nothing of it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, erasure: Erasure) -> None:
        """Write one down, before anything of it is removed."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="ascii") as file:
            file.write(json.dumps({"at": erasure.at.isoformat(), "person": erasure.person}) + "\n")

    def people(self) -> set[str]:
        """The hashes of all who were ever erased."""
        if not self._path.is_file():
            return set()
        lines = self._path.read_text("ascii").splitlines()
        return {json.loads(line)["person"] for line in lines if line.strip()}


class PersonalData:
    """Hands out and erases."""

    def __init__(
        self,
        records: PersonalRecords,
        erasures: ErasureList,
        emails: KeptEmails | None,
        audit: AuditLog,
        clock: Clock,
        secret: str,
    ) -> None:
        self._records, self._erasures, self._emails, self._audit = records, erasures, emails, audit
        self._now, self._secret = clock, secret

    async def export(self, customer_id: str, *, actor: str, why: str) -> dict[str, Any]:
        """Everything about a customer. Raises `NotFound`. Who asked is in the audit log."""
        found = await self._records.export(customer_id)
        if found is None:
            raise NotFound(f"There is no customer {customer_id!r}.")
        await self._note(actor, "privacy.export", customer_id, why)
        return {"format": FORMAT, "exported_at": self._now().isoformat(), **found}

    async def erase(self, customer_id: str, *, actor: str, why: str) -> Erasure:
        """Remove a customer, for good. Raises `NotFound`."""
        found = await self._records.export(customer_id)
        if found is None:
            raise NotFound(f"There is no customer {customer_id!r}.")
        person = self._hash(customer_id)
        self._erasures.add(Erasure(self._now(), person, {}))
        removed = dict(await self._records.erase(customer_id, f"erased-{person[:24]}"))
        if self._emails:
            removed["emails"] = self._emails.forget(found["customer"]["email"])
        await self._note(actor, "privacy.erase", customer_id, why)
        return Erasure(self._now(), person, removed)

    async def replay(self) -> int:
        """Erase again who was erased and is there again, as after a backup was put back; how many there were."""
        erased = self._erasures.people()
        back = [each for each in await self._records.customers() if erased and self._hash(each) in erased]
        for customer_id in back:
            await self.erase(customer_id, actor="operator:replay", why="a backup was restored")
        return len(back)

    def _hash(self, customer_id: str) -> str:
        return hmac.new(self._secret.encode(), f"erasure:{customer_id}".encode(), hashlib.sha256).hexdigest()

    async def _note(self, actor: str, action: str, customer_id: str, why: str) -> None:
        await self._audit.record(AuditEntry(self._now(), actor, action, f"customer:{customer_id}", {"why": why[:60]}))
