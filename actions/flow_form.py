"""What every form does alike: taking answers as they are typed, and helping when a question isn't answered."""

from __future__ import annotations

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
    """In how many turns in a row this was asked last."""
    turns, counted = 0, False
    for event in reversed(tracker.events):
        if event["event"] == "user":
            counted = False
        elif event["event"] == "slot" and event["name"] == "requested_slot":
            if event["value"] != slot:
                break
            turns, counted = turns + (not counted), True
    return turns
