"""The one door for every channel: what comes in is checked, stored, and then answered in order.

    receive -> clean and small enough? -> not too fast? -> stored, once -> a turn -> replies stored -> delivered

A process that is killed anywhere leaves the inbound in the store; `resume` answers it after the restart. Replies are
written in one transaction with the mark that their inbound is done, so that each is answered exactly once.
"""

from __future__ import annotations

import asyncio
import random
import time
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from shop.conversations import Conversation, ConversationStore, Draft, Inbound, Message, Taken, TurnResult, Work
from shop.errors import (
    ChoiceUnknown,
    MessageEmpty,
    MessageMalformed,
    MessageTooLong,
    StorehandError,
    TooBusy,
    TooManyMessages,
    Unavailable,
)
from shop.turns import Turn, current_turn

_log = structlog.get_logger(__name__)
_KEPT_CONTROLS = "\n\t"
_LONGEST_ID = 200
_COME_BACK_S = (3.0, 8.0)
Result = TypeVar("Result")


class Channel(Protocol):
    """The way back to a shopper. What is delivered has been stored, so a failed delivery loses nothing."""

    async def deliver(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        """Show messages, the shopper's own included."""
        ...

    async def typing(self, conversation: Conversation, on: bool) -> None:
        """Show that an answer is being made."""
        ...

    async def stream(self, conversation: Conversation, stream_id: str, text: str) -> None:
        """Show the part of an answer that there is so far."""
        ...

    async def renew(self, conversation: Conversation, epoch: int, sender: str | None) -> None:
        """End the sessions of older epochs. The line goes on that was the `sender` of the message by which it rose."""
        ...


class Assistant(Protocol):
    """Who answers."""

    async def answer(self, conversation: Conversation, work: Work, turn: Turn) -> None:
        """Take a turn. Replies and tracker events are collected in `turn`."""
        ...

    def words(self, response: str, **values: object) -> str:
        """The text of a response in data/."""
        ...


@dataclass(frozen=True)
class IntakeLimits:
    """What one conversation may send. `rates` are written as in `10 per 5 seconds`; seconds where not said.

    `turns_at_once` are taken side by side, each conversation in its turn; when `waiting` conversations wait for theirs,
    the next ones are asked to come back, so that who was let in is answered soon. A turn that could not be written in
    `tries` tries is taken up again after `again_after` seconds.
    """

    max_characters: int = 2000
    rates: tuple[str, ...] = ("10 per 5 seconds", "60 per 5 minutes")
    turn_timeout: float = 30.0
    turns_at_once: int = 8
    tries: int = 5
    waiting: int = 200
    again_after: float = 15.0

    def __post_init__(self) -> None:
        """Raises `ValueError` for a rate that can't be read."""
        for rate in self.rates:
            parse(rate)


class Intake:
    """Takes in, stores, answers and delivers. One turn at a time in each conversation."""

    def __init__(self, store: ConversationStore, assistant: Assistant, limits: IntakeLimits | None = None) -> None:
        self._store, self._assistant = store, assistant
        self.limits = limits or IntakeLimits()
        self._rates: list[RateLimitItem] = [parse(rate) for rate in self.limits.rates]
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._slots = asyncio.Semaphore(self.limits.turns_at_once)
        self._channels: dict[str, Channel] = {}
        self._working: dict[str, asyncio.Task[None]] = {}
        self._wanted: set[str] = set()
        self._arriving: dict[tuple[str, str], asyncio.Future[Taken]] = {}
        self._senders: dict[int, str] = {}
        self._closing = False

    def connect(self, name: str, channel: Channel) -> None:
        """Say how to reach the shoppers of a channel."""
        self._channels[name] = channel

    async def receive(self, conversation: Conversation, inbound: Inbound) -> Taken:
        """Take one inbound in and see to its answer. Returns once it is stored.

        Raises a `Rejected` error, with nothing stored, or `Unavailable` when the store can't be reached. Of the same
        message sent twice, the first one's line is the sender.
        """
        inbound = self._checked(inbound)
        delivery = (conversation.id, inbound.provider_id)
        if under_way := self._arriving.get(delivery):
            return replace(await asyncio.shield(under_way), new=False)
        arrival = asyncio.ensure_future(self._take(conversation, inbound))
        self._arriving[delivery] = arrival
        arrival.add_done_callback(lambda _: self._arriving.pop(delivery, None))
        return await asyncio.shield(arrival)

    async def _take(self, conversation: Conversation, inbound: Inbound) -> Taken:
        try:
            self._refuse_when_busy(conversation)
            await self._slow_down(conversation)
        except (TooBusy, TooManyMessages):
            if repeated := await self._store.repeated(inbound):  # a delivery again is no further message
                return repeated
            raise
        taken = await self._store.take(inbound)
        if taken.new and inbound.sender:
            self._senders[taken.work_id] = inbound.sender
        if taken.new and taken.message:
            await self._deliver(conversation, [taken.message])
        self._schedule(conversation.id, conversation)
        return taken

    async def resume(self) -> None:
        """Answer what was taken in and not answered, as after a crash."""
        for conversation_id in await self._store.unfinished():
            self._schedule(conversation_id)

    async def settled(self, conversation_id: str) -> None:
        """Wait until this conversation has no turn under way."""
        while task := self._working.get(conversation_id):
            await asyncio.wait([task])

    async def close(self) -> None:
        """Take nothing more and finish the turns that are under way; what is left is answered after the next start."""
        self._closing = True
        if self._working:
            await asyncio.wait(self._working.values(), timeout=self.limits.turn_timeout)

    def _checked(self, inbound: Inbound) -> Inbound:
        if not 0 < len(inbound.provider_id) <= _LONGEST_ID or not inbound.provider_id.isprintable():
            raise MessageMalformed("the message's id is missing, too long, or holds what no store can keep")
        if inbound.choice is not None and not inbound.choice.isprintable():
            raise ChoiceUnknown("no button has a token like that")
        if inbound.text is None:
            return inbound
        if len(inbound.text) > self.limits.max_characters:
            raise MessageTooLong(f"{len(inbound.text)} characters")
        text = clean(inbound.text)
        if not text:
            raise MessageEmpty("nothing readable")
        return replace(inbound, text=text)

    def _refuse_when_busy(self, conversation: Conversation) -> None:
        """A conversation that is being answered may go on; its own rate bounds it."""
        full = len(self._working) >= self.limits.waiting and conversation.id not in self._working
        if self._closing or full:
            raise TooBusy(random.uniform(*_COME_BACK_S))  # noqa: S311 - so that not all come back at once

    async def _slow_down(self, conversation: Conversation) -> None:
        for rate in self._rates:
            if not await self._limiter.hit(rate, conversation.id):
                window = await self._limiter.get_window_stats(rate, conversation.id)
                raise TooManyMessages(max(1.0, window.reset_time - time.time()))

    def _schedule(self, conversation_id: str, conversation: Conversation | None = None) -> None:
        self._wanted.add(conversation_id)
        if conversation_id not in self._working:
            self._working[conversation_id] = asyncio.create_task(self._work(conversation_id, conversation))

    async def _work(self, conversation_id: str, conversation: Conversation | None) -> None:
        try:
            conversation = conversation or await self._patiently(lambda: self._store.get(conversation_id))
            while conversation and conversation_id in self._wanted:
                self._wanted.discard(conversation_id)
                await self._answer_all(conversation)
        except StorehandError as error:
            _log.error("turn.put_off", conversation=conversation_id, reason=str(error))
            self._wanted.discard(conversation_id)
            asyncio.get_running_loop().call_later(self.limits.again_after, self._schedule, conversation_id)
        finally:
            self._working.pop(conversation_id, None)

    async def _answer_all(self, conversation: Conversation) -> None:
        """Answer what there is. What comes in meanwhile is wanted anew."""
        more = True
        while more:
            async with self._slots, self._store.hold(conversation.id):
                work = await self._patiently(lambda: self._store.next_work(conversation.id))
                if work:
                    await self._answer(conversation, work)
                more = work is not None and work.more

    async def _answer(self, conversation: Conversation, work: Work) -> None:
        channel = self._channels.get(conversation.channel)
        if channel:
            await channel.typing(conversation, True)
        result = await self._take_turn(conversation, work, channel)
        replies = await self._patiently(lambda: self._store.finish(work, result))
        self._senders.pop(work.id, None)
        if channel and replies:  # what another process has changed was not by this message
            await channel.renew(conversation, replies[-1].epoch, None)
        await self._deliver(conversation, replies)
        if channel:
            await channel.typing(conversation, False)

    async def _take_turn(self, conversation: Conversation, work: Work, channel: Channel | None) -> TurnResult:
        turn = Turn(conversation.id, conversation.language, overtaken=work.overtaken)
        if channel:
            turn.emit = lambda stream_id, text: channel.stream(conversation, stream_id, text)
            turn.renew = lambda epoch: channel.renew(conversation, epoch, self._senders.get(work.id))
        token = current_turn.set(turn)
        try:
            async with asyncio.timeout(self.limits.turn_timeout):
                await self._assistant.answer(conversation, work, turn)
            return turn.result
        except Exception as error:
            name = "utter_unavailable" if isinstance(error, Unavailable) else "utter_something_went_wrong"
            _log.exception("turn.failed", conversation=conversation.id, error=type(error).__name__)
            return TurnResult(replies=[Draft(self._assistant.words(name))])
        finally:
            current_turn.reset(token)

    async def _patiently(self, call: Callable[[], Awaitable[Result]]) -> Result:
        """Ask the store again for a while when it does not answer. Raises `Unavailable` after the last try."""
        for attempt in range(self.limits.tries - 1):
            try:
                return await call()
            except Unavailable as error:
                _log.warning("store.unavailable", attempt=attempt + 1, reason=str(error))
                await asyncio.sleep(min(8.0, 0.5 * 2**attempt))
        return await call()

    async def _deliver(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        channel = self._channels.get(conversation.channel)
        if channel and messages:
            await channel.deliver(conversation, messages)


def clean(text: str) -> str:
    """A text that every store and screen can hold: no control characters, no half characters, no blank edges."""
    kept = (character for character in text if character in _KEPT_CONTROLS or not _unwanted(character))
    return "".join(kept).strip()


def _unwanted(character: str) -> bool:
    """Control characters, and surrogates that stand alone."""
    return unicodedata.category(character) in {"Cc", "Cs"}
