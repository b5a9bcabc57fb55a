"""How far each conversation has been delivered, on channels that bring replies to a shopper one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Deliveries(Protocol):
    """Where that is kept. Every call may raise `Unavailable`; then nothing of it was stored."""

    async def up_to(self, conversation_id: str) -> int:
        """The number of the last line that was delivered, 0 when none was."""
        ...

    async def mark(self, conversation_id: str, seq: int) -> None:
        """Keep that the lines up to this one were delivered. Never goes back."""
        ...

    async def behind(self, channel: str) -> Sequence[str]:
        """Conversations of a channel with lines after the last delivered one."""
        ...
