"""Photos over HTTP: a browser sends one, and fetches those of its own conversation. The protocol is in web/README.md.

Both ask for the session's token in a header. A photo has no address that works without it.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

from connectors.intake import Assistant, Intake
from connectors.refusals import explain
from connectors.web_session import WebVisitors
from shop.conversations import Conversation, Inbound
from shop.errors import (
    MessageMalformed,
    NotFound,
    PhotoBroken,
    PhotoOfAnotherKind,
    PhotoTooLarge,
    SessionUnknown,
    StorehandError,
    TooManyMessages,
    TooManyPhotos,
    Unavailable,
)
from shop.photos import Photo, PhotoCleaner, PhotoStore

_STATUS: dict[type[StorehandError], int] = {
    SessionUnknown: 401,
    NotFound: 404,
    PhotoTooLarge: 413,
    PhotoOfAnotherKind: 415,
    PhotoBroken: 422,
    TooManyMessages: 429,
    TooManyPhotos: 429,
    Unavailable: 503,
}
_LOGIN = "Storehand-Customer"
_ALWAYS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
_MAY = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": f"Authorization, Content-Type, {_LOGIN}",
    "Access-Control-Max-Age": "600",
}
_SHOWN = {
    "Content-Disposition": 'attachment; filename="photo.jpg"',  # by its address alone it is not shown, only saved
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@dataclass(frozen=True)
class PhotoLimits:
    """What one conversation may send: bytes for a photo, photos, and tries at one; seconds for it to arrive."""

    max_bytes: int = 8_000_000
    rate: str = "5 per hour"
    tries: str = "30 per hour"
    within: float = 60.0


class PhotoUploads:
    """Takes photos to intake, which stores them once, and gives them back to the same conversation alone."""

    def __init__(
        self,
        visitors: WebVisitors,
        intake: Intake,
        assistant: Assistant,
        cleaner: PhotoCleaner,
        photos: PhotoStore,
        limits: PhotoLimits | None = None,
    ) -> None:
        self._visitors, self._intake, self._assistant = visitors, intake, assistant
        self._cleaner, self._photos = cleaner, photos
        self.limits = limits or PhotoLimits()
        self._rate, self._tries = parse(self.limits.rate), parse(self.limits.tries)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def blueprint(self) -> Blueprint:
        """`POST /chat/photos?client_id=...` and `GET /chat/photos/<id>`."""
        blueprint = Blueprint("photos", url_prefix="/chat/photos")

        @blueprint.options("/", name="may_add")
        @blueprint.options("/<photo_id>", name="may_see")
        async def may(request: Request, **_: str) -> HTTPResponse:
            """What a browser asks first, from a page of another origin."""
            return empty(headers=self._headers(request) | _MAY)

        @blueprint.post("/", stream=True)
        async def add(request: Request) -> HTTPResponse:
            return await self._add(request)

        @blueprint.get("/<photo_id>")
        async def show(request: Request, photo_id: str) -> HTTPResponse:
            return await self._show(request, photo_id)

        return blueprint

    async def _add(self, request: Request) -> HTTPResponse:
        try:
            conversation = await self._visitor(request)
            photo = await self._received(request, conversation)
            client_id = str(request.args.get("client_id") or "")
            inbound = Inbound(conversation.id, client_id, photo=photo, epoch=conversation.epoch)
            taken = await self._intake.receive(conversation, inbound)
        except StorehandError as error:
            return self._refused(request, error)
        return self._answer(request, {"ok": True, "seq": taken.message.seq if taken.message else None})

    async def _show(self, request: Request, photo_id: str) -> HTTPResponse:
        try:
            conversation = await self._visitor(request)
            photo = await self._photos.get(conversation.id, photo_id)
        except StorehandError as error:
            return self._refused(request, error)
        return raw(photo.content, content_type="image/jpeg", headers=self._headers(request) | _SHOWN)

    async def _visitor(self, request: Request) -> Conversation:
        """The conversation that this browser speaks in. Raises `SessionUnknown`."""
        if not self._visitors.come_from_a_known_page(request.headers.get("Origin"), request.host):
            raise SessionUnknown("a page of another origin")
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        conversation = await self._visitors.conversation(token, request.headers.get(_LOGIN))
        if scheme != "Bearer" or conversation is None:
            raise SessionUnknown("no session, or one that is over or somebody else's")
        return conversation

    async def _received(self, request: Request, conversation: Conversation) -> Photo:
        await self._slow_down(self._tries, conversation)
        photo = await self._cleaner.clean(await self._body(request))
        await self._slow_down(self._rate, conversation)
        return photo

    async def _body(self, request: Request) -> bytes:
        """What was sent, read no further than it may be long."""
        announced = request.headers.get("Content-Length", "")
        if announced.isdigit() and int(announced) > self.limits.max_bytes:
            raise PhotoTooLarge(f"{announced} bytes announced")
        content = bytearray()
        try:
            async with asyncio.timeout(self.limits.within):
                async for part in request.stream:
                    content += part
                    if len(content) > self.limits.max_bytes:
                        raise PhotoTooLarge("too many bytes")
        except TimeoutError as error:
            raise MessageMalformed("it did not arrive in time") from error
        if not content or (announced.isdigit() and len(content) != int(announced)):
            raise MessageMalformed("it did not arrive in one piece")
        return bytes(content)

    async def _slow_down(self, rate: RateLimitItem, conversation: Conversation) -> None:
        if not await self._limiter.hit(rate, conversation.id):
            window = await self._limiter.get_window_stats(rate, conversation.id)
            raise TooManyPhotos(max(1.0, window.reset_time - time.time()))

    def _refused(self, request: Request, error: StorehandError) -> HTTPResponse:
        megabytes = self.limits.max_bytes // 1_000_000
        reason = explain(error, self._assistant, max_megabytes=megabytes, count=self._rate.amount)
        return self._answer(request, {"ok": False, "error": reason}, _STATUS.get(type(error), 400))

    def _answer(self, request: Request, content: Mapping[str, Any], status: int = 200) -> HTTPResponse:
        body = json.dumps(content).encode()
        return raw(body, status, self._headers(request), content_type="application/json")

    def _headers(self, request: Request) -> dict[str, str]:
        origin = request.headers.get("Origin")
        known = origin and self._visitors.come_from_a_known_page(origin, request.host)
        return _ALWAYS | {"Vary": "Origin"} | ({"Access-Control-Allow-Origin": origin} if known else {})
