"""The first words of a conversation."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import ForShop, conversation_of


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
