"""How far a form is: the number of the question rises to the last one, and a detour does not move it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shop.bootstrap import Shop
from shop.errors import TooManyTries
from tests.conversations.conftest import Begin
from tests.conversations.talk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="package")
Orders = dict[str, dict[str, str]]
DELIVERED, LOST = "delivered (say that you don't have it)", "lost by the carrier"


def step(talk: Talk) -> tuple[int, int] | None:
    """What stands at the last reply. Only that one says it."""
    assert all(reply.progress is None for reply in talk.replies[:-1])
    shown = talk.replies[-1].progress
    return (shown.step, shown.of) if shown else None


async def test_a_return_counts_from_the_first_question_to_the_yes(begin: Begin, orders: Orders) -> None:
    order, talk, steps = orders[DELIVERED], await begin(), []
    for words in ("I want to return something", order["number"], order["email"]):
        await talk.say(words)
        steps.append(step(talk))
    await talk.say(await talk.newest_code(order["email"]))
    steps.append(step(talk))
    await talk.say("everything")
    steps.append(step(talk))
    for button in ("It's too small", "Money back", None):
        await talk.press(button or talk.buttons[0])
        steps.append(step(talk))
    assert "Is everything right" in talk.replies[-1].text
    assert steps == [(n, 8) for n in range(1, 9)]
    await talk.press("No, don't")
    assert step(talk) is None


async def test_what_is_known_before_is_no_step(begin: Begin, orders: Orders) -> None:
    order, talk = orders[DELIVERED], await begin()
    await talk.wish(f'/return_item{{"order_number": "{order["number"]}", "email": "{order["email"]}"}}')
    assert step(talk) == (1, 6)
    await talk.say(await talk.newest_code(order["email"]))
    assert step(talk) == (2, 6)


async def test_an_answer_given_ahead_is_a_step_done(begin: Begin, orders: Orders) -> None:
    order, talk = orders[DELIVERED], await begin()
    await talk.say("I want to return something")
    assert step(talk) == (1, 8)
    await talk.say(f"{order['number']}, {order['email']}")
    assert step(talk) == (3, 8)


async def test_which_size_instead_is_part_of_the_exchange(begin: Begin, orders: Orders) -> None:
    order, talk = orders[DELIVERED], await begin()
    await talk.wish(f'/return_item{{"order_number": "{order["number"]}", "email": "{order["email"]}"}}')
    await talk.say(await talk.newest_code(order["email"]))
    picker = next(card for card in talk.cards if card["type"] == "items")
    await talk.say(next(item["name"] for item in picker["items"] if item["max"]))
    await talk.press("I got the wrong item")
    assert step(talk) == (4, 6)
    said = await talk.press("Exchange it")
    assert "Which one would you like" in said
    assert step(talk) == (4, 6)


async def test_what_kind_of_return_was_said_in_the_wish_does_not_lead_back(begin: Begin, orders: Orders) -> None:
    order, talk, steps = orders[DELIVERED], await begin(), []
    await talk.say(f"I want to exchange something from {order['number']}, {order['email']}")
    steps.append(step(talk))
    await talk.say(await talk.newest_code(order["email"]))
    steps.append(step(talk))
    await talk.say("everything")
    steps.append(step(talk))
    assert "Which one would you like" in await talk.press("It's too small")
    steps.append(step(talk))
    assert steps == [(n, 6) for n in range(1, 5)]


async def test_a_question_in_between_and_an_answer_that_is_none_stay_at_the_step(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    await talk.say("SH-10234")
    assert step(talk) == (2, 2)
    for words in ("how much is shipping?", "what did you ask?", "banana"):
        await talk.say(words)
        assert step(talk) == (2, 2)


async def test_another_flow_in_between_stays_at_the_step(begin: Begin, orders: Orders) -> None:
    order, talk = orders[DELIVERED], await begin()
    await talk.say(f"I want to return something from {order['number']}")
    await talk.say(order["email"])
    await talk.say(await talk.newest_code(order["email"]))
    assert step(talk) == (3, 7)
    said = await talk.say(f"where is my order {order['number']}?")
    assert "was delivered" in said
    assert "What would you like to send back" in said
    assert step(talk) == (3, 7)
    await talk.say("everything")
    assert step(talk) == (4, 7)


async def test_only_who_corrects_goes_back(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    assert step(talk) == (1, 2)
    await talk.say("SH-10234")
    await talk.say("oops, wrong answer")
    assert step(talk) == (1, 2)
    await talk.say("SH-10235")
    assert step(talk) == (2, 2)


async def test_without_the_number_the_code_and_the_list_are_steps(begin: Begin, orders: Orders) -> None:
    order, talk = orders["on its way"], await begin()
    await talk.say("where is my order?")
    await talk.press("I don't have it")
    assert step(talk) == (1, 3)
    await talk.say(order["email"])
    assert step(talk) == (2, 3)
    await talk.say(await talk.newest_code(order["email"]))
    assert step(talk) == (3, 3)


async def test_one_question_alone_is_no_form_to_count(begin: Begin, orders: Orders) -> None:
    order, talk = orders[LOST], await begin()
    assert "Which email" in await talk.say(f"where is {order['number']}?")
    assert step(talk) is None


async def test_what_ended_without_a_question_shows_no_step(begin: Begin) -> None:
    talk = await begin()
    await talk.say("show my orders")
    assert step(talk) == (1, 2)
    await talk.say("stop")
    assert step(talk) is None


async def test_a_form_that_ended_instead_of_asking_shows_no_step(
    begin: Begin, demo: Shop, orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(*_: object) -> bool:
        raise TooManyTries(demo.now() + timedelta(minutes=10))

    talk = await begin()
    await talk.say("show my orders")
    monkeypatch.setattr(demo.verification, "ensure_code", locked)
    await talk.say(orders["on its way"]["email"])
    assert step(talk) is None
