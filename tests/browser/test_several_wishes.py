"""Several things at once from the page: an exchange of several items, another flow in between, and two wishes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.async_api import expect

from shop.bootstrap import Shop
from shop.orders import OrderStatus
from shop.return_terms import ReturnableLine
from tests.browser.axe import serious
from tests.browser.conftest import Open
from tests.browser.page import ChatPage
from tests.conversations.orders import Orders
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_an_exchange_of_several_with_another_flow_in_the_middle(
    open_page: Open, server: Server, shop: Shop, some: Orders, pictures: Path
) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=2, lines=2, pieces=2)
    lines = [each for each in await shop.commerce.returnable(order.number) if each.refusal is None]
    picked = sorted(lines, key=lambda each: each.quantity)[-2:]
    chat = await open_page(width=390, height=844)
    await chat.open_chat()
    await chat.say(f"I want to return something from {order.number}, {order.email}", "code with six digits")
    await chat.say(await asyncio.to_thread(server.newest_code, order.email), "What would you like to send back")
    await _pick(chat, picked)
    await chat.press("Continue", "Why does it go back")
    await expect(chat.shown(re.compile(f"2 × {picked[-1].line.name}"))).to_be_visible()
    await chat.press("It's too small", "money back")
    await chat.at_step(4, 6)
    await chat.say(f"where is my order {order.number}?", "was delivered")
    await chat.sees("Back to what you want to send back")
    await chat.at_step(4, 6)
    await chat.press("Exchange it", "Which one would you like instead of")
    await chat.at_step(4, 6)
    await chat.to_end()
    await chat.picture(pictures / "exchange-sizes-phone.png")
    assert not (found := await serious(chat.page)), "\n".join(found)
    for asked in range(1, len(picked) + 1):
        await expect(chat.shown("Which one would you like instead of")).to_have_count(asked)
        await chat.log.get_by_role("group", name="Suggested answers").last.get_by_role("button").last.click()
    await chat.sees("difference in price")
    await chat.press("The way I paid", "Is everything right")
    await expect(chat.log.get_by_text("Exchange for")).to_have_count(2)
    await chat.at_step(6, 6)
    await chat.picture(pictures / "exchange-summary-phone.png")
    await chat.press("Yes, open the return", "We send the new one as soon as your parcel is here")
    (opened,) = await shop.commerce.returns_of(order.customer_id, order_number=order.number)
    assert sorted(line.quantity for line in opened.lines) == [1, 2]


async def test_of_two_wishes_the_second_is_taken_up_by_itself(
    open_page: Open, server: Server, some: Orders, pictures: Path
) -> None:
    order, chat = await some.fresh(OrderStatus.DELIVERED, returnable=1), await open_page()
    await chat.open_chat()
    await chat.say(f"Where is my order {order.number}? And I want to return something.", "Which email address")
    await chat.say(order.email, "code with six digits")
    said = await chat.log.inner_text()
    assert said.index("was delivered") < said.index("“And I want to return something.”") < said.index("six digits")
    await chat.picture(pictures / "two-wishes-desktop.png")
    await chat.say(await asyncio.to_thread(server.newest_code, order.email), "What would you like to send back")


async def _pick(chat: ChatPage, lines: Sequence[ReturnableLine]) -> None:
    """One piece of each line, and two of the last."""
    for each in lines:
        await chat.log.get_by_role("checkbox", name=each.line.name).first.check()
    pieces = chat.log.get_by_role("group", name=f"How many: {lines[-1].line.name}")
    await pieces.get_by_role("button", name="One more").click()
    await expect(pieces).to_contain_text(f"2 of {lines[-1].quantity}")
