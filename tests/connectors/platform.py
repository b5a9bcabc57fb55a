"""A messaging platform as a shop may have one: signs what it delivers, and takes replies as well as it can today."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import uvicorn
from aiohttp import web

from runtime import lean

lean.install()

from sanic import Sanic  # noqa: E402 - after the placeholders

from connectors.intake import Intake, IntakeLimits  # noqa: E402
from connectors.signed_replies import ReplyLimits, SignedReplies  # noqa: E402
from connectors.signed_webhook import SignedWebhook, SignedWebhookServer  # noqa: E402
from shop.bootstrap import Shop, build  # noqa: E402
from shop.clock import Clock, system_clock  # noqa: E402
from shop.settings import Settings  # noqa: E402
from tests.connectors.scripted import ScriptedAssistant  # noqa: E402
from tests.server import free_port  # noqa: E402

SECRET = "what both sides know"
HASTY = ReplyLimits(timeout=0.5, tries=3, pause=0.01, again_after=600, parting=0.5)


def signed(body: bytes, secret: str = SECRET, at: float | None = None, by: Any = hashlib.sha256) -> str:
    """The header, put together here once more, so that the tests don't believe what they test."""
    moment = int(time.time() if at is None else at)
    return f"t={moment},v1={hmac.new(secret.encode(), f'{moment}.'.encode() + body, by).hexdigest()}"


async def until(happened: Any, within: float = 10) -> None:
    """Wait for something, ten seconds at most."""
    async with asyncio.timeout(within):
        while not happened():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)


@dataclass
class Answer:
    """What a delivery was answered with."""

    status: int
    headers: Any
    body: dict[str, Any]


@dataclass
class Platform:
    """`taken` are replies that it has; `seen` all that came, with their headers. `next_statuses` is how it answers.

    A status of 0 stands for no answer at all, as long as `down` for 503.
    """

    storehand: str = ""
    down: bool = False
    next_statuses: list[int] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    seen: list[tuple[bytes, str]] = field(default_factory=list)

    async def receive(self, request: web.Request) -> web.Response:
        """A reply comes in."""
        body = await request.read()
        self.seen.append((body, request.headers["Storehand-Signature"]))
        status = 503 if self.down else self.next_statuses.pop(0) if self.next_statuses else 200
        if status == 0:
            await asyncio.sleep(5)
        if status == 200:
            self.taken.append(json.loads(body))
        return web.Response(status=status, headers={"Location": str(request.url)} if status == 307 else None)

    async def post(self, body: bytes, *headers: tuple[str, str]) -> Answer:
        """Deliver something, just so."""
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{self.storehand}/webhooks/signed/", data=body, headers=headers) as answer,
        ):
            return Answer(answer.status, answer.headers, await answer.json())

    async def deliver(self, secret: str = SECRET, at: float | None = None, **message: Any) -> Answer:
        """Deliver a message, signed."""
        body = json.dumps({"id": uuid4().hex, "from": "+49421"} | message).encode()
        return await self.post(body, ("Storehand-Signature", signed(body, secret, at)))

    async def say(self, text: str, **more: Any) -> Answer:
        """Deliver a text under an id of its own."""
        return await self.deliver(text=text, **{"from": more.pop("sender", "+49421")}, **more)

    @property
    def texts(self) -> list[str]:
        """The words of all replies that it has, in the order in which they came."""
        return [each["text"] for each in self.taken]


@dataclass
class Storehand:
    """One running Storehand with this channel."""

    shop: Shop
    assistant: ScriptedAssistant
    intake: Intake
    webhook: SignedWebhookServer
    url: str


@asynccontextmanager
async def platform() -> AsyncIterator[tuple[Platform, str]]:
    """A platform that is there, and where it takes replies."""
    there = Platform()
    app = web.Application()
    app.router.add_post("/replies", there.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield there, f"http://127.0.0.1:{port}/replies"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def storehand(
    home: Path,
    reply_url: str,
    *,
    secrets: tuple[str, ...] = (SECRET,),
    assistant: ScriptedAssistant | None = None,
    intake_limits: IntakeLimits | None = None,
    reply_limits: ReplyLimits = HASTY,
    clock: Clock = system_clock,
) -> AsyncIterator[Storehand]:
    """A real server in this process, on the database in `home`. When it ends, it ends like the real one."""
    shop = build(Settings.read({"STOREHAND_HOME": str(home)}))
    assistant = assistant or ScriptedAssistant()
    intake = Intake(shop.conversations, assistant, intake_limits or IntakeLimits(rates=()))
    channel = SignedWebhook(secrets, reply_url)
    replies = SignedReplies(reply_url, channel.signatures, shop.conversations, shop.deliveries, reply_limits, clock)
    webhook = SignedWebhookServer(channel, intake, shop.conversations, assistant, replies)
    app = Sanic(f"test-{uuid4().hex[:8]}", configure_logging=False)
    app.blueprint(webhook.blueprint())
    Sanic.test_mode = True  # else it takes only one app in a process
    await intake.resume()
    await webhook.resume()
    port = free_port()
    config = uvicorn.Config(app, port=port, ws="wsproto", log_level="error", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        yield Storehand(shop, assistant, intake, webhook, f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        await serving
        await intake.close()
        await webhook.close()
        await shop.close()
