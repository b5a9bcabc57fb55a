"""find_size from the page: a product, a measurement, the table with the recommended size; and what can't be told."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect
from sqlalchemy import update

from shop.adapters.sql.commerce_tables import products
from shop.bootstrap import Shop
from tests.browser.conftest import Open
from tests.browser.page import ChatPage

pytestmark = pytest.mark.asyncio(loop_scope="package")


def marked(chat: ChatPage) -> Locator:
    """The rows of the newest size table that are marked as recommended."""
    return chat.log.get_by_role("table").last.get_by_role("row").filter(has_text="Recommended")


async def test_a_measurement_that_can_not_be_then_one_between_two_sizes(open_page: Open, pictures: Path) -> None:
    """By the keyboard alone, from the launcher to the table in inches."""
    chat = await open_page(width=390, height=844, dark=True)
    keys = chat.page.keyboard
    await chat.page.get_by_role("button", name="Open the chat").focus()
    await keys.press("Enter")
    await chat.sees("automated assistant")
    for words, answer in [
        ("What size should I take?", "Which product is it about?"),
        ("Hazel linen shirt", "is the chest, measured round its fullest part"),
        ("my chest is 9 cm", "9 cm can't be right"),
        ("93 cm", "For 93 cm both S and M come into question"),
    ]:
        await keys.type(words)
        await keys.press("Enter")
        await chat.sees(answer)
    await expect(chat.page.get_by_text("Step 3 of 3")).to_be_visible()
    await _tab_back_to(chat, "Looser")
    await keys.press("Enter")
    await chat.sees("I recommend size M")
    await expect(marked(chat)).to_have_count(1)
    await expect(marked(chat).get_by_role("rowheader")).to_contain_text("M")
    await expect(chat.page.get_by_text("Step ")).to_have_count(0)
    await expect(chat.field).to_be_focused()
    await chat.picture(pictures / "size-table-phone-dark.png")
    await _tab_back_to(chat, "inch")
    await keys.press("Space")
    await expect(marked(chat)).to_contain_text("36.6–39.8")


async def test_a_product_from_a_list_and_a_usual_size(open_page: Open, pictures: Path) -> None:
    chat = await open_page()
    await chat.open_chat()
    await chat.press("What can you do?", "find your size")
    await chat.press("Find my size", "Which product is it about?")
    await chat.say("the Mirrowick linen shirt", "Which of these is it?")
    await chat.picture(pictures / "size-products-desktop.png")
    await chat.press("Maren Linen Shirt", "is the chest, measured")
    await chat.press("I can't measure now", "Which size is usually worn")
    await chat.say("UK 12", "I recommend size M, going by UK 12")
    await expect(marked(chat).get_by_role("rowheader")).to_contain_text("M")
    await chat.say("and for the Runa jumper?", "Runa Merino Jumper")
    await chat.say("never mind", "I've stopped")
    await chat.say("which size of the Kestra trainers, my foot is 30 cm", "I can't recommend a size")
    await expect(marked(chat)).to_have_count(0)
    await expect(chat.log.get_by_role("button", name="Talk to a person")).to_be_visible()


async def test_without_a_size_table_a_person_is_offered_and_no_size(open_page: Open, shop: Shop) -> None:
    no_table = update(products).where(products.c.name == "Juni T-Shirt").values(size_chart_id=None)
    async with shop.database.begin() as connection:
        assert (await connection.execute(no_table)).rowcount == 1
    chat = await open_page(width=390, height=844)
    await chat.open_chat()
    await chat.say("Which size of the Juni t-shirt? My chest is 92 cm.", "There is no size table for the Juni T-Shirt")
    await expect(chat.log.get_by_role("table")).to_have_count(0)
    await chat.press("Talk to a person", "reach our team directly")


async def _tab_back_to(chat: ChatPage, name: str) -> None:
    """Shift and Tab from where the focus is until the newest button of that name has it."""
    button = chat.log.get_by_role("button", name=name, exact=True).last
    for _ in range(20):
        await chat.page.keyboard.press("Shift+Tab")
        if await button.evaluate("(it) => it.getRootNode().activeElement === it"):
            return
    raise AssertionError(f"{name} was not reached by keyboard")
