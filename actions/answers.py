"""Telling an answer to a form's question from something else that a shopper says in between."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

_LONGEST_ANSWER = 4  # words
_SURE = 0.6
_WANTS_OUT = {
    "stop_flow", "start_over", "correct_answer", "repeat_question", "request_human", "ask_help", "bot_challenge",
    "thank",
}  # fmt: skip
SAYS_NOTHING_ELSE = {"inform", "nlu_fallback", "out_of_scope", None}


def typed_answer(tracker: Tracker, slot: str) -> dict[str, Any]:
    """The message as the answer for the slot that was asked for, when nothing better was found in it.

    Short words that are no question and no other wish count as an answer, so that the form can say what is wrong with
    them. Anything else is left to the rules, after which the form asks again.
    """
    if tracker.get_slot("requested_slot") != slot or _found_now(tracker, slot):
        return {}
    text = str(tracker.latest_message.get("text") or "")
    intent = tracker.latest_message.get("intent", {}).get("name")
    is_answer = "?" not in text and 0 < len(text.split()) <= _LONGEST_ANSWER
    return {slot: text} if is_answer and intent in SAYS_NOTHING_ELSE else {}


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
    text = str(tracker.latest_message.get("text") or "")
    intent = tracker.latest_message.get("intent", {})
    sure = intent.get("name") in _WANTS_OUT and intent.get("confidence", 0) > _SURE
    return {} if "?" in text or sure or not text else {slot: text}
