"""What a shopper reads when a message is not taken in, by the kind of refusal."""

from __future__ import annotations

import math
from typing import Any

from connectors.intake import Assistant
from shop.errors import (
    ChoiceUnknown,
    MessageEmpty,
    MessageMalformed,
    MessageTooLong,
    StorehandError,
    TooManyMessages,
    Unavailable,
)

_WORDS: dict[type[StorehandError], tuple[str, str]] = {
    MessageEmpty: ("message_empty", "utter_message_empty"),
    MessageTooLong: ("message_too_long", "utter_message_too_long"),
    MessageMalformed: ("message_malformed", "utter_message_malformed"),
    TooManyMessages: ("too_many_messages", "utter_too_many_messages"),
    ChoiceUnknown: ("choice_unknown", "utter_choice_unknown"),
    Unavailable: ("unavailable", "utter_unavailable"),
}


def explain(error: StorehandError, assistant: Assistant, *, max_characters: int) -> dict[str, Any]:
    """A stable code for the client, a sentence for the shopper, and seconds to wait where that helps."""
    code, response = _WORDS.get(type(error), ("failed", "utter_something_went_wrong"))
    wait = math.ceil(error.retry_after) if isinstance(error, TooManyMessages) else None
    text = assistant.words(response, max_characters=max_characters, seconds=wait)
    return {"code": code, "text": text, "retry_after": wait}
