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
    known = _known_before(tracker, form)
    found: list[str] = []
    for event in _run(tracker, form):
        if event["name"] == "requested_slot":
            found.append(event["value"])
        elif not found:
            known.add(event["name"])
        elif event["name"] not in known:
            found.append(event["name"])
    return list(dict.fromkeys(found))


def _known_before(tracker: Tracker, form: str) -> set[str]:
    """The slots that were filled when this run began. Saying such a thing again is no step."""
    filled = {}
    for event in tracker.events[: _beginning(tracker, form)]:
        if event["event"] == "slot":
            filled[event["name"]] = event["value"]
    return {slot for slot, value in filled.items() if value is not None}


def _run(tracker: Tracker, form: str) -> Iterator[dict[str, Any]]:
    """What was put into slots while the form was open. A form that is only beginning has had no run yet."""
    if tracker.active_loop_name != form:
        return
    open_now = False
    for event in tracker.events[_beginning(tracker, form) :]:
        if event["event"] == "active_loop":
            open_now = event["name"] == form
        elif open_now and event["event"] == "slot" and event["value"] is not None:
            yield event


def _beginning(tracker: Tracker, form: str) -> int:
    """Where this run of a form began. Going back to it after something else is no new beginning."""
    begun, resumed = 0, False
    for n, event in enumerate(tracker.events):
        if event["event"] == "action":
            resumed = event["name"] == "action_resume_flow"
        elif event["event"] == "active_loop" and event["name"] == form and not resumed:
            begun = n
    return begun
