"""What goes over the web chat's line, in the shapes of web/README.md: read from a page, and written for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from shop.conversations import Conversation, Inbound, Message
from shop.errors import MessageMalformed

_MOST_ITEMS = 100


def read_inbound(conversation: Conversation, data: Any, field: str) -> Inbound:
    """A message or a pressed button. Raises `MessageMalformed`."""
    if not isinstance(data, dict) or not isinstance(data.get("client_id"), str) or not isinstance(data.get(field), str):
        raise MessageMalformed(f"a message needs client_id and {field}, both text")
    if data["client_id"].startswith("/"):
        raise MessageMalformed("ids that begin with a slash are the server's own")
    if field == "text":
        return Inbound(conversation.id, data["client_id"], text=data["text"])
    return Inbound(conversation.id, data["client_id"], choice=data["token"], values=_values(data.get("values")))


def _values(values: Any) -> dict[str, int] | None:
    """Pieces by item, as an item picker sends them."""
    if values is None:
        return None
    if not isinstance(values, dict) or len(values) > _MOST_ITEMS:
        raise MessageMalformed("values are pieces by item")
    if not all(type(each) is int for each in values.values()):
        raise MessageMalformed("pieces are whole numbers")
    return values


def messages_packet(messages: Sequence[Message], latest: int) -> dict[str, Any]:
    """Lines of the transcript; `latest` is the highest number there is."""
    return {"messages": [_shown(message) for message in messages], "latest": latest}


def _shown(message: Message) -> dict[str, Any]:
    """A line as the page gets it. Buttons that stand in a card are not shown a second time."""
    in_card = str(message.card)
    return {
        "seq": message.seq,
        "from": message.sender.value,
        "client_id": message.client_id,
        "at": message.at.isoformat(),
        "text": message.text,
        "buttons": [
            {"title": choice.title, "token": choice.token} for choice in message.choices if choice.token not in in_card
        ],
        "card": message.card,
        "stream_id": message.stream_id,
        "progress": asdict(message.progress) if message.progress else None,
        "values": message.values,
    }


def seen_before(data: dict[str, Any]) -> int:
    """The number of the last line that a page has."""
    seen = data.get("seen")
    return seen if isinstance(seen, int) and not isinstance(seen, bool) and seen > 0 else 0


def language_of(wanted: dict[str, Any]) -> str:
    """The language that a page asks for; English where it names none."""
    language = wanted.get("language")
    plain = isinstance(language, str) and len(language) <= 20 and language.replace("-", "").isalnum()
    return str(language) if plain else "en"
