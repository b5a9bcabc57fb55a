"""Replies to a platform that answers late, wrongly or not at all: all of them arrive, in order, and nobody waits."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import structlog

from runtime import lean

lean.install()

from connectors.signatures import Signatures  # noqa: E402 - after the placeholders
from shop.conversations import Draft, Work  # noqa: E402
from shop.turns import Turn  # noqa: E402
from tests.connectors.platform import HASTY, SECRET, Platform, Storehand, platform, signed, storehand, until  # noqa: E402
from tests.connectors.scripted import ScriptedAssistant  # noqa: E402


async def three(work: Work, turn: Turn) -> None:
    """Three replies to one message."""
    turn.result.replies += [Draft(f"{work.text} {part}") for part in ("one", "two", "three")]


async def put_off(here: Storehand, there: Platform, tries: int = HASTY.tries) -> None:
    """Wait until a round of tries has failed."""
    await until(lambda: len(there.seen) >= tries)
    await until(lambda: not here.webhook.replies._sending)


async def test_replies_come_one_after_the_other_though_the_first_one_fails_twice(home: Path) -> None:
    async with (
        platform() as (there, reply_url),
        storehand(home, reply_url, assistant=ScriptedAssistant(three)) as here,
    ):
        there.storehand, there.next_statuses = here.url, [500, 429]
        await there.say("a")
        await there.say("b")
        await until(lambda: len(there.taken) == 6)
        assert there.texts == ["a one", "a two", "a three", "b one", "b two", "b three"]
        seqs = [each["seq"] for each in there.taken]
        assert seqs == sorted(set(seqs))
        assert [each["id"].rpartition(":")[2] for each in there.taken] == [str(seq) for seq in seqs]
        assert len(there.seen) == 8


async def test_each_try_is_signed_anew(home: Path) -> None:
    async with platform() as (there, reply_url), storehand(home, reply_url) as here:
        clock = count(1_770_000_000)
        here.webhook.replies._signatures = Signatures([SECRET], lambda: next(clock))
        there.storehand, there.next_statuses = here.url, [500, 500]
        await there.say("hello")
        await until(lambda: there.taken)
        body = there.seen[0][0]
        assert there.seen == [(body, signed(body, at=1_770_000_000 + each)) for each in range(3)]


async def test_a_receiver_that_does_not_answer_is_left_after_the_timeout_and_tried_again(home: Path) -> None:
    async with platform() as (there, reply_url), storehand(home, reply_url) as here:
        there.storehand, there.next_statuses = here.url, [0]
        started = time.monotonic()
        await there.say("hello")
        await until(lambda: there.texts == ["you said hello"])
        assert 0.5 <= time.monotonic() - started < 3


async def test_a_receiver_that_hangs_holds_up_no_turn_and_no_other_shopper(home: Path) -> None:
    limits = replace(HASTY, timeout=8)
    async with platform() as (there, reply_url), storehand(home, reply_url, reply_limits=limits) as here:
        there.storehand, there.next_statuses = here.url, [0]
        await there.say("one")
        await until(lambda: there.seen)
        assert (await asyncio.wait_for(there.say("two"), 1)).status == 202
        await until(lambda: here.assistant.answered == ["one", "two"], within=1)
        await there.say("three", sender="somebody else")
        await until(lambda: there.texts == ["you said three"], within=1)


async def test_what_nobody_took_comes_before_the_next_reply(home: Path) -> None:
    async with platform() as (there, reply_url), storehand(home, reply_url) as here:
        there.storehand, there.down = here.url, True
        await there.say("one")
        await put_off(here, there)
        assert len(there.seen) == HASTY.tries
        there.down = False
        await there.say("two")
        await until(lambda: len(there.taken) == 2)
        assert there.texts == ["you said one", "you said two"]


async def test_what_nobody_took_comes_after_some_time_too(home: Path) -> None:
    limits = replace(HASTY, again_after=0.3)
    async with platform() as (there, reply_url), storehand(home, reply_url, reply_limits=limits) as here:
        there.storehand, there.down = here.url, True
        await there.say("one")
        await put_off(here, there)
        there.down = False
        await until(lambda: there.texts == ["you said one"])


async def test_what_nobody_took_comes_after_a_restart_and_what_was_taken_does_not(home: Path) -> None:
    async with platform() as (there, reply_url):
        async with storehand(home, reply_url) as here:
            there.storehand = here.url
            await there.say("one")
            await until(lambda: there.taken)
            await there.say("hello", sender="somebody else")
            await until(lambda: len(there.taken) == 2)
            await asyncio.sleep(0.1)  # for the mark
            there.down = True
            await there.say("two")
            await put_off(here, there, 2 + HASTY.tries)
        there.down, there.taken = False, []
        async with storehand(home, reply_url):
            await until(lambda: there.taken)
            await asyncio.sleep(0.2)
            assert there.texts == ["you said two"]


async def test_a_stop_waits_for_what_is_on_its_way_but_not_for_long(home: Path) -> None:
    async with platform() as (there, reply_url):
        limits = replace(HASTY, timeout=60, parting=0.5)
        async with storehand(home, reply_url, reply_limits=limits) as here:
            there.storehand, there.next_statuses = here.url, [0]
            await there.say("one")
            await until(lambda: there.seen)
            stopped = time.monotonic()
            await here.webhook.close()
            assert 0.4 < time.monotonic() - stopped < 2
        async with storehand(home, reply_url):
            await until(lambda: there.texts == ["you said one"])


async def test_a_reply_that_the_receiver_will_never_take_does_not_hold_up_the_next(home: Path) -> None:
    async with (
        platform() as (there, reply_url),
        storehand(home, reply_url, assistant=ScriptedAssistant(three)) as here,
    ):
        there.storehand, there.next_statuses = here.url, [200, 422, 200]
        await there.say("a")
        await until(lambda: len(there.taken) == 2)
        assert there.texts == ["a one", "a three"]
        assert len(there.seen) == 3


async def test_a_receiver_that_knows_no_such_path_or_secret_is_tried_again(home: Path) -> None:
    async with platform() as (there, reply_url), storehand(home, reply_url) as here:
        there.storehand, there.next_statuses = here.url, [404, 401]
        await there.say("hello")
        await until(lambda: there.texts == ["you said hello"])


async def test_a_redirect_is_not_followed(home: Path) -> None:
    async with platform() as (there, reply_url), storehand(home, reply_url) as here:
        there.storehand, there.next_statuses = here.url, [307] * HASTY.tries
        await there.say("hello")
        await put_off(here, there)
        assert (len(there.seen), there.taken) == (HASTY.tries, [])


async def test_an_answer_of_the_day_before_yesterday_is_not_sent(home: Path) -> None:
    async with platform() as (there, reply_url):
        async with storehand(home, reply_url) as here:
            there.storehand, there.down = here.url, True
            await there.say("one")
            await put_off(here, there)
        there.down = False
        async with storehand(home, reply_url, clock=lambda: datetime.now(UTC) + timedelta(days=2)) as here:
            await until(lambda: not here.webhook.replies._sending)
            assert there.taken == []
            assert await here.shop.deliveries.behind("signed") == []


async def test_the_log_tells_of_failures_and_of_no_words_and_addresses(home: Path) -> None:
    async with platform() as (there, reply_url), storehand(home, reply_url) as here:
        there.storehand, there.next_statuses = here.url, [0, 500, 422]
        with structlog.testing.capture_logs() as logged:
            await there.say("my secret wish", sender="+49421777")
            await until(lambda: len(there.seen) == 3)
            await until(lambda: not here.webhook.replies._sending)
        names = [each["event"] for each in logged]
        assert {"webhook.no_answer", "webhook.reply_not_taken", "webhook.reply_refused"} <= set(names)
        assert not any(word in str(logged) for word in ("secret wish", "777"))
