"""The web chat over Socket.IO: one namespace, a room for each conversation. The protocol is in web/README.md."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import socketio
import structlog
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from socketio.exceptions import ConnectionRefusedError as Refusal

from connectors.intake import Assistant, Intake
from connectors.refusals import explain
from connectors.web_crowd import Crowd, CrowdLimits
from connectors.web_lines import Lines
from connectors.web_packets import language_of, messages_packet, read_inbound, seen_before
from connectors.web_session import WebSessions, WebVisitors
from shop.conversations import Conversation, ConversationStore, Inbound, Message, Taken
from shop.errors import SessionUnknown, StorehandError, TooBusy
from shop.verification import Verification

_log = structlog.get_logger(__name__)
NAMESPACE = "/chat"
CHANNEL = "web"
LARGEST_PACKET = 1_000_000
_OPENED = "/open_chat"
_PAGE = 200
_GREETINGS = 5  # tries
_PARTING_S = 0.3  # for what was said last to go out before the lines are closed


class WebChat(InputChannel):
    """What credentials.yml says of the web chat: pages of which origins may show it, beside Storehand's own."""

    def __init__(self, allowed_origins: Sequence[str] = ()) -> None:
        self.allowed_origins = {origin.rstrip("/").lower() for origin in allowed_origins}

    @classmethod
    def name(cls) -> str:
        return "web_chat"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChat:
        return cls((credentials or {}).get("allowed_origins") or [])

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """No web hook: shoppers come over Socket.IO."""
        return Blueprint("web_chat_has_no_webhook")

    def allows(self, origin: str | None, environ: dict[str, Any]) -> bool:
        """Whether a browser may connect from there. A client that is no browser names no origin."""
        if origin is None:
            return True
        own = urlsplit(origin).netloc == environ.get("HTTP_HOST")
        return own or origin.rstrip("/").lower() in self.allowed_origins


class WebChatServer:
    """Takes shoppers' messages to intake and brings replies to every tab of a conversation."""

    def __init__(
        self,
        channel: WebChat,
        intake: Intake,
        store: ConversationStore,
        verification: Verification,
        assistant: Assistant,
        sessions: WebSessions,
        visitors: WebVisitors,
        crowd: CrowdLimits | None = None,
    ) -> None:
        self._intake, self._store, self._verification = intake, store, verification
        self._assistant, self._sessions, self._visitors = assistant, sessions, visitors
        self._greeting: set[asyncio.Task[None]] = set()
        self.sockets = socketio.AsyncServer(
            async_mode="asgi",
            cors_allowed_origins=channel.allows,
            max_http_buffer_size=LARGEST_PACKET,
            namespaces=[NAMESPACE],
        )
        self._crowd = Crowd(self.sockets, NAMESPACE, crowd)
        self._lines = Lines(self.sockets, NAMESPACE)
        self.sockets.on("connect", self._connect, namespace=NAMESPACE)
        self.sockets.on("disconnect", self._disconnect, namespace=NAMESPACE)
        self.sockets.on("say", self._say, namespace=NAMESPACE)
        self.sockets.on("choose", self._choose, namespace=NAMESPACE)
        self.sockets.on("sync", self._sync, namespace=NAMESPACE)
        intake.connect(CHANNEL, self)

    @property
    def crowd_size(self) -> int:
        """How many sockets there are."""
        return len(self._crowd)

    async def deliver(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        """Show messages in every tab."""
        room = self._lines.room(conversation.id, messages[-1].epoch)
        await self._emit("messages", messages_packet(messages, messages[-1].seq), room)

    async def leave(self, back_in: float) -> None:
        """Tell every page that the server is about to stop and in about how many seconds to come back."""
        await self.sockets.emit("away", {"retry_after": back_in}, namespace=NAMESPACE)
        await asyncio.sleep(_PARTING_S)

    async def typing(self, conversation: Conversation, on: bool) -> None:
        """Show or hide the three dots."""
        await self._emit("typing", {"on": on}, self._lines.newest_room(conversation))

    async def stream(self, conversation: Conversation, stream_id: str, text: str) -> None:
        """Show an answer while it is written."""
        await self._emit("stream", {"id": stream_id, "text": text}, self._lines.newest_room(conversation))

    async def renew(self, conversation: Conversation, epoch: int, sender: str | None) -> None:
        """Give the socket by which the shopper showed who they are a new session, and put the others out."""
        if renewed := await self._lines.move(sender, conversation.id, epoch):
            await self._introduce(str(sender), renewed)
        for sid in self._lines.older(conversation.id, epoch):
            await self._lines.put_out(sid)

    async def _connect(self, sid: str, _environ: dict[str, Any], auth: Any = None) -> None:
        wanted = auth if isinstance(auth, dict) else {}
        try:
            self._crowd.let_in(sid)
            conversation = await self._conversation(wanted)
        except (StorehandError, Refusal) as error:
            self._crowd.gone(sid)
            if isinstance(error, Refusal):
                raise
            refusal = self._explained(error)
            raise Refusal(refusal["text"], refusal) from error
        await self._lines.join(sid, conversation)
        task = asyncio.create_task(self._greet(sid, conversation, seen_before(wanted)))
        self._greeting.add(task)
        task.add_done_callback(self._greeting.discard)

    async def _disconnect(self, sid: str, *_why: Any) -> None:
        self._crowd.gone(sid)
        self._lines.leave(sid)

    async def _conversation(self, wanted: dict[str, Any]) -> Conversation:
        """The one that the token names, unless somebody else is at the page now; else a new one."""
        login = wanted.get("customer_token") if isinstance(wanted.get("customer_token"), str) else None
        try:
            conversation = await self._visitors.conversation(wanted.get("token"), login)
        except SessionUnknown as error:
            raise Refusal("token_refused", {"code": "token_refused", "text": ""}) from error
        if conversation is None:
            self._crowd.welcome_newcomer()
            conversation = await self._store.open(CHANNEL, uuid4().hex, language_of(wanted))
        if login and await self._verification.accept_login(conversation.id, login):
            conversation = await self._store.get(conversation.id) or conversation
            await self.renew(conversation, conversation.epoch, None)
        return conversation

    async def _greet(self, sid: str, conversation: Conversation, seen: int) -> None:
        """Begin a line. One that can't be begun is ended, so that the page tries again instead of waiting for ever."""
        try:
            await self._begin(sid, conversation, seen)
        except StorehandError as error:
            _log.warning("socket.not_greeted", sid=sid, reason=str(error))
            await self._lines.put_out(sid)

    async def _begin(self, sid: str, conversation: Conversation, seen: int) -> None:
        now = await self._store.get(conversation.id)
        if now is None or now.epoch != self._lines.epoch(sid):  # it has changed while this one came in
            await self._lines.put_out(sid)
            return
        await self._introduce(sid, now)
        await self._send_after(sid, now, seen)
        for _ in range(_GREETINGS):
            try:
                await self._intake.receive(now, Inbound(now.id, _OPENED, event=_OPENED))
                return
            except TooBusy as busy:  # whoever waits to be greeted may speak first
                await asyncio.sleep(busy.retry_after)

    async def _introduce(self, sid: str, conversation: Conversation) -> None:
        customer = await self._verification.customer(conversation.id)
        about = {
            "token": self._sessions.issue(conversation.id, conversation.epoch),
            "conversation": conversation.id,
            "language": conversation.language,
            "max_characters": self._intake.limits.max_characters,
            "customer": {"first_name": customer.first_name} if customer else None,
        }
        await self.sockets.emit("session", about, to=sid, namespace=NAMESPACE)

    async def _say(self, sid: str, data: Any = None, *_more: Any) -> dict[str, Any]:
        return await self._take(sid, data, "text")

    async def _choose(self, sid: str, data: Any = None, *_more: Any) -> dict[str, Any]:
        return await self._take(sid, data, "token")

    async def _sync(self, sid: str, data: Any = None, *_more: Any) -> None:
        conversation = self._lines.conversation(sid) if self._crowd.is_heard(sid, reads=True) else None
        if conversation:
            await self._send_after(sid, conversation, seen_before(data if isinstance(data, dict) else {}))

    async def _take(self, sid: str, data: Any, field: str) -> dict[str, Any]:
        try:
            if not self._crowd.is_heard(sid):
                raise TooBusy(self._crowd.limits.window)
            taken = await self._receive(sid, data, field)
        except StorehandError as error:
            if isinstance(error, SessionUnknown):
                await self._lines.put_out(sid)
            return {"ok": False, "error": self._explained(error)}
        return {"ok": True, "seq": taken.message.seq if taken.message else None}

    async def _receive(self, sid: str, data: Any, field: str, older_than: int | None = None) -> Taken:
        """Take a message in; once more where the socket's own last message has just led to a new session."""
        conversation = self._lines.conversation(sid)
        if conversation is None or conversation.epoch == older_than:
            raise SessionUnknown("who the shopper is has changed since")
        try:
            inbound = replace(read_inbound(conversation, data, field), epoch=conversation.epoch, sender=sid)
            return await self._intake.receive(conversation, inbound)
        except SessionUnknown:
            await self._intake.settled(conversation.id)
            return await self._receive(sid, data, field, older_than=conversation.epoch)

    async def _send_after(self, sid: str, conversation: Conversation, seen: int) -> None:
        """Everything after the last line that a tab has, in order and in packets of a bounded size.

        Only what was read in the epoch of its session: another process may have raised it.
        """
        latest = await self._store.latest_seq(conversation.id)
        while seen < latest:
            page = await self._store.after(conversation.id, seen, limit=_PAGE)
            if not page:
                return
            if page[-1].epoch != self._lines.epoch(sid):
                await self._lines.put_out(sid)
                return
            await self.sockets.emit("messages", messages_packet(page, latest), to=sid, namespace=NAMESPACE)
            seen = page[-1].seq

    async def _emit(self, event: str, data: dict[str, Any], room: str) -> None:
        await self.sockets.emit(event, data, room=room, namespace=NAMESPACE)
        self._crowd.drop_the_deaf(room)

    def _explained(self, error: StorehandError) -> dict[str, Any]:
        return explain(error, self._assistant, max_characters=self._intake.limits.max_characters)
