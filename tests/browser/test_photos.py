"""Photos in the chat: chosen, looked at, taken back, sent; seen again after a reload, and in every tab."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Locator, Page, expect

from tests.browser.axe import serious
from tests.browser.conftest import Open
from tests.browser.page import ChatPage
from tests.browser.stage import Stage
from tests.browser.test_accessibility import WINDOWS
from tests.pictures import picture

pytestmark = pytest.mark.asyncio(loop_scope="package")
DAMAGE: FilePayload = {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(3000, 2000))}
_CORNER = """(canvas) => {
  const [red, , blue, alpha] = canvas.getContext("2d").getImageData(4, 4, 1, 1).data;
  return alpha > 0 && blue > red;
}"""
_GIVE = """([bytes, how]) => {
  const data = Uint8Array.from(atob(bytes), (each) => each.charCodeAt());
  const files = new DataTransfer();
  files.items.add(new File([data], "damage.jpg", { type: "image/jpeg" }));
  const details = { bubbles: true, composed: true, cancelable: true };
  const event = how === "paste"
    ? new ClipboardEvent(how, { ...details, clipboardData: files })
    : new DragEvent(how, { ...details, dataTransfer: files });
  document.querySelector("storehand-chat").shadowRoot.querySelector("textarea").dispatchEvent(event);
  return event.defaultPrevented;
}"""


async def choose(chat: ChatPage, file: FilePayload) -> None:
    """Press the button and choose a file in the system's window."""
    async with chat.page.expect_file_chooser() as opened:
        await chat.panel.get_by_role("button", name="Add a photo").click()
    await (await opened.value).set_files(file)


def preview(chat: ChatPage) -> Locator:
    return chat.panel.get_by_role("img", name="The photo to be sent")


async def is_drawn(photo: Locator) -> None:
    """Wait until the picture with the blue corner can be seen."""
    await expect(photo).to_be_visible()
    page: Page = photo.page
    for _ in range(50):
        if await photo.evaluate(_CORNER):
            return
        await page.wait_for_timeout(100)
    raise AssertionError("the photo was not drawn")


@pytest.mark.parametrize("window", list(WINDOWS))
async def test_a_photo_with_words_is_there_after_a_reload(open_page: Open, pictures: Path, window: str) -> None:
    chat = await open_page(**WINDOWS[window])
    await chat.open_chat()
    await choose(chat, DAMAGE)
    await is_drawn(preview(chat))
    await expect(chat.field).to_be_focused()
    await chat.field.fill("This came with a hole in it")
    await chat.picture(pictures / f"photo-preview-{window}.png")
    found = await serious(chat.page)
    await chat.panel.get_by_role("button", name="Send").click()
    await chat.sees("added the photo to this conversation")
    await expect(preview(chat)).to_have_count(0)
    await expect(chat.log.get_by_text("This came with a hole in it")).to_be_visible()
    photo = chat.log.get_by_role("img", name="Photo")
    await is_drawn(photo)
    await expect(chat.log.get_by_text("This came with a hole in it")).to_be_visible()
    await chat.picture(pictures / f"photo-sent-{window}.png")
    found += await serious(chat.page)
    assert not found, "\n".join(found)
    await chat.page.reload()
    if not await chat.log.is_visible():
        await chat.page.get_by_role("button", name="Open the chat").click()
    await is_drawn(photo)
    await expect(photo).to_have_count(1)


async def test_the_wrong_photo_is_taken_back_and_what_is_none_is_told(open_page: Open) -> None:
    chat = await open_page()
    await chat.open_chat()
    send = chat.panel.get_by_role("button", name="Send")
    await choose(chat, DAMAGE)
    await expect(send).to_be_enabled()
    await chat.panel.get_by_role("button", name="Remove the photo").press("Enter")
    await expect(preview(chat)).to_have_count(0)
    await expect(chat.field).to_be_focused()
    await expect(send).to_be_disabled()
    await choose(chat, {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"not a photo"})
    await expect(chat.panel.get_by_role("alert")).to_contain_text("A JPEG, PNG or WebP works.")
    await choose(chat, DAMAGE)
    await expect(chat.panel.get_by_role("alert")).to_have_count(0)
    await is_drawn(preview(chat))


@pytest.mark.parametrize("how", ["paste", "drop"])
async def test_a_photo_may_be_pasted_or_dropped_and_sent_by_enter(open_page: Open, how: str) -> None:
    chat = await open_page()
    await chat.open_chat()
    assert await chat.page.evaluate(_GIVE, [base64.b64encode(picture()).decode(), how])
    await is_drawn(preview(chat))
    await chat.field.press("Enter")
    await chat.sees("added the photo to this conversation")


async def test_a_photo_that_the_server_refuses_says_why_and_can_be_removed(open_page: Open, pictures: Path) -> None:
    chat = await open_page(width=390, height=844)
    await chat.open_chat()
    for _ in range(6):
        await choose(chat, DAMAGE)
        await chat.panel.get_by_role("button", name="Send").click()
    await expect(chat.log.get_by_role("alert")).to_contain_text("You can add 5 photos an hour.", timeout=20_000)
    await expect(chat.log.get_by_role("button", name="Try again")).to_have_count(0)
    await choose(chat, {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"not a photo"})
    await chat.picture(pictures / "photo-refused-phone.png")
    await chat.log.get_by_role("button", name="Remove").click()
    await expect(chat.log.get_by_role("img", name="Photo")).to_have_count(5)


async def test_the_strictest_page_shows_photos_too(open_stage: Open, stage: Stage) -> None:
    """Its policy allows no pictures from the server, and no addresses of blobs."""
    chat = await open_stage()
    await stage.show("", card={"type": "photo", "id": "p1", "width": 400, "height": 300}, sender="shopper")
    await is_drawn(chat.log.get_by_role("img", name="Photo"))
