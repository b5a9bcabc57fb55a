"""A server that only shows: the real chat on an empty page, and a test that says the assistant's lines.

It speaks the protocol of connectors/web_chat.py and no more, and is strict with what the chat sends: anything that is
not in the protocol is kept in `complaints`, which a test expects to be empty.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import socketio
from aiohttp import web

from tests.pictures import picture

_CHAT = Path("connectors/web/dist/chat.js")
_WORDS = Path("data/web/en.json")
_NAMESPACE = "/chat"
_PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>An empty shop</title>
    <link rel="icon" href="data:,">
    <script src="/chat.js" async></script>
    <link rel="stylesheet" href="/shop.css">
  </head>
  <body><main><h1>An empty shop</h1></main></body>
</html>"""
# As tall as a shop's page: on a phone axe takes what is below the end of the page for invisible.
_SHOP_STYLE = "html { background: Canvas; color: CanvasText } main { min-height: 200vh }"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)
_FIELDS = {"say": {"client_id": str, "text": str}, "choose": {"client_id": str, "token": str}}
_AUTH = {"token", "seen", "customer_token", "language"}


class Stage:
    """One conversation, shown in every tab. `said` is what the chat sent, oldest first."""

    def __init__(self) -> None:
        self.url = ""
        self.style = _SHOP_STYLE
        self.said: list[dict[str, Any]] = []
        self.complaints: list[str] = []
        self.refusal: dict[str, Any] | None = None
        self._messages: list[dict[str, Any]] = []
        self._here = asyncio.Event()
        self._sockets = socketio.AsyncServer(async_mode="aiohttp", namespaces=[_NAMESPACE])
        for event in ("connect", "say", "choose", "sync"):
            self._sockets.on(event, getattr(self, f"_{event}"), namespace=_NAMESPACE)
        self._sockets.on("*", self._unknown, namespace=_NAMESPACE)

    async def start(self) -> None:
        """Serve on a free port."""
        app = web.Application()
        self._sockets.attach(app)
        app.add_routes(
            [
                web.get("/", _answer(lambda: _PAGE, "text/html", {"Content-Security-Policy": _POLICY})),
                web.get("/shop.css", _answer(lambda: self.style, "text/css")),
                web.get("/chat.js", _answer(lambda: _CHAT.read_text("utf-8"), "text/javascript")),
                web.get("/chat/strings/{name}", _answer(lambda: _WORDS.read_text("utf-8"), "application/json")),
                web.get("/labels/{name}", _answer(lambda: "a label", "application/pdf")),
                web.get("/chat/photos/{name}", self._photo),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._sockets.shutdown()
        await self._runner.cleanup()

    async def visited(self) -> None:
        """Until a chat has connected."""
        await asyncio.wait_for(self._here.wait(), 10)

    async def show(
        self,
        text: str,
        *,
        card: Mapping[str, Any] | None = None,
        buttons: Sequence[str] = (),
        progress: tuple[int, int] | None = None,
        sender: str = "bot",
        stream_id: str | None = None,
    ) -> None:
        """Say a line of the assistant's."""
        choices = [{"title": title, "token": f"token-{title}"} for title in buttons]
        step = {"step": progress[0], "of": progress[1]} if progress else None
        line = {"from": sender, "text": text, "card": card, "buttons": choices, "progress": step}
        await self._add(line | {"stream_id": stream_id})

    async def typing(self, on: bool) -> None:
        await self._sockets.emit("typing", {"on": on}, namespace=_NAMESPACE)

    async def stream(self, text: str) -> None:
        await self._sockets.emit("stream", {"id": "s1", "text": text}, namespace=_NAMESPACE)

    async def _add(self, line: Mapping[str, Any]) -> int:
        empty = {"client_id": None, "buttons": [], "card": None, "stream_id": None, "progress": None}
        at = datetime.now(UTC).isoformat()
        message = empty | {"seq": len(self._messages) + 1, "at": at} | dict(line)
        self._messages.append(message)
        await self._sockets.emit("messages", {"messages": [message], "latest": message["seq"]}, namespace=_NAMESPACE)
        return int(message["seq"])

    async def _photo(self, request: web.Request) -> web.Response:
        """Every photo is the same, and none is had without the session's token."""
        if request.headers.get("Authorization") != "Bearer t":
            self.complaints.append("a photo asked for without the session's token")
        return web.Response(body=picture(size=(400, 300)), content_type="image/jpeg")

    async def _connect(self, sid: str, _environ: Mapping[str, Any], auth: Any = None) -> None:
        if not isinstance(auth, dict) or auth.keys() != _AUTH:
            self.complaints.append(f"connect with {auth}")
        about = {"token": "t", "conversation": "c", "language": "en", "max_characters": 2000, "customer": None}
        await self._sockets.emit("session", about, to=sid, namespace=_NAMESPACE)
        await self._catch_up(sid, auth["seen"])
        self._here.set()

    async def _sync(self, sid: str, data: Any = None) -> None:
        await self._catch_up(sid, data["seen"])

    async def _catch_up(self, sid: str, seen: int) -> None:
        missing = self._messages[seen:]
        if missing:
            packet = {"messages": missing, "latest": len(self._messages)}
            await self._sockets.emit("messages", packet, to=sid, namespace=_NAMESPACE)

    async def _say(self, _sid: str, data: Any) -> dict[str, Any]:
        return await self._take("say", data, data.get("text"))

    async def _choose(self, _sid: str, data: Any) -> dict[str, Any]:
        return await self._take("choose", data, self._title(data))

    async def _unknown(self, event: str, *_data: Any) -> None:
        self.complaints.append(f"unknown event {event}")

    async def _take(self, event: str, data: dict[str, Any], text: str) -> dict[str, Any]:
        self._check(event, data)
        if self.refusal:
            refusal, self.refusal = self.refusal, None
            return {"ok": False, "error": refusal}
        self.said.append(data)
        return {"ok": True, "seq": await self._add({"from": "shopper", "client_id": data["client_id"], "text": text})}

    def _check(self, event: str, data: dict[str, Any]) -> None:
        values = data.get("values")
        plain = {key: value for key, value in data.items() if key != "values" or event != "choose"}
        if {key: type(value) for key, value in plain.items()} != _FIELDS[event]:
            self.complaints.append(f"{event} with {data}")
        if "values" in data and not (values and all(type(each) is int and each > 0 for each in values.values())):
            self.complaints.append(f"values {values}")

    def _title(self, data: dict[str, Any]) -> str:
        """What the server has in its transcript for a choice; a picker's it puts together as the chat does."""
        for message in self._messages:
            for button in message["buttons"]:
                if button["token"] == data["token"]:
                    return str(button["title"])
            card = message["card"] or {}
            for row in [*card.get("orders", []), *card.get("products", [])]:
                if row["token"] == data["token"]:
                    return str(row.get("name") or f"Order {row['number']}")
            if card.get("token") == data["token"]:
                names = {item["id"]: item["name"] for item in card["items"]}
                return ", ".join(f"{count} × {names[item]}" for item, count in data["values"].items())
        self.complaints.append(f"a token that nobody gave: {data['token']}")
        return ""


def _answer(content: Any, kind: str, headers: Mapping[str, str] | None = None) -> Any:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=content(), content_type=kind, headers=headers)

    return answer
