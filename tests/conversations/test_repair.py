"""Repair in the middle of a form: each brings the shopper back to the right question."""

from __future__ import annotations

import pytest

from tests.conversations.conftest import Begin

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_mending_the_last_answer_asks_for_it_again(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    await talk.say("SH-10234")
    assert "What is your order number" in await talk.say("oops, wrong answer")
    assert "order_number" not in await talk.slots()
    assert "Which email" in await talk.say("SH-10235")
    assert (await talk.slots())["order_number"] == "SH-10235"


async def test_a_new_number_simply_takes_the_place_of_the_old_one(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    await talk.say("SH-10234")
    assert "Which email" in await talk.say("no, it's SH-10999")
    assert (await talk.slots())["order_number"] == "SH-10999"


async def test_starting_over_asks_the_first_question(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    await talk.say("SH-10234")
    assert "What is your order number" in await talk.say("let's start again")
    assert "order_number" not in await talk.slots()


async def test_asking_again_asks_again(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    await talk.say("SH-10234")
    assert "Which email" in await talk.say("what did you ask?")
    assert (await talk.slots())["order_number"] == "SH-10234"


async def test_after_two_answers_that_are_none_help_is_offered(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    assert "a person can help" not in await talk.say("banana")
    assert "a person can help" in await talk.say("apple pie")
    assert "stopped" in await talk.press("Leave it")


async def test_a_yes_that_fits_nothing_leaves_the_form_where_it_was(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    assert (await talk.say("yes")).startswith("What is your order number")


async def test_another_wish_in_the_middle_is_followed(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    await talk.say("SH-10234")
    assert "I'll send a code" in await talk.say("show my orders")
