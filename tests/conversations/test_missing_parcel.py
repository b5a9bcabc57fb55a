"""report_missing_parcel: a claim in each case, with the real model and the demo shop."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from shop.adapters.sql.audit import audit_log
from shop.adapters.sql.commerce_tables import claims, orders, shipments
from shop.bootstrap import Shop
from tests.conversations.conftest import Begin

pytestmark = pytest.mark.asyncio(loop_scope="package")
Orders = dict[str, dict[str, str]]
DELIVERED = "delivered (say that you don't have it)"


async def claims_for(demo: Shop, number: str) -> int:
    query = select(func.count()).select_from(claims).where(claims.c.order_number == number)
    async with demo.database.begin(reading=True) as connection:
        return int((await connection.execute(query)).scalar_one())


async def test_delivered_but_not_there_ends_in_a_claim(begin: Begin, orders: Orders, demo: Shop) -> None:
    order, talk = orders[DELIVERED], await begin()
    await talk.say(f"where is {order['number']} {order['email']}")
    assert "code with six digits" in await talk.press("I don't have it")
    assert "shall I open a claim" in await talk.say(await talk.newest_code(order["email"]))
    assert await claims_for(demo, order["number"]) == 0
    said = await talk.press("Yes, open a claim")
    assert "is open" in said
    assert order["number"] in said
    assert "Talk to a person" in talk.buttons
    assert await claims_for(demo, order["number"]) == 1
    await talk.say("it says delivered but I don't have it")
    await talk.say("yes")
    assert await claims_for(demo, order["number"]) == 1


async def test_a_lost_parcel_offers_the_claim_and_a_no_opens_none(begin: Begin, orders: Orders, demo: Shop) -> None:
    order, talk = orders["lost by the carrier"], await begin()
    await talk.say(f"where is {order['number']} {order['email']}")
    await talk.press("Open a claim")
    await talk.say(await talk.newest_code(order["email"]))
    assert "not opened a claim" in await talk.say("no, not yet")
    assert await claims_for(demo, order["number"]) == 0
    async with demo.database.begin(reading=True) as connection:
        acts = select(func.count()).select_from(audit_log).where(audit_log.c.action == "claim.open")
        acts = acts.where(audit_log.c.actor == f"shopper:{talk.conversation.id}")
        assert (await connection.execute(acts)).scalar_one() == 0


async def test_a_parcel_on_its_way_is_not_claimed(begin: Begin, orders: Orders, demo: Shop) -> None:
    order, talk = orders["on its way"], await begin()
    await talk.say("my parcel is lost")
    await talk.say(order["number"])
    await talk.say(order["email"])
    said = await talk.say(await talk.newest_code(order["email"]))
    assert "too early for a claim" in said
    assert await claims_for(demo, order["number"]) == 0


async def test_of_several_parcels_the_missing_one_is_chosen(begin: Begin, demo: Shop) -> None:
    several = (
        select(orders.c.number, orders.c.customer_id)
        .join(shipments, shipments.c.order_number == orders.c.number)
        .where(orders.c.status == "delivered", shipments.c.status == "delivered")
        .group_by(orders.c.number, orders.c.customer_id)
        .having(func.count() > 1)
        .limit(1)
    )
    async with demo.database.begin(reading=True) as connection:
        number, customer_id = (await connection.execute(several)).one()
    talk = await begin(customer_id)
    assert "Which one is missing" in await talk.say(f"order {number} says delivered but I never got it")
    assert "shall I open a claim" in await talk.press(talk.buttons[1])
    assert "is open" in await talk.say("yes please")
    assert await claims_for(demo, number) == 1


async def test_a_code_that_was_typed_wrong_five_times_opens_nothing(begin: Begin, orders: Orders, demo: Shop) -> None:
    order, talk = orders["late"], await begin()
    await talk.say("my parcel is lost")
    await talk.say(f"it's {order['number']}, {order['email']}")
    for _ in range(5):
        said = await talk.say("000000")
    assert "minutes" in said
    assert await claims_for(demo, order["number"]) == 0
