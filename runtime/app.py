"""The web application: uvicorn -> Socket.IO for the web chat -> Rasa's Sanic for pages and other channels."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import socketio
import structlog
from rasa.core.channels.channel import InputChannel
from rasa.core.run import create_http_input_channels
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy import text

from connectors.intake import Intake, IntakeLimits
from connectors.pages import DemoShop, add_pages
from connectors.photos import PhotoUploads
from connectors.rasa_channels import RasaChannels
from connectors.signed_replies import SignedReplies
from connectors.signed_webhook import SignedWebhook, SignedWebhookServer
from connectors.web_chat import WebChat, WebChatServer
from connectors.web_session import WebSessions, WebVisitors
from runtime.assistant import RasaAssistant
from runtime.demo import demo_shop, emails_sent
from runtime.yaml_files import load
from shop.bootstrap import Shop
from shop.errors import SetupError, Unavailable

_BACK_IN_S = 3.0  # a restart takes about twice that; the page tries again by itself until then
_PURGE_EVERY_S = 3600.0
_log = structlog.get_logger(__name__)
Handler = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


@dataclass
class Application:
    """All parts of a running Storehand. `asgi` is what a web server serves."""

    shop: Shop
    assistant: RasaAssistant
    intake: Intake
    asgi: Handler
    web: WebChatServer | None = None
    webhook: SignedWebhookServer | None = None
    _purging: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Answer what an earlier process left unanswered, and send what it left unsent."""
        await self.intake.resume()
        self._purging = asyncio.create_task(self._purge())
        if self.webhook:
            await self.webhook.resume()

    async def _purge(self) -> None:
        """Remove what is overdue, now and every hour."""
        while True:
            try:
                await self.shop.purge.run()
            except Unavailable as error:
                _log.warning("purge.put_off", reason=str(error))
            await asyncio.sleep(_PURGE_EVERY_S)

    async def leave(self) -> None:
        """Take nothing more, finish the turns under way, and tell the pages when to come back."""
        await self.intake.close()
        if self.web:
            await self.web.leave(_BACK_IN_S)

    async def stop(self) -> None:
        """Finish what is under way."""
        if self._purging:
            self._purging.cancel()
        await self.intake.close()
        if self.webhook:
            await self.webhook.close()
        await self.shop.close()


def build_application(shop: Shop, model: Path, credentials: Path = Path("credentials.yml")) -> Application:
    """Put the parts together. Raises `SetupError` when credentials.yml names what is not there."""
    assistant = RasaAssistant.load(model, shop)
    intake = Intake(shop.conversations, assistant, _limits(shop))
    channels = _channels(credentials)
    app = Sanic(f"storehand-{uuid4().hex[:8]}", configure_logging=False)
    _add_health(app, shop)
    add_pages(app, shop.settings.data / "web", shop.return_labels.pdf, assistant.words, _demo(shop))
    RasaChannels(intake, shop.conversations, assistant).register(
        [channel for channel in channels if not isinstance(channel, WebChat | SignedWebhook)], app
    )
    webhook = _webhook(channels, shop, intake, assistant)
    if webhook:
        app.blueprint(webhook.blueprint())
    served: Handler = app
    web = None
    for channel in (channel for channel in channels if isinstance(channel, WebChat)):
        sessions = WebSessions(shop.settings.secret)
        visitors = WebVisitors(sessions, shop.conversations, shop.verification, channel)
        web = WebChatServer(channel, intake, shop.conversations, shop.verification, assistant, sessions, visitors)
        uploads = PhotoUploads(visitors, intake, assistant, shop.photo_cleaner, shop.photos)
        app.blueprint(uploads.blueprint())
        served = socketio.ASGIApp(web.sockets, other_asgi_app=served)
    return Application(shop, assistant, intake, served, web, webhook)


def _webhook(
    channels: list[InputChannel], shop: Shop, intake: Intake, assistant: RasaAssistant
) -> SignedWebhookServer | None:
    for channel in (channel for channel in channels if isinstance(channel, SignedWebhook)):
        replies = SignedReplies(channel.reply_url, channel.signatures, shop.conversations, shop.deliveries)
        return SignedWebhookServer(channel, intake, shop.conversations, assistant, replies)
    return None


def _demo(shop: Shop) -> DemoShop | None:
    if not shop.settings.demo:
        return None
    return DemoShop(shop=lambda: demo_shop(shop), emails=lambda: emails_sent(shop))


def _limits(shop: Shop) -> IntakeLimits:
    try:
        return IntakeLimits(shop.settings.max_characters, shop.settings.message_rates)
    except ValueError as error:
        raise SetupError(
            f"STOREHAND_MESSAGE_RATES: {error}. Write it as in: 10 per 5 seconds; 60 per minute"
        ) from error


def _channels(credentials: Path) -> list[InputChannel]:
    from rasa.shared.exceptions import RasaException

    load(credentials)
    try:
        return create_http_input_channels(None, str(credentials))
    except RasaException as error:
        raise SetupError(f"{credentials.name}: {error}") from error


def _add_health(app: Sanic, shop: Shop) -> None:
    @app.get("/healthz")
    async def alive(_request: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @app.get("/readyz")
    async def ready(_request: Request) -> HTTPResponse:
        try:
            async with shop.database.begin() as connection:
                await connection.execute(text("SELECT 1"))
        except Unavailable as error:
            return response.json({"status": "not ready", "reason": str(error)}, status=503)
        return response.json({"status": "ready"})
