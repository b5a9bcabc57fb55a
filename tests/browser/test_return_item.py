"""A return from the page: pick items, say why and for what, see the summary, say yes, get the label."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.browser.page import ChatPage
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_return_with_the_item_picker_and_its_label(open_page: Open, server: Server, pictures: Path) -> None:
    order = server.demo()["delivered (say that you don't have it)"]
    chat = await open_page(width=390, height=844)
    await chat.open_chat()
    await chat.say(f"I want to return something from {order['number']}", "Which email address")
    await expect(chat.page.get_by_text("Step 1 of 7")).to_be_visible()
    await chat.say(order["email"], "code with six digits")
    await chat.say(server.newest_code(order["email"]), "What would you like to send back")
    await expect(chat.page.get_by_text("Step 3 of 7")).to_be_visible()
    await chat.picture(pictures / "return-picker-phone.png")
    await chat.log.get_by_role("checkbox").first.check()
    await chat.press("Continue", "Why does it go back")
    await _the_picker_shows_what_was_picked(chat)
    await chat.press("It's too small", "money back")
    await chat.press("Money back", "Where should the money go")
    await chat.press("Store credit", "Is everything right")
    await expect(chat.page.get_by_text("Step 7 of 7")).to_be_visible()
    await chat.picture(pictures / "return-summary-phone.png")
    await chat.press("Yes, open the return", "Your return number is")
    await expect(chat.page.get_by_text("Step ")).to_have_count(0)
    await chat.picture(pictures / "return-opened-phone.png")
    label = chat.log.get_by_role("link", name="label").last
    address = await label.get_attribute("href")
    assert address
    pdf = await chat.page.request.get(address)
    assert (pdf.status, pdf.headers["content-type"]) == (200, "application/pdf")
    forged = await chat.page.request.get(address.replace(".pdf", "x.pdf"))
    assert forged.status == 404
    await expect(chat.log.get_by_text("Your return number is")).to_have_count(1)


async def test_cancelling_from_the_page(open_page: Open, server: Server) -> None:
    order = server.demo()["paid, not packed yet"]
    chat = await open_page()
    await chat.open_chat()
    await chat.say(f"cancel order {order['number']}", "Which email address")
    await chat.say(order["email"], "code with six digits")
    await chat.say(server.newest_code(order["email"]), "Why would you like to cancel it?")
    await chat.press("I found it cheaper", "Shall I cancel it?")
    await chat.press("Yes, cancel it", "is cancelled")
    await chat.say(f"cancel order {order['number']}", "cancelled already")


async def _the_picker_shows_what_was_picked(chat: ChatPage) -> None:
    """In a tab that was not there when it was picked."""
    other = await chat.page.context.new_page()
    await other.goto(chat.page.url)
    if not await other.get_by_role("log").is_visible():
        await other.get_by_role("button", name="Open the chat").click()
    await expect(other.get_by_role("log").get_by_role("checkbox").first).to_be_checked()
    await other.close()
