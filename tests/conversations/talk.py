"""A shopper who talks to the assistant in this process, for tests of what is said and done in each case."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from connectors.intake import Intake, IntakeLimits
from runtime.assistant import RasaAssistant
from shop.bootstrap import Shop, outbox
from shop.conversations import Conversation, Inbound, Message, Sender
from shop.photos import Photo


class Talk:
    """One conversation. `say` and `press` return what was answered, in one string."""

    def __init__(self, shop: Shop, assistant: RasaAssistant, conversation: Conversation) -> None:
        self._shop, self._assistant, self.conversation = shop, assistant, conversation
        self._intake = Intake(shop.conversations, assistant, IntakeLimits(rates=()))
        self.replies: list[Message] = []

    @classmethod
    async def begin(
        cls, shop: Shop, assistant: RasaAssistant, customer_id: str | None = None, channel: str = "test"
    ) -> Talk:
        """A new conversation; with a customer, one who is signed in to the shop."""
        conversation = await shop.conversations.open(channel, uuid4().hex, "en")
        if customer_id:
            token = shop.login_tokens.issue(customer_id)
            assert await shop.verification.accept_login(conversation.id, token)
        return cls(shop, assistant, conversation)

    async def say(self, text: str) -> str:
        return await self._send(Inbound(self.conversation.id, uuid4().hex, text=text))

    async def press(self, title: str) -> str:
        shown = {choice.title: choice.token for reply in self.replies for choice in reply.choices}
        assert title in shown, f"there is no button {title!r}, but {list(shown)}"
        token = shown[title]
        return await self._send(Inbound(self.conversation.id, uuid4().hex, choice=token))

    async def wish(self, payload: str) -> str:
        """What a button with this payload would do."""
        return await self._send(Inbound(self.conversation.id, uuid4().hex, event=payload))

    async def add_photo(self) -> str:
        return await self._send(Inbound(self.conversation.id, uuid4().hex, photo=Photo(b"a picture", 40, 30)))

    async def newest_code(self, to: str) -> str:
        await self._shop.verification.close()
        return outbox(self._shop.settings).latest(to)[0].subject.rpartition(" ")[2]

    async def slots(self) -> dict[str, Any]:
        return await self._assistant.slots(self.conversation.id)

    @property
    def buttons(self) -> list[str]:
        return [choice.title for reply in self.replies for choice in reply.choices]

    @property
    def cards(self) -> list[Any]:
        return [reply.card for reply in self.replies if reply.card]

    async def _send(self, inbound: Inbound) -> str:
        store = self._shop.conversations
        before = await store.latest_seq(self.conversation.id)
        await self._intake.receive(self.conversation, inbound)
        await self._intake.settled(self.conversation.id)
        new = await store.after(self.conversation.id, before)
        self.replies = [message for message in new if message.sender != Sender.SHOPPER]
        return "\n".join(reply.text for reply in self.replies)
