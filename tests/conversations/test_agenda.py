"""Coherence over turns: two wishes at once, another flow in between, corrections, and coming back after a silence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from shop.adapters.sql.conversation_tables import tracker_events
from shop.adapters.sql.identities import identities
from shop.bootstrap import Shop
from shop.orders import Order, OrderStatus
from tests.conversations.conftest import Begin
from tests.conversations.orders import Orders
from tests.conversations.talk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def later(demo: Shop, talk: Talk, by: timedelta) -> None:
    """Let time go by for a conversation: what was said and who was verified is so much longer ago."""
    mine = tracker_events.c.conversation_id == talk.conversation.id
    async with demo.database.begin() as connection:
        for row in (await connection.execute(select(tracker_events).where(mine))).all():
            event = row.event | {"timestamp": row.event["timestamp"] - by.total_seconds()}
            await connection.execute(update(tracker_events).where(tracker_events.c.id == row.id).values(event=event))
        theirs = identities.c.conversation_id == talk.conversation.id
        for row in (await connection.execute(select(identities).where(theirs))).all():
            await connection.execute(update(identities).where(theirs).values(until=row.until - by))


async def return_begun(begin: Begin, order: Order) -> Talk:
    """A return of everything, with the reason given."""
    talk = await begin(order.customer_id)
    await talk.say(f"I want to return something from {order.number}")
    await talk.say("everything")
    assert "money back" in await talk.say("too small")
    return talk


async def test_of_two_wishes_the_second_comes_when_the_first_is_done(begin: Begin, some: Orders) -> None:
    order, talk = await some.fresh(OrderStatus.SHIPPED), await begin()
    first = await talk.say(f"Where is my order {order.number}? And I want to return something.")
    assert first.startswith("Which email address")
    then = await talk.say(order.email)
    assert talk.cards[0]["type"] == "order"
    assert "“And I want to return something.”" in then
    assert "code with six digits" in then.splitlines()[-1]


async def test_a_question_beside_a_wish_is_answered_first(begin: Begin) -> None:
    talk = await begin()
    said = await talk.say("I want to return something and what does express shipping cost?")
    assert said.startswith("Express delivery costs")
    assert said.count("What is your order number") == 1
    assert said.splitlines()[-1].startswith("What is your order number")


async def test_an_answer_and_a_question_in_one_message_both_count(begin: Begin) -> None:
    talk = await begin()
    await talk.say("where is my order?")
    said = await talk.say("It's SH-10234, and what does express shipping cost?")
    assert said.startswith("Express delivery costs")
    assert said.splitlines()[-1].startswith("Which email address")
    assert (await talk.slots())["order_number"] == "SH-10234"


async def test_a_story_in_several_sentences_is_one_wish(begin: Begin) -> None:
    talk = await begin()
    said = await talk.say("I bought a dress. I want to return it. It is too small, and please tell me how.")
    assert said.count("What is your order number") == 1
    assert "agenda" not in await talk.slots()


async def test_another_flow_in_the_middle_and_back(begin: Begin, some: Orders) -> None:
    order, other = await some.fresh(OrderStatus.DELIVERED, returnable=1), await some.fresh(OrderStatus.SHIPPED)
    talk = await return_begun(begin, order)
    before = await talk.slots()
    said = await talk.say(f"where is my order {order.number}?")
    assert talk.cards[0]["number"] == order.number
    assert said.splitlines()[-1].startswith("Would you like your money back")
    assert await talk.slots() == before
    said = await talk.say(f"where is my order {other.number}?")
    assert "I can't find that order in your account" in said
    await talk.say("stop")
    assert await talk.slots() == before


async def test_another_return_takes_nothing_from_the_one_that_was_set_aside(begin: Begin, some: Orders) -> None:
    one, other = await some.two_of_one_customer()
    talk = await return_begun(begin, one)
    await talk.say("what size do I need?")
    await talk.say(f"I want to return something from {other.number}")
    slots = await talk.slots()
    assert slots["order_number"] == other.number
    assert "return_item_reason" not in slots


async def test_a_question_about_another_order_leaves_the_return_where_it_was(begin: Begin, some: Orders) -> None:
    talk = await return_begun(begin, await some.fresh(OrderStatus.DELIVERED, returnable=1))
    before = await talk.slots()
    said = await talk.say("What does express shipping cost for order SH-99999?")
    assert said.startswith("Express delivery costs")
    assert await talk.slots() == before


async def test_the_same_wish_again_asks_the_same_question_again(begin: Begin, some: Orders) -> None:
    talk = await return_begun(begin, await some.fresh(OrderStatus.DELIVERED, returnable=1))
    assert await talk.say("I want to return something") == "Would you like your money back, or another size or colour?"


async def test_items_are_taken_from_the_wish_itself(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=2, lines=2, pieces=1)
    named = order.lines[0]
    talk = await begin(order.customer_id)
    said = await talk.say(f"I want to return the {named.name} from {order.number}, please")
    assert said.splitlines()[0] == f"So it's about {named.name}."
    assert (await talk.slots())["return_item_lines"] == f"{named.id}=1"


async def test_items_named_before_the_shopper_is_known_are_not_asked_for_again(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=2, lines=2, pieces=1)
    named = order.lines[1]
    talk = await begin()
    await talk.say(f"I want to return the {named.name} from {order.number}, please")
    await talk.say(order.email)
    said = await talk.say(await talk.newest_code(order.email))
    assert f"So it's about {named.name}." in said
    assert (await talk.slots())["return_item_lines"] == f"{named.id}=1"


async def test_another_item_instead(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=2, lines=2, pieces=1)
    first, second = order.lines[0], order.lines[1]
    talk = await begin(order.customer_id)
    await talk.say(f"I want to return the {first.name} from {order.number}, please")
    await talk.say("too big")
    assert f"So it's about {second.name}." in await talk.say(f"no, the {second.name}")
    assert (await talk.slots())["return_item_lines"] == f"{second.id}=1"
    assert (await talk.slots())["return_item_reason"] == "too_big"


async def test_a_no_with_a_correction_does_not_end_the_return(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=2, lines=2, pieces=1)
    first, second = order.lines[0], order.lines[1]
    talk = await begin(order.customer_id)
    await talk.say(f"I want to return the {first.name} from {order.number}, please")
    await talk.say("changed my mind")
    await to_the_summary(talk, await talk.say("money back"))
    said = await talk.say(f"no, the {second.name}")
    assert f"So it's about {second.name}." in said
    await to_the_summary(talk, said)
    assert [line["name"] for line in talk.cards[0]["lines"]] == [second.name]


async def test_of_several_pieces_it_is_asked_how_many(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1, pieces=2)
    several = next(line for line in order.lines if line.quantity > 1)
    talk = await begin(order.customer_id)
    said = await talk.say(f"I want to return the {several.name} from {order.number}, please")
    assert said == f"What would you like to send back from order {order.number}?"


async def to_the_summary(talk: Talk, said: str) -> None:
    """Choose the first way for the money where there are several."""
    if "Is everything right" not in said:
        said = await talk.press(talk.buttons[0])
    assert "Is everything right" in said


async def test_a_number_for_a_size_is_no_order_number(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1, lines=1, pieces=1)
    talk = await return_begun(begin, order)
    await talk.press("Exchange it")
    said = await talk.say("1500")
    assert said.startswith("I don't have that one")
    assert (await talk.slots())["order_number"] == order.number


async def test_a_reason_in_a_sentence_is_no_question_about_the_shop(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    talk = await begin(order.customer_id)
    await talk.say(f"I want to return something from {order.number}")
    await talk.say("everything")
    assert "money back" in await talk.say("you sent the wrong item")
    assert (await talk.slots())["return_item_reason"] == "wrong_item"


async def test_money_back_after_all_when_no_size_will_do(begin: Begin, some: Orders) -> None:
    talk = await return_begun(begin, await some.fresh(OrderStatus.DELIVERED, returnable=1, lines=1, pieces=1))
    assert "instead of" in await talk.press("Exchange it")
    await talk.say("money back")
    assert (await talk.slots())["return_item_resolution"] == "refund"
    assert "5-7 working days" in await talk.say("how long does it take until I have my money back?")


async def test_the_words_of_a_button_can_be_typed(begin: Begin, some: Orders) -> None:
    talk = await return_begun(begin, await some.fresh(OrderStatus.DELIVERED, returnable=1))
    await talk.say("money back!")
    assert (await talk.slots())["return_item_resolution"] == "refund"


async def test_the_next_day_the_open_return_goes_on(begin: Begin, some: Orders, demo: Shop) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    talk = await return_begun(begin, order)
    await later(demo, talk, timedelta(hours=23))
    said = await talk.say("money back")
    assert said.startswith("Back to what you want to send back.")
    assert "Which email address" in said
    assert (await talk.slots())["return_item_resolution"] == "refund"
    await talk.say(order.email)
    said = await talk.say(await talk.newest_code(order.email))
    await to_the_summary(talk, said)


async def test_after_four_days_nobody_goes_on_with_it(begin: Begin, some: Orders, demo: Shop) -> None:
    talk = await return_begun(begin, await some.fresh(OrderStatus.DELIVERED, returnable=1))
    await later(demo, talk, timedelta(days=4))
    await talk.say("hello")
    assert await talk.slots() == {}


async def test_a_verification_that_runs_out_in_the_middle_is_asked_for_again(
    begin: Begin, some: Orders, demo: Shop
) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    talk = await return_begun(begin, order)
    theirs = identities.c.conversation_id == talk.conversation.id
    async with demo.database.begin() as connection:
        await connection.execute(update(identities).where(theirs).values(until=demo.now() - timedelta(seconds=1)))
    assert "Which email address" in await talk.press("Money back")
    assert talk.cards == []
    await talk.say(order.email)
    await to_the_summary(talk, await talk.say(await talk.newest_code(order.email)))
