"""`Mailer` for development: emails are kept in a folder instead of being sent."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from shop.mail import Email


class OutboxMailer:
    """Writes each email as a JSON file; names sort by time. Only for trying Storehand out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, email: Email) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = len(list(self._folder.glob("*.json"))) + 1
        path = self._folder / f"{number:08d}-{uuid4().hex[:6]}.json"
        path.write_text(json.dumps(asdict(email), indent=1), "utf-8")

    def forget(self, to: str) -> int:
        """Remove the emails to an address; how many there were."""
        theirs = [path for path in self._folder.glob("*.json") if json.loads(path.read_text("utf-8"))["to"] == to]
        for path in theirs:
            path.unlink()
        return len(theirs)

    def remove_before(self, moment: datetime) -> int:
        """Remove the emails that were written before; how many there were."""
        old = [path for path in self._folder.glob("*.json") if path.stat().st_mtime < moment.timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def latest(self, to: str | None = None, *, limit: int = 1) -> list[Email]:
        """The newest emails, newest first, of everyone or to one address."""
        emails = (Email(**json.loads(path.read_text("utf-8"))) for path in sorted(self._folder.glob("*.json"))[::-1])
        return [email for email in emails if to is None or email.to == to][:limit]
