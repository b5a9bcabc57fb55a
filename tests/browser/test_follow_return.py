"""A return that is open, from the page: where it is, its label once more, and calling it off."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from shop.bootstrap import Shop
from shop.orders import OrderStatus
from shop.return_terms import ReturnLine, ReturnRequest, ReturnStatus
from tests.browser.conftest import Open
from tests.conversations.orders import Orders
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_where_it_is_the_label_again_and_calling_it_off(
    open_page: Open, server: Server, shop: Shop, some: Orders, pictures: Path
) -> None:
    order = await some.fresh(OrderStatus.DELIVERED, returnable=1)
    line = next(each.line for each in await shop.commerce.returnable(order.number) if each.refusal is None)
    request = ReturnRequest(order.number, (ReturnLine(line.id, 1, "too_small"),), "store_credit")
    opened = await shop.commerce.open_return(request, actor="test", idempotency_key=order.number)
    chat = await open_page(dark=True)
    await chat.open_chat()
    await chat.say("where is my refund?", "Which email address")
    await chat.say(order.email, "code with six digits")
    await chat.say(await asyncio.to_thread(server.newest_code, order.email), f"Your return {opened.number} is open")
    await expect(chat.log.get_by_role("region", name=f"Return {opened.number}")).to_contain_text(line.name)
    await chat.picture(pictures / "return-open-desktop-dark.png")
    await chat.say("send me the label again", f"Your return {opened.number} is open")
    labels = chat.log.get_by_role("link", name="Download the label")
    await expect(labels).to_have_count(2)
    address = await labels.last.get_attribute("href")
    assert address
    assert (await chat.page.request.get(address)).headers["content-type"] == "application/pdf"
    await chat.press("Cancel the return", f"return {opened.number} is cancelled")
    (now,) = await shop.commerce.returns_of(order.customer_id, order_number=order.number)
    assert now.status == ReturnStatus.CANCELLED
    await chat.say("where is my refund?", "was cancelled, so you keep what you bought")
