"""What axe-core finds on the real page and on every card; and what is heard by those who can't see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.axe import serious
from tests.browser.cards import EVERY, ITEMS, RETURN
from tests.browser.conftest import Open
from tests.browser.stage import Stage
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="package")

WINDOWS = {
    "desktop": {"width": 1280, "height": 800, "dark": False},
    "desktop-dark": {"width": 1280, "height": 800, "dark": True},
    "phone": {"width": 390, "height": 844, "dark": False},
    "phone-dark": {"width": 390, "height": 844, "dark": True},
}
SHOP_COLOURS = """:root {
  --storehand-accent: #ffd21f;
  --storehand-accent-dark: #ff9fd0;
  --storehand-background: #f3ead8;
  --storehand-background-dark: #14213d;
  --storehand-text: #3b1d0a;
  --storehand-text-dark: #fff3d6;
}"""


@pytest.mark.parametrize("window", list(WINDOWS))
async def test_axe_finds_nothing_serious_on_any_card(
    open_stage: Open, stage: Stage, pictures: Path, window: str
) -> None:
    chat = await open_stage(**WINDOWS[window])
    found = []
    for name, (text, card) in EVERY.items():
        buttons = ["Yes, please", "No"] if name == "return-draft" else []
        await stage.show(text, card=card, buttons=buttons, progress=(2, 5) if buttons or name == "items" else None)
        await chat.to_end()
        if name == "items":
            await chat.log.get_by_label("Linen shirt").first.check()
        if name in ("order", "items", "return-draft", "return"):  # longer than the window: from the top
            await chat.log.locator(".card").last.evaluate("(card) => card.scrollIntoView()")
        await expect(chat.log.locator(".card").last).to_be_in_viewport(ratio=0.5)
        await chat.picture(pictures / f"card-{name}-{window}.png")
        found += [f"{name}: {each}" for each in await serious(chat.page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("window", list(WINDOWS))
async def test_axe_finds_nothing_serious_on_the_real_page(open_page: Open, server: Server, window: str) -> None:
    order, chat = server.demo()["on its way in several parcels"], await open_page(**WINDOWS[window])
    await chat.page.wait_for_selector(".product")
    found = await serious(chat.page)
    await chat.open_chat()
    await chat.say(f"where is {order['number']}? my email is {order['email']}", "Each one is below")
    found += await serious(chat.page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("dark", [False, True])
async def test_a_shop_s_own_colours_stay_readable(open_stage: Open, stage: Stage, pictures: Path, dark: bool) -> None:
    stage.style += SHOP_COLOURS
    chat = await open_stage(width=390, height=844, dark=dark)
    await stage.show("Which items do you want to send back?", card=ITEMS, progress=(2, 5))
    await chat.log.get_by_label("Belt").check()
    found = await serious(chat.page)
    await chat.picture(pictures / f"shop-colours-{'dark' if dark else 'light'}.png")
    await chat.page.get_by_role("button", name="Continue").click()
    await stage.show("Your return is open.", card=RETURN, buttons=["Thank you"])
    await chat.sees("Your return is open.")
    found += await serious(chat.page)
    assert not found, "\n".join(found)


async def test_each_message_is_said_aloud_once_and_whole(open_stage: Open, stage: Stage) -> None:
    chat = await open_stage()
    await chat.listen()
    await stage.typing(True)
    await stage.stream("Your return")
    await stage.stream("Your return is open")
    await stage.show("Your return is open.", card=RETURN, buttons=["Thank you", "Cancel it"], stream_id="s1")
    await stage.typing(False)
    await chat.sees("Your return is open.")
    await chat.say("thank you", "thank you")
    await stage.show("You’re welcome.")
    await chat.sees("You’re welcome.")
    await chat.page.set_viewport_size({"width": 390, "height": 844})
    await chat.page.wait_for_timeout(300)
    await chat.heard(
        "Assistant: Your return is open. / Return R-20417 / Suggested answers: Thank you, Cancel it",
        "Assistant: You’re welcome.",
    )
    await expect(chat.log).to_have_attribute("aria-live", "off")


async def test_a_past_that_comes_in_at_once_is_not_said_aloud(open_stage: Open, stage: Stage) -> None:
    for number in range(5):
        await stage.show(f"Line {number}")
    chat = await open_stage()
    await chat.listen()
    await chat.sees("Line 4")
    await stage.show("Something new")
    await chat.sees("Something new")
    await chat.heard("Assistant: Something new")


async def test_the_step_of_a_form_is_shown_and_said_once(open_stage: Open, stage: Stage) -> None:
    chat = await open_stage()
    step = chat.page.get_by_role("status").filter(has_text="Step")
    await stage.show("Which order is it about?", progress=(1, 5))
    await expect(step).to_have_text("Step 1 of 5")
    await chat.page.evaluate(
        """() => {
          const status = document.querySelector("storehand-chat").shadowRoot.querySelector(".progress");
          window.changes = 0;
          new MutationObserver((all) => (window.changes += all.length))
            .observe(status, { childList: true, characterData: true, subtree: true });
        }"""
    )
    await chat.say("SH-15510", "SH-15510")
    await stage.show("I don’t know that one. Which order is it about?", progress=(1, 5))
    await chat.sees("I don’t know that one")
    assert await chat.page.evaluate("window.changes") == 0
    await stage.show("Which items?", progress=(2, 5))
    await expect(step).to_have_text("Step 2 of 5")
    await stage.show("Shipping costs 4.95 EUR.")
    await expect(step).to_have_count(0)


async def test_messages_that_come_while_the_chat_is_closed_are_counted(
    open_stage: Open, stage: Stage, pictures: Path
) -> None:
    chat = await open_stage()
    await stage.show("Hello")
    await chat.sees("Hello")
    await chat.page.keyboard.press("Escape")
    launcher = chat.page.get_by_role("button", name="Open the chat")
    await expect(launcher).to_have_accessible_name("Open the chat")
    await stage.show("A person will answer soon.")
    await stage.show("Hello, Ada here.", sender="agent")
    await expect(launcher).to_have_accessible_name("Open the chat, 2 new messages")
    await expect(launcher).to_have_text("2")
    await expect(chat.page.get_by_role("status").filter(has_text="2 new messages")).to_be_attached()
    found = await serious(chat.page)
    assert not found, "\n".join(found)
    await chat.picture(pictures / "unread.png")
    await chat.listen()
    await launcher.click()
    await expect(chat.page.get_by_text("New messages", exact=True)).to_be_visible()
    await chat.heard("Assistant: A person will answer soon.", "Our team: Hello, Ada here.")
    await chat.page.keyboard.press("Escape")
    await expect(launcher).to_have_accessible_name("Open the chat")
