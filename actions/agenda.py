"""What a shopper still wants while something else is dealt with: flows set aside, and wishes not begun yet.

The slot `agenda` lists them, the next one first: `{"flow": "return_item", "slots": {...}}` for a form that was left
for another flow, `{"wish": "and where is my order?"}` for words that wait until the form that is open is done. What
fills it and runs these actions is `runtime/agent.py`.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

AGENDA = "agenda"
OF_THE_TURN = {AGENDA, "requested_slot"}


def before_message(tracker: Tracker) -> dict[str, Any]:
    """The slots as they were before the newest message."""
    slots: dict[str, Any] = {}
    since: dict[str, Any] = {}
    for event in tracker.events:
        if event["event"] == "user":
            slots |= since
            since = {}
        elif event["event"] == "slot" and event["name"] not in OF_THE_TURN:
            since[event["name"]] = event["value"]
    return slots


def taken_back(tracker: Tracker) -> list[EventType]:
    """Undo what the newest message has put into slots, since it was about something else."""
    before = before_message(tracker)
    changed = [slot for slot in tracker.slots if slot not in OF_THE_TURN and tracker.slots[slot] != before.get(slot)]
    return [SlotSet(slot, before.get(slot)) for slot in changed]


def back_to(flow: str) -> str:
    """The response that leads back to a flow."""
    return f"utter_back_to_{flow}"


def resume(tracker: Tracker, flow: str, slots: dict[str, Any]) -> list[EventType]:
    """Open a flow's form with the answers that it had, and no others; it asks its next question."""
    form = f"{flow}_form"
    changed = [slot for slot in tracker.slots if slot not in OF_THE_TURN and tracker.slots[slot] != slots.get(slot)]
    return [*(SlotSet(slot, slots.get(slot)) for slot in changed), ActiveLoop(form), FollowupAction(form)]


class ActionResumeFlow(Action):
    """Goes back to the flow that was set aside last."""

    def name(self) -> str:
        return "action_resume_flow"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        item, *others = tracker.get_slot(AGENDA)
        dispatcher.utter_message(response=back_to(item["flow"]))
        return [SlotSet(AGENDA, others or None), *resume(tracker, item["flow"], item["slots"])]


class ActionTakeUpWish(Action):
    """Names the wish that is taken up now, in the shopper's own words."""

    def name(self) -> str:
        return "action_take_up_wish"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        item, *others = tracker.get_slot(AGENDA)
        dispatcher.utter_message(response="utter_take_up_wish", wish=item["wish"])
        return [SlotSet(AGENDA, others or None), ActionExecuted("action_listen")]  # as before any message
