"""A shopper's page as the real one behaves: numbers merged, unsent words sent again, holes asked for.

The real one is connectors/web/src.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import Any
from uuid import uuid4

import socketio
from socketio.exceptions import SocketIOError

from tests.shopper import NAMESPACE, Message

_ANSWER_WITHIN_S = 5.0
_PATIENCE_S = 120.0
_HOLE_S = 1.0
_LOOK_S = 0.05


class Page:
    """`shown` is the shopper's list, in the order in which it grew; `acknowledged` maps ids to seqs."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url, self.token = url, token
        self.shown: list[Message] = []
        self.sent: list[tuple[str, str]] = []
        self.acknowledged: dict[str, int] = {}
        self.connections = self.asked = 0
        self._held: dict[int, Message] = {}
        self._latest = 0
        self._news = asyncio.Condition()
        self._greeted = asyncio.Event()
        self._over = asyncio.Event()
        self._client: socketio.AsyncClient | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Connect, and again whenever the line is lost."""
        self._tasks = [asyncio.create_task(self._stay_connected()), asyncio.create_task(self._watch_for_holes())]

    async def close(self) -> None:
        """Leave. What was seen is kept."""
        self._over.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client:
            await _end(self._client)

    async def say(self, text: str) -> None:
        """Send until it is acknowledged, each time under the same id. Raises `TimeoutError` after two minutes."""
        client_id = uuid4().hex
        self.sent.append((client_id, text))
        async with asyncio.timeout(_PATIENCE_S):
            await self._send(client_id, text)

    async def _send(self, client_id: str, text: str) -> None:
        while client_id not in self.acknowledged:
            await self._greeted.wait()
            try:
                answer = await self._call("say", {"client_id": client_id, "text": text})
            except (SocketIOError, TimeoutError):
                await asyncio.sleep(_LOOK_S)
            else:
                if not answer["ok"]:
                    raise RuntimeError(f"refused: {answer['error']}")
                self.acknowledged[client_id] = answer["seq"]
                self._latest = max(self._latest, answer["seq"])

    async def has_shown(self, lines: int, *, timeout: float) -> bool:
        """Wait until the shopper sees so many lines."""
        try:
            async with asyncio.timeout(timeout), self._news:
                await self._news.wait_for(lambda: len(self.shown) >= lines)
        except TimeoutError:
            return False
        return True

    async def read_all(self, *, timeout: float) -> list[Message]:
        """The whole conversation, as a page that knows nothing of it gets it."""
        async with asyncio.timeout(timeout), self._news:
            await self._news.wait_for(lambda: self.shown and len(self.shown) >= self._latest)
        return self.shown

    async def _call(self, event: str, data: dict[str, Any]) -> Any:
        client = self._client
        if client is None:
            raise TimeoutError
        call = asyncio.create_task(client.call(event, data, namespace=NAMESPACE, timeout=_ANSWER_WITHIN_S))
        lost = asyncio.create_task(_until_lost(client))
        await asyncio.wait([call, lost], return_when=asyncio.FIRST_COMPLETED)
        lost.cancel()
        if not call.done():
            call.cancel()
            raise TimeoutError
        return call.result()

    async def _stay_connected(self) -> None:
        while not self._over.is_set():
            self._client = client = self._new_client()
            auth = {"token": self.token, "seen": len(self.shown), "customer_token": None, "language": "en"}
            with contextlib.suppress(SocketIOError, OSError):
                await client.connect(
                    self.url, auth=auth, namespaces=[NAMESPACE], transports=["websocket"], wait_timeout=_ANSWER_WITHIN_S
                )
                self.connections += 1
                await _until_lost(client)
            self._greeted.clear()
            await _end(client)
            await asyncio.sleep(random.uniform(0.05, 0.5))

    async def _watch_for_holes(self) -> None:
        while not self._over.is_set():
            await asyncio.sleep(_HOLE_S)
            if self._latest > len(self.shown):
                await self._ask()

    async def _ask(self) -> None:
        if self._client and self._greeted.is_set():
            self.asked += 1
            with contextlib.suppress(SocketIOError):
                await self._client.emit("sync", {"seen": len(self.shown)}, namespace=NAMESPACE)

    def _new_client(self) -> socketio.AsyncClient:
        client = socketio.AsyncClient(reconnection=False)
        client.on("session", self._on_session, namespace=NAMESPACE)
        client.on("messages", self._on_messages, namespace=NAMESPACE)
        return client

    async def _on_session(self, session: dict[str, Any]) -> None:
        self.token = session["token"]
        self._greeted.set()

    async def _on_messages(self, packet: dict[str, Any]) -> None:
        async with self._news:
            self._latest = max(self._latest, packet["latest"])
            for message in packet["messages"]:
                self._held[message["seq"]] = message
            while line := self._held.get(len(self.shown) + 1):
                self.shown.append(line)
            self._held = {seq: line for seq, line in self._held.items() if seq > len(self.shown)}
            self._news.notify_all()
        if self._held:
            await self._ask()


async def _until_lost(client: socketio.AsyncClient) -> None:
    """python-socketio may notice a dead line only after half a minute, when it was just sending; a browser at once."""
    while client.connected and not client.eio.ws.closed:  # noqa: ASYNC110 (there is no event to wait for)
        await asyncio.sleep(_LOOK_S)


async def _end(client: socketio.AsyncClient) -> None:
    """Leave without a word, also where `disconnect` would wait for a line that is dead."""
    tasks = [task for task in (client.eio.read_loop_task, client.eio.write_loop_task) if task]
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=1)
    if client.eio.http:
        await client.eio.http.close()
