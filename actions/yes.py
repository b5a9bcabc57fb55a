"""Whether a yes is one that an act may follow: plain, and said to the question as it stands."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker

from actions.answers import SURE, intent_of, pressed, typed
from shop.turns import current_turn

_HEDGES = {
    "not", "no", "nope", "never", "t", "dont", "wont", "but", "if", "unless", "except", "without", "only", "just",
    "or", "wait", "instead", "rather", "first", "later", "tomorrow", "change", "cancel", "stop", "wrong", "another",
}  # fmt: skip


def says_plainly_yes(tracker: Tracker, flow: str) -> bool:
    """Whether the newest message says yes and nothing against it, after it was asked.

    `of course not` looks much like `of course`, and `yes, but not the shoes` is no yes to all. A yes that was typed
    before the question could be read, or after a long silence, is one to something else.
    """
    return _was_asked_before(tracker) and (pressed(tracker) or _is_plain(tracker, flow))


def _is_plain(tracker: Tracker, flow: str) -> bool:
    text = typed(tracker).casefold()
    against = _HEDGES - set(flow.split("_"))  # `yes, cancel it` is one where it is asked whether to cancel
    return intent_of(tracker, at_least=SURE) == "affirm" and "?" not in text and not against & set(_words(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _was_asked_before(tracker: Tracker) -> bool:
    """Whether the question was read when the message was written, in this session."""
    turn = current_turn.get()
    before = list(tracker.events)[: _newest(tracker.events)]
    new_session = any(event["event"] == "session_started" for event in before[_newest(before) :])
    return not new_session and not (turn and turn.overtaken)


def _newest(events: list[dict[str, Any]]) -> int:
    """Where the newest message stands."""
    return max((place for place, event in enumerate(events) if event["event"] == "user"), default=0)
