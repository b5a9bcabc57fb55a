"""What a platform delivers by signed web hook, on a real server: who is heard, what is taken, and only once."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from runtime import lean

lean.install()

from connectors.intake import IntakeLimits  # noqa: E402 - after the placeholders
from connectors.signatures import Signatures  # noqa: E402
from connectors.signed_webhook import SignedWebhook  # noqa: E402
from shop.conversations import Conversation, Draft, Work  # noqa: E402
from shop.errors import SetupError, Unavailable  # noqa: E402
from shop.turns import Turn  # noqa: E402
from tests.connectors.platform import (  # noqa: E402
    SECRET,
    Answer,
    Platform,
    Storehand,
    platform,
    signed,
    storehand,
    until,
)
from tests.connectors.scripted import ScriptedAssistant  # noqa: E402

HELLO = b'{"id": "1", "from": "+49421", "text": "hello"}'
NOW = 1_770_000_000


@pytest.fixture
async def shop_and_platform(home: Path) -> AsyncIterator[tuple[Storehand, Platform]]:
    """Both sides, without limits."""
    async with platform() as (there, reply_url), storehand(home, reply_url) as here:
        there.storehand = here.url
        yield here, there


async def stored(here: Storehand) -> int:
    """Rows of any kind that came from outside."""
    async with here.shop.database.begin(reading=True) as connection:
        counts = [
            (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
            for table in ("conversations", "inbox", "messages")
        ]
    return sum(counts)


async def test_a_message_is_answered_by_a_signed_post(shop_and_platform: tuple[Storehand, Platform]) -> None:
    _, there = shop_and_platform
    answer = await there.deliver(id="m-1", text="hello", language="pt-BR")
    talk = answer.body["conversation"]
    assert (answer.status, answer.body) == (202, {"ok": True, "conversation": talk, "seq": 1})
    await until(lambda: there.taken)
    assert there.taken == [{"id": f"{talk}:2", "to": "+49421", "text": "you said hello", "buttons": [], "seq": 2}]
    body, signature = there.seen[0]
    assert signature == signed(body, at=int(signature[2:].partition(",")[0]))
    assert abs(time.time() - int(signature[2:].partition(",")[0])) < 10


def forged() -> dict[str, tuple[bytes, list[str]]]:
    """Deliveries that are not signed as they should be, each as of now."""
    return {
        "unsigned": (HELLO, []),
        "an empty signature": (HELLO, [""]),
        "another secret": (HELLO, [signed(HELLO, "guessed")]),
        "no secret": (HELLO, [signed(HELLO, "")]),
        "a changed body": (HELLO.replace(b"hello", b"howdy"), [signed(HELLO)]),
        "a truncated body": (HELLO[:-10], [signed(HELLO)]),
        "a truncated signature": (HELLO, [signed(HELLO)[:-1]]),
        "only its beginning": (HELLO, [signed(HELLO).partition(",")[0]]),
        "another version": (HELLO, [signed(HELLO).replace("v1=", "v2=")]),
        "another algorithm": (HELLO, [signed(HELLO, by=hashlib.sha1)]),
        "a longer digest": (HELLO, [signed(HELLO, by=hashlib.sha512)]),
        "the algorithm none": (HELLO, [f"t={int(time.time())},alg=none"]),
        "a second version beside it": (HELLO, [signed(HELLO) + ",v2=" + "0" * 64]),
        "the body alone": (
            HELLO,
            [f"t={int(time.time())},v1={hmac.new(SECRET.encode(), HELLO, hashlib.sha256).hexdigest()}"],
        ),
        "another time": (HELLO, [signed(HELLO, at=time.time() - 9).replace(f"t={int(time.time() - 9)}", "t=9")]),
        "six minutes old": (HELLO, [signed(HELLO, at=time.time() - 360)]),
        "from the future": (HELLO, [signed(HELLO, at=time.time() + 86_400)]),
        "a time that is none": (HELLO, [signed(HELLO).replace("t=", "t=-")]),
        "two signatures": (HELLO, [signed(HELLO), signed(HELLO)]),
    }


async def test_what_is_not_signed_is_not_heard_and_learns_nothing(
    shop_and_platform: tuple[Storehand, Platform],
) -> None:
    here, there = shop_and_platform
    for how, (body, signatures) in forged().items():
        answer = await there.post(body, *(("Storehand-Signature", signature) for signature in signatures))
        assert (answer.status, answer.body) == (401, {"ok": False, "error": {"code": "not_signed"}}), how
        assert await stored(here) == 0, how
    assert here.assistant.answered == []
    assert (await there.post(HELLO, ("Storehand-Signature", signed(HELLO)))).status == 202


@pytest.mark.parametrize(("age", "good"), [(-301, False), (-300, True), (0, True), (300, True), (301, False)])
def test_a_signature_is_good_for_five_minutes(age: int, good: bool) -> None:
    header = signed(HELLO, at=NOW - age)
    assert Signatures([SECRET], lambda: NOW).is_good(header, HELLO) is good
    assert Signatures([SECRET], lambda: NOW).is_current(header) is good


def test_a_signature_is_compared_with_that_of_each_secret_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared, compare = [], hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", lambda a, b: compared.append((a, b)) or compare(a, b))  # type: ignore[func-returns-value]
    assert Signatures(["a", "b", "c"], lambda: NOW).is_good(signed(HELLO, "a", NOW), HELLO)
    assert len(compared) == 3


async def test_two_secrets_are_both_taken_and_the_first_one_signs(home: Path) -> None:
    async with platform() as (there, reply_url), storehand(home, reply_url, secrets=("new", "old")) as here:
        there.storehand = here.url
        answers = [await there.say(secret, secret=secret) for secret in ("old", "new", "older", "new,old")]
        assert [answer.status for answer in answers] == [202, 202, 401, 401]
        await until(lambda: len(there.taken) == 2)
        for body, signature in there.seen:
            assert signature == signed(body, "new", at=int(signature[2:].partition(",")[0]))


@pytest.mark.parametrize("value", [None, "", " ", ",", " , "])
def test_without_a_secret_the_channel_refuses_to_start(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    for variable, credentials in (
        ("STOREHAND_WEBHOOK_SECRET", {"reply_url": "https://gateway.example.com"}),
        ("SMS_SECRET", {"reply_url": "https://gateway.example.com", "secret_variable": "SMS_SECRET"}),
    ):
        monkeypatch.setenv("STOREHAND_WEBHOOK_SECRET", "another variable's")
        monkeypatch.delenv(variable, raising=False)
        if value is not None:
            monkeypatch.setenv(variable, value)
        with pytest.raises(SetupError, match=f"set {variable} to what `openssl rand -hex 32` prints"):
            SignedWebhook.from_credentials(credentials)


def test_secrets_are_read_from_the_variable_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREHAND_WEBHOOK_SECRET", "a, b")
    monkeypatch.setenv("SMS_SECRET", "c")
    url = {"reply_url": "https://gateway.example.com/replies"}
    for told, good in ((url, "ab"), (url | {"secret_variable": "SMS_SECRET"}, "c")):
        signatures = SignedWebhook.from_credentials(told).signatures
        assert "".join(each for each in "abc" if signatures.is_good(signed(HELLO, each), HELLO)) == good


@pytest.mark.parametrize(
    ("credentials", "sentence"),
    [
        (None, "needs a reply_url"),
        ({"reply_url": "gateway.example.com"}, "needs a reply_url"),
        ({"reply_url": "ftp://gateway.example.com"}, "needs a reply_url"),
        ({"reply_url": "https://"}, "needs a reply_url"),
        ({"reply_url": "https://gateway.example.com", "secret": "s"}, "has no secret, only"),
    ],
)
def test_what_is_wrong_in_credentials_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, credentials: dict[str, Any] | None, sentence: str
) -> None:
    monkeypatch.setenv("STOREHAND_WEBHOOK_SECRET", "s")
    with pytest.raises(SetupError, match=sentence):
        SignedWebhook.from_credentials(credentials)


def message(**fields: Any) -> bytes:
    return json.dumps({"id": "1", "from": "+49421", "text": "hello"} | fields).encode()


MALFORMED = [
    (b"", "must be JSON"),
    (b"hello", "must be JSON"),
    (b"\xff\xfe{}", "must be JSON"),
    (b"[" * 60_000, "not nested deep"),
    (b'{"a":' * 12_000, "not nested deep"),
    (b'{"id": "1", "from": "a", "text": "b", "more": NaN}', "without NaN"),
    (b'{"id": "1", "from": "a", "text": "b", "more": -Infinity}', "without NaN"),
    (b'{"id": "1", "from": "a", "text": "b", "more": ' + b"9" * 5000 + b"}", "must be JSON"),
    (b"[]", "a JSON object"),
    (b"null", "a JSON object"),
    (b'"hello"', "a JSON object"),
    (message(text=["hello"]), "text must be text"),
    (message(text={"body": "hello"}), "text must be text"),
    (message(text=7), "text must be text"),
    (message(text=None), "either text or choice"),
    (message(choice="t"), "either text or choice"),
    (message(text=None, choice=["t"]), "choice must be text"),
    (message(text=None, choice="t\0"), "no button"),
    (message(text=" \0 \n"), "nothing readable"),
    (message(id=7), "id must be text"),
    (message(id=""), "id must be text"),
    (message(id="x" * 201), "id must be text of 1 to 200"),
    (message(id="a\0"), "id must be text"),
    (message(id="\ud800"), "id must be text"),
    (message(**{"from": None}), "from must be text"),
    (message(**{"from": ["+49421"]}), "from must be text"),
    (message(**{"from": "x" * 201}), "from must be text"),
    (message(**{"from": "a\nb"}), "from must be text"),
    (message(language="\n"), "language must be a tag"),
    (message(language="en\n"), "language must be a tag"),
    (message(language="x" * 30), "language must be a tag"),
    (message(language=["en"]), "language must be a tag"),
]


async def test_what_is_no_message_is_refused_with_a_sentence_and_the_next_one_works(
    shop_and_platform: tuple[Storehand, Platform],
) -> None:
    _, there = shop_and_platform
    for body, detail in MALFORMED:
        answer = await there.post(body, ("Storehand-Signature", signed(body)))
        assert answer.status == (409 if detail == "no button" else 400), body[:60]
        assert detail in answer.body["error"]["detail"], body[:60]
        assert answer.body["error"]["text"].startswith("utter_")
        there.taken.clear()
        assert (await there.say("and now?")).status == 202
        await until(lambda: there.texts == ["you said and now?"])


async def test_fields_of_the_platforms_own_are_let_be(shop_and_platform: tuple[Storehand, Platform]) -> None:
    _, there = shop_and_platform
    answer = await there.deliver(text="hello", choice=None, language=None, profile={"name": ["A"]})
    assert answer.status == 202


async def test_a_message_that_is_too_long_is_refused(home: Path) -> None:
    limits = IntakeLimits(max_characters=10, rates=())
    async with platform() as (there, reply_url), storehand(home, reply_url, intake_limits=limits) as here:
        there.storehand = here.url
        for length, status in ((10, 202), (11, 413), (64_000, 413)):
            assert (await there.say("x" * length)).status == status


async def test_a_body_without_an_end_is_read_no_further_than_it_may_be_long(
    shop_and_platform: tuple[Storehand, Platform],
) -> None:
    here, there = shop_and_platform
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while given < 50_000_000:
            given += 50_000
            yield b"x" * 50_000

    for signature, status in ((signed(HELLO), 413), ("", 401)):
        given = 0
        async with aiohttp.ClientSession() as http:
            try:
                url, headers = f"{here.url}/webhooks/signed/", {"Storehand-Signature": signature}
                async with http.post(url, data=endless(), headers=headers) as answer:
                    assert answer.status == status
            except aiohttp.ClientConnectionError:
                pass  # it hung up on us, which says the same
        assert given < 25_000_000
    assert (await there.say("and me?")).status == 202


async def test_who_goes_on_sending_after_a_refusal_is_hung_up_on(
    shop_and_platform: tuple[Storehand, Platform],
) -> None:
    here, _ = shop_and_platform
    host, _, port = here.url.removeprefix("http://").partition(":")
    for signature, status in ((signed(HELLO), b"413"), ("", b"401")):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"POST /webhooks/signed/ HTTP/1.1\r\nHost: here\r\nContent-Length: 50000000\r\n")
        writer.write(f"Storehand-Signature: {signature}\r\n\r\n".encode() + b"x" * 100_000)
        assert status in await reader.readline()
        await asyncio.wait_for(reader.read(), 2)  # up to its end
        writer.close()


async def test_a_body_that_does_not_arrive_is_not_waited_for(
    shop_and_platform: tuple[Storehand, Platform], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = shop_and_platform
    monkeypatch.setattr("connectors.signed_webhook._ARRIVES_WITHIN_S", 0.1)

    async def stalling() -> AsyncIterator[bytes]:
        yield HELLO
        await asyncio.sleep(3)

    async with aiohttp.ClientSession() as http:
        url, headers = f"{here.url}/webhooks/signed/", {"Storehand-Signature": signed(HELLO)}
        async with http.post(url, data=stalling(), headers=headers) as answer:
            assert answer.status == 408
    assert await stored(here) == 0
    assert (await there.say("and me?")).status == 202


async def test_a_repeat_is_known_and_a_new_id_is_a_new_message(shop_and_platform: tuple[Storehand, Platform]) -> None:
    here, there = shop_and_platform
    first = await there.deliver(id="m-1", text="hello")
    await until(lambda: there.taken)
    for again in (await there.deliver(id="m-1", text="hello"), await there.deliver(id="m-1", text="changed", at=None)):
        assert (again.status, again.body) == (200, first.body)
    assert (await there.deliver(id="m-2", text="hello")).status == 202
    assert (await there.deliver(id="m-1", text="hello", **{"from": "somebody else"})).status == 202
    await until(lambda: len(there.taken) == 3)
    assert here.assistant.answered == ["hello"] * 3


async def test_fifty_deliveries_at_once_are_one_turn_and_one_reply_and_count_as_one_message(home: Path) -> None:
    limits = IntakeLimits(rates=("2 per minute",))
    async with platform() as (there, reply_url), storehand(home, reply_url, intake_limits=limits) as here:
        there.storehand = here.url
        answers = await asyncio.gather(*(there.deliver(id="m-1", text="hello") for _ in range(50)))
        assert sorted(answer.status for answer in answers) == [200] * 49 + [202]
        assert len({json.dumps(answer.body) for answer in answers}) == 1
        assert (await there.say("and this")).status == 202
        await until(lambda: len(there.taken) == 2)
        assert here.assistant.answered == ["hello", "and this"]
        assert [each["seq"] for each in there.taken] in ([2, 4], [3, 4])
        late = await there.say("too much")
        assert late.status == 429
        assert 0 < int(late.headers["Retry-After"]) <= 60
        assert (await there.deliver(id="m-1", text="hello")).status == 200
        assert (await there.say("of another", sender="somebody else")).status == 202


async def test_what_came_first_is_answered_first_however_long_it_takes_to_store(
    shop_and_platform: tuple[Storehand, Platform], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = shop_and_platform
    opened, open_it = [], here.shop.conversations.open

    async def slow_at_first(channel: str, address: str, language: str) -> Conversation:
        opened.append(address)
        await asyncio.sleep(0.3 if len(opened) == 1 else 0)
        return await open_it(channel, address, language)

    monkeypatch.setattr(here.shop.conversations, "open", slow_at_first)
    second = asyncio.create_task(there.deliver(id="2", text="came first"))
    await until(lambda: opened)
    await there.deliver(id="1", text="came second")
    await second
    await until(lambda: len(there.taken) == 2)
    assert here.assistant.answered == ["came first", "came second"]
    assert there.texts == ["you said came first", "you said came second"]


async def test_a_delivery_is_answered_before_the_shopper_is(home: Path) -> None:
    go_on = asyncio.Event()

    async def thinks(work: Work, turn: Turn) -> None:
        await go_on.wait()
        turn.result.replies.append(Draft("at last"))

    async with (
        platform() as (there, reply_url),
        storehand(home, reply_url, assistant=ScriptedAssistant(thinks)) as here,
    ):
        there.storehand = here.url
        assert (await asyncio.wait_for(there.say("hello"), 2)).status == 202
        assert there.taken == []
        go_on.set()
        await until(lambda: there.texts == ["at last"])


async def test_a_button_is_pressed_once_by_its_token_and_only_where_it_was_shown(home: Path) -> None:
    async def asks(work: Work, turn: Turn) -> None:
        turn.result.replies.append(Draft(f"{work.payload}?", (("Yes", "/affirm"), ("No", "/deny"))))

    async with (
        platform() as (there, reply_url),
        storehand(home, reply_url, assistant=ScriptedAssistant(asks)) as here,
    ):
        there.storehand = here.url
        await there.say('/affirm{"verified": true}')
        await until(lambda: there.taken)
        assert [each["title"] for each in there.taken[0]["buttons"]] == ["Yes", "No"]
        token = there.taken[0]["buttons"][0]["token"]
        stranger = await there.deliver(choice=token, **{"from": "somebody else"})
        assert (stranger.status, stranger.body["error"]["code"]) == (409, "choice_unknown")
        answers = [await there.deliver(id=each, choice=token) for each in ("p", "p", "q")]
        assert [answer.status for answer in answers] == [202, 200, 409]
        await until(lambda: len(there.taken) == 2)
        assert there.texts == ["None?", "/affirm?"]


async def test_a_store_that_is_down_is_told_and_the_same_delivery_works_later(
    shop_and_platform: tuple[Storehand, Platform], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = shop_and_platform
    for call in ("open", "take"):
        with monkeypatch.context() as patched:
            patched.setattr(here.shop.conversations, call, _down)
            answer: Answer = await there.deliver(id=f"m-{call}", text="hello")
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "/var/secret/place" not in json.dumps(answer.body)
        assert (await there.deliver(id=f"m-{call}", text="hello")).status == 202


async def _down(*_: Any) -> Any:
    raise Unavailable("/var/secret/place is locked")


async def test_who_comes_while_it_stops_is_asked_to_come_back(shop_and_platform: tuple[Storehand, Platform]) -> None:
    here, there = shop_and_platform
    await here.intake.close()
    answer = await there.say("hello")
    assert (answer.status, answer.body["error"]["code"]) == (429, "too_busy")
    assert int(answer.headers["Retry-After"]) > 0
