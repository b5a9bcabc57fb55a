"""What all flows share: the first words, and stopping."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import ForShop, conversation_of, end_form, forget

_KEPT = {"order_number", "session_started_metadata"}


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


class ActionStopFlow(Action):
    """Leaves the form that is running and forgets its answers."""

    def name(self) -> str:
        return "action_stop_flow"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        running = tracker.active_loop_name
        dispatcher.utter_message(response="utter_stopped" if running else "utter_nothing_to_stop")
        answered = [slot for slot, value in tracker.slots.items() if value is not None and slot not in _KEPT]
        return [*end_form(), *forget(*answered)] if running else []
