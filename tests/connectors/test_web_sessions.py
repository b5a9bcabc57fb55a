"""A session from before the shopper showed who they are: who knew its token learns nothing of what follows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import pytest
import socketio

from shop.adapters.sql.identities import SqlIdentities
from shop.conversations import Conversation, Draft, Work
from shop.identity import Identity
from shop.turns import Turn
from tests.connectors.chat_server import Chat, serve, until
from tests.shopper import NAMESPACE, Shopper, texts

SHOWN = "it is me"


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    """Ends what a test has begun."""
    async with AsyncExitStack() as begun:
        yield begun


@pytest.fixture
async def chat(tmp_path: Path, stack: AsyncExitStack) -> Chat:
    """A server where `SHOWN` changes who the shopper is."""
    return await _process(tmp_path, stack)


async def _process(home: Path, stack: AsyncExitStack) -> Chat:
    chat = await stack.enter_async_context(serve(home))

    async def answer(work: Work, turn: Turn) -> None:
        if work.text == SHOWN:
            await chat.shop.verification.forget(work.conversation_id)
            await turn.stream().write("your secret")
        turn.result.replies.append(Draft(f"you said {work.text}"))

    chat.assistant.answer_with = answer
    return chat


async def _joins(stack: AsyncExitStack, url: str, token: str | None = None) -> Shopper:
    shopper = await stack.enter_async_context(Shopper(url, token=token))
    await until(lambda: bool(shopper.transcript))
    return shopper


async def _is_refused(url: str, token: str | None) -> bool:
    shopper = Shopper(url, token=token)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await shopper.connect()
    return shopper.refusal is not None and shopper.refusal["code"] == "token_refused" and shopper.transcript == {}


async def test_who_shares_the_session_is_put_out_and_who_showed_it_goes_on(chat: Chat, stack: AsyncExitStack) -> None:
    shopper = await _joins(stack, chat.url)
    planted = shopper.token
    other = await _joins(stack, chat.url, planted)
    await shopper.say("hello")
    await until(lambda: len(other.transcript) == 3)
    await shopper.say(SHOWN)
    await until(lambda: not other.connected)
    await shopper.say("and what I ordered")
    assert [each["text"] for each in other.transcript.values()][3:] == [SHOWN], "said before it was taken for true"
    assert other.streamed == []
    assert [text for _, text in shopper.streamed] == ["your secret"]
    assert await _is_refused(chat.url, planted)
    assert await _is_refused(chat.url, other.token)
    assert shopper.arrivals == list(range(1, 8)), "nothing lost, nothing twice, in order"
    await shopper.disconnect()
    shopper.session = {}
    await shopper.connect()
    await until(lambda: bool(shopper.session))
    assert texts(await shopper.say("again")) == "you said again"
    assert shopper.arrivals == list(range(1, 10))


async def test_a_new_token_comes_before_the_answer_and_another_one_with_each_change(
    chat: Chat, stack: AsyncExitStack
) -> None:
    shopper = await _joins(stack, chat.url)
    tokens = [shopper.token]
    for _ in range(3):
        await shopper.say(SHOWN)
        tokens.append(shopper.token)
    assert [await _is_refused(chat.url, token) for token in tokens[:-1]] == [True, True, True]
    again = await _joins(stack, chat.url, tokens[-1])
    await until(lambda: again.transcript == shopper.transcript)


async def test_what_is_said_at_the_same_moment_is_neither_lost_nor_refused(
    chat: Chat, stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = chat.web.renew

    async def late(conversation: Conversation, epoch: int, sender: str | None) -> None:
        await asyncio.sleep(0.5)
        await at_once(conversation, epoch, sender)

    monkeypatch.setattr(chat.web, "renew", late)
    shopper = await _joins(stack, chat.url)
    planted = shopper.token
    other = await _joins(stack, chat.url, planted)
    first = asyncio.create_task(shopper.send_raw("say", {"client_id": uuid4().hex, "text": SHOWN}))
    await asyncio.sleep(0.25)
    second = await shopper.send_raw("say", {"client_id": uuid4().hex, "text": "thanks"})
    assert [(await first)["ok"], second["ok"]] == [True, True]
    await until(lambda: len(shopper.transcript) == 5)
    said = [each["text"] for _, each in sorted(shopper.transcript.items())]
    assert said[1:] == [SHOWN, f"you said {SHOWN}", "thanks", "you said thanks"]
    await until(lambda: not other.connected)
    assert len(other.transcript) == 2
    assert await _is_refused(chat.url, planted)


async def test_who_sends_the_shoppers_message_again_is_not_taken_for_them(chat: Chat, stack: AsyncExitStack) -> None:
    held, begun = asyncio.Event(), asyncio.Event()

    async def wait(work: Work, turn: Turn) -> None:
        begun.set()
        await held.wait()
        await chat.shop.verification.forget(work.conversation_id)
        turn.result.replies.append(Draft("your secret"))

    shopper = await _joins(stack, chat.url)
    other = await _joins(stack, chat.url, shopper.token)
    chat.assistant.answer_with = wait
    message = {"client_id": uuid4().hex, "text": SHOWN}
    await shopper.send_raw("say", message)
    await begun.wait()
    assert (await other.send_raw("say", message))["ok"]
    held.set()
    await until(lambda: not other.connected)
    await until(lambda: len(shopper.transcript) == 3)
    assert len(other.transcript) == 2
    assert shopper.connected


async def test_who_comes_in_while_it_changes_is_told_nothing(
    chat: Chat, stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    shopper = await _joins(stack, chat.url)
    join = chat.web._lines.join

    async def late(sid: str, conversation: Conversation) -> None:
        monkeypatch.undo()
        await shopper.say(SHOWN)
        await join(sid, conversation)
        await shopper.say("my secret")

    monkeypatch.setattr(chat.web._lines, "join", late)
    other = await stack.enter_async_context(Shopper(chat.url, token=shopper.token))
    await until(lambda: not other.connected)
    assert (other.transcript, other.session) == ({}, {})


async def test_a_session_of_another_process_gets_nothing_more(tmp_path: Path, stack: AsyncExitStack) -> None:
    here, there = await _process(tmp_path, stack), await _process(tmp_path, stack)
    shopper = await _joins(stack, here.url)
    asks, speaks, listens = [await _joins(stack, there.url, shopper.token) for _ in range(3)]
    await shopper.say(SHOWN)
    await asks._client.emit("sync", {"seen": 0}, namespace=NAMESPACE)
    await until(lambda: not asks.connected)
    await speaks._client.emit("say", {"client_id": uuid4().hex, "text": "tell me"}, namespace=NAMESPACE)
    await until(lambda: not speaks.connected)
    moved = await _joins(stack, there.url, shopper.token)
    await until(lambda: len(moved.transcript) == 3)
    assert texts(await moved.say("what did I order?")) == "you said what did I order?"
    await until(lambda: not listens.connected)
    assert [len(each.transcript) for each in (asks, speaks, listens)] == [1, 1, 1]
    assert "tell me" not in [each["text"] for each in moved.transcript.values()]


@pytest.mark.parametrize("also_changes", [False, True])
async def test_a_turn_that_another_process_has_overtaken_tells_older_sessions_nothing(
    tmp_path: Path, stack: AsyncExitStack, also_changes: bool
) -> None:
    here, there = await _process(tmp_path, stack), await _process(tmp_path, stack)
    held, begun = asyncio.Event(), asyncio.Event()

    async def wait(work: Work, turn: Turn) -> None:
        begun.set()
        await held.wait()
        if also_changes:
            await there.shop.verification.forget(work.conversation_id)
        turn.result.replies.append(Draft("your secret"))

    there.assistant.answer_with = wait
    shopper = await _joins(stack, here.url)
    other = await _joins(stack, there.url, shopper.token)
    await other.send_raw("say", {"client_id": uuid4().hex, "text": "what did I order?"})
    await begun.wait()
    await SqlIdentities(here.shop.database, here.shop.now).put(shopper.session["conversation"], Identity(), how="code")
    held.set()
    await until(lambda: not other.connected)
    assert "your secret" not in [each["text"] for each in other.transcript.values()]
