"""The demo shop's page as a shopper uses it: by what is written on it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from playwright.async_api import Locator, Page, expect
from playwright.async_api import TimeoutError as PlaywrightTimeout

_LISTEN = """() => {
  const region = document.querySelector("storehand-chat").shadowRoot.querySelector(".panel > [aria-live=polite]");
  const said = (message) => [...message.children].map((part) => part.textContent).join(" / ");
  window.heard = [];
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      const heard = target === region ? said : (node) => `only a part: ${node.textContent}`;
      window.heard.push(...[...addedNodes].map(heard));
    }
  }).observe(region, { childList: true, characterData: true, subtree: true });
}"""


class ChatPage:
    """The page with the chat on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.panel = page.get_by_role("dialog").or_(page.get_by_role("region", name="Shop assistant")).first
        self.log = page.get_by_role("log")
        self.field = page.get_by_label("Your message")

    async def open_chat(self) -> None:
        await self.page.get_by_role("button", name="Open the chat").click()
        await expect(self.log).to_contain_text("automated assistant")

    async def say(self, text: str, answer: str) -> None:
        """Type, send by Enter, and wait for these words in the answer."""
        await self.field.fill(text)
        await self.field.press("Enter")
        await self.sees(answer)

    async def at_step(self, step: int, of: int) -> None:
        """Wait until the chat shows that the form is there."""
        await expect(self.page.get_by_text(f"Step {step} of {of}", exact=True)).to_be_visible()

    async def reload(self) -> None:
        """Load the page anew and have the chat open; on a phone it opens by its button alone."""
        await self.page.reload()
        launcher = self.page.get_by_role("button", name="Open the chat")
        await expect(launcher.or_(self.log).first).to_be_visible()
        if await launcher.is_visible():
            await launcher.click()
        await expect(self.log).to_contain_text("automated assistant")

    async def press(self, title: str, answer: str) -> None:
        await self.log.get_by_role("button", name=title).last.click()
        await self.sees(answer)

    async def sees(self, words: str, *, within_s: float = 15) -> None:
        await expect(self.log.get_by_text(words).last).to_be_visible(timeout=within_s * 1000)

    async def to_end(self) -> None:
        """Scroll to the newest message, as the chat does by itself for those who haven't scrolled back."""
        await self.page.get_by_role("region", name="Conversation").evaluate(
            "(box) => (box.scrollTop = box.scrollHeight)"
        )
        await self.page.wait_for_timeout(100)

    def shown(self, words: str) -> Locator:
        """What stands in the conversation with these words."""
        return self.log.get_by_text(words)

    async def listen(self) -> None:
        """From now on, keep what is said aloud."""
        await self.page.evaluate(_LISTEN)

    async def heard(self, *said: str) -> None:
        """Wait until exactly this has been said aloud: one text a message, its parts with slashes between."""
        with suppress(PlaywrightTimeout):
            await self.page.wait_for_function("(count) => window.heard.length >= count", arg=len(said), timeout=10_000)
        await self.page.wait_for_timeout(300)  # for what would be too much
        assert await self.page.evaluate("window.heard") == list(said)

    async def picture(self, path: Path) -> None:
        await self.page.wait_for_timeout(400)  # let what slides come to rest
        await self.page.screenshot(path=path)
