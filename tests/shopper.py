"""A shopper at the other end of a real Socket.IO connection, for tests, benchmarks and trying things out.

    async with Shopper("http://127.0.0.1:8000") as shopper:
        await shopper.replies()                      # the greeting
        replies = await shopper.say("where is my order?")
        replies = await shopper.choose("I don't have it")

It keeps the protocol as a browser does: messages are merged by `seq`, so that what it has seen is in order and without
doubles; an unsent message is sent again with the same id.
"""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any
from uuid import uuid4

import socketio

Message = dict[str, Any]
NAMESPACE = "/chat"


class Shopper:
    """One browser tab. `transcript` is all that was seen, by `seq`; `session` is what the server said of itself.

    `refusal` is why it was not let in.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        customer_token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.url, self.token, self.customer_token, self.headers = url, token, customer_token, headers or {}
        self.transcript: dict[int, Message] = {}
        self.streamed: list[tuple[str, str]] = []
        self.arrivals: list[int] = []
        self.session: dict[str, Any] = {}
        self.away: dict[str, Any] | None = None
        self.refusal: dict[str, Any] | None = None
        self.read = 0
        self._typing = False
        self._news = asyncio.Condition()
        self._client = self._new_client()

    async def __aenter__(self) -> Shopper:
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.disconnect()

    async def connect(self) -> None:
        """Connect, again too, saying what has been seen. Raises socketio's ConnectionError when refused."""
        self._typing = False
        await self._client.connect(
            self.url, headers=self.headers, auth=self._auth, namespaces=[NAMESPACE], transports=["websocket"],
            wait_timeout=10,
        )  # fmt: skip

    @property
    def connected(self) -> bool:
        """Whether the server listens."""
        return NAMESPACE in self._client.namespaces

    async def disconnect(self) -> None:
        """Leave; what was seen is kept."""
        await self._client.disconnect()
        self._client = self._new_client()

    async def say(self, text: str, *, client_id: str | None = None, timeout: float = 20) -> list[Message]:
        """Send a text and return the replies to it. Raises `NotTaken` with the server's sentence."""
        return await self._send("say", {"client_id": client_id or uuid4().hex, "text": text}, timeout)

    async def choose(self, title: str, *, timeout: float = 20) -> list[Message]:
        """Press the button with this title, or the row of a card with this number."""
        return await self.press(self.buttons()[title], timeout=timeout)

    async def press(self, token: str, *, client_id: str | None = None, timeout: float = 20) -> list[Message]:
        """Press the button with this token."""
        return await self._send("choose", {"client_id": client_id or uuid4().hex, "token": token}, timeout)

    async def send_raw(self, event: str, data: Any) -> Any:
        """Send anything and return the server's acknowledgement."""
        return await self._client.call(event, data, namespace=NAMESPACE, timeout=10)

    async def replies(self, *, timeout: float = 20) -> list[Message]:
        """What the assistant said since the last look; waits until it has answered and stopped typing."""
        async with asyncio.timeout(timeout), self._news:
            await self._news.wait_for(self._answered)
        new = [each for seq, each in sorted(self.transcript.items()) if seq > self.read and each["from"] != "shopper"]
        self.read = max(self.transcript)
        return new

    def buttons(self) -> dict[str, str]:
        """Titles of the buttons that can be pressed now, with their tokens."""
        shown: dict[str, str] = {}
        for _, message in sorted(self.transcript.items()):
            if message["from"] == "shopper":
                shown = {}
            shown |= {button["title"]: button["token"] for button in message["buttons"]}
            shown |= {row["number"]: row["token"] for row in (message["card"] or {}).get("orders", [])}
        return shown

    def seen(self) -> int:
        """The last line before the first gap."""
        seq = 0
        while seq + 1 in self.transcript:
            seq += 1
        return seq

    async def _send(self, event: str, data: dict[str, Any], timeout: float) -> list[Message]:
        self.read = max(self.transcript, default=0)
        acknowledged = await self.send_raw(event, data)
        if not acknowledged["ok"]:
            raise NotTaken(acknowledged["error"])
        return await self.replies(timeout=timeout)

    def _answered(self) -> bool:
        newest = max(self.transcript, default=0)
        return newest > self.read and self.transcript[newest]["from"] != "shopper" and not self._typing

    def _auth(self) -> dict[str, Any]:
        return {"token": self.token, "seen": self.seen(), "customer_token": self.customer_token, "language": "en"}

    def _new_client(self) -> socketio.AsyncClient:
        client = socketio.AsyncClient(reconnection=False)
        client.on("session", self._on_session, namespace=NAMESPACE)
        client.on("messages", self._on_messages, namespace=NAMESPACE)
        client.on("typing", self._on_typing, namespace=NAMESPACE)
        client.on("stream", self._on_stream, namespace=NAMESPACE)
        client.on("away", self._on_away, namespace=NAMESPACE)
        client.on("connect_error", self._on_refusal, namespace=NAMESPACE)
        return client

    async def _on_session(self, session: dict[str, Any]) -> None:
        self.session, self.token = session, session["token"]

    async def _on_away(self, packet: dict[str, Any]) -> None:
        self.away = packet

    async def _on_refusal(self, error: dict[str, Any] | str) -> None:
        """A mere string where the line itself was refused."""
        self.refusal = error.get("data", error) if isinstance(error, dict) else {"text": error}

    async def _on_messages(self, packet: dict[str, Any]) -> None:
        async with self._news:
            for message in packet["messages"]:
                self.arrivals.append(message["seq"])
                self.transcript.setdefault(message["seq"], message)
            self._news.notify_all()

    async def _on_typing(self, state: dict[str, Any]) -> None:
        async with self._news:
            self._typing = state["on"]
            self._news.notify_all()

    async def _on_stream(self, partial: dict[str, str]) -> None:
        self.streamed.append((partial["id"], partial["text"]))


class NotTaken(Exception):
    """The server did not take a message. `code` and `text` are its words."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["text"])
        self.code, self.text = error["code"], error["text"]


def texts(replies: list[Message]) -> str:
    """All that was said, in one string."""
    return "\n".join(reply["text"] for reply in replies)
