"""What every form does alike: taking answers as they are typed, and helping when a question isn't answered."""

from __future__ import annotations

from itertools import takewhile

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answers import SAYS_NOTHING_ELSE
from actions.base import ForShop

_ASKED_OFTEN = 2  # times that the same question was asked before, without an answer


class FlowForm(ForShop, FormValidationAction):
    """A form of a flow. Asked the same thing a third time, a shopper is offered a person or a way out."""

    async def next_requested_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> EventType | None:
        event = await super().next_requested_slot(dispatcher, tracker, domain)
        asked = event["value"] if event else None
        tried = tracker.latest_message.get("intent", {}).get("name") in SAYS_NOTHING_ELSE
        if asked and tried and _turns_asked(tracker, asked) >= _ASKED_OFTEN:
            dispatcher.utter_message(response="utter_offer_help")
        return event


def _turns_asked(tracker: Tracker, slot: str) -> int:
    """In how many turns in a row, before this one, this was asked and nothing else was answered."""
    asked = [set[str | None]()]  # what was asked in each turn, and what else was answered; the latest first
    for event in reversed(tracker.events):
        if event["event"] == "user":
            asked.append(set())
        elif event["event"] == "slot" and event["name"] == "requested_slot":
            asked[-1].add(event["value"])
        elif event["event"] == "slot" and event["value"] is not None and event["name"] != slot:
            asked[-1].add(None)
    if None in asked[0]:
        return 0
    return len(list(takewhile(lambda turn: turn == {slot}, asked[1:])))
