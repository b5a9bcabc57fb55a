"""The files that browsers fetch: the chat's script, its strings, and the demo shop's page."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from shop.errors import Refused

_WEB = Path(__file__).parent / "web"
SCRIPT = _WEB / "dist" / "chat.js"
_LICENCES = _WEB / "dist" / "chat.licenses.txt"
_PAGES = _WEB / "pages"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_EVERY_PAGE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
_DEMO_PAGE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
}
Label = Callable[[str], Awaitable[bytes]]
Words = Callable[[str], str]
Answer = Callable[[], Awaitable[dict[str, Any]]]


@dataclass(frozen=True)
class DemoShop:
    """What the demo shop's page asks for: what there is, and the emails that were sent."""

    shop: Answer
    emails: Answer


def chat_files(strings: Path) -> Blueprint:
    """`/chat.js`, and `/chat/strings/<language>.json` with English where there is no other."""
    blueprint = Blueprint("chat_files")

    @blueprint.get("/chat.js")
    async def script(_request: Request) -> HTTPResponse:
        if not SCRIPT.is_file():
            return response.text(
                "// The chat has not been built: run `make run`, or `npm run build` in connectors/web.", 503
            )
        return _file(SCRIPT, {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"})

    @blueprint.get("/chat.licenses.txt")
    async def licences(_request: Request) -> HTTPResponse:
        return _file(_LICENCES, {}) if _LICENCES.is_file() else response.text("The chat has not been built.", 503)

    @blueprint.get("/chat/strings/<name>")
    async def words(_request: Request, name: str) -> HTTPResponse:
        language = re.fullmatch(r"([a-z]{2,3})(-[A-Za-z0-9]+)*\.json", name)
        path = strings / f"{language[1]}.json" if language else strings / "en.json"
        found = path if path.is_file() else strings / "en.json"
        headers = _EVERY_PAGE | {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
        return response.raw(found.read_bytes(), content_type="application/json", headers=headers)

    return blueprint


def label_files(label: Label, words: Words) -> Blueprint:
    """`/labels/<token>.pdf`: a return's label, for whoever has its link."""
    blueprint = Blueprint("label_files")

    @blueprint.get("/labels/<name>")
    async def pdf(_request: Request, name: str) -> HTTPResponse:
        try:
            content = await label(name.removesuffix(".pdf"))
        except Refused:
            return response.text(words("utter_label_gone"), 404, headers=_EVERY_PAGE)
        headers = _EVERY_PAGE | {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
        return response.raw(content, content_type="application/pdf", headers=headers)

    return blueprint


def demo_pages(demo: DemoShop) -> Blueprint:
    """A shop's page to try the chat on, with orders to ask about and the emails that were sent."""
    blueprint = Blueprint("demo_pages")

    @blueprint.get("/")
    async def page(_request: Request) -> HTTPResponse:
        return _file(_PAGES / "shop.html", _DEMO_PAGE)

    @blueprint.get("/demo/shop.json")
    async def what_there_is(_request: Request) -> HTTPResponse:
        return _json(await demo.shop())

    @blueprint.get("/demo/emails.json")
    async def emails(_request: Request) -> HTTPResponse:
        return _json(await demo.emails())

    @blueprint.get("/demo/<name>")
    async def file(_request: Request, name: str) -> HTTPResponse:
        known = {path.name: path for path in _PAGES.iterdir()}
        return _file(known[name], {}) if name in known else response.text("There is no such file.", 404)

    return blueprint


def add_pages(app: Sanic, strings: Path, label: Label, words: Words, demo: DemoShop | None) -> None:
    """Serve what browsers fetch; the demo shop's page only where it is wanted."""
    app.blueprint(chat_files(strings))
    app.blueprint(label_files(label, words))
    if demo:
        app.blueprint(demo_pages(demo))


def _json(content: dict[str, Any]) -> HTTPResponse:
    headers = _EVERY_PAGE | {"Cache-Control": "no-store"}
    return response.raw(json.dumps(content).encode(), content_type="application/json", headers=headers)


def _file(path: Path, headers: dict[str, str]) -> HTTPResponse:
    kind = _TYPES.get(path.suffix, "application/octet-stream")
    return response.raw(path.read_bytes(), content_type=kind, headers=_EVERY_PAGE | headers)
