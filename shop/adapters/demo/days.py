"""Times counted back from today, and how a shop file writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random


@dataclass(frozen=True)
class Days:
    """Days counted back from `today`, and moments in them as the dice fall."""

    today: date
    dice: Random

    def pick(self, span: tuple[int, int]) -> int:
        """A number of days between two."""
        return self.dice.randint(*span)

    def day(self, ago: int) -> str:
        """The date so many days ago (ahead where negative): `2026-05-05`."""
        return (self.today - timedelta(days=ago)).isoformat()

    def moment(self, ago: int, hours: tuple[int, int]) -> str:
        """A time between two hours (UTC) so many days ago. Today's are in its first hour, lest they lie ahead."""
        since, until = hours if ago > 0 else (0, 1)
        minute = self.dice.randint(since * 60 + 1, until * 60 - 1)
        at = datetime.combine(self.today - timedelta(days=ago), time(), UTC) + timedelta(minutes=minute)
        return at.strftime("%Y-%m-%dT%H:%M:%SZ")
