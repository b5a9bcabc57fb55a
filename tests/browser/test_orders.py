"""The orders of somebody and a parcel that is missing, from the page."""

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


async def test_a_guest_lists_orders_and_chooses_one(
    open_page: Open, server: Server, some: Orders, pictures: Path
) -> None:
    order, chat = await some.fresh(OrderStatus.DELIVERED), await open_page(width=390, height=844, dark=True)
    await chat.open_chat()
    await chat.press("Show my orders", "Which email address")
    await chat.say(order.email, "code with six digits")
    await chat.at_step(2, 2)
    await chat.say("000000", "That code doesn't fit")
    await chat.say(await asyncio.to_thread(server.newest_code, order.email), "Here are your latest orders")
    await chat.picture(pictures / "orders-phone-dark.png")
    choice = chat.log.get_by_role("button", name=order.number)
    await choice.click()
    await chat.sees(f"Your order {order.number} was delivered")
    await expect(choice).to_have_count(0)


async def test_a_parcel_that_is_said_to_be_delivered(
    open_page: Open, server: Server, shop: Shop, some: Orders, pictures: Path
) -> None:
    order, chat = await some.fresh(OrderStatus.DELIVERED), await open_page()
    await chat.open_chat()
    await chat.say("It says delivered but I don't have it", "What is your order number")
    await chat.at_step(1, 4)
    await chat.say(order.number, "Which email address")
    await chat.say(order.email, "code with six digits")
    await chat.say(await asyncio.to_thread(server.newest_code, order.email), "shall I open a claim")
    await chat.at_step(4, 4)
    await chat.press("No, not yet", "I have not opened a claim")
    await chat.say("the neighbour doesn't have it either", "shall I open a claim")
    await chat.press("Yes, open a claim", f"for order {order.number} is open")
    await chat.picture(pictures / "claim-desktop.png")
