"""Rasa's output channel that says nothing itself: it collects a turn's replies until they have been stored."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from shop.conversations import Draft
from shop.turns import Turn


class TurnReplies(OutputChannel):
    """Turns Rasa's responses into drafts of the turn. `channel` picks channel-specific responses."""

    def __init__(self, turn: Turn, channel: str) -> None:
        self._turn = turn
        self._channel = channel

    def name(self) -> str:  # type: ignore[override] # Rasa calls it on the object too
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        draft, replies = draft_of(message), self._turn.result.replies
        if draft in replies:  # a form asks once a turn, after all that was said
            replies.remove(draft)
        if draft.text or draft.card:
            replies.append(draft)


def draft_of(message: dict[str, Any]) -> Draft:
    """One of Rasa's responses as a draft. Buttons without a payload stand for their own words.

    An action may name in `offered` those payloads that make sense now; the response's other buttons are left out.
    """
    buttons = [*(message.get("quick_replies") or []), *(message.get("buttons") or [])]
    custom = message.get("custom") or {}
    if "offered" in custom:
        buttons = [each for each in buttons if each.get("payload") in custom["offered"]]
    return Draft(
        text=str(message.get("text") or ""),
        choices=tuple((str(each["title"]), str(each.get("payload") or each["title"])) for each in buttons),
        card=custom.get("card"),
        stream_id=custom.get("stream_id"),
    )
