"""How long what is no longer needed is kept (GDPR, Article 5(1)(e)), and its removal."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from shop.clock import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Retention:
    """Days. `conversations` count from the last message; `data/shop/retention.yml` says what each of them means."""

    conversations: int = 90
    verification: int = 30
    kept_emails: int = 7

    def conversations_since(self, now: datetime) -> datetime:
        """A conversation whose last message is older is hidden, and removed."""
        return now - timedelta(days=self.conversations)


class OldRecords(Protocol):
    """What can be removed by its age. Safe to be called twice, and by several processes at once."""

    async def remove(self, *, conversations: datetime, verification: datetime) -> Mapping[str, int]:
        """Remove what is older than these moments; how much of each kind."""
        ...


class OldEmails(Protocol):
    """Emails that are kept in a folder."""

    def remove_before(self, moment: datetime) -> int:
        """Remove older ones; how many there were."""
        ...


class Purge:
    """Removes what is overdue."""

    def __init__(self, records: OldRecords, emails: OldEmails | None, retention: Retention, clock: Clock) -> None:
        self._records, self._emails, self.retention, self._now = records, emails, retention, clock

    async def run(self) -> Mapping[str, int]:
        """Remove all that is overdue now; how much of each kind there was."""
        now = self._now()
        removed = dict(
            await self._records.remove(
                conversations=self.retention.conversations_since(now),
                verification=now - timedelta(days=self.retention.verification),
            )
        )
        if self._emails:
            removed["emails"] = self._emails.remove_before(now - timedelta(days=self.retention.kept_emails))
        if any(removed.values()):
            _log.info("removed what was overdue: %s", ", ".join(f"{count} {what}" for what, count in removed.items()))
        return removed
