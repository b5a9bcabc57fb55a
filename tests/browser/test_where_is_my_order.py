"""track_order from the page, in each of its cases, and the chat as a shopper meets it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Open
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="package")
CASES = {
    "on its way": "is on its way with",
    "on its way in several parcels": "Each one is below",
    "arrives today": "is out for delivery",
    "late": "is late",
    "lost by the carrier": "has lost a parcel",
    "delivered (say that you don't have it)": "was delivered by",
    "cancelled": "was cancelled",
    "paid, not packed yet": "waiting to be packed",
}


@pytest.mark.parametrize("situation", list(CASES))
async def test_an_order_in_each_situation(open_page: Open, server: Server, pictures: Path, situation: str) -> None:
    order, chat = server.demo()[situation], await open_page()
    await chat.open_chat()
    await chat.press("Where is my order?", "What is your order number")
    await chat.say(order["number"], "Which email address")
    await chat.say(order["email"], CASES[situation])
    await expect(chat.log.get_by_text(f"Order {order['number']}", exact=True)).to_be_visible()
    await chat.picture(pictures / f"{situation.partition(' (')[0].replace(' ', '-').replace(',', '')}.png")


async def test_delivered_but_not_there_from_the_page(open_page: Open, server: Server, pictures: Path) -> None:
    order, chat = server.demo()["lost by the carrier"], await open_page(width=390, height=844)
    await chat.open_chat()
    await chat.say(f"where is {order['number']}? my email is {order['email']}", "has lost a parcel")
    await chat.press("Open a claim", "code with six digits")
    code = await asyncio.to_thread(server.newest_code, order["email"])
    await chat.say(code, "shall I open a claim")
    await chat.press("Yes, open a claim", "is open")
    await chat.picture(pictures / "claim-phone.png")


async def test_without_the_number(open_page: Open, server: Server) -> None:
    order, chat = server.demo()["on its way"], await open_page()
    await chat.open_chat()
    await chat.press("Where is my order?", "What is your order number")
    await chat.press("I don't have it", "I'll send a code")
    await chat.say(order["email"], "six digits")
    code = await asyncio.to_thread(server.newest_code, order["email"])
    await expect(chat.page.get_by_text(f"Your code for Larkspur & Finch: {code}")).to_be_attached(timeout=10_000)
    await chat.say(code, "Which order is it about?")
    await chat.log.get_by_role("button", name=order["number"]).click()
    await chat.sees("is on its way with")


async def test_signed_in_at_the_shop(open_page: Open, server: Server) -> None:
    chat = await open_page()
    await chat.page.get_by_label("Sign in as").select_option(index=1)
    await chat.page.get_by_role("button", name="Open the chat").click()
    await chat.sees("you're signed in")
    await chat.press("Show my orders", "latest orders")


async def test_the_conversation_outlives_a_reload_and_is_the_same_in_another_tab(open_page: Open) -> None:
    chat = await open_page()
    await chat.open_chat()
    await chat.say("how much is shipping?", "4.95 EUR")
    await chat.page.reload()
    await chat.sees("4.95 EUR")
    other = await chat.page.context.new_page()
    await other.goto(chat.page.url)
    if not await other.get_by_role("log").is_visible():
        await other.get_by_role("button", name="Open the chat").click()
    await expect(other.get_by_role("log").get_by_text("4.95 EUR")).to_be_visible()
    await chat.say("are you a person?", "not a person")
    await expect(other.get_by_role("log").get_by_text("are you a person?")).to_be_visible()
    assert await chat.shown("4.95 EUR").count() == 1


async def test_what_was_written_offline_is_sent_once_when_the_line_is_back(open_page: Open) -> None:
    chat = await open_page()
    await chat.open_chat()
    await chat.page.context.set_offline(True)
    await chat.page.evaluate("() => window.dispatchEvent(new Event('offline'))")
    await chat.field.fill("are you a robot?")
    await chat.field.press("Enter")
    await expect(chat.panel.get_by_text("You’re not connected").first).to_be_visible(timeout=60_000)
    await chat.page.context.set_offline(False)
    await chat.sees("computer program", within_s=60)
    await expect(chat.shown("are you a robot?")).to_have_count(1)


async def test_by_keyboard_alone(open_page: Open) -> None:
    chat = await open_page()
    launcher = chat.page.get_by_role("button", name="Open the chat")
    await launcher.focus()
    await chat.page.keyboard.press("Enter")
    await chat.sees("automated assistant")
    await expect(chat.field).to_be_focused()
    await chat.page.keyboard.type("where is my order?")
    await chat.page.keyboard.press("Enter")
    await chat.sees("What is your order number")
    await chat.page.keyboard.press("Escape")
    await expect(launcher).to_be_focused()


async def test_markup_in_a_message_is_only_text(open_page: Open) -> None:
    chat = await open_page()
    await chat.open_chat()
    said = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    await chat.field.fill(said)
    await chat.field.press("Enter")
    await expect(chat.shown(said)).to_be_visible()
    assert "owned" not in await chat.page.title()


async def test_a_message_that_is_too_long_is_not_sent_and_not_lost(open_page: Open) -> None:
    chat = await open_page()
    await chat.open_chat()
    await chat.field.fill("x" * 2100)
    await expect(chat.page.get_by_text("100 characters too many").first).to_be_visible()
    await chat.field.press("Enter")
    assert len(await chat.field.input_value()) == 2100


@pytest.mark.parametrize(
    ("name", "width", "height", "dark"),
    [("desktop", 1280, 800, False), ("desktop-dark", 1280, 800, True), ("phone", 390, 844, False)],
)
async def test_pictures_to_look_at(
    open_page: Open, server: Server, pictures: Path, name: str, width: int, height: int, dark: bool
) -> None:
    order = server.demo()["on its way" if name != "phone" else "lost by the carrier"]
    chat = await open_page(width=width, height=height, dark=dark)
    await chat.page.wait_for_selector(".product")
    await chat.picture(pictures / f"page-{name}.png")
    await chat.open_chat()
    await chat.say("where is my order?", "What is your order number")
    await chat.say(order["number"], "Which email address")
    await chat.say(order["email"], "is on its way with" if name != "phone" else "has lost a parcel")
    await chat.picture(pictures / f"chat-{name}.png")
