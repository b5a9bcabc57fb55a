"""Holds scripted conversations through the same door as shoppers, and tells what happened."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from connectors.intake import Intake, IntakeLimits
from connectors.refusals import explain
from runtime.assistant import RasaAssistant
from shop.bootstrap import Shop, outbox
from shop.conversations import Choice, Conversation, Inbound, Message, Sender
from shop.errors import StorehandError

_CHANNEL = "replay"
_NOT_SHOWN = "not shown"  # a token that nobody has issued


class Replay:
    """Plays one script after the other; each in a conversation of its own."""

    def __init__(self, shop: Shop, assistant: RasaAssistant) -> None:
        self._shop, self._assistant = shop, assistant
        limits = IntakeLimits(max_characters=shop.settings.max_characters, rates=())
        self._intake = Intake(shop.conversations, assistant, limits)

    async def play(self, script: dict[str, Any]) -> dict[str, Any]:
        """Hold one conversation. A line that is refused, or a label that is not shown, is told as its `error`."""
        conversation = await self._shop.conversations.open(_CHANNEL, uuid4().hex, script.get("language", "en"))
        if script.get("customer"):
            token = self._shop.login_tokens.issue(str(script["customer"]))
            if await self._shop.verification.accept_login(conversation.id, token) is None:
                return {"id": script.get("id"), "error": f"there is no customer {script['customer']!r}", "turns": []}
        turns = [await self._turn(conversation, said) for said in script["say"]]
        return {"id": script.get("id"), "turns": turns, "slots": await self._assistant.slots(conversation.id)}

    async def _turn(self, conversation: Conversation, said: str | dict[str, Any]) -> dict[str, Any]:
        before = await self._shop.conversations.latest_seq(conversation.id)
        started = time.perf_counter()
        try:
            await self._intake.receive(conversation, await self._inbound(conversation, said))
            await self._intake.settled(conversation.id)
            error = None
        except StorehandError as refusal:
            explained = explain(refusal, self._assistant, max_characters=self._intake.limits.max_characters)
            error = explained["text"]
        took = (time.perf_counter() - started) * 1000
        new = await self._shop.conversations.after(conversation.id, before)
        replies = [message for message in new if message.sender != Sender.SHOPPER]
        turn = {
            "say": said,
            "replies": [message.text for message in replies],
            "buttons": [choice.title for choice in _choices(replies)],
            "cards": [message.card for message in replies if message.card],
            "flow": await self._assistant.flow(conversation.id),
            "ms": round(took, 1),
        }
        return turn | ({"error": error} if error else {})

    async def _inbound(self, conversation: Conversation, said: str | dict[str, Any]) -> Inbound:
        if isinstance(said, str):
            return Inbound(conversation.id, uuid4().hex, text=await self._with_code(said))
        latest = await self._latest(conversation)
        if "pick" in said:
            return Inbound(conversation.id, uuid4().hex, choice=_picker(latest), values=said["pick"])
        wanted = said["choose"].casefold()
        token = next((each.token for each in _choices(latest) if each.title.casefold() == wanted), _NOT_SHOWN)
        return Inbound(conversation.id, uuid4().hex, choice=token)

    async def _latest(self, conversation: Conversation) -> Sequence[Message]:
        last = await self._shop.conversations.latest_seq(conversation.id)
        return await self._shop.conversations.after(conversation.id, max(0, last - 10))

    async def _with_code(self, said: str) -> str:
        """Put the code from the newest email where the script says so."""
        if "{code}" not in said:
            return said
        await self._shop.verification.close()
        newest = outbox(self._shop.settings).latest()
        code = re.search(r"\b\d{6}\b", newest[0].subject) if newest else None
        return said.replace("{code}", code[0] if code else "")


def _picker(messages: Sequence[Message]) -> str:
    """The button that the newest item picker stands for."""
    for message in reversed(messages):
        if message.sender == Sender.SHOPPER:
            break
        if message.card and message.card.get("type") == "items":
            return str(message.card["token"])
    return _NOT_SHOWN


def _choices(messages: Sequence[Message]) -> list[Choice]:
    """The buttons that can be pressed now: those after the shopper's last line."""
    shown: list[Choice] = []
    for message in messages:
        shown = [] if message.sender == Sender.SHOPPER else [*shown, *message.choices]
    return shown
