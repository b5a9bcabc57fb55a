"""An assistant that says what a test wants, and a channel that keeps what it was given."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from shop.conversations import Conversation, Draft, Message, Work
from shop.turns import Turn

Answer = Callable[[Work, Turn], Awaitable[None]]


async def echo(work: Work, turn: Turn) -> None:
    """Repeats what was said."""
    turn.result.replies.append(Draft(f"you said {work.text}"))


@dataclass
class ScriptedAssistant:
    """Answers by `answer_with`. Responses' texts are their names."""

    answer_with: Answer = echo
    answered: list[str] = field(default_factory=list)

    async def answer(self, conversation: Conversation, work: Work, turn: Turn) -> None:
        self.answered.append(work.text)
        await self.answer_with(work, turn)

    def words(self, response: str, **values: object) -> str:
        return response


@dataclass
class RecordingChannel:
    """Keeps what would have been shown."""

    shown: list[Message] = field(default_factory=list)
    streamed: list[str] = field(default_factory=list)
    dots: list[bool] = field(default_factory=list)
    renewed: list[tuple[int, str | None]] = field(default_factory=list)

    async def deliver(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        self.shown += messages
        await asyncio.sleep(0)

    async def typing(self, conversation: Conversation, on: bool) -> None:
        self.dots.append(on)

    async def stream(self, conversation: Conversation, stream_id: str, text: str) -> None:
        self.streamed.append(text)

    async def renew(self, conversation: Conversation, epoch: int, sender: str | None) -> None:
        self.renewed.append((epoch, sender))
