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
    NotFound,
    PhotoBroken,
    PhotoOfAnotherKind,
    PhotoTooLarge,
    SessionUnknown,
    StorehandError,
    TooBusy,
    TooManyMessages,
    TooManyPhotos,
    Unavailable,
)

_WORDS: dict[type[StorehandError], tuple[str, str]] = {
    MessageEmpty: ("message_empty", "utter_message_empty"),
    MessageTooLong: ("message_too_long", "utter_message_too_long"),
    MessageMalformed: ("message_malformed", "utter_message_malformed"),
    TooManyMessages: ("too_many_messages", "utter_too_many_messages"),
    TooBusy: ("too_busy", "utter_too_busy"),
    ChoiceUnknown: ("choice_unknown", "utter_choice_unknown"),
    Unavailable: ("unavailable", "utter_unavailable"),
    SessionUnknown: ("session_unknown", "utter_session_unknown"),
    NotFound: ("photo_gone", "utter_photo_gone"),
    PhotoTooLarge: ("photo_too_large", "utter_photo_too_large"),
    PhotoOfAnotherKind: ("photo_of_another_kind", "utter_photo_of_another_kind"),
    PhotoBroken: ("photo_broken", "utter_photo_broken"),
    TooManyPhotos: ("too_many_photos", "utter_photo_too_many"),
}


def explain(error: StorehandError, assistant: Assistant, **limits: int) -> dict[str, Any]:
    """A stable code for the client, a sentence for the shopper, and seconds to wait where that helps.

    `limits` are those of the channel that the sentences name.
    """
    code, response = _WORDS.get(type(error), ("failed", "utter_something_went_wrong"))
    wait = math.ceil(error.retry_after) if isinstance(error, TooManyMessages | TooBusy) else None
    minutes = math.ceil(error.retry_after / 60) if isinstance(error, TooManyPhotos) else None
    text = assistant.words(response, **limits, seconds=wait, minutes=minutes)
    return {"code": code, "text": text, "retry_after": wait}
