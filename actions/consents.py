"""consent: what a shopper agreed to, and their yes or no to each purpose."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import ForShop, conversation_of
from shop.consent import Decision, Purpose
from shop.conversations import Conversation

_YES = "yes"


class ForConsents(ForShop):
    """What these actions share."""

    async def talk(self, tracker: Tracker) -> Conversation:
        """The conversation, which intake has opened before any turn."""
        found = await self.shop.conversations.get(conversation_of(tracker))
        assert found, "a turn belongs to a conversation"
        return found

    async def answer(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, purpose: Purpose, *, given: bool
    ) -> None:
        """Keep a yes or a no, and say what follows from it."""
        talk = await self.talk(tracker)
        line = await self.shop.conversations.latest_seq(talk.id)
        decision = await self.shop.consents.record(talk, purpose, given=given, message=line)
        said = "given" if decision == Decision.GIVEN else "refused"
        dispatcher.utter_message(response=f"utter_consent_{purpose}_now_{said}")


class ActionShowConsents(ForConsents, Action):
    """Lists what this shop asks for, with the answer that counts now and a button for the other one."""

    def name(self) -> str:
        return "action_show_consents"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        talk = await self.talk(tracker)
        decisions = await self.shop.consents.decisions(talk)
        dispatcher.utter_message(response="utter_stored_data")
        for notice in self.shop.consents.asked(talk.language):
            said = "given" if decisions.get(notice.purpose) == Decision.GIVEN else "open"
            dispatcher.utter_message(response=f"utter_consent_{notice.purpose}_{said}")
        return []


class ActionRecordConsent(ForConsents, Action):
    """Keeps the answer of a button. Only a button carries one: what is typed is no payload."""

    def name(self) -> str:
        return "action_record_consent"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        purpose = _pressed(tracker, "consent_purpose")
        if purpose not in set(Purpose):
            dispatcher.utter_message(response="utter_consent_unclear")
            return []
        given = _pressed(tracker, "consent_decision") == _YES
        await self.answer(dispatcher, tracker, Purpose(purpose), given=given)
        return []


class ActionWithdrawConsent(ForConsents, Action):
    """Takes back the consent to a language model, or refuses it before it is asked for: "don't use AI"."""

    def name(self) -> str:
        return "action_withdraw_consent"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        await self.answer(dispatcher, tracker, Purpose.LANGUAGE_MODEL, given=False)
        return []


class ActionAskConsentLanguageModel(ForConsents, Action):
    """Asks whether a language model may read questions; says so where that has been agreed to already."""

    def name(self) -> str:
        return "action_ask_consent_language_model"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        given = await self.shop.consents.is_given(await self.talk(tracker), Purpose.LANGUAGE_MODEL)
        name = "utter_consent_language_model_given" if given else "utter_ask_consent_language_model"
        dispatcher.utter_message(response=name)
        return []


def _pressed(tracker: Tracker, entity: str) -> Any:
    return next(tracker.get_latest_entity_values(entity), None)
