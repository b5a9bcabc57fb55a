"""Compares what was acknowledged and shown with the transcript that the server has in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from tests.shopper import Message

KINDS = {
    "hello": "utter_greet",
    "thank you": "utter_you_are_welcome",
    "are you a bot?": "utter_i_am_a_bot",
    "how are you?": "utter_wellbeing",
    "goodbye": "utter_goodbye",
    "you are great": "utter_praise_answered",
}
"""Small talk with the response that answers it. Neighbours differ, so an answer says which message it belongs to."""


@dataclass(frozen=True)
class Verdict:
    """Counts of messages. All but the first two must be 0."""

    sent: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    unanswered: int = 0
    answered_twice: int = 0

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def is_clean(self) -> bool:
        """Whether each was taken, shown and answered once, in order."""
        return self == Verdict(self.sent, self.sent)


def judge(
    sent: Sequence[tuple[str, str]],
    acknowledged: Mapping[str, int],
    shown: Sequence[Message],
    transcript: Sequence[Message],
    answers: Mapping[str, str],
) -> Verdict:
    """One conversation. `sent` are ids with texts, `answers` maps an answer's text to its response's name."""
    own = [line for line in transcript if line["from"] == "shopper"]
    found = Counter(line["client_id"] for line in own)
    unanswered, twice = _answers([line["text"] for line in own], transcript[1:], answers)
    return Verdict(
        sent=len(sent),
        acknowledged=len(acknowledged),
        lost=sum(not found[each] for each in acknowledged) + max(0, len(transcript) - len(shown)),
        doubled=sum(count - 1 for count in found.values()) + _repeats(shown) + _repeats(transcript),
        reordered=_out_of_order(sent, acknowledged, own) + _differences(shown, transcript),
        unanswered=unanswered,
        answered_twice=twice,
    )


def _answers(asked: Sequence[str], lines: Sequence[Message], answers: Mapping[str, str]) -> tuple[int, int]:
    """How many have no answer, and how many answers are too many. They come in the order of the messages."""
    expected = [KINDS[text] for text in asked]
    given = [answers.get(line["text"], "?") for line in lines if line["from"] != "shopper"]
    unanswered = twice = 0
    at = 0
    for kind in given:
        if at < len(expected) and kind == expected[at]:
            at += 1
        elif kind in expected[at : at + 3]:
            unanswered += expected.index(kind, at) - at
            at = expected.index(kind, at) + 1
        else:
            twice += 1
    return unanswered + len(expected) - at, twice


def _repeats(lines: Sequence[Message]) -> int:
    return sum(count - 1 for count in Counter(line["seq"] for line in lines).values())


def _out_of_order(sent: Sequence[tuple[str, str]], acknowledged: Mapping[str, int], own: Sequence[Message]) -> int:
    place = {client_id: number for number, (client_id, _) in enumerate(sent)}
    places = [place.get(line["client_id"], -1) for line in own]
    elsewhere = sum(acknowledged.get(line["client_id"], line["seq"]) != line["seq"] for line in own)
    return sum(later < earlier for earlier, later in pairwise(places)) + elsewhere


def _differences(shown: Sequence[Message], transcript: Sequence[Message]) -> int:
    """Lines that stand elsewhere, or say something else, than in the transcript; and numbers with a hole."""
    same = ("seq", "from", "client_id", "text")
    wrong = sum(any(one[key] != other[key] for key in same) for one, other in zip(shown, transcript, strict=False))
    return wrong + sum(line["seq"] != number for number, line in enumerate(transcript, 1))
