"""What the audit log keeps: who did or saw what, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


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


class AuditLog(Protocol):
    """Where facts are kept that belong to no other act's transaction."""

    async def record(self, entry: AuditEntry) -> None:
        """Keep a fact. It can't be changed afterwards."""
        ...
