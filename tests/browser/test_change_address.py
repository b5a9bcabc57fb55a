"""Another address from the page, with a question in the middle of the form and a page that is loaded anew."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from shop.bootstrap import Shop
from shop.orders import OrderStatus
from tests.browser.conftest import Open
from tests.conversations.orders import Orders
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_another_address_across_a_question_and_a_reload(
    open_page: Open, server: Server, shop: Shop, some: Orders, pictures: Path
) -> None:
    order = await some.fresh(OrderStatus.PAID)
    place = f"{order.shipping_address.postcode} {order.shipping_address.city}"
    chat = await open_page(width=390, height=844)
    await chat.open_chat()
    await chat.say(f"change the address of order {order.number}", "Which email address")
    await chat.at_step(1, 5)
    await chat.say(order.email, "code with six digits")
    await chat.say(await asyncio.to_thread(server.newest_code, order.email), "new street and house number")
    await chat.say("Long Lane", "I need a street with its number")
    await chat.at_step(3, 5)
    await chat.say("Mill Road 7, flat 3", "And the postcode and the town?")
    await chat.say("how much is shipping?", "4.95 EUR")
    await chat.at_step(4, 5)
    await chat.reload()
    await chat.at_step(4, 5)
    await expect(chat.shown("Mill Road 7, flat 3")).to_have_count(1)
    await chat.say(place, "Is that right?")
    await chat.at_step(5, 5)
    await chat.picture(pictures / "address-phone.png")
    await chat.press("Yes, change it", "Done. Order")
    await expect(chat.page.get_by_text("Step ")).to_have_count(0)
    changed = await shop.commerce.get_order(order.number)
    assert changed
    assert changed.shipping_address.line1.startswith("Mill Road 7")
