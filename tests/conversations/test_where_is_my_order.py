"""track_order and list_orders, in each case a shopper can be in, with the real model and the demo shop."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from runtime.assistant import RasaAssistant
from shop.adapters.sql.commerce_tables import orders as order_rows
from shop.adapters.sql.commerce_tables import shipments
from shop.bootstrap import Shop
from shop.orders import DelayReason
from tests.conversations.conftest import Begin

pytestmark = pytest.mark.asyncio(loop_scope="package")
Orders = dict[str, dict[str, str]]


@pytest.mark.parametrize(
    ("situation", "words", "button"),
    [
        ("on its way", "is on its way with", None),
        ("on its way in several parcels", "parcels. Each one is below", None),
        ("arrives today", "out for delivery", None),
        ("late", "is late", "Report it as missing"),
        ("lost by the carrier", "has lost a parcel", "Open a claim"),
        ("delivered (say that you don't have it)", "was delivered by", "I don't have it"),
        ("cancelled", "was cancelled", None),
        ("paid, not packed yet", "waiting to be packed", None),
    ],
)
async def test_each_situation_has_its_words_its_card_and_its_way_on(
    begin: Begin, orders: Orders, situation: str, words: str, button: str | None
) -> None:
    talk, order = await begin(), orders[situation]
    assert "order number" in await talk.say("where is my order?")
    assert "email" in await talk.say(order["number"])
    said = await talk.say(order["email"])
    assert words in said
    assert order["number"] in said
    assert "{" not in said
    assert [card["number"] for card in talk.cards] == [order["number"]]
    assert button is None or button in talk.buttons


@pytest.mark.parametrize("reason", list(DelayReason))
async def test_a_late_order_says_why(begin: Begin, demo: Shop, reason: DelayReason) -> None:
    late = (
        select(order_rows.c.number, order_rows.c.email)
        .join(shipments, shipments.c.order_number == order_rows.c.number)
        .where(shipments.c.delay_reason == reason.value, order_rows.c.status == "delayed")
        .limit(1)
    )
    async with demo.database.begin(reading=True) as connection:
        number, email = (await connection.execute(late)).one()
    words = {
        "weather": "weather", "customs": "customs", "address": "address", "volume": "more parcels than usual",
        "unknown": "has not told us why",
    }  # fmt: skip
    assert words[reason.value] in await (await begin()).say(f"where is {number}, my mail is {email}")


async def test_everything_in_one_message(begin: Begin, orders: Orders) -> None:
    order = orders["on its way"]
    talk = await begin()
    assert "is on its way" in await talk.say(f"Hi, where's order {order['number']}? I used {order['email'].upper()}.")


async def test_a_wrong_pair_tells_nothing_and_asks_again(begin: Begin, orders: Orders) -> None:
    mine, theirs = orders["on its way"], orders["arrives today"]
    answers = []
    for number in (theirs["number"], "SH-99999"):
        talk = await begin()
        await talk.say("where is my order?")
        await talk.say(number)
        answers.append(await talk.say(mine["email"]))
        assert "order number" in talk.replies[-1].text
        assert not talk.cards
    assert answers[0] == answers[1]


async def test_five_wrong_tries_lock_and_a_person_is_offered(begin: Begin, orders: Orders) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    for n in range(5):
        await talk.say(f"SH-9000{n}")
        said = await talk.say(f"guess{n}@example.com")
    assert "15 minutes" in said
    assert "Talk to a person" in talk.buttons
    right = orders["on its way"]
    assert "minutes" in await talk.say(f"where is {right['number']} {right['email']}")
    assert not talk.cards


async def test_without_the_number_a_code_and_a_list_lead_to_the_order(begin: Begin, orders: Orders) -> None:
    order, talk = orders["on its way"], await begin()
    await talk.say("track my order")
    assert "I'll send a code" in await talk.press("I don't have it")
    assert "six digits" in await talk.say(order["email"])
    said = await talk.say(await talk.newest_code(order["email"]))
    assert "Which order" in said
    assert "is on its way" in await talk.press(order["number"])
    assert "one_time_code" not in await talk.slots()


async def test_a_wrong_code_is_asked_for_again_and_a_new_one_can_be_sent(begin: Begin, orders: Orders) -> None:
    order, talk = orders["on its way"], await begin()
    await talk.say("show my orders")
    await talk.say(order["email"])
    assert "doesn't fit" in await talk.say("000000")
    assert "new code" in await talk.press("Send it again")
    assert "latest orders" in await talk.say(f"the code is {await talk.newest_code(order['email'])}")


async def test_a_signed_in_customer_chooses_from_a_list_and_sees_no_one_elses(
    begin: Begin, orders: Orders, demo: Shop
) -> None:
    mine, theirs = orders["on its way"], orders["arrives today"]
    customer = await demo.commerce.find_customer(mine["email"])
    assert customer
    talk = await begin(customer.id)
    assert "Which order" in await talk.say("where is my order?")
    assert "can't find that order in your account" in await talk.say(theirs["number"])
    assert "is on its way" in await talk.say(mine["number"])
    assert "Which order" in await talk.say("where is my order?")


async def test_what_is_no_answer_is_explained_and_asked_again(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    assert "doesn't look like an order number" in await talk.say("banana")
    await talk.say("SH-10234")
    assert "doesn't look like an email" in await talk.say("annaexample")
    assert "Which email" in talk.replies[-1].text


async def test_a_question_in_between_is_answered_and_the_form_goes_on(begin: Begin, orders: Orders) -> None:
    order, talk = orders["on its way"], await begin()
    await talk.say("where is my order?")
    said = await talk.say("how much is shipping?")
    assert "4.95" in said
    assert "order number" in talk.replies[-1].text
    await talk.say(order["number"])
    assert "not a person" in await talk.say("are you a bot?")
    assert "is on its way" in await talk.say(order["email"])


async def test_stopping_forgets_what_was_said(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    await talk.say("SH-10234")
    assert "stopped" in await talk.say("never mind")
    assert "email" not in await talk.slots()
    assert "requested_slot" not in await talk.slots()


async def test_six_digits_are_an_order_number_when_one_was_asked_for(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    assert "Which email" in await talk.say("123456")
    assert "Which email" in await (await begin()).say("654321")


async def test_no_intent_is_a_dead_end(begin: Begin, assistant: RasaAssistant) -> None:
    for intent in assistant.agent.domain.intents:
        if intent in {"restart", "back", "session_start", "faq"}:
            continue
        talk = await begin()
        said = await talk.wish(f"/{intent}")
        assert said, f"nothing is said to {intent}"
        assert "I'm not sure what to do with that" not in said, f"no rule for {intent}"
