"""Brings replies to the address that credentials.yml names: signed, in order, and again until they are taken.

What was taken is marked in the database. A reply whose delivery failed is sent after some time, before the next reply
of its conversation, and after a restart. One that was taken and not yet marked, as when the process is killed in
between, is sent twice, with the same id. What is lost: a reply that nobody took for a day, and one that the receiver
answers with 400, 413 or 422, since it would never take it; the log names its conversation and number.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import structlog

from connectors.signatures import HEADER, Signatures
from connectors.signed_messages import write
from shop.clock import Clock, system_clock
from shop.conversations import Conversation, ConversationStore, Message, Sender
from shop.deliveries import Deliveries
from shop.errors import Unavailable

_log = structlog.get_logger(__name__)
_NEVER_TAKEN = {400, 413, 422}


@dataclass(frozen=True)
class ReplyLimits:
    """How hard is tried, in seconds where not said.

    A round is `tries` tries of `timeout` each, about `pause` apart, which doubles up to `longest_pause`; the next round
    begins `again_after` later. `worth` is how long a reply is worth sending. `at_once` replies are on their way side by
    side, of different conversations. A stop waits `parting` for them.
    """

    timeout: float = 10.0
    tries: int = 5
    pause: float = 0.5
    longest_pause: float = 8.0
    again_after: float = 60.0
    worth: timedelta = timedelta(days=1)
    at_once: int = 20
    parting: float = 5.0


class SignedReplies:
    """Sends what was said and not delivered yet; each conversation's lines one after the other."""

    def __init__(
        self,
        url: str,
        signatures: Signatures,
        store: ConversationStore,
        deliveries: Deliveries,
        limits: ReplyLimits | None = None,
        clock: Clock = system_clock,
    ) -> None:
        self._url, self._signatures, self._store, self._deliveries = url, signatures, store, deliveries
        self.limits = limits or ReplyLimits()
        self._now = clock
        self._slots = asyncio.Semaphore(self.limits.at_once)
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._wanted: set[str] = set()
        self._put_off: set[str] = set()
        self._session: aiohttp.ClientSession | None = None
        self._closing = False

    def send(self, conversation_id: str) -> None:
        """See to it that everything said in a conversation is delivered. Returns at once."""
        if self._closing:
            return
        self._wanted.add(conversation_id)
        if conversation_id not in self._sending:
            self._sending[conversation_id] = asyncio.create_task(self._work(conversation_id))

    async def resume(self, channel: str) -> None:
        """Send what an earlier process left."""
        for conversation_id in await self._deliveries.behind(channel):
            self.send(conversation_id)

    async def close(self) -> None:
        """Let what is on its way arrive, for a short time; the rest is sent after the next start."""
        self._closing = True
        if self._sending:
            _, late = await asyncio.wait(self._sending.values(), timeout=self.limits.parting)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._session:
            await self._session.close()

    async def _work(self, conversation_id: str) -> None:
        try:
            while conversation_id in self._wanted:
                self._wanted.discard(conversation_id)
                await self._send_or_put_off(conversation_id)
        finally:
            self._sending.pop(conversation_id, None)

    async def _send_or_put_off(self, conversation_id: str) -> None:
        try:
            await self._send_all(conversation_id)
        except Unavailable as error:
            _log.error("webhook.replies_put_off", conversation=conversation_id, reason=str(error))
            if conversation_id not in self._put_off:
                self._put_off.add(conversation_id)
                asyncio.get_running_loop().call_later(self.limits.again_after, self._again, conversation_id)

    def _again(self, conversation_id: str) -> None:
        self._put_off.discard(conversation_id)
        self.send(conversation_id)

    async def _send_all(self, conversation_id: str) -> None:
        conversation = await self._store.get(conversation_id)
        seen = await self._deliveries.up_to(conversation_id)
        while conversation and (lines := await self._store.after(conversation_id, seen)):
            for line in lines:
                if line.sender != Sender.SHOPPER:
                    await self._bring(conversation, line)
                    await self._deliveries.mark(conversation_id, line.seq)
            seen = lines[-1].seq

    async def _bring(self, conversation: Conversation, message: Message) -> None:
        """Returns when it was taken, or is not worth another try. Raises `Unavailable` after the last try."""
        if not message.text and not message.choices:  # a card, which only the web chat shows
            return
        if self._now() - message.at > self.limits.worth:
            _log.error("webhook.reply_given_up", conversation=conversation.id, seq=message.seq)
            return
        body = write(conversation, message)
        for attempt in range(self.limits.tries):
            await asyncio.sleep(self._pause(attempt))
            status = await self._post(body)
            if status in _NEVER_TAKEN:
                _log.error("webhook.reply_refused", conversation=conversation.id, seq=message.seq, status=status)
            if status in _NEVER_TAKEN or 200 <= status < 300:
                return
            _log.warning("webhook.reply_not_taken", conversation=conversation.id, seq=message.seq, status=status)
        raise Unavailable("reply_url did not take a reply")

    def _pause(self, attempt: int) -> float:
        """None before the first try. The others are spread, so that not all conversations come back at once."""
        longest = min(self.limits.longest_pause, self.limits.pause * 2 ** (attempt - 1)) if attempt else 0.0
        return longest * random.uniform(0.5, 1.0)  # noqa: S311

    async def _post(self, body: bytes) -> int:
        """The status of the answer; 0 when there was none."""
        headers = {"Content-Type": "application/json", HEADER: self._signatures.sign(body)}
        limit = aiohttp.ClientTimeout(total=self.limits.timeout)
        try:
            async with self._slots, self._http().post(
                self._url, data=body, headers=headers, timeout=limit, allow_redirects=False
            ) as answer:  # fmt: skip
                return answer.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.warning("webhook.no_answer", error=type(error).__name__)
            return 0

    def _http(self) -> aiohttp.ClientSession:
        """Made at the first reply: it belongs to the running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self._session
