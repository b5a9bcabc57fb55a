"""A real Chromium on the demo shop's page."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from shop.bootstrap import Shop, build
from shop.settings import Settings
from tests.browser.page import ChatPage
from tests.browser.stage import Stage
from tests.conversations.orders import Orders
from tests.server import Server

PICTURES = Path(".cache/screenshots")
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_NO_ERRORS = ("ERR_", "WebSocket", "status of 429")  # a line that was cut on purpose, a photo too many
Open = Callable[..., Awaitable[ChatPage]]
expect.set_options(timeout=20_000)  # Chromium holds a WebSocket back for some seconds when others of its have failed


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser() -> AsyncIterator[Browser]:
    """The Chromium or Chrome that is on this machine; `make test` installs one where there is none."""
    binary = next(filter(None, map(shutil.which, ["chromium", "google-chrome", "chromium-browser"])), None)
    assert binary, "There is no Chromium here. `make test` installs it with apt."
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=binary, headless=True, args=_QUIET)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="package")
async def visit(browser: Browser) -> AsyncIterator[Open]:
    """Opens an address as a new visitor, and fails where the page wrote an error to the console."""
    errors: list[str] = []
    contexts = []

    async def visit(url: str, *, width: int = 1280, height: int = 800, dark: bool = False) -> ChatPage:
        context = await browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale="en-GB"
        )
        contexts.append(context)
        page: Page = await context.new_page()
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(url)
        return ChatPage(page)

    yield visit
    for context in contexts:
        await context.close()
    assert [each for each in errors if not any(words in each for words in _NO_ERRORS)] == []


@pytest.fixture
def open_page(visit: Open, server: Server) -> Open:
    """Opens the demo shop's page."""
    return partial(visit, server.url)


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def shop(server: Server) -> AsyncIterator[Shop]:
    """The server's shop, looked at from beside it."""
    shop = build(Settings.read({"STOREHAND_HOME": str(server.home)}))
    yield shop
    await shop.close()


@pytest.fixture(scope="package")
def some(shop: Shop, server: Server) -> Orders:
    """Orders that no other test has used and that are not named on the demo shop's page."""
    return Orders(shop, kept=[order["number"] for order in server.demo().values()])


@pytest_asyncio.fixture(loop_scope="package")
async def stage() -> AsyncIterator[Stage]:
    """A page whose chat hears from the test what the assistant says. What the chat sends has to be in the protocol."""
    stage = Stage()
    await stage.start()
    yield stage
    await stage.stop()
    assert stage.complaints == []


@pytest_asyncio.fixture(loop_scope="package")
async def open_stage(visit: Open, stage: Stage) -> Open:
    """Opens the stage's page, with the chat open."""

    async def open_stage(**window: Any) -> ChatPage:
        chat = await visit(stage.url, **window)
        await chat.page.get_by_role("button", name="Open the chat").click()
        await stage.visited()
        return chat

    return open_stage


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where screenshots go, to be looked at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES
