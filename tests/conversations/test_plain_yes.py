"""What acts needs a plain yes to what was shown, said by whoever showed who they are."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from connectors.intake import Intake, IntakeLimits
from runtime.assistant import RasaAssistant
from shop.bootstrap import Shop
from shop.conversations import Inbound
from shop.identity import Level
from shop.orders import Order, OrderStatus
from tests.conversations.conftest import Begin
from tests.conversations.orders import Orders
from tests.conversations.talk import Talk
from tests.conversations.test_agenda import later, return_begun, to_the_summary

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def returns_of(demo: Shop, order: Order) -> int:
    return len(await demo.commerce.returns_of(order.customer_id, order_number=order.number))


@pytest.fixture
async def shown(begin: Begin, some: Orders) -> tuple[Talk, Order]:
    """A return whose summary is on the screen."""
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    talk = await return_begun(begin, order)
    await to_the_summary(talk, await talk.say("money back"))
    return talk, order


@pytest.mark.parametrize(
    "said", ["of course not", "yes, but wait", "yes except the first one", "yes if I get cash", "yes?", "yes, don't"]
)
async def test_a_yes_with_an_if_or_a_but_opens_nothing(shown: tuple[Talk, Order], demo: Shop, said: str) -> None:
    talk, order = shown
    await talk.say(said)
    assert await returns_of(demo, order) == 0
    if "Yes, open the return" in talk.buttons:
        await talk.say("yes please")
        assert await returns_of(demo, order) == 1


@pytest.mark.parametrize("said", ["yes", "Yes, open it please", "ok", "sure", "Yes, open the return", "👍"])
async def test_a_plain_yes_opens_it(shown: tuple[Talk, Order], demo: Shop, said: str) -> None:
    talk, order = shown
    assert "Your return number is" in await talk.say(said)
    assert await returns_of(demo, order) == 1


async def test_the_wish_itself_may_be_said_with_the_yes(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.PAID)
    talk = await begin(order.customer_id)
    await talk.say(f"cancel my order {order.number}, I ordered it by mistake")
    assert "is cancelled" in await talk.say("yes, cancel it")


async def test_a_yes_after_a_long_silence_is_asked_for_again(shown: tuple[Talk, Order], demo: Shop) -> None:
    talk, order = shown
    await later(demo, talk, timedelta(hours=26))
    await demo.verification.accept_login(talk.conversation.id, demo.login_tokens.issue(order.customer_id))
    assert "Is everything right" in await talk.say("yes")
    assert await returns_of(demo, order) == 0
    assert "Your return number is" in await talk.say("yes")


async def test_a_yes_that_was_sent_before_the_summary_came_opens_nothing(
    begin: Begin, some: Orders, demo: Shop, assistant: RasaAssistant
) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    talk = await return_begun(begin, order)
    intake = Intake(demo.conversations, assistant, IntakeLimits(rates=()))
    for text in ("money back", "the way I paid", "yes", "yes"):
        await intake.receive(talk.conversation, Inbound(talk.conversation.id, uuid4().hex, text=text))
    await intake.settled(talk.conversation.id)
    assert await returns_of(demo, order) == 0


async def test_what_was_typed_to_show_who_one_is_vouches_for_nobody_later(
    begin: Begin, some: Orders, demo: Shop
) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    talk = await begin()
    await talk.say(f"I want to return something from {order.number}")
    await talk.say(order.email)
    await talk.say(await talk.newest_code(order.email))
    await later(demo, talk, timedelta(hours=26))
    await talk.say("hello")
    assert "Which email address" in await talk.say("where is my order?")
    assert talk.cards == []
    assert (await demo.verification.identity(talk.conversation.id)).level == Level.UNKNOWN


async def test_where_the_money_goes_is_said_for_every_way(begin: Begin, some: Orders) -> None:
    while True:
        talk = await return_begun(begin, await some.fresh(OrderStatus.DELIVERED, returnable=1))
        await talk.say("money back")
        if "The way I paid" in talk.buttons:
            break
    await talk.press("The way I paid")
    assert "the way you paid, within" in await talk.press("Yes, open the return")


async def test_another_email_while_a_code_is_asked_for_gets_the_code(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.SHIPPED)
    talk = await begin()
    await talk.say("show my orders")
    await talk.say("a-typo@example.com")
    said = await talk.say(order.email)
    assert "doesn't fit" not in said
    assert order.number in str((await talk.say(await talk.newest_code(order.email)), talk.cards))
