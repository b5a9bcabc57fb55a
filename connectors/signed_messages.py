"""What a delivery to the signed web hook may say, and what a reply says. Errors are sentences for who builds it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from shop.conversations import Conversation, Inbound, Message
from shop.errors import MessageMalformed

_LONGEST = 200
_LANGUAGE = re.compile(r"(?=.{2,20}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Delivery:
    """A shopper's message: a text, or the token of a button that was pressed. `sender` is their address."""

    id: str
    sender: str
    language: str
    text: str | None
    choice: str | None

    def inbound(self, conversation: Conversation) -> Inbound:
        """It as intake takes it."""
        return Inbound(conversation.id, self.id, text=self.text, choice=self.choice)


def read(body: bytes) -> Delivery:
    """A delivery from its body. Raises `MessageMalformed`."""
    try:
        data = json.loads(body.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise MessageMalformed("the body must be JSON in UTF-8, without NaN or Infinity and not nested deep") from error
    if not isinstance(data, dict):
        raise MessageMalformed("the body must be a JSON object with id, from, and either text or choice")
    text, choice = _text(data, "text"), _text(data, "choice")
    if (text is None) == (choice is None):
        raise MessageMalformed("a message has either text or choice")
    return Delivery(_name(data, "id"), _name(data, "from"), _language(data), text, choice)


def write(conversation: Conversation, message: Message) -> bytes:
    """The body that brings a reply."""
    reply = {
        "id": f"{conversation.id}:{message.seq}",
        "to": conversation.address,
        "text": message.text,
        "buttons": [{"title": choice.title, "token": choice.token} for choice in message.choices],
        "seq": message.seq,
    }
    return json.dumps(reply).encode()


def _refuse(number: str) -> NoReturn:
    raise ValueError(f"{number} is no JSON")


def _text(data: dict[str, Any], field: str) -> str | None:
    value = data.get(field)
    if value is not None and not isinstance(value, str):
        raise MessageMalformed(f"{field} must be text")
    return value


def _name(data: dict[str, Any], field: str) -> str:
    """What something is known by: it is stored as it is, so no store may stumble over it."""
    value = data.get(field)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST or not value.isprintable():
        raise MessageMalformed(f"{field} must be text of 1 to {_LONGEST} characters that can be printed")
    return value


def _language(data: dict[str, Any]) -> str:
    value = data.get("language")
    if value is None:
        return "en"
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise MessageMalformed("language must be a tag such as en or pt-BR")
    return value
