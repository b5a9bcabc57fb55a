"""The run of a form: what makes its act happen once, however often its last turn is repeated."""

from __future__ import annotations

from rasa_sdk import Tracker


def run_key(tracker: Tracker, form: str) -> str:
    """A key for the act that this run of a form leads to.

    It is made of the moment at which the form was begun, which was stored turns before its act. A turn that is taken
    again after a crash, or a yes that arrives twice, has the same key.
    """
    begun = (event for event in reversed(tracker.events) if event["event"] == "active_loop" and event["name"] == form)
    return f"{form}:{next(begun)['timestamp']}"
