"""The first words of a conversation, and of one that is taken up again after a long silence."""

from __future__ import annotations

from datetime import timedelta

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, ActiveLoop, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.agenda import back_to
from actions.base import ForShop, conversation_of

_KEPT = timedelta(days=3)


class ActionWelcome(ForShop, Action):
    """Greets, and says at once that this is not a person."""

    def name(self) -> str:
        return "action_welcome"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        shop_name = self.shop.settings.shop_name
        customer = await self.shop.verification.customer(conversation_of(tracker))
        if customer is None:
            dispatcher.utter_message(response="utter_welcome", shop_name=shop_name)
            return []
        dispatcher.utter_message(response="utter_welcome_back", shop_name=shop_name, first_name=customer.first_name)
        return []


class ActionSessionStart(ForShop, Action):
    """Begins a new session after a silence. For some days a flow that was open goes on in it.

    Who the shopper is has to be shown again where that has run out, as at any other time.
    """

    def name(self) -> str:
        return "action_session_start"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        form = tracker.active_loop_name
        events = [SessionStarted()]
        if form and self.shop.now().timestamp() - _last_heard(tracker) < _KEPT.total_seconds():
            dispatcher.utter_message(response=back_to(form.removesuffix("_form")))
            events += [SlotSet(slot, value) for slot, value in tracker.slots.items() if value is not None]
            events.append(ActiveLoop(form))
        return [*events, ActionExecuted("action_listen")]


def _last_heard(tracker: Tracker) -> float:
    """When the shopper last said something, in seconds since 1970."""
    return float(next(event["timestamp"] for event in reversed(tracker.events) if event["event"] == "user"))
