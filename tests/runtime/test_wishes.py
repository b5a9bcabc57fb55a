"""What is taken now and what waits, whatever the model is."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.wishes import Wishes, wishes

FLOWS = ["track_order", "return_item"]


def parse(text: str) -> dict[str, Any]:
    """A model that knows a few words, and is unsure of `perhaps`."""
    known = {"track": "track_order", "return": "return_item", "cost": "faq", "hours": "faq", "person": "request_human"}
    word = next((word for word in known if word in text.casefold()), None)
    intent = {"name": known.get(word or "", "nlu_fallback"), "confidence": 0.5 if "perhaps" in text else 0.9}
    if intent["name"] == "faq":
        intent["full_retrieval_intent_name"] = f"faq/{word}"
    return {"intent": intent, "entities": [{"entity": "order_number"}] if "SH-" in text else []}


@pytest.mark.parametrize(
    ("text", "now", "waiting"),
    [
        ("Track it. Return it.", ["Track it."], ["Return it."]),
        ("Return it. Track it. Return it.", ["Return it."], ["Track it.", "Return it."]),
        ("Return it. What does it cost?", ["Return it.", "What does it cost?"], []),
        ("What does it cost? Return it.", ["Return it.", "What does it cost?"], []),
        ("A person please! Return it.", ["Return it.", "A person please!"], []),
        ("What does it cost? Which hours?", ["What does it cost?", "Which hours?"], []),
        ("Hello. Track it. It is late. Return that.", ["Hello. Track it. It is late."], ["Return that."]),
        ("Track SH-1. Track SH-2.", ["Track SH-1. Track SH-2."], []),
        ("Track it. Perhaps return it, perhaps not.", ["Track it. Perhaps return it, perhaps not."], []),
        ("It is late. I am sad.", ["It is late. I am sad."], []),
    ],
)
def test_each_wish_has_its_turn(text: str, now: list[str], waiting: list[str]) -> None:
    assert wishes(text, parse, FLOWS, in_form=False) == Wishes(tuple(now), tuple(waiting))


def test_in_a_form_the_first_part_may_be_the_answer() -> None:
    said = "It is SH-10234. What does it cost? Return it."
    assert wishes(said, parse, FLOWS, in_form=True) == Wishes(
        ("It is SH-10234.", "What does it cost?"), ("Return it.",)
    )


def test_of_a_very_long_text_only_the_whole_counts() -> None:
    said = "Track it. Return it. " * 40
    assert wishes(said, parse, FLOWS, in_form=False) == Wishes((said,))
