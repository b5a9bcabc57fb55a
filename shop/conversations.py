"""Conversations as the shop keeps them: what came in, what was said, and the work still to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from shop.photos import Photo


class Sender(StrEnum):
    """Who said it. A notice is Storehand's own remark about the conversation, such as a refused button."""

    SHOPPER = "shopper"
    BOT = "bot"
    AGENT = "agent"
    NOTICE = "notice"


@dataclass(frozen=True)
class Conversation:
    """One shopper's talk on one channel. `address` is the channel's name for the shopper; `language` an IETF tag.

    `epoch` counts who the shopper has shown to be: a session that was opened before the last change has an older one.
    """

    id: str
    channel: str
    address: str
    language: str
    created_at: datetime
    epoch: int = 0


@dataclass(frozen=True)
class Choice:
    """A button as the shopper sees it. Its token means nothing outside this conversation."""

    token: str
    title: str


def title_key(title: str) -> str:
    """A button's words as they count when somebody types them: without case, marks and spaces."""
    return "".join(character for character in title.casefold() if character.isalnum())


@dataclass(frozen=True)
class Progress:
    """How far a form is: the step that is asked for now, and how many there are. The first is 1."""

    step: int
    of: int


@dataclass(frozen=True)
class Message:
    """One line of the transcript. `seq` counts 1, 2, 3 in each conversation, without holes.

    `progress` is that of the form whose question it is. `values` is what a shopper chose in an item picker. `epoch` is
    the conversation's when the line was written or read: no session of an older one may get it.
    """

    conversation_id: str
    seq: int
    sender: Sender
    text: str
    at: datetime
    client_id: str | None = None
    choices: tuple[Choice, ...] = ()
    card: Mapping[str, Any] | None = None
    stream_id: str | None = None
    progress: Progress | None = None
    values: Mapping[str, int] | None = None
    epoch: int = 0


@dataclass(frozen=True)
class Inbound:
    """Something from a shopper that a channel received.

    `provider_id` is the channel's own id of it, by which a repeated delivery is known. Exactly one of `text`,
    `choice` (a button's token), `photo` and `event` (something the channel saw, such as the chat being opened) is set.
    With the choice of an item picker come `values`: pieces by item. `epoch` is that of the session it came by, where
    the channel has sessions; `sender` is the channel's own name for the line that it came by.
    """

    conversation_id: str
    provider_id: str
    text: str | None = None
    choice: str | None = None
    event: str | None = None
    values: Mapping[str, int] | None = None
    photo: Photo | None = None
    epoch: int | None = None
    sender: str | None = None


@dataclass(frozen=True)
class Work:
    """An inbound that was stored and waits for its turn. `payload` is what a button or an event stands for.

    `overtaken`: something was said to the shopper after this came in, which they had not read when they wrote it.
    `more`: there was further work behind it.
    """

    id: int
    conversation_id: str
    text: str
    payload: str | None
    received_at: datetime
    overtaken: bool = False
    more: bool = False


@dataclass(frozen=True)
class Taken:
    """What became of an inbound. `message` is its line in the transcript, None for events; a repeat is not `new`."""

    work_id: int
    message: Message | None
    new: bool


PICKED = "$picked"
"""Stands in a payload for what was chosen in an item picker, as in `line-1=2,line-3=1`."""

PHOTO_SENT = "/send_photo"
"""What a photo stands for, as a button's payload does."""


@dataclass(frozen=True)
class Draft:
    """A reply before it has a number. `choices` are titles with the payload each stands for."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    card: Mapping[str, Any] | None = None
    stream_id: str | None = None
    sender: Sender = Sender.BOT
    progress: Progress | None = None
    values: Mapping[str, int] | None = None


@dataclass
class TurnResult:
    """All that one turn changes in a conversation. It is written in one transaction, or not at all."""

    replies: list[Draft] = field(default_factory=list)
    tracker_events: list[dict[str, Any]] = field(default_factory=list)


class ConversationStore(Protocol):
    """Where conversations are kept. Every call may raise `Unavailable`; then nothing of it was stored."""

    async def open(self, channel: str, address: str, language: str) -> Conversation:
        """The conversation with this address on this channel; made when there is none."""
        ...

    async def get(self, conversation_id: str) -> Conversation | None:
        """A conversation by id."""
        ...

    async def take(self, inbound: Inbound) -> Taken:
        """Store an inbound and its place in the transcript, once. Buttons shown before are retired by it.

        A text that is the words of one current button counts as that button.

        Raises `ChoiceUnknown` for a token that is not a current one of this conversation, and `SessionUnknown` where
        the inbound's epoch is not the conversation's.
        """
        ...

    async def repeated(self, inbound: Inbound) -> Taken | None:
        """What became of an inbound that was delivered before; None for a new one."""
        ...

    def hold(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """Keep other processes from taking a turn in this conversation meanwhile; waits while one of them does."""
        ...

    async def next_work(self, conversation_id: str) -> Work | None:
        """The oldest inbound that has had no turn yet."""
        ...

    async def unfinished(self) -> Sequence[str]:
        """Conversations that have work left, as after a crash."""
        ...

    async def finish(self, work: Work, result: TurnResult) -> Sequence[Message]:
        """Write a turn's replies and tracker events and mark its work done; returns the replies as numbered.

        Writes nothing and returns nothing when somebody else has finished this work already.
        """
        ...

    async def after(self, conversation_id: str, seq: int, *, limit: int = 200) -> Sequence[Message]:
        """The transcript after line `seq`, in order."""
        ...

    async def latest_seq(self, conversation_id: str) -> int:
        """The number of the newest line, 0 when there is none."""
        ...


CHECKPOINT = "checkpoint"


def checkpoint_row(events: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A row of the dialogue engine's record that stands for all events before it, so that these need not be read."""
    return {"event": CHECKPOINT, "events": list(events)}


class TrackerEvents(Protocol):
    """The dialogue engine's own record of a conversation, append-only."""

    async def load(self, conversation_id: str) -> Sequence[dict[str, Any]]:
        """The events of the latest session, oldest first; those before its last checkpoint as that has them."""
        ...

    async def load_all(self, conversation_id: str) -> Sequence[dict[str, Any]]:
        """Every event of every session, oldest first, and no checkpoint."""
        ...

    async def append(self, conversation_id: str, events: Sequence[dict[str, Any]]) -> None:
        """Add events after those that are there."""
        ...

    async def conversations(self) -> Sequence[str]:
        """Conversations that have events."""
        ...
