"""A shopper shows who they are in one tab: their other tabs go on, and a browser that had the old session does not."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.async_api import Page, Route, WebSocketRoute, expect

from shop.orders import Order, OrderStatus
from tests.browser.conftest import Open
from tests.browser.page import ChatPage
from tests.conversations.orders import Orders

pytestmark = pytest.mark.asyncio(loop_scope="package")
SESSION = "storehand.session"
NOT_CONNECTED = "You’re not connected"


class Cable:
    """The line of one tab, which may be pulled out."""

    def __init__(self) -> None:
        self._out = False
        self._lines: list[WebSocketRoute] = []

    async def lead_to(self, page: Page) -> None:
        """Before the page is loaded."""
        await page.route("**/socket.io/**", self._ask)
        await page.route_web_socket(re.compile("/socket.io/"), self._call)

    async def pull_out(self) -> None:
        self._out = True
        for line in self._lines:
            await line.close()

    def plug_in(self) -> None:
        self._out = False

    async def _ask(self, route: Route) -> None:
        await (route.abort() if self._out else route.continue_())

    async def _call(self, line: WebSocketRoute) -> None:
        if self._out:
            await line.close()
            return
        self._lines.append(line)
        line.connect_to_server()


async def _another_tab(chat: ChatPage, cable: Cable | None = None) -> ChatPage:
    page = await chat.page.context.new_page()
    if cable:
        await cable.lead_to(page)
    await page.goto(chat.page.url)
    return await _opened(page)


async def _opened(page: Page) -> ChatPage:
    other = ChatPage(page)
    launcher = page.get_by_role("button", name="Open the chat")
    await expect(launcher.or_(other.log).first).to_be_visible()
    if await launcher.is_visible():
        await launcher.click()
    await expect(other.log).to_contain_text("automated assistant")
    return other


async def _session(chat: ChatPage) -> dict[str, Any]:
    return json.loads(await chat.page.evaluate(f"localStorage.getItem('{SESSION}')"))


async def _verify(chat: ChatPage, order: Order) -> None:
    await chat.say(f"where is {order.number}?", "Which email address")
    await chat.say(order.email, "was delivered")


async def _watch_for(page: Page, words: str) -> None:
    """Keep in `window.seen` whether these words were ever on the page."""
    await page.evaluate(
        """(words) => {
          const root = document.querySelector("storehand-chat").shadowRoot;
          window.seen = false;
          new MutationObserver(() => (window.seen ||= root.textContent.includes(words)))
            .observe(root, { childList: true, characterData: true, subtree: true });
        }""",
        words,
    )


async def test_both_tabs_go_on_when_one_verifies(open_page: Open, some: Orders) -> None:
    chat, order = await open_page(), await some.fresh(OrderStatus.DELIVERED)
    await chat.open_chat()
    other = await _another_tab(chat)
    await _watch_for(other.page, NOT_CONNECTED)
    before = await _session(chat)
    await _verify(chat, order)
    await other.sees("was delivered")
    after = await _session(chat)
    assert (after["conversation"], after["token"] == before["token"]) == (before["conversation"], False)
    await other.say("how much is shipping?", "4.95 EUR")
    await chat.sees("4.95 EUR")
    await chat.say("are you a person?", "not a person")
    await other.sees("are you a person?")
    assert (await _session(other))["conversation"] == before["conversation"]
    assert await other.page.evaluate("window.seen") is False, "too short to be worth a word"
    for tab in (chat, other):
        for words in (order.email, "was delivered", "4.95 EUR", "are you a person?"):
            await expect(tab.shown(words)).to_have_count(1)


async def test_a_tab_that_was_away_comes_back_with_the_new_session(open_page: Open, some: Orders) -> None:
    chat, order, cable = await open_page(), await some.fresh(OrderStatus.DELIVERED), Cable()
    await chat.open_chat()
    other = await _another_tab(chat, cable)
    await cable.pull_out()
    await expect(other.panel.get_by_text(NOT_CONNECTED).first).to_be_visible(timeout=30_000)
    before = await _session(chat)
    await _verify(chat, order)
    await expect(other.shown("was delivered")).to_have_count(0)
    cable.plug_in()
    await other.page.evaluate("dispatchEvent(new Event('online'))")
    await other.sees("was delivered")
    await other.say("how much is shipping?", "4.95 EUR")
    await chat.sees("4.95 EUR")
    assert (await _session(chat))["conversation"] == before["conversation"]


async def test_the_browser_that_planted_the_session_begins_anew(open_page: Open, some: Orders) -> None:
    chat, planting, order = await open_page(), await open_page(), await some.fresh(OrderStatus.DELIVERED)
    await chat.open_chat()
    known = json.dumps(await _session(chat))
    await planting.page.evaluate(f"(session) => localStorage.setItem('{SESSION}', session)", known)
    await planting.page.reload()
    planting = await _opened(planting.page)
    await chat.say("how much is shipping?", "4.95 EUR")
    await planting.sees("4.95 EUR")
    await _watch_for(planting.page, "was delivered")
    await _verify(chat, order)
    await expect(planting.shown("4.95 EUR")).to_have_count(0, timeout=30_000)
    await planting.say("are you a person?", "not a person")
    assert await planting.page.evaluate("window.seen") is False
    assert (await _session(planting))["conversation"] != (await _session(chat))["conversation"]
    await expect(chat.shown("are you a person?")).to_have_count(0)
