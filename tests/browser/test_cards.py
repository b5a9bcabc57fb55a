"""What a shopper does with each card, and what the chat sends then."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.cards import DRAFT, ITEMS, ORDERS, PRODUCT, PRODUCTS, RETURN, SEND_BY, SIZE_TABLE
from tests.browser.conftest import Open
from tests.browser.page import ChatPage
from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="package")
SMALLEST = 44


async def _pick(open_stage: Open, stage: Stage, **window: Any) -> ChatPage:
    chat = await open_stage(**window)
    await stage.show("Which items do you want to send back?", card=ITEMS)
    await chat.sees("Which items")
    return chat


async def test_items_are_picked_by_keyboard_alone(open_stage: Open, stage: Stage) -> None:
    chat = await _pick(open_stage, stage)
    keys = chat.page.keyboard
    shirt = chat.log.get_by_role("group", name="Items of order SH-15510").get_by_label("Linen shirt").first
    await expect(chat.page.get_by_role("button", name="Continue")).to_be_disabled()
    await shirt.focus()
    await keys.press("Space")
    await keys.press("Tab")
    less = chat.log.get_by_role("group", name="How many: Linen shirt").get_by_role("button", name="One less")
    await expect(less).to_be_focused()
    await keys.press("Enter")  # already at one
    await keys.press("Tab")
    for _ in range(4):  # more than there are
        await keys.press("Enter")
    await expect(chat.log.get_by_role("status")).to_have_text("3 of 3")
    await expect(chat.log.get_by_role("button", name="One more")).to_be_focused()
    await keys.press("Shift+Tab")
    await keys.press("Space")
    await expect(chat.log.get_by_role("status")).to_have_text("2 of 3")
    await chat.log.get_by_label("Belt").press("Space")
    await chat.page.get_by_role("button", name="Continue").press("Enter")
    await chat.sees("2 × Linen shirt, 1 × Belt")
    await expect(chat.field).to_be_focused()
    assert [(each["token"], each["values"]) for each in stage.said] == [("picker", {"l1": 2, "l3": 1})]


async def test_what_cannot_come_back_says_why(open_stage: Open, stage: Stage) -> None:
    chat = await _pick(open_stage, stage)
    for words in ("Final sale, so it can’t come back", "The time to send it back ended on 30 October 2026"):
        await expect(chat.log.get_by_label(words)).to_be_disabled()
    await expect(chat.log.get_by_label("1 of the 2 ordered can be chosen")).to_be_enabled()


async def test_an_answered_picker_shows_what_was_chosen_also_after_a_reload(open_stage: Open, stage: Stage) -> None:
    chat = await _pick(open_stage, stage, width=390, height=844)
    await chat.log.get_by_label("Linen shirt").first.check()
    await chat.page.get_by_role("button", name="One more").click()
    await chat.page.get_by_role("button", name="Continue").dblclick()
    await chat.sees("2 × Linen shirt")
    await stage.show("Why do you send it back?")
    for _ in range(2):
        await expect(chat.log.get_by_label("2 of 3 chosen")).to_be_checked()
        await expect(chat.log.get_by_role("checkbox", disabled=True)).to_have_count(len(ITEMS["items"]))
        await expect(chat.log.get_by_role("checkbox", checked=True)).to_have_count(1)
        await expect(chat.page.get_by_role("button", name="Continue")).to_have_count(0)
        await chat.page.reload()
        await chat.page.get_by_role("button", name="Open the chat").click()
    assert len(stage.said) == 1


async def test_other_words_close_the_picker_with_nothing_chosen(open_stage: Open, stage: Stage) -> None:
    chat = await _pick(open_stage, stage)
    await chat.log.get_by_label("Belt").check()
    await chat.say("never mind", "never mind")
    await expect(chat.log.get_by_role("checkbox", disabled=True)).to_have_count(len(ITEMS["items"]))
    await expect(chat.log.get_by_role("checkbox", checked=True)).to_have_count(0)


async def test_a_choice_that_the_server_refuses_can_be_made_again(open_stage: Open, stage: Stage) -> None:
    chat = await _pick(open_stage, stage)
    stage.refusal = {"code": "unavailable", "text": "The shop can’t be reached just now."}
    await chat.log.get_by_label("Belt").check()
    await chat.page.get_by_role("button", name="Continue").click()
    await expect(chat.log.get_by_role("alert")).to_contain_text("The shop can’t be reached just now.")
    await expect(chat.log.get_by_label("Belt")).to_be_checked()
    await expect(chat.log.get_by_label("Belt")).to_be_enabled()
    await chat.page.get_by_role("button", name="Try again").click()
    await expect(chat.page.get_by_role("button", name="Continue")).to_have_count(0)
    assert [each["values"] for each in stage.said] == [{"l3": 1}]


@pytest.mark.parametrize("width", [1280, 390])
async def test_everything_to_press_is_large_enough(open_stage: Open, stage: Stage, width: int) -> None:
    chat = await open_stage(width=width, height=844)
    await stage.show("Label", card=RETURN)
    await stage.show("Product", card=PRODUCT)
    await stage.show("Sizes", card=SIZE_TABLE)
    await stage.show("Which product?", card=PRODUCTS, buttons=["None of these"])
    await stage.show("Which items?", card=ITEMS)
    await chat.sees("Which items?")
    await chat.log.get_by_role("checkbox").first.check()
    await chat.page.wait_for_timeout(400)
    targets = await chat.log.locator("button, a, label").all()
    targets += await chat.page.locator("storehand-chat .header button").all()
    boxes = [(await each.inner_text(), await each.bounding_box()) for each in targets]
    small = [each for each in boxes if not each[1] or min(each[1]["width"], each[1]["height"]) < SMALLEST]
    assert len(boxes) > 15
    assert small == []


async def test_one_of_several_products_is_chosen(open_stage: Open, stage: Stage) -> None:
    chat = await open_stage()
    await stage.show("Which one?", card=PRODUCTS)
    await chat.log.get_by_role("list", name="Products to choose from").get_by_role("button", name="Oxford").click()
    await expect(chat.log.locator(".mine")).to_contain_text("Oxford shirt")
    await expect(chat.log.get_by_role("button", name="Oxford")).to_have_count(0)
    await expect(chat.log.get_by_text("Out of stock")).to_be_visible()
    assert [each["token"] for each in stage.said] == ["product-p3"]
    assert all("values" not in each for each in stage.said)


async def test_one_of_several_orders_is_chosen(open_stage: Open, stage: Stage) -> None:
    chat = await open_stage()
    await stage.show("Which order?", card=ORDERS)
    await chat.log.get_by_role("list", name="Your orders").get_by_role("button", name="SH-15002").click()
    await expect(chat.log.locator(".mine")).to_contain_text("Order SH-15002")
    assert [each["token"] for each in stage.said] == ["order-SH-15002"]


async def test_a_return_s_label_is_downloaded(open_stage: Open, stage: Stage) -> None:
    chat = await open_stage()
    await stage.show("Please check.", card=DRAFT)
    await expect(chat.log.get_by_role("region", name="Your return")).to_contain_text("To confirm")
    await expect(chat.log.get_by_role("link")).to_have_count(0)
    await stage.show("It is open.", card=RETURN)
    card = chat.log.get_by_role("region", name="Return R-20417")
    day = f"{SEND_BY:%A} {SEND_BY.day} {SEND_BY:%B}"
    for words in ("2 × Linen shirt", "Reason: Too small", "Exchange for", "€119.80", day):
        await expect(card).to_contain_text(words)
    async with chat.page.expect_download() as coming:
        await card.get_by_role("link", name="Download the label").click()
    assert (await coming.value).suggested_filename == "R-20417.pdf"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://other.example/label.pdf", "data:,label", ""])
async def test_a_label_from_anywhere_is_not_offered(open_stage: Open, stage: Stage, address: str) -> None:
    chat = await open_stage()
    await stage.show("It is open.", card=RETURN | {"label_url": address})
    await chat.sees("It is open.")
    await expect(chat.log.get_by_role("region", name="Return R-20417")).to_be_visible()
    await expect(chat.log.get_by_role("link")).to_have_count(0)


async def test_a_product_leads_to_its_page(open_stage: Open, stage: Stage) -> None:
    chat = await open_stage()
    await stage.show("This one?", card=PRODUCT)
    link = chat.log.get_by_role("link", name="See it in the shop")
    await expect(link).to_have_attribute("href", PRODUCT["url"])
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(chat.log.get_by_text("Size: S, M, L · Colour: Sand")).to_be_visible()


async def test_a_size_table_is_a_table_in_either_unit(open_stage: Open, stage: Stage) -> None:
    chat = await open_stage(width=390, height=844)
    await stage.show("M fits.", card=SIZE_TABLE)
    table = chat.log.get_by_role("table", name="Sizes, with body measurements in centimetres")
    row = table.get_by_role("row", name=re.compile("^M"))
    await expect(row.get_by_role("rowheader")).to_contain_text("Recommended")
    await expect(table.get_by_text("Recommended")).to_have_count(1)
    await expect(table.get_by_role("columnheader")).to_have_text(["Size", "Chest", "Waist", "Hips", "EU", "UK", "US"])
    await expect(row.get_by_role("cell")).to_have_text(["90–98", "74–82", "98–106", "40-42", "12-14", "8-10"])
    await chat.log.get_by_role("button", name="inch").click()
    await expect(chat.log.get_by_role("button", name="inch")).to_have_attribute("aria-pressed", "true")
    table = chat.log.get_by_role("table", name="Sizes, with body measurements in inches")
    await expect(table.get_by_role("row", name=re.compile("^M")).get_by_role("cell").first).to_have_text("35.4–38.6")


async def test_a_wide_table_scrolls_inside_itself_by_keyboard_too(open_stage: Open, stage: Stage) -> None:
    chat = await open_stage(width=320, height=640)
    await stage.show("M fits.", card=SIZE_TABLE)
    box = chat.log.get_by_role("region", name="Sizes and measurements")
    await box.focus()
    for _ in range(5):
        await chat.page.keyboard.press("ArrowRight")
    await chat.page.wait_for_function(
        "() => document.querySelector('storehand-chat').shadowRoot.querySelector('.sideways').scrollLeft > 0"
    )
    log = chat.page.get_by_role("region", name="Conversation")
    assert await log.evaluate("(box) => box.scrollWidth <= box.clientWidth")
    await expect(chat.page.get_by_role("heading", name="Shop assistant")).to_be_in_viewport()


async def test_a_card_that_is_unknown_or_broken_leaves_the_words(open_stage: Open, stage: Stage) -> None:
    chat = await open_stage()
    await stage.show("A card of next year.", card={"type": "hologram"})
    await stage.show("A card without its rows.", card={"type": "products"})
    await stage.show("And all goes on.")
    for words in ("A card of next year.", "A card without its rows.", "And all goes on."):
        await chat.sees(words)


async def test_a_shopper_s_own_email_address_is_no_link(open_stage: Open, stage: Stage) -> None:
    chat = await open_stage()
    await chat.say("ada@example.com, see https://shop.example/x", "ada@example.com")
    await stage.show("Write to help@shop.example.")
    await chat.sees("Write to")
    await expect(chat.log.get_by_role("link")).to_have_text([re.compile("shop.example/x"), "help@shop.example"])
