"""More than one wish in one message: which part is taken now, and which waits until the flow of the first is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nlu.clauses import clauses

Parse = Callable[[str], dict[str, Any]]
_SURE = 0.7  # of 1
_LONGEST = 600  # characters; in a longer text the first wish is enough
_SHORT_ANSWERS = {"faq", "request_human"}


@dataclass(frozen=True)
class Wishes:
    """The parts of a message in the order in which they are answered now, and the flows that come after."""

    now: tuple[str, ...]
    waiting: tuple[str, ...] = ()


@dataclass
class _Part:
    text: str
    intent: str | None = None
    topic: str | None = None


def wishes(text: str, parse: Parse, flows: Sequence[str], *, in_form: bool) -> Wishes:
    """Tell the wishes of a message apart.

    `parse` understands a text as Rasa does; `flows` are the intents that begin one. Only parts that the model is sure
    of count, and two of the same kind are one, so that a story told in several sentences stays whole. `in_form` says
    that the first part may be the answer to a form's question.
    """
    said = clauses(text) if len(text) <= _LONGEST else [text]
    if len(said) < 2:
        return Wishes((text,))
    parts = _parts(said, parse, {*flows, *_SHORT_ANSWERS}, in_form=in_form)
    begins = [part.text for part in parts if part.intent in flows]
    answers = [part.text for part in parts if part.intent is None]
    short = [part.text for part in parts if part.intent in _SHORT_ANSWERS]
    now = [*answers, *([] if answers else begins[:1]), *short]
    waiting = begins if answers else begins[1:]
    return Wishes(tuple(now), tuple(waiting)) if len(now) + len(waiting) > 1 else Wishes((text,))


def _parts(said: list[str], parse: Parse, wanted: set[str], *, in_form: bool) -> list[_Part]:
    """Clauses that wish for the same thing, or for nothing of their own, joined to the wish before them."""
    parts: list[_Part] = []
    lead: list[str] = []
    for clause in said:
        understood = parse(clause)
        intent = understood["intent"]["name"] if understood["intent"]["confidence"] >= _SURE else None
        if intent not in wanted:
            if in_form and not parts and understood["entities"]:
                parts.append(_Part(clause))
            elif parts:
                parts[-1].text += f" {clause}"
            else:
                lead.append(clause)
            continue
        topic = understood["intent"].get("full_retrieval_intent_name")
        if parts and (parts[-1].intent, parts[-1].topic) == (intent, topic):
            parts[-1].text += f" {clause}"
        else:
            parts.append(_Part(" ".join([*lead, clause]), intent, topic))
            lead = []
    return parts
