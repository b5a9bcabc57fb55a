"""One socket that floods, does not read or comes too often takes nothing from the others."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest
from socketio.exceptions import ConnectionError as NotLetIn

from connectors.web_crowd import CrowdLimits
from shop.conversations import Draft, Work
from shop.turns import Turn
from tests.connectors.chat_server import WebChatServer, serve, until
from tests.shopper import NAMESPACE, Shopper

Chat = tuple[str, WebChatServer]
Open = Callable[[CrowdLimits], AbstractAsyncContextManager[Chat]]


async def long_winded(work: Work, turn: Turn) -> None:
    """An answer of 100 kB."""
    turn.result.replies.append(Draft("x" * 100_000))


@pytest.fixture
def chat(tmp_path: Path) -> Open:
    """A real server in this process, with the limits of a test."""

    @asynccontextmanager
    async def opened(limits: CrowdLimits) -> AsyncIterator[Chat]:
        async with serve(tmp_path, limits) as running:
            running.assistant.answer_with = long_winded
            yield running.url, running.web

    return opened


async def test_one_socket_too_many_is_asked_to_come_back_and_may_when_another_has_left(chat: Open) -> None:
    async with chat(CrowdLimits(sockets=2)) as (url, web):
        first, second, third = (Shopper(url) for _ in range(3))
        await first.connect()
        await second.connect()
        with pytest.raises(NotLetIn):
            await third.connect()
        assert web.crowd_size == 2
        await first.disconnect()
        await third.disconnect()
        await third.connect()
        assert await third.say("hello")
        for shopper in (second, third):
            await shopper.disconnect()
        await until(lambda: web.crowd_size == 0)


async def test_conversations_can_not_be_begun_without_end_but_those_there_are_go_on(chat: Open) -> None:
    async with chat(CrowdLimits(newcomers=2, window=60)) as (url, _):
        first, second, third = (Shopper(url) for _ in range(3))
        await first.connect()
        await second.connect()
        with pytest.raises(NotLetIn):
            await third.connect()
        await first.replies()
        await first.disconnect()
        await first.connect()
        assert await first.say("hello")
        await first.disconnect()
        await second.disconnect()


async def test_a_socket_that_floods_is_shown_out_and_the_others_are_answered(chat: Open) -> None:
    async with chat(CrowdLimits(events=20, reading=2)) as (url, web), Shopper(url) as other:
        await other.replies()
        flooding = Shopper(url)
        await flooding.connect()
        for _ in range(50):
            await flooding._client.emit("sync", {"seen": 0}, namespace=NAMESPACE)
        await until(lambda: web.crowd_size == 1)
        assert await other.say("hello")
        await flooding.disconnect()


async def test_a_tab_that_does_not_read_is_dropped_and_the_other_tab_is_answered(chat: Open) -> None:
    async with chat(CrowdLimits(unsent=20)) as (url, web), Shopper(url) as shopper:
        await shopper.replies()
        async with (
            aiohttp.ClientSession() as http,
            http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket") as deaf,
        ):
            await deaf.receive()
            await deaf.send_str("40/chat," + json.dumps({"token": shopper.token}))
            await until(lambda: web.crowd_size == 2)
            deaf._response.connection.transport.pause_reading()  # type: ignore[union-attr]
            for _ in range(200):
                await shopper.say("go on", client_id=uuid4().hex)
                if web.crowd_size == 1:
                    break
            assert web.crowd_size == 1
            assert await shopper.say("and me?")
