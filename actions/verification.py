"""Asking shoppers who they are, inside the form of the flow that needs it.

No slot says who somebody is: forms ask `shop.verification` each time, so that nothing a shopper types can answer it.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answers import typed_answer
from actions.base import ForShop, conversation_of, end_form, forget
from actions.flow_form import FlowForm
from shop.errors import NotFound, NotVerified, TooManyTries
from shop.identity import Level
from shop.orders import order_key

Slots = dict[str, Any]
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ORDER_NUMBER = re.compile(r"[0-9A-Z]{0,6}\d{3,12}")


class VerifyingForm(FlowForm):
    """A form that asks, before anything else, for what is still needed to know who the shopper is.

    `needs` is the level for what follows; `about_order` is False for flows that are not about one order.
    """

    needs = Level.MATCHED
    about_order = True

    async def own_slots(self, tracker: Tracker) -> list[str]:
        """What the flow asks for once it is known who the shopper is."""
        return []

    async def own_steps(self, tracker: Tracker) -> list[str]:
        """What the flow may ask for after that, also while it is not known yet who the shopper is."""
        return await self.own_slots(tracker)

    async def steps(self, tracker: Tracker) -> list[str]:
        """What is needed to know who the shopper is, and then what the flow asks for."""
        number, own = ["order_number"] if self.about_order else [], await self.own_steps(tracker)
        if (await self.shop.verification.identity(conversation_of(tracker))).level == Level.PROVEN:
            return [*number, *own]
        if not self.about_order or tracker.get_slot("order_number_forgotten"):
            return ["email", "one_time_code", *number, *own]
        email = [] if await self._matched(tracker) else ["email"]
        return [*number, *email, *(["one_time_code"] if self.needs == Level.PROVEN else []), *own]

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        """What to ask for, in order. Nothing while checking is locked: the form ends and its action says so."""
        conversation = conversation_of(tracker)
        identity = await self.shop.verification.identity(conversation)
        if identity.level == Level.PROVEN:
            return [*(["order_number"] if self.about_order else []), *(await self.own_slots(tracker))]
        if await self.shop.verification.locked_until(conversation):
            return []
        if not self.about_order or tracker.get_slot("order_number_forgotten"):
            return ["email", "one_time_code"]
        if await self._matched(tracker):
            return ["order_number", "one_time_code"] if self.needs == Level.PROVEN else ["order_number"]
        return ["order_number", "email"]

    async def _matched(self, tracker: Tracker) -> bool:
        number = tracker.get_slot("order_number")
        if not number:
            return False
        try:
            await self.shop.verification.order(conversation_of(tracker), number)
        except (NotVerified, NotFound):
            return False
        return True

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Check each answer by itself, then whether order number and email belong together."""
        events = await super().get_validation_events(dispatcher, tracker, domain)
        tracker.add_slots(events)
        return [*events, *(await self._match(dispatcher, tracker))]

    async def extract_order_number(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """What was typed as an answer, even where it doesn't look like a number."""
        return typed_answer(tracker, "order_number")

    async def extract_email(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Slots:
        """What was typed as an answer, even where it doesn't look like an email."""
        return typed_answer(tracker, "email")

    async def extract_one_time_code(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """What was typed as an answer, even where it doesn't look like a code; an email is another one to send to."""
        if next(tracker.get_latest_entity_values("email"), None):
            return {}
        return typed_answer(tracker, "one_time_code")

    async def validate_order_number(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Keep what looks like an order number; a proven shopper's must be one of theirs."""
        number = str(_first(value) or "")
        if not _ORDER_NUMBER.fullmatch(order_key(number)):
            dispatcher.utter_message(response="utter_order_number_unclear")
            return {"order_number": None}
        try:
            await self.shop.verification.order(conversation_of(tracker), number)
        except NotFound:
            dispatcher.utter_message(response="utter_order_not_yours")
            return {"order_number": None}
        except NotVerified:
            pass  # its email is asked for next
        return {"order_number": number}

    async def validate_email(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Keep what looks like an email."""
        email = str(_first(value) or "").strip()
        if not _EMAIL.fullmatch(email):
            dispatcher.utter_message(response="utter_email_unclear")
            return {"email": None}
        return {"email": email}

    async def validate_one_time_code(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """See whether the code fits. It is never kept in the slot, nor is the email that it went to once it has."""
        try:
            await self.shop.verification.check_code(conversation_of(tracker), str(_first(value) or ""))
            return {"one_time_code": None, "email": None}
        except NotFound:
            dispatcher.utter_message(response="utter_code_wrong")
        except TooManyTries:
            pass  # the form ends, and its action says until when
        return {"one_time_code": None}

    async def _match(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        number, email = tracker.get_slot("order_number"), tracker.get_slot("email")
        by_code = not self.about_order or tracker.get_slot("order_number_forgotten")
        if by_code or not number or not email or await self._matched(tracker):
            return []
        try:
            await self.shop.verification.match_order(conversation_of(tracker), number, email)
        except NotFound:
            dispatcher.utter_message(response="utter_order_not_matched")
            return forget("order_number", "email")
        except TooManyTries:
            return forget("order_number", "email")
        return forget("email")  # else it would vouch for whoever is there when this has run out


async def utter_not_verified(action: ForShop, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Tell why nothing can be shown: checking is locked, or nobody has been verified."""
    until = await action.shop.verification.locked_until(conversation_of(tracker))
    if until:
        utter_locked(action, dispatcher, until)
    else:
        dispatcher.utter_message(response="utter_not_verified")


def utter_locked(action: ForShop, dispatcher: CollectingDispatcher, until: datetime) -> None:
    """Tell for how many minutes nothing can be checked."""
    seconds = (until - action.shop.now()).total_seconds()
    dispatcher.utter_message(response="utter_verification_locked", minutes=max(1, math.ceil(seconds / 60)))


def _first(value: Any) -> Any:
    """A slot holds a list when a message names several."""
    return value[0] if isinstance(value, list) and value else value


class ActionAskEmail(ForShop, Action):
    """Asks for the email of the order, or for the one that a code is sent to."""

    def name(self) -> str:
        return "action_ask_email"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        with_number = tracker.get_slot("order_number") and not tracker.get_slot("order_number_forgotten")
        if with_number and tracker.active_loop_name != "list_orders_form":
            dispatcher.utter_message(response="utter_ask_email_of_order")
        else:
            dispatcher.utter_message(response="utter_ask_email_for_code")
        return []


class ActionAskOneTimeCode(ForShop, Action):
    """Sends a code, unless one is under way, and asks for it."""

    def name(self) -> str:
        return "action_ask_one_time_code"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        conversation = conversation_of(tracker)
        try:
            sent = await self.shop.verification.ensure_code(conversation, tracker.get_slot("email"))
        except TooManyTries as error:
            utter_locked(self, dispatcher, error.until)
            return end_form()
        matched = (await self.shop.verification.identity(conversation)).level == Level.MATCHED
        if not sent:
            dispatcher.utter_message(response="utter_ask_one_time_code_again")
        elif matched:
            dispatcher.utter_message(response="utter_ask_one_time_code_matched")
        else:
            dispatcher.utter_message(response="utter_ask_one_time_code")
        return []


class ActionResendCode(ForShop, Action):
    """Sends a new code; the older one stops working."""

    def name(self) -> str:
        return "action_resend_code"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if tracker.get_slot("requested_slot") != "one_time_code":
            dispatcher.utter_message(response="utter_code_not_needed")
            return []
        try:
            await self.shop.verification.resend_code(conversation_of(tracker), tracker.get_slot("email"))
        except TooManyTries as error:
            utter_locked(self, dispatcher, error.until)
            return end_form()
        dispatcher.utter_message(response="utter_code_sent_again")
        return []


class ActionForgetOrderNumber(Action):
    """Notes that the shopper does not have the number, so that an email and a list are offered instead."""

    def name(self) -> str:
        return "action_forget_order_number"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return [SlotSet("order_number_forgotten", True), SlotSet("order_number", None)]
