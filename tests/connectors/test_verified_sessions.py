"""A session fixed before verification, on a real server: by number and email, by code, by the shop's login."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import socketio

from tests.connectors.chat_server import until
from tests.connectors.test_photos import cards, see, send
from tests.pictures import picture
from tests.server import Server
from tests.shopper import Shopper, texts

Begin = Callable[[Server, Shopper], Awaitable[str]]


async def _is_refused(url: str, token: str | None, login: str | None = None) -> bool:
    shopper = Shopper(url, token=token, customer_token=login)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await shopper.connect()
    return shopper.refusal is not None and shopper.refusal["code"] == "token_refused" and shopper.transcript == {}


async def _by_number_and_email(server: Server, shopper: Shopper) -> str:
    """Up to the words that will verify, which are returned."""
    order = server.demo()["late"]
    await shopper.say("where is my order?")
    await shopper.say(order["number"])
    return order["email"]


async def _by_code(server: Server, shopper: Shopper) -> str:
    order = server.demo()["late"]
    await shopper.say("show my orders")
    await shopper.say(order["email"])
    return await asyncio.to_thread(server.newest_code, order["email"])


@pytest.mark.parametrize(("begin", "private"), [(_by_number_and_email, "is late"), (_by_code, "latest orders")])
async def test_who_planted_the_session_hears_nothing_and_who_verified_goes_on(
    server: Server, begin: Begin, private: str
) -> None:
    async with Shopper(server.url) as planting:
        await planting.replies()
        async with Shopper(server.url, token=planting.token) as shopper:
            await until(lambda: bool(shopper.transcript))
            verifying, before = await begin(server, shopper), shopper.token
            assert private in texts(await shopper.say(verifying))
            await until(lambda: not planting.connected)
            assert planting.transcript[max(planting.transcript)]["text"] == verifying
            assert [await _is_refused(server.url, token) for token in (planting.token, before)] == [True, True]
            assert await shopper.say("thanks")
            assert shopper.arrivals == list(range(1, max(shopper.transcript) + 1)), "nothing lost, nothing twice"
        async with Shopper(server.url, token=shopper.token) as again:
            await until(lambda: again.transcript == shopper.transcript)


async def test_a_login_ends_the_sessions_before_it_unless_they_log_in_too(server: Server) -> None:
    ada, ben = [each["token"] for each in json.loads(server.get("/demo/shop.json"))["customers"][:2]]
    async with Shopper(server.url) as planting:
        await planting.replies()
        planted = planting.token
        async with Shopper(server.url, token=planted, customer_token=ada) as shopper:
            await until(lambda: bool(shopper.transcript))
            assert shopper.session["conversation"] == planting.session["conversation"]
            await until(lambda: not planting.connected)
            assert "latest orders" in texts(await shopper.say("show my orders"))
            assert list(planting.transcript) == [1]
            assert [await _is_refused(server.url, planted, login) for login in (None, ben)] == [True, True]
            async with Shopper(server.url, token=planted, customer_token=ada) as another_tab:
                await until(lambda: another_tab.transcript == shopper.transcript)
                assert shopper.connected


async def test_photos_are_taken_and_shown_by_the_new_session_alone(server: Server) -> None:
    async with Shopper(server.url) as shopper:
        await shopper.replies()
        before = {"Authorization": f"Bearer {shopper.token}"}
        assert (await send(shopper, picture(), **before))[0] == 200
        await shopper.replies()
        (card,) = cards(shopper)
        await shopper.say(await _by_number_and_email(server, shopper))
        lines = len(shopper.transcript)
        status, answer = await send(shopper, picture(), **before)
        assert (status, answer["error"]["code"]) == (401, "session_unknown")
        assert (await see(server.url, card["id"], **before))[0] == 401
        assert len(shopper.transcript) == lines
        now = {"Authorization": f"Bearer {shopper.token}"}
        assert (await see(server.url, card["id"], **now))[0] == 200
        assert (await send(shopper, picture(), **now))[0] == 200


async def test_a_photo_under_way_by_an_old_session_is_not_taken_any_more(server: Server) -> None:
    async with Shopper(server.url) as shopper:
        await shopper.replies()
        verifying, before, content = await _by_number_and_email(server, shopper), shopper.token, picture()

        async def slowly() -> AsyncIterator[bytes]:
            yield content[:100]
            await asyncio.sleep(0.3)
            await shopper.say(verifying)
            yield content[100:]

        status, answer = await send(shopper, slowly(), Authorization=f"Bearer {before}")  # type: ignore[arg-type]
        assert (status, answer["error"]["code"]) == (401, "session_unknown")
        assert cards(shopper) == []
