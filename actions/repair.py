"""Repair that all flows share: stopping, starting over, mending the last answer, hearing the question again."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.agenda import AGENDA
from actions.base import end_form, forget

_NO_ANSWERS = {"requested_slot", "session_started_metadata", AGENDA}


class ActionStopFlow(Action):
    """Leaves the form that is running and forgets its answers; the order that was talked of stays in mind."""

    def name(self) -> str:
        return "action_stop_flow"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not tracker.active_loop_name:
            dispatcher.utter_message(response="utter_nothing_to_stop")
            return []
        dispatcher.utter_message(response="utter_stopped")
        return [*end_form(), *forget(*(slot for slot in _answers(tracker) if slot != "order_number"))]


class ActionStartOver(Action):
    """Forgets all answers of the form that is running, which then asks its first question."""

    def name(self) -> str:
        return "action_start_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not tracker.active_loop_name:
            dispatcher.utter_message(response="utter_help")
            return []
        dispatcher.utter_message(response="utter_started_over")
        return forget(*_answers(tracker))


class ActionCorrectAnswer(Action):
    """Forgets the answer that was given last, so that the form asks for it again."""

    def name(self) -> str:
        return "action_correct_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not tracker.active_loop_name:
            dispatcher.utter_message(response="utter_nothing_to_correct")
            return []
        dispatcher.utter_message(response="utter_correct_answer")
        return [SlotSet(slot, None) for slot in _answered_last(tracker)]


class ActionRepeatQuestion(Action):
    """Leads into the question that the form asks again after this."""

    def name(self) -> str:
        return "action_repeat_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        dispatcher.utter_message(response="utter_repeating" if tracker.active_loop_name else "utter_nothing_asked")
        return []


class ActionNothingAsked(Action):
    """Answers a yes or no that fits no question; in a form, its question follows anyway."""

    def name(self) -> str:
        return "action_nothing_asked"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not tracker.active_loop_name:
            dispatcher.utter_message(response="utter_nothing_asked")
        return []


def _answers(tracker: Tracker) -> list[str]:
    """Slots that hold something a shopper said."""
    return [slot for slot, value in tracker.slots.items() if value is not None and slot not in _NO_ANSWERS]


def _answered_last(tracker: Tracker) -> list[str]:
    """What the latest message that answered something in this form has answered."""
    answers: list[str] = []
    held = set(_answers(tracker))
    for event in reversed(tracker.events):
        if event["event"] == "active_loop" or (event["event"] == "user" and answers):
            break
        if event["event"] == "slot" and event["name"] in held and event["value"] is not None:
            answers.append(event["name"])
    return answers
