"""Telling an answer to a form's question from something else that a shopper says in between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker

_LONGEST_ANSWER = 4  # words
_QUESTION_WORDS = {
    "what", "how", "where", "when", "why", "who", "which", "can", "could", "do", "does", "is", "are", "will", "would",
    "may", "should",
}  # fmt: skip
SURE = 0.7  # of 1
_SURE_ENOUGH = 0.6  # of 1; for what stops or mends, where a street is asked for
_WANTS_OUT = {
    "stop_flow", "start_over", "correct_answer", "repeat_question", "request_human", "ask_help", "bot_challenge",
    "thank",
}  # fmt: skip
WANTS_SOMETHING_ELSE = {"faq", "request_human", "stop_flow", "start_over", "repeat_question", "bot_challenge"}
SAYS_NOTHING_ELSE = {"inform", "nlu_fallback", "out_of_scope", None}


def intent_of(tracker: Tracker, *, at_least: float = 0.0) -> str | None:
    """The newest message's intent, where the model is that sure of it (0 to 1)."""
    intent = tracker.latest_message.get("intent", {})
    name = intent.get("name") if intent.get("confidence", 0) >= at_least else None
    return None if name is None else str(name)


def typed_answer(tracker: Tracker, slot: str, *, also: Sequence[str] = ()) -> dict[str, Any]:
    """The message as the answer for the slot that was asked for, when nothing better was found in it.

    Short words that are no question and no other wish count as an answer, so that the form can say what is wrong with
    them. Anything else is left to the rules, after which the form asks again. `also` names intents that may be an
    answer here.
    """
    if tracker.get_slot("requested_slot") != slot or _found_now(tracker, slot):
        return {}
    text = typed(tracker)
    is_answer = "?" not in text and 0 < len(text.split()) <= _LONGEST_ANSWER
    return {slot: text} if is_answer and intent_of(tracker) in {*SAYS_NOTHING_ELSE, *also} else {}


def asks(text: str) -> bool:
    """Whether a text is a question."""
    first = text.casefold().split(maxsplit=1)[:1]
    return "?" in text or (bool(first) and first[0] in _QUESTION_WORDS)


def answered(tracker: Tracker, slots: Sequence[str], *, words: int = _LONGEST_ANSWER) -> bool:
    """Whether the newest message asks nothing, is no longer than that, and holds what one of the slots takes."""
    text = typed(tracker)
    return not asks(text) and len(text.split()) <= words and any(_found_now(tracker, each) for each in slots)


def _found_now(tracker: Tracker, slot: str) -> bool:
    """Whether this turn has set the slot already."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "slot" and event["name"] == slot and event["value"] is not None:
            return True
    return False


def typed_address(tracker: Tracker, slot: str) -> dict[str, Any]:
    """A line of an address: any words, unless they ask something or want out.

    A street can look like anything to the model, so that only what plainly is something else is left to the rules.
    """
    if tracker.get_slot("requested_slot") != slot or _found_now(tracker, slot):
        return {}
    text = typed(tracker)
    wants_out = intent_of(tracker, at_least=_SURE_ENOUGH) in _WANTS_OUT
    return {} if "?" in text or wants_out or not text else {slot: text}


def typed(tracker: Tracker) -> str:
    """The newest message's words."""
    return str(tracker.latest_message.get("text") or "")


def pressed(tracker: Tracker) -> bool:
    """Whether the latest message was a button, whose words are no typed answer."""
    return bool(tracker.latest_message.get("intent", {}).get("confidence") == 1.0)
