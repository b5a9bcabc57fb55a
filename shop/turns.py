"""The turn that is being taken: what it collects, and the stream on which an action may already speak."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import uuid4

from shop.conversations import Progress, TurnResult

Emit = Callable[[str, str], Awaitable[None]]
Renew = Callable[[int], Awaitable[None]]


async def _nowhere(stream_id: str, text: str) -> None:
    """For channels that can only send whole messages."""


async def _no_sessions(epoch: int) -> None:
    """For channels that have no sessions of their own."""


@dataclass
class ReplyStream:
    """Shows an answer while it is still being written. `emit` gets the stream's id and all the text so far."""

    emit: Emit = _nowhere
    id: str = field(default_factory=lambda: uuid4().hex)
    text: str = ""

    async def write(self, piece: str) -> None:
        """Add a piece and show what there is. The whole is uttered at the end of the action as usual."""
        self.text += piece
        await self.emit(self.id, self.text)


@dataclass
class Turn:
    """One inbound being answered. Nothing in `result` is seen by anyone before it has been stored.

    `progress` is that of the form that asked last in this turn; `overtaken` says that the shopper had
    not read what was said last when they wrote. `read` is what the turn remembers (`shop/identity_memory.py`). `renew`
    gets the conversation's new epoch as soon as who the shopper is has changed.
    """

    conversation_id: str
    language: str
    result: TurnResult = field(default_factory=TurnResult)
    emit: Emit = _nowhere
    renew: Renew = _no_sessions
    progress: Progress | None = None
    overtaken: bool = False
    read: dict[Hashable, object] = field(default_factory=dict)

    def stream(self) -> ReplyStream:
        """A new stream for one reply of this turn."""
        return ReplyStream(self.emit)


current_turn: ContextVar[Turn | None] = ContextVar("current_turn", default=None)
