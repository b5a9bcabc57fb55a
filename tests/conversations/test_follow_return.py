"""follow_return: where a return stands and what can still be done about it, with the real model and the demo shop."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from shop.adapters.sql.audit import audit_log
from shop.adapters.sql.commerce_tables import orders as order_rows
from shop.adapters.sql.commerce_tables import returns as return_rows
from shop.bootstrap import Shop
from shop.orders import Order, OrderStatus
from shop.return_terms import Return, ReturnLine, ReturnRequest, ReturnStatus
from tests.conversations.conftest import Begin
from tests.conversations.orders import Orders
from tests.conversations.talk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="package")
Opened = tuple[Order, Return]
Open = Callable[..., Awaitable[Opened]]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def opened(demo: Shop, some: Orders) -> Open:
    """Opens a return of one piece, for an order that had none, and moves it on to a status."""

    async def open_return(status: ReturnStatus = ReturnStatus.OPEN) -> Opened:
        order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
        lines = [line.line.id for line in await demo.commerce.returnable(order.number) if line.refusal is None]
        request = ReturnRequest(order.number, (ReturnLine(lines[0], 1, "too_small"),), "store_credit")
        found = await demo.commerce.open_return(request, actor="test", idempotency_key=order.number)
        change = return_rows.update().where(return_rows.c.number == found.number)
        async with demo.database.begin() as connection:
            await connection.execute(change.values(status=status.value, received_at=NOON, refunded_at=NOON))
        return order, found

    return open_return


async def status_of(demo: Shop, found: Return) -> str:
    query = select(return_rows.c.status).where(return_rows.c.number == found.number)
    async with demo.database.begin(reading=True) as connection:
        return str((await connection.execute(query)).scalar_one())


async def acts(demo: Shop, talk: Talk) -> int:
    query = select(func.count()).select_from(audit_log).where(
        audit_log.c.actor == f"shopper:{talk.conversation.id}", audit_log.c.action.like("return.%")
    )  # fmt: skip
    async with demo.database.begin(reading=True) as connection:
        return int((await connection.execute(query)).scalar_one())


@pytest.mark.parametrize(
    ("status", "words", "buttons", "label"),
    [
        (ReturnStatus.OPEN, "hand the parcel in by", ["I've sent it", "Cancel the return"], True),
        (ReturnStatus.SENT, "is on its way to us", [], True),
        (ReturnStatus.RECEIVED, "working days after Monday, 2 March", [], False),
        (ReturnStatus.REFUNDED, "is settled since Monday, 2 March", ["Talk to a person"], False),
        (ReturnStatus.CANCELLED, "you keep what you bought", [], False),
    ],
)
async def test_each_status_has_its_words_its_label_and_its_way_on(
    begin: Begin, opened: Open, status: ReturnStatus, words: str, buttons: list[str], label: bool
) -> None:
    order, found = await opened(status)
    talk = await begin(order.customer_id)
    said = await talk.say(f"where is my refund for {order.number}?")
    assert words in said
    assert found.number in said
    assert talk.buttons == buttons
    assert bool(talk.cards[0].get("label_url")) == label


async def test_by_email_and_code_and_nothing_before_it(begin: Begin, opened: Open) -> None:
    order, found = await opened()
    talk = await begin()
    said = [await talk.say("where is my refund?"), await talk.say(order.email)]
    said += [await talk.say("000000")]
    assert "doesn't fit" in said[-1]
    assert found.number not in "".join(said)
    assert not talk.cards
    assert found.number in await talk.say(await talk.newest_code(order.email))


async def test_a_new_code_takes_the_place_of_the_old_one(begin: Begin, opened: Open) -> None:
    order, found = await opened()
    talk = await begin()
    await talk.say("track my return")
    await talk.say(order.email)
    old = await talk.newest_code(order.email)
    assert "new code" in await talk.press("Send it again")
    assert "doesn't fit" in await talk.say(old)
    assert found.number in await talk.say(await talk.newest_code(order.email))


async def test_five_wrong_codes_lock_and_a_person_is_offered(begin: Begin, opened: Open) -> None:
    order, found = await opened()
    talk = await begin()
    await talk.say("where is my refund?")
    await talk.say(order.email)
    right = await talk.newest_code(order.email)
    for _ in range(5):
        said = await talk.say("000000")
    assert "minutes" in said
    assert "Talk to a person" in talk.buttons
    assert found.number not in await talk.say(right)


def payload(intent: str, found: Return) -> str:
    """What a button below a return stands for."""
    return f"/{intent}" + json.dumps({"return_number": found.number})


async def test_sent_is_kept_once_and_then_it_can_not_be_called_off(begin: Begin, opened: Open, demo: Shop) -> None:
    order, found = await opened()
    talk = await begin(order.customer_id)
    await talk.say(f"I've sent the parcel of {order.number} back")
    assert "noted" in await talk.press("I've sent it")
    assert "noted" in await talk.wish(payload("mark_return_sent", found))
    assert "can't be changed" in await talk.wish(payload("cancel_return", found))
    assert "Talk to a person" in talk.buttons
    assert await status_of(demo, found) == ReturnStatus.SENT
    assert await acts(demo, talk) == 1
    assert "is on its way to us" in await talk.press("Where is my refund?")


async def test_what_was_called_off_is_not_sent(begin: Begin, opened: Open, demo: Shop) -> None:
    order, found = await opened()
    talk = await begin(order.customer_id)
    await talk.say(f"cancel my return of {order.number}")
    assert await status_of(demo, found) == ReturnStatus.OPEN
    assert "is cancelled" in await talk.press("Cancel the return")
    assert "can't be changed" in await talk.wish(payload("mark_return_sent", found))
    assert await status_of(demo, found) == ReturnStatus.CANCELLED


async def test_a_return_that_arrives_while_the_shopper_thinks_is_not_called_off(
    begin: Begin, opened: Open, demo: Shop
) -> None:
    order, found = await opened()
    talk = await begin(order.customer_id)
    await talk.say(f"cancel my return of {order.number}")
    async with demo.database.begin() as connection:
        change = return_rows.update().where(return_rows.c.number == found.number)
        await connection.execute(change.values(status=ReturnStatus.RECEIVED.value))
    assert "can't be changed" in await talk.press("Cancel the return")
    assert await acts(demo, talk) == 0


@pytest.mark.parametrize("typed", ["/cancel_return", "/mark_return_sent"])
async def test_a_typed_payload_does_nothing(begin: Begin, opened: Open, demo: Shop, typed: str) -> None:
    order, found = await opened()
    talk = await begin(order.customer_id)
    await talk.say(f"show my return of {order.number}")
    await talk.say(typed)
    assert await status_of(demo, found) == ReturnStatus.OPEN
    assert await acts(demo, talk) == 0


async def test_nobody_acts_without_having_shown_who_they_are_or_on_anothers(
    begin: Begin, opened: Open, demo: Shop
) -> None:
    order, found = await opened()
    stranger = await begin()
    assert "don't know yet that it's you" in await stranger.wish(payload("cancel_return", found))
    another = await begin(await _somebody_else(demo, order))
    assert found.number not in await another.say(f"where is my refund for {order.number}?")
    await another.wish(payload("cancel_return", found))
    assert await status_of(demo, found) == ReturnStatus.OPEN


async def test_a_question_an_error_and_a_stop_on_the_way(begin: Begin, opened: Open) -> None:
    order, _ = await opened()
    talk = await begin()
    await talk.say("where is my refund?")
    assert "working days" in await talk.say("how long does a refund take?")
    assert "Which email" in talk.replies[-1].text
    assert "doesn't look like an email" in await talk.say("annaexample")
    assert "six digits" in await talk.say("somebody@example.com")
    assert "Which email" in await talk.say("oops, wrong answer")
    assert "six digits" in await talk.say(order.email)
    assert "stopped" in await talk.say("never mind")
    assert "requested_slot" not in await talk.slots()


async def _somebody_else(demo: Shop, order: Order) -> str:
    query = select(order_rows.c.customer_id).where(order_rows.c.customer_id != order.customer_id).limit(1)
    async with demo.database.begin(reading=True) as connection:
        return str((await connection.execute(query)).scalar_one())


async def test_a_button_is_about_the_return_that_it_stands_below(begin: Begin, opened: Open, demo: Shop) -> None:
    order, found = await opened()
    talk = await begin(order.customer_id)
    await talk.say("I want to return something")
    assert found.number in await talk.wish("/follow_return")
    assert "Which order is it about" in talk.replies[-1].text  # the return that was begun goes on
    assert "is cancelled" in await talk.press("Cancel the return")
    assert await status_of(demo, found) == ReturnStatus.CANCELLED
