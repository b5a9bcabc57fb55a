"""Forgetting the answers of a flow that is done, for flows that are made of rules and words alone."""

from __future__ import annotations

from collections.abc import Iterator

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import forget


class ActionForgetAnswers(Action):
    """Forgets what was answered in the form that ran last, so that asking for it again begins anew. Says nothing."""

    def name(self) -> str:
        return "action_forget_answers"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return forget(*sorted(set(_answers_of_last_form(tracker))))


def _answers_of_last_form(tracker: Tracker) -> Iterator[str]:
    """The slots that were filled since the message that began the form."""
    begun = False
    for event in reversed(tracker.events):
        if event["event"] == "user" and begun:
            return
        if event["event"] == "active_loop" and event["name"]:
            begun = True
        if event["event"] == "slot" and event["value"] is not None and event["name"] != "requested_slot":
            yield event["name"]
