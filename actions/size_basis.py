"""What a shopper gives to go by for a size: read out of a message, kept in a slot, handed to the shop.

The slot holds a dict with some of: `measurements` and `usual` (each a list, as the entities write them), `brand`,
`purchases`; or else one of `nothing` (there is nothing to go by), `unclear` and `denied` (to be answered and dropped).
Once the shop has understood it, `between` says whether the preference is needed.
"""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker

from actions.answers import intent_of, typed
from shop.measurements import Doubt, Measurement
from shop.size_labels import Label
from shop.sizing import Advice, Basis, NoSuchSize

Kept = dict[str, Any]
ANSWERS = {"inform", "find_size", "give_measurements", "nlu_fallback", "out_of_scope", None}
_LONGEST_ANSWER = 4  # words
_NUMBERS = re.compile(r"\W*-?\d{1,3}(?:[.,]\d+)?(?:(?:\s*(?:,|and|&|/)\s*|\s+)-?\d{1,3}(?:[.,]\d+)?)*\W*")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


def said_now(tracker: Tracker, known: Kept, doubt: Kept, *, asked: bool, by_name: bool) -> Kept:
    """What the newest message gives to go by, put together with what was known; empty where it gives nothing.

    `asked` says that the form asks for it, so that bare numbers are an answer: sizes if asked `by_name`.
    """
    intent = intent_of(tracker)
    if doubt.get("meant") and intent in {"affirm", "deny"}:
        return {"measurements": [*doubt["kept"], doubt["meant"]]} if intent == "affirm" else {"denied": True}
    measurements = _entities(tracker, "measurement")
    usual = _labels(tracker, doubt, any_size=asked or intent == "give_measurements")
    if asked and not measurements and not usual:
        measurements, usual = ([], bare_numbers(tracker)) if by_name else (bare_numbers(tracker), [])
    if measurements:
        return {"measurements": [*_others(known, doubt, measurements), *measurements]}
    if usual:
        return {"usual": usual, "brand": next(iter(_entities(tracker, "brand")), None)}
    if "purchases" in _entities(tracker, "size_basis"):
        return {"purchases": True}
    return {"unclear": True} if asked and _is_answer(tracker) else {}


def basis_of(kept: Kept) -> Basis:
    """What is in the slot, for the shop."""
    said = (Measurement.read(text) for text in kept.get("measurements", ()))
    usual = tuple(Label.read(text) for text in kept.get("usual", ()))
    return Basis(tuple(each for each in said if each), usual, kept.get("brand"))


def kept_of(advice: Advice, known: Kept) -> Kept:
    """What to keep in the slot once the shop has understood it."""
    between = advice.choice.asks_preference
    if advice.basis.measurements:
        return {"measurements": [str(each) for each in advice.basis.measurements], "between": between}
    return known | {"between": between}


def doubt_of(answer: Doubt | NoSuchSize) -> Kept:
    """What to remember of a question that is asked back, so that a yes, or a system alone, can answer it."""
    if isinstance(answer, NoSuchSize):
        return {"size": answer.usual.name} if answer.meant else {}
    meant = str(answer.meant[0]) if len(answer.meant) == 1 else None
    return {"kept": [str(each) for each in answer.kept], "meant": meant}


def bare_numbers(tracker: Tracker) -> list[str]:
    """The numbers of a message that is nothing but numbers."""
    text = typed(tracker)
    return [found.replace(",", ".") for found in _NUMBER.findall(text)] if _NUMBERS.fullmatch(text) else []


def _is_answer(tracker: Tracker) -> bool:
    """Whether the message stands for an answer, though nothing was found in it."""
    text, intent = typed(tracker), intent_of(tracker)
    short = 0 < len(text.split()) <= _LONGEST_ANSWER
    return "?" not in text and intent in ANSWERS and (short or intent == "give_measurements")


def _others(known: Kept, doubt: Kept, said: list[str]) -> list[str]:
    """Measurements given before, but for those that are given anew."""
    measured = {found.measure for text in said if (found := Measurement.read(text))}
    before = dict.fromkeys([*known.get("measurements", ()), *doubt.get("kept", ())])
    return [text for text in before if (found := Measurement.read(text)) and found.measure not in measured]


def _labels(tracker: Tracker, doubt: Kept, *, any_size: bool) -> list[str]:
    """The sizes that are worn; a system alone stands for the size whose system was asked for.

    `any_size`: whatever size is named is an answer. Else it may be one that is asked about: `would M fit me?`
    """
    sizes = [each for each in tracker.latest_message.get("entities", []) if each["entity"] == "size"]
    labels = [Label.read(str(each["value"])) for each in sizes if any_size or each.get("worn")]
    named = [Label(label.name or doubt.get("size", ""), label.system) for label in labels]
    return [str(label) for label in named if label.name]


def _entities(tracker: Tracker, name: str) -> list[str]:
    return [str(value) for value in tracker.get_latest_entity_values(name)]
