"""return_item, follow_return, cancel_order and change_address, with the real model and the demo shop."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from shop.adapters.sql.audit import audit_log
from shop.adapters.sql.commerce_tables import orders as order_rows
from shop.bootstrap import Shop
from shop.orders import Order, OrderStatus
from tests.conversations.conftest import Begin
from tests.conversations.orders import Orders
from tests.conversations.talk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def acts(demo: Shop, talk: Talk, action: str) -> int:
    mine = audit_log.c.actor == f"shopper:{talk.conversation.id}"
    query = select(func.count()).select_from(audit_log).where(audit_log.c.action == action, mine)
    async with demo.database.begin(reading=True) as connection:
        return int((await connection.execute(query)).scalar_one())


async def start_return(begin: Begin, order: Order, *, reason: str = "It's too small") -> Talk:
    """A return of everything, up to the question what for."""
    talk = await begin(order.customer_id)
    assert "What would you like to send back" in await talk.say(f"I want to return something from {order.number}")
    assert "Why does it go back" in await talk.say("everything")
    assert "money back" in await talk.press(reason)
    return talk


async def to_the_summary(talk: Talk) -> None:
    """Choose the first way for the money where there are several."""
    if "Is everything right" not in talk.replies[-1].text:
        await talk.press(talk.buttons[0])
    assert "Is everything right" in talk.replies[-1].text


async def test_a_return_needs_a_proven_customer(begin: Begin, some: Orders) -> None:
    order, talk = await some.fresh(OrderStatus.DELIVERED, returnable=1), await begin()
    await talk.say(f"I want to return something from {order.number}")
    assert "code with six digits" in await talk.say(order.email)
    assert "What would you like to send back" in await talk.say(await talk.newest_code(order.email))


async def test_money_back_after_a_summary_and_a_yes(begin: Begin, some: Orders, demo: Shop) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=2, lines=2)
    talk = await start_return(begin, order)
    await talk.press("Money back")
    await to_the_summary(talk)
    assert [card["status"] for card in talk.cards] == ["draft"]
    assert not await demo.commerce.returns_of(order.customer_id, order_number=order.number)
    said = await talk.press("Yes, open the return")
    (opened,) = await demo.commerce.returns_of(order.customer_id, order_number=order.number)
    assert opened.number in said
    assert talk.cards[0]["label_url"].startswith("/labels/")
    assert await acts(demo, talk, "return.open") == 1
    pdf = await demo.return_labels.pdf(talk.cards[0]["label_url"].removeprefix("/labels/").removesuffix(".pdf"))
    assert pdf.startswith(b"%PDF")


async def test_a_no_opens_nothing(begin: Begin, some: Orders, demo: Shop) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    talk = await start_return(begin, order)
    await talk.press("Money back")
    await to_the_summary(talk)
    assert "not opened" in await talk.press("No, don't")
    assert not await demo.commerce.returns_of(order.customer_id, order_number=order.number)


async def test_an_exchange_sets_the_new_one_aside(begin: Begin, some: Orders, demo: Shop) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    line = next(each for each in await demo.commerce.returnable(order.number) if each.refusal is None).line
    talk = await begin(order.customer_id)
    await talk.say(f"exchange something from {order.number}, it's too small")
    said = await talk.say(line.name)
    if "Which one" not in said:
        pytest.skip("the demo shop has nothing else of this in stock")
    await talk.press(talk.buttons[0])
    await to_the_summary(talk)
    assert talk.cards[0]["lines"][0]["exchange_for"]
    await talk.press("Yes, open the return")
    (opened,) = await demo.commerce.returns_of(order.customer_id, order_number=order.number)
    assert opened.lines[0].exchange_for


async def test_an_item_that_is_not_in_the_order_and_too_many_pieces_leave_the_form_where_it_was(
    begin: Begin, some: Orders
) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    talk = await begin(order.customer_id)
    await talk.say(f"return from {order.number}")
    assert "What would you like to send back" in await talk.say("a garden gnome")
    for alone in ("0", "99"):
        said = await talk.say(alone)
        assert said.startswith("A number alone doesn't tell me which item.")
        assert "What would you like to send back" in talk.replies[-1].text
    said = await talk.say(f"0 {order.lines[0].name}")
    assert "at least 1" in said or "can't come back" in said or "was final sale" in said or "was opened already" in said
    said = await talk.say(f"99 {order.lines[0].name}")
    assert "at most" in said or "can't come back" in said or "was final sale" in said or "was opened already" in said
    assert "What would you like to send back" in talk.replies[-1].text


async def test_another_order_named_in_the_middle_is_asked_about_from_its_items_on(begin: Begin, some: Orders) -> None:
    first, other = await some.two_of_one_customer()
    talk = await start_return(begin, first)
    assert f"What would you like to send back from order {other.number}" in await talk.say(f"order {other.number}")
    assert "money back" in await talk.say("everything")  # the reason need not be said twice


async def test_what_has_not_arrived_can_not_come_back(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.SHIPPED)
    said = await (await begin(order.customer_id)).say(f"return something from {order.number}")
    assert "has not been delivered yet" in said or "was final sale" in said
    assert "can be sent back right now" in said


async def test_where_the_refund_is_sent_and_called_off(begin: Begin, some: Orders, demo: Shop) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    talk = await start_return(begin, order)
    await talk.press("Money back")
    await to_the_summary(talk)
    await talk.press("Yes, open the return")
    assert "hand the parcel in by" in await talk.say("where is my refund?")
    assert "is cancelled" in await talk.press("Cancel the return")
    assert "was cancelled" in await talk.say("where is my refund?")
    (found,) = await demo.commerce.returns_of(order.customer_id, order_number=order.number)
    assert found.status == "cancelled"


async def test_i_sent_it_back(begin: Begin, some: Orders, demo: Shop) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    talk = await start_return(begin, order)
    await talk.press("Money back")
    await to_the_summary(talk)
    await talk.press("Yes, open the return")
    await talk.say("I've sent the parcel back")
    assert "on its way to us" in await talk.press("I've sent it")
    (found,) = await demo.commerce.returns_of(order.customer_id, order_number=order.number)
    assert found.status == "sent"


async def test_who_has_no_return_is_told_so(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.PAID)
    assert "don't see a return" in await (await begin(order.customer_id)).say(f"where is my refund for {order.number}")


async def test_cancelling_says_where_the_money_goes_and_needs_a_yes(begin: Begin, some: Orders, demo: Shop) -> None:
    order = await some.fresh(OrderStatus.PAID)
    talk = await begin(order.customer_id)
    assert "Why would you like to cancel it" in await talk.say(f"cancel order {order.number}")
    assert "you get back" in await talk.press("It takes too long")
    assert talk.cards[0]["number"] == order.number
    assert "stays as it is" in await talk.press("No, keep it")
    assert "Why would you like to cancel it" in await talk.say(f"cancel order {order.number}")
    await talk.press("I found it cheaper")
    assert "is cancelled" in await talk.say("yes, cancel it")
    cancelled = await demo.commerce.get_order(order.number)
    assert cancelled
    assert (cancelled.status, cancelled.cancel_reason) == (OrderStatus.CANCELLED, "found_cheaper")
    assert await acts(demo, talk, "order.cancel") == 1
    assert "cancelled already" in await talk.say(f"cancel order {order.number}")


@pytest.mark.parametrize(
    ("opener", "answer", "reason"),
    [
        ("I don't need order {number} any more, please cancel it", None, "no_longer_needed"),
        ("cancel order {number}", "i ordered it by mistake", "ordered_by_mistake"),
        ("cancel order {number}", "the dog ate it", "other"),
    ],
)
async def test_the_reason_is_taken_from_what_is_said(
    begin: Begin, some: Orders, demo: Shop, opener: str, answer: str | None, reason: str
) -> None:
    order = await some.fresh(OrderStatus.PAID)
    talk = await begin(order.customer_id)
    said = await talk.say(opener.format(number=order.number))
    assert "Shall I cancel it" in (await talk.say(answer) if answer else said)
    await talk.press("Yes, cancel it")
    assert (await demo.commerce.get_order(order.number)).cancel_reason == reason  # type: ignore[union-attr]


async def test_what_has_left_is_not_cancelled_and_the_return_is_offered(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.SHIPPED)
    talk = await begin(order.customer_id)
    assert "left our warehouse" in await talk.say(f"please cancel order {order.number}")
    assert "Send something back" in talk.buttons


async def test_what_was_delivered_is_not_said_to_be_on_its_way(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.DELIVERED)
    talk = await begin(order.customer_id)
    assert "has been delivered" in await talk.say(f"please cancel order {order.number}")
    assert talk.buttons == ["Send something back"]
    assert "was delivered" in await talk.say(f"change the address of order {order.number}")


async def test_an_order_that_ships_while_the_shopper_thinks_is_not_cancelled(
    begin: Begin, some: Orders, demo: Shop
) -> None:
    order = await some.fresh(OrderStatus.PAID)
    talk = await begin(order.customer_id)
    await talk.say(f"cancel order {order.number}, i ordered it by mistake")
    async with demo.database.begin() as connection:
        change = order_rows.update().where(order_rows.c.number == order.number)
        await connection.execute(change.values(status=OrderStatus.SHIPPED.value))
    assert "left our warehouse" in await talk.press("Yes, cancel it")
    assert await acts(demo, talk, "order.cancel") == 0


async def test_nobody_cancels_anothers_order(begin: Begin, some: Orders) -> None:
    mine, theirs = await some.fresh(OrderStatus.PAID), await some.fresh(OrderStatus.PAID)
    talk = await begin(mine.customer_id)
    if mine.customer_id != theirs.customer_id:
        assert "can't find that order" in await talk.say(f"cancel order {theirs.number}")
        assert not talk.cards or talk.cards[0]["type"] == "orders"


async def test_another_address_after_a_yes(begin: Begin, some: Orders, demo: Shop) -> None:
    order = await some.fresh(OrderStatus.PAID)
    place = order.shipping_address
    talk = await begin(order.customer_id)
    assert "new street" in await talk.say(f"change the address of order {order.number}")
    assert "need a street" in await talk.say("somewhere else")
    assert "postcode" in await talk.say("New Lane 77, flat 3")
    assert "need a postcode" in await talk.say("the town")
    shown = await talk.say(f"{place.postcode} {place.city}")
    assert "New Lane 77" in shown
    assert (await demo.commerce.get_order(order.number)).shipping_address == place  # type: ignore[union-attr]
    assert "now goes to" in await talk.press("Yes, change it")
    changed = await demo.commerce.get_order(order.number)
    assert changed
    assert (changed.shipping_address.line1, changed.shipping_address.line2) == ("New Lane 77", "flat 3")


@pytest.mark.parametrize("place", ["1092 AD Amsterdam", "1092ad Amsterdam", "1092 ad, Amsterdam", "Amsterdam 1092 AD"])
async def test_a_dutch_postcode_is_understood_as_it_is_written(begin: Begin, some: Orders, place: str) -> None:
    order = await some.fresh(OrderStatus.PACKED)
    while order.shipping_address.country != "NL":
        order = await some.fresh(OrderStatus.PACKED)
    talk = await begin(order.customer_id)
    await talk.say(f"change the address of order {order.number}")
    await talk.say("Kade 7")
    assert "1092 AD Amsterdam" in await talk.say(place)
    await talk.press("Yes, change it")
    assert "1092 AD Amsterdam" in talk.replies[-1].text


async def test_what_has_left_keeps_its_address(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.SHIPPED)
    said = await (await begin(order.customer_id)).say(f"change the address of order {order.number}")
    assert "packed or on its way" in said


async def test_a_mere_number_does_not_begin_another_flow(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=2, lines=2)
    talk = await begin(order.customer_id)
    asked = await talk.say(f"I want to return something from {order.number}")
    for number, reason in (
        ("2", "A number alone doesn't tell me which item."),
        ("-3", "I'm sorry, I did not understand"),
    ):
        said = await talk.say(number)
        assert said.startswith(reason)
        assert asked in said


async def test_an_address_in_several_lines_or_far_too_long_is_asked_for_again(begin: Begin, some: Orders) -> None:
    order = await some.fresh(OrderStatus.PAID)
    talk = await begin(order.customer_id)
    await talk.say(f"change the address of order {order.number}")
    assert "street with its number" in await talk.say(f"New Lane 77 {'x' * 100}")
    await talk.say("New Lane 77")
    for place in ("New Lane 77\n10115\nBerlin", f"Berlin{1900 * ' '}x"):  # read in one go, or this never ends
        assert "a postcode and a town" in await talk.say(place)
