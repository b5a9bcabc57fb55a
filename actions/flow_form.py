"""What every form does alike: telling answers from other wishes, and helping when a question isn't answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.agenda import AGENDA, before_message, taken_back
from actions.answers import (
    SAYS_NOTHING_ELSE,
    SURE,
    WANTS_SOMETHING_ELSE,
    answered,
    asks,
    intent_of,
    typed,
)
from actions.base import ForShop
from actions.progress import progress, touched
from actions.yes import says_plainly_yes
from shop.conversations import Progress
from shop.turns import current_turn

FLOWS = {
    "track_order", "list_orders", "report_missing_parcel", "return_item", "follow_return", "find_size",
    "cancel_order", "change_address",
}  # fmt: skip
_NUMBER = "order_number"
_ONLY_NUMBERS = re.compile(r"[\d\s.,:/x-]+")
_MEASURED = {"give_measurements", "lack_measurements"}
_SENTENCE = 15  # words
_ASKED_OFTEN = 2  # times that the same question was asked before, without an answer


class FlowForm(ForShop, FormValidationAction):
    """A form of a flow.

    A message that plainly wants something else is left to the rules, and answers nothing here. Asked the same thing a
    third time, a shopper is offered a person or a way out.

    `any_words` are slots whose answers may look like anything, such as a street's name; `number_answers` those that a
    number alone may answer; `tried_first` those that are answered with words of the shop's own goods; `same_step` names
    questions that belong to another one's step, such as which size to that for an exchange.
    """

    any_words: frozenset[str] = frozenset()
    number_answers: frozenset[str] = frozenset()
    tried_first: frozenset[str] = frozenset()
    same_step: Mapping[str, str] = {}

    async def steps(self, tracker: Tracker) -> list[str]:
        """The slots that may be asked for as things are now, in order; those that are filled may be among them."""
        return []

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if not self._hears_a_message(tracker):
            return await super().run(dispatcher, tracker, domain)
        wants_else = self._wants_something_else(tracker)
        if wants_else and intent_of(tracker, at_least=SURE) and not self._may_answer(tracker):
            return self._left_to_the_rules(tracker)
        back = self._number_taken_back(tracker)
        events = [*back, *(await super().run(dispatcher, tracker, domain))]
        if any(event["event"] == "slot" and event["name"] != "requested_slot" for event in events):
            return events
        if wants_else:
            return self._left_to_the_rules(tracker)
        if self._hears_a_mere_number(tracker):
            dispatcher.utter_message(response="utter_not_understood")
        elif intent_of(tracker) != self._flow:
            return events
        return [SlotSet(AGENDA, tracker.get_slot(AGENDA)), *events]  # something is heard, so that the form goes on

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Check each answer. A yes or no that comes with a corrected answer is not one to what was asked before.

        Nor is a yes with an if or a but one that an act may follow.
        """
        events = await super().get_validation_events(dispatcher, tracker, domain)
        before, confirmed = before_message(tracker), f"{self._flow}_confirmed"
        filled = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        others = {slot: value for slot, value in filled.items() if slot not in {confirmed, "requested_slot"}}
        corrected = any(value is not None and value != before.get(slot) for slot, value in others.items())
        if corrected and tracker.get_slot(confirmed) is not None:
            return _without(events, confirmed)
        said_yes = tracker.get_slot("requested_slot") == confirmed and tracker.get_slot(confirmed)
        if said_yes and not says_plainly_yes(tracker, self._flow):
            dispatcher.utter_message(response="utter_yes_unclear")
            return _without(events, confirmed)
        return events

    async def next_requested_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> EventType | None:
        event = await super().next_requested_slot(dispatcher, tracker, domain)
        asked = event["value"] if event else _first_empty(self.domain_slots(domain), tracker)
        if asked and intent_of(tracker) in SAYS_NOTHING_ELSE and _turns_asked(tracker, asked) >= _ASKED_OFTEN:
            dispatcher.utter_message(response="utter_offer_help")
        turn = current_turn.get()
        if turn:
            turn.progress = await self._progress(asked, tracker) if asked else None
        return event

    async def _progress(self, asked: str, tracker: Tracker) -> Progress | None:
        ahead = [slot for slot in await self.steps(tracker) if tracker.get_slot(slot) is None]
        own = [slot for slot in touched(tracker, self.form_name()) if hasattr(self, f"validate_{slot}")]
        still_asked = [self._step_of(slot) for slot in ahead]
        behind = [self._step_of(slot) for slot in own]
        return progress(self._step_of(asked), [*(step for step in behind if step not in still_asked), *still_asked])

    def _step_of(self, slot: str) -> str:
        return self.same_step.get(slot, slot)

    @property
    def _flow(self) -> str:
        return str(self.form_name()).removesuffix("_form")

    def _hears_a_message(self, tracker: Tracker) -> bool:
        """Whether the form has asked something, and this is what was said then."""
        done = (event["name"] for event in reversed(tracker.events) if event["event"] == "action")
        before_this = next((name for name in done if name != self.form_name()), None)
        return bool(tracker.get_slot("requested_slot")) and before_this == "action_listen"

    def _number_taken_back(self, tracker: Tracker) -> list[EventType]:
        """Where numbers alone answer what was asked, none of them is an order's number."""
        before = before_message(tracker).get(_NUMBER)
        asked, now = tracker.get_slot("requested_slot"), tracker.get_slot(_NUMBER)
        if asked not in self.number_answers or now == before or not _ONLY_NUMBERS.fullmatch(typed(tracker)):
            return []
        tracker.events = [each for each in tracker.events if each.get("name") != _NUMBER or each["value"] != now]
        tracker.slots[_NUMBER] = before
        return [SlotSet(_NUMBER, before)]

    def _wants_something_else(self, tracker: Tracker) -> bool:
        asked, intent = tracker.get_slot("requested_slot"), intent_of(tracker)
        if asked in self.any_words or answered(tracker, [asked]):
            return False
        if intent == "faq" and (
            answered(tracker, self._own_slots(tracker)) or answered(tracker, [asked], words=_SENTENCE)
        ):
            return False
        return intent in WANTS_SOMETHING_ELSE or (intent in FLOWS and intent != self._flow)

    def _may_answer(self, tracker: Tracker) -> bool:
        """Whether words of the shop's goods and money, which a question may have too, are tried as an answer first."""
        looks_alike = intent_of(tracker) in {"faq", "find_size"} and not asks(typed(tracker))
        return looks_alike and tracker.get_slot("requested_slot") in self.tried_first

    def _own_slots(self, tracker: Tracker) -> list[str]:
        return [slot for slot in tracker.slots if slot.startswith(f"{self._flow}_")]

    def _hears_a_mere_number(self, tracker: Tracker) -> bool:
        """Whether this may be a measurement, as `2` may. Where no size is looked for, that begins no other flow."""
        measured = self._flow != "find_size" and intent_of(tracker) in _MEASURED
        return measured and intent_of(tracker, at_least=SURE) is None

    def _left_to_the_rules(self, tracker: Tracker) -> list[EventType]:
        return [*taken_back(tracker), ActionExecutionRejected(self.form_name())]


def _without(events: Sequence[EventType], slot: str) -> list[EventType]:
    """The events with a slot left empty."""
    return [*(event for event in events if event.get("name") != slot), SlotSet(slot, None)]


def _first_empty(slots: Sequence[str], tracker: Tracker) -> str | None:
    """What Rasa asks for by itself, where a form needs just the slots that the domain names."""
    return next((slot for slot in slots if tracker.get_slot(slot) is None), None)


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
