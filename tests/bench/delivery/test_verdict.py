from __future__ import annotations

import pytest

from tests.bench.delivery.verdict import Verdict, judge
from tests.shopper import Message

_ANSWERS = {"Hi": "utter_greet", "Bye": "utter_goodbye"}
_SENT = [("a", "hello"), ("b", "goodbye")]
_TAKEN = {"a": 2, "b": 4}


def _lines(*said: tuple[str | None, str]) -> list[Message]:
    return [
        {"seq": seq, "from": "shopper" if client_id else "bot", "client_id": client_id, "text": text}
        for seq, (client_id, text) in enumerate(said, 1)
    ]


_ASKED, _PARTED = ("a", "hello"), ("b", "goodbye")
_WELCOME, _HI, _BYE = (None, "Welcome"), (None, "Hi"), (None, "Bye")
_WHOLE = _lines(_WELCOME, _ASKED, _HI, _PARTED, _BYE)


def test_a_whole_conversation_is_clean() -> None:
    verdict = judge(_SENT, _TAKEN, _WHOLE, _WHOLE, _ANSWERS)
    assert verdict == Verdict(sent=2, acknowledged=2)
    assert verdict.is_clean


@pytest.mark.parametrize(
    ("flaw", "transcript"),
    [
        ("lost", _lines(_WELCOME, _ASKED, _HI)),
        ("doubled", _lines(_WELCOME, _ASKED, _HI, _PARTED, _BYE, _PARTED, _BYE)),
        ("reordered", _lines(_WELCOME, _PARTED, _BYE, _ASKED, _HI)),
        ("unanswered", _lines(_WELCOME, _ASKED, _PARTED, _BYE)),
        ("answered_twice", _lines(_WELCOME, _ASKED, _HI, _HI, _PARTED, _BYE)),
    ],
)
def test_each_flaw_is_counted(flaw: str, transcript: list[Message]) -> None:
    verdict = judge(_SENT, _TAKEN, transcript, transcript, _ANSWERS)
    assert getattr(verdict, flaw) > 0
    assert not verdict.is_clean


def test_a_line_that_was_not_shown_counts_as_lost_and_one_shown_twice_as_doubled() -> None:
    assert judge(_SENT, _TAKEN, _WHOLE[:-1], _WHOLE, _ANSWERS).lost == 1
    assert judge(_SENT, _TAKEN, [*_WHOLE, _WHOLE[-1]], _WHOLE, _ANSWERS).doubled == 1
