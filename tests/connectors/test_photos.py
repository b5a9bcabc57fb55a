"""Photos over HTTP on a real server: what is taken, who may see it, and what is said where it is not taken."""

from __future__ import annotations

import asyncio
import io
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from PIL import Image

from tests.pictures import PLACE, bomb, picture
from tests.server import Server
from tests.shopper import Shopper, texts

MEGABYTE = 1_000_000


async def send(shopper: Shopper, content: bytes, **headers: str) -> tuple[int, dict[str, Any]]:
    """Send a photo as the chat does. An id in `client_id` sends one again."""
    url = f"{shopper.url}/chat/photos?client_id={headers.pop('client_id', uuid4().hex)}"
    sent = {"Authorization": f"Bearer {shopper.token}"} | headers
    async with aiohttp.ClientSession() as browser, browser.post(url, data=content, headers=sent) as answer:
        assert answer.headers["Cache-Control"] == "private, no-store"
        return answer.status, await answer.json()


async def see(url: str, photo_id: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(f"{url}/chat/photos/{photo_id}", headers=headers) as answer,
    ):
        return answer.status, dict(answer.headers), await answer.read()


def cards(shopper: Shopper) -> list[dict[str, Any]]:
    return [
        each["card"] for _, each in sorted(shopper.transcript.items()) if (each["card"] or {}).get("type") == "photo"
    ]


async def test_a_photo_stands_in_the_transcript_and_is_seen_by_its_conversation_alone(server: Server) -> None:
    async with Shopper(server.url) as shopper, Shopper(server.url) as other:
        await shopper.replies()
        await other.replies()
        assert await send(shopper, picture(), client_id="p-1") == (200, {"ok": True, "seq": 2})
        said = await shopper.replies()
        assert "added the photo" in texts(said)
        assert {"Return something", "Talk to a person"} <= shopper.buttons().keys()
        assert shopper.transcript[2]["client_id"] == "p-1"
        (card,) = cards(shopper)
        status, headers, content = await see(server.url, card["id"], Authorization=f"Bearer {shopper.token}")
        assert (status, headers["Content-Type"]) == (200, "image/jpeg")
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Disposition"].startswith("attachment")
        with Image.open(io.BytesIO(content)) as shown:
            assert shown.size == (card["width"], card["height"])
        for token, refused in ((other.token, 404), ("forged", 401), ("", 401)):
            status, _, content = await see(server.url, card["id"], Authorization=f"Bearer {token}")
            assert (status, b"JFIF" in content) == (refused, False)
        assert (await see(server.url, card["id"]))[0] == 401


async def test_a_photo_sent_again_is_one_photo(server: Server) -> None:
    async with Shopper(server.url) as shopper:
        await shopper.replies()
        first, again = [await send(shopper, picture(), client_id="same") for _ in range(2)]
        await asyncio.sleep(0.3)
        assert first == again
        assert len(cards(shopper)) == 1
        assert [texts([each]) for each in shopper.transcript.values()].count("") == 1


async def test_in_a_form_its_question_follows(server: Server) -> None:
    async with Shopper(server.url) as shopper:
        await shopper.replies()
        await shopper.say("where is my order?")
        shopper.read = max(shopper.transcript)
        await send(shopper, picture("PNG"))
        said = await shopper.replies()
    assert [each["text"].split(",")[0].split("?")[0] for each in said] == ["Thank you", "What is your order number"]


@pytest.mark.parametrize(
    ("content", "status", "code", "helps"),
    [
        (b"\xff\xd8" + b"\0" * (8 * MEGABYTE), 413, "photo_too_large", "at most 8 MB"),
        (bomb(), 413, "photo_too_large", "smaller one"),
        (b"%PDF-1.7", 415, "photo_of_another_kind", "JPEG, PNG or WebP"),
        (picture()[:-200], 422, "photo_broken", "another one"),
        (b"", 400, "message_malformed", "send it again"),
    ],
)
async def test_what_is_refused_is_told_in_one_sentence_and_leaves_no_trace(
    server: Server, content: bytes, status: int, code: str, helps: str
) -> None:
    async with Shopper(server.url) as shopper:
        await shopper.replies()
        answered, answer = await send(shopper, content)
        assert (answered, answer["error"]["code"]) == (status, code)
        assert helps in answer["error"]["text"]
        assert "{" not in answer["error"]["text"]
        assert list(shopper.transcript) == [1]
        assert await shopper.say("hello")


async def test_a_body_of_unknown_length_is_read_no_further_than_it_may_be_long(server: Server) -> None:
    given = 0

    async def endless() -> Any:
        nonlocal given
        while given < 200 * MEGABYTE:
            given += MEGABYTE
            yield b"\0" * MEGABYTE

    async with Shopper(server.url) as shopper:
        await shopper.replies()
        headers = {"Authorization": f"Bearer {shopper.token}"}
        try:
            async with (
                aiohttp.ClientSession() as browser,
                browser.post(f"{server.url}/chat/photos?client_id=1", data=endless(), headers=headers) as answer,
            ):
                assert answer.status == 413
        except aiohttp.ClientConnectionError:
            pass  # it hung up on us, which says the same
        assert given < 100 * MEGABYTE
        assert await shopper.say("hello")


async def test_the_sixth_photo_of_an_hour_waits(server: Server) -> None:
    async with Shopper(server.url) as shopper, Shopper(server.url) as other:
        await shopper.replies()
        await other.replies()
        answers = [await send(shopper, picture(size=(8, 8))) for _ in range(6)]
        assert [status for status, _ in answers] == [200] * 5 + [429]
        refusal = answers[-1][1]["error"]
        assert refusal["code"] == "too_many_photos"
        assert refusal["text"].startswith("You can add 5 photos an hour. Please wait 60 minutes")
        assert (await send(other, picture(size=(8, 8))))[0] == 200


@pytest.mark.parametrize("token", ["", "forged"])
async def test_without_a_session_nothing_is_taken(server: Server, token: str) -> None:
    status, answer = await send(Shopper(server.url), picture(), Authorization=f"Bearer {token}")
    assert (status, answer["error"]["code"]) == (401, "session_unknown")
    assert answer["error"]["text"].endswith(".")


async def test_who_signed_out_leaves_no_photos_to_the_next_one(server: Server) -> None:
    import json

    login = json.loads(server.get("/demo/shop.json"))["customers"][0]["token"]
    async with Shopper(server.url, customer_token=login) as shopper:
        await shopper.replies()
        signed_in = {"Authorization": f"Bearer {shopper.token}", "Storehand-Customer": login}
        assert (await send(shopper, picture(), **signed_in))[0] == 200
        await shopper.replies()
        (card,) = cards(shopper)
        assert (await see(server.url, card["id"], **signed_in))[0] == 200
        assert (await see(server.url, card["id"], Authorization=f"Bearer {shopper.token}"))[0] == 401


async def test_a_page_of_a_foreign_origin_may_neither_send_nor_see(server: Server) -> None:
    async with Shopper(server.url) as shopper:
        await shopper.replies()
        assert (await send(shopper, picture(), Origin="https://evil.example"))[0] == 401
        own = {"Authorization": f"Bearer {shopper.token}", "Origin": server.url}
        assert (await send(shopper, picture(), **own))[0] == 200
    async with aiohttp.ClientSession() as browser:
        for origin, allowed in ((server.url, server.url), ("https://evil.example", None)):
            async with browser.options(f"{server.url}/chat/photos?client_id=1", headers={"Origin": origin}) as answer:
                assert answer.status == 204
                assert answer.headers.get("Access-Control-Allow-Origin") == allowed


async def test_nothing_of_a_photo_is_in_the_log(server: Server) -> None:
    async with Shopper(server.url) as shopper:
        await shopper.replies()
        await send(shopper, picture())
        await shopper.replies()
        await send(shopper, picture()[:-200])
        (card,) = cards(shopper)
        token = shopper.token or ""
    log = server.log()
    assert not any(secret in log for secret in (card["id"], token, PLACE, "JFIF"))
