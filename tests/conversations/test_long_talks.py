"""A conversation goes on as it would have, however long it is, and a turn of it reads no more than an early one."""

from __future__ import annotations

import pytest

from runtime import checkpoints
from shop.bootstrap import Shop
from shop.orders import OrderStatus
from tests.conversations.conftest import Begin
from tests.conversations.orders import Orders
from tests.conversations.talk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="package")
ROUND = [
    "where is my order?", "how much is shipping?", "SH-10234", "no, it's SH-10235", "what did you ask?", "banana",
    "show my orders", "nobody@example.com", "stop", "apple pie", "what size for the Hazel linen shirt?", "92",
    "and in the Runa jumper?", "I want to return something and what does express shipping cost?", "never mind",
]  # fmt: skip


async def _flow_of_words(talk: Talk, rounds: int) -> list[tuple[str, ...]]:
    said = []
    for words in ROUND * rounds:
        await talk.say(words)
        said.append(tuple(reply.text for reply in talk.replies))
    return said


def _alike(replies: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Without the first words of a greeting or a thank you, of which one is picked by chance."""
    return [each for each in replies if len(each) > 1 or "?" in each[0]]


async def test_what_is_said_does_not_change_with_what_is_not_read_any_more(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "TURNS_KEPT", 10_000)
    whole = await begin()
    as_it_was = await _flow_of_words(whole, 3)
    monkeypatch.setattr(checkpoints, "TURNS_KEPT", 3)
    short = await begin()
    assert _alike(await _flow_of_words(short, 3)) == _alike(as_it_was)
    assert await short.slots() == await whole.slots()


async def test_a_turn_reads_a_bounded_number_of_events(begin: Begin, demo: Shop) -> None:
    talk = await begin()
    read = []
    for _ in range(5):
        await _flow_of_words(talk, 1)
        events = await demo.tracker_events.load(talk.conversation.id)
        read.append(sum(event["event"] == "user" for event in events))
    assert max(read) < 2 * checkpoints.TURNS_KEPT
    every = await demo.tracker_events.load_all(talk.conversation.id)
    assert sum(event["event"] == "user" for event in every) > 5 * len(ROUND)


async def test_a_form_stays_open_through_thirty_questions_and_its_act_keeps_its_run(
    begin: Begin, some: Orders, demo: Shop
) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    talk = await begin(order.customer_id)
    await talk.say(f"I want to return something from {order.number}")
    begun = await _begun(demo, talk)
    for _ in range(30):
        assert "What would you like to send back" in await talk.say("how much is shipping?")
    assert await _begun(demo, talk) == begun
    await talk.say("everything")
    await talk.say("too small")
    said = await talk.say("money back")
    if "Is everything right" not in said:
        await talk.press(talk.buttons[0])
    assert "Your return number is" in await talk.say("yes")


async def _begun(demo: Shop, talk: Talk) -> float:
    """The moment in which the return's form was begun, as its act's key has it."""
    events = await demo.tracker_events.load(talk.conversation.id)
    return float(next(event["timestamp"] for event in events if event["event"] == "active_loop"))
