"""How far a form is, as a shopper counts: the questions of this run, those behind them and those still to come.

What was known before the first question is no step. A question that may come is one from the start, so that the number
of steps stays what it was; one that turns out not to be needed is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rasa_sdk import Tracker

from shop.conversations import Progress


def progress(asked: str, questions: Sequence[str]) -> Progress | None:
    """The place of what is asked among the questions behind and ahead; None where there is but one."""
    steps = list(dict.fromkeys(questions))
    return Progress(steps.index(asked) + 1, len(steps)) if asked in steps and len(steps) > 1 else None


def touched(tracker: Tracker, form: str) -> list[str]:
    """The slots that were asked for or filled in this run of a form since its first question, in that order."""
    found: list[str] = []
    for event in _run(tracker, form):
        if event["name"] == "requested_slot":
            found.append(event["value"])
        elif found:
            found.append(event["name"])
    return list(dict.fromkeys(found))


def _run(tracker: Tracker, form: str) -> Iterator[dict[str, Any]]:
    """What was put into slots since the form began. A form that is only beginning has had no run yet."""
    if tracker.active_loop_name != form:
        return
    begun = [n for n, event in enumerate(tracker.events) if event["event"] == "active_loop" and event["name"] == form]
    for event in tracker.events[begun[-1] :]:
        if event["event"] == "slot" and event["value"] is not None:
            yield event
