"""The web chat on a real port, in the test's own process, with an assistant that says what the test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import socketio
import uvicorn

from runtime import lean

lean.install()

from connectors.intake import Intake, IntakeLimits  # noqa: E402 - after the placeholders
from connectors.web_chat import WebChat, WebChatServer  # noqa: E402
from connectors.web_crowd import CrowdLimits  # noqa: E402
from connectors.web_session import WebSessions, WebVisitors  # noqa: E402
from runtime.database import migrate  # noqa: E402
from shop.bootstrap import Shop, build  # noqa: E402
from shop.settings import Settings  # noqa: E402
from tests.connectors.scripted import ScriptedAssistant, echo  # noqa: E402
from tests.server import free_port  # noqa: E402


@dataclass
class Chat:
    """One server. Two with the same home are two processes of one shop."""

    url: str
    web: WebChatServer
    intake: Intake
    shop: Shop
    assistant: ScriptedAssistant


async def until(happened: Callable[[], bool]) -> None:
    """Wait for something, ten seconds at most."""
    async with asyncio.timeout(10):
        while not happened():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)


@asynccontextmanager
async def serve(home: Path, limits: CrowdLimits | None = None) -> AsyncIterator[Chat]:
    """A server that repeats what is said, with these limits, until the block ends."""
    shop = build(Settings.read({"STOREHAND_HOME": str(home)}))
    await migrate(shop.database)
    assistant = ScriptedAssistant(echo)
    intake = Intake(shop.conversations, assistant, IntakeLimits(rates=()))
    page, sessions = WebChat(), WebSessions("secret")
    visitors = WebVisitors(sessions, shop.conversations, shop.verification, page)
    web = WebChatServer(page, intake, shop.conversations, shop.verification, assistant, sessions, visitors, limits)
    port = free_port()
    config = uvicorn.Config(socketio.ASGIApp(web.sockets), port=port, ws="wsproto", log_level="error")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        yield Chat(f"http://127.0.0.1:{port}", web, intake, shop, assistant)
    finally:
        server.should_exit = True
        server.force_exit = True
        await serving
        await intake.close()
        await shop.close()
