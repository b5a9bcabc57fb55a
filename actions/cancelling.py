"""cancel_order: calling an order off while it has not left."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answers import typed_answer
from actions.base import ForShop, conversation_of, forget
from actions.cards import order_card
from actions.runs import run_key
from actions.verification import Slots, VerifyingForm, utter_not_verified
from actions.words import money
from shop.cancelling import Cancellation
from shop.errors import NotAllowed, NotFound, NotVerified
from shop.identity import Level
from shop.order_rules import CancelReason
from shop.refunds import MoneyBack

_REASON, _CONFIRMED = "cancel_order_reason", "cancel_order_confirmed"
_REFUSALS = {
    "already_cancelled": "utter_cancel_order_already_cancelled",
    "already_returned": "utter_cancel_order_closed",
    "already_refunded": "utter_cancel_order_closed",
    "already_packed": "utter_cancel_order_already_packed",
    "already_delivered": "utter_cancel_order_already_delivered",
}


class ValidateCancelOrderForm(VerifyingForm):
    """Asks who it is, which order, why, and for a clear yes. An order that can't be cancelled ends the form."""

    needs = Level.PROVEN

    def name(self) -> str:
        return "validate_cancel_order_form"

    async def own_slots(self, tracker: Tracker) -> list[str]:
        found = await preview(self, tracker)
        if found and found.refusal:
            return []
        return [_REASON, _CONFIRMED] if len(self.shop.cancelling.rules.cancel_reasons) > 1 else [_CONFIRMED]

    async def extract_cancel_order_reason(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A reason in words that we don't know."""
        return typed_answer(tracker, _REASON)

    async def validate_cancel_order_reason(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """One of the reasons that the merchant offers; for any other, `other` where that is one of them."""
        offered = self.shop.cancelling.rules.cancel_reasons
        if value in offered:
            return {_REASON: value}
        if CancelReason.OTHER in offered:
            return {_REASON: CancelReason.OTHER.value}
        dispatcher.utter_message(response="utter_cancel_order_reason_unclear")
        return {_REASON: None}

    async def validate_cancel_order_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """An explicit yes or no."""
        return {_CONFIRMED: value}


class ActionAskCancelOrderReason(ForShop, Action):
    """Asks why, with the reasons that the merchant offers."""

    def name(self) -> str:
        return f"action_ask_{_REASON}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        reasons = self.shop.cancelling.rules.cancel_reasons
        offered = [f"/inform{json.dumps({'cancel_reason': reason.value})}" for reason in reasons]
        dispatcher.utter_message(response="utter_ask_cancel_order_reason", json_message={"offered": offered})
        return []


class ActionAskCancelOrderConfirmed(ForShop, Action):
    """Shows the order and how its money would go back."""

    def name(self) -> str:
        return f"action_ask_{_CONFIRMED}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        found = await preview(self, tracker)
        if found is None:
            return []
        back = refunds(found.money_back)
        dispatcher.utter_message(
            response="utter_ask_cancel_order_confirmed" if back else "utter_ask_cancel_order_confirmed_unpaid",
            json_message={"card": order_card(found.order)},
            refund=back,
        )
        return []


class ActionCancelOrder(ForShop, Action):
    """Cancels the order that the shopper said yes to."""

    def name(self) -> str:
        return "action_cancel_order"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        number = tracker.get_slot("order_number") or ""
        try:
            await self._answer(dispatcher, tracker, number)
        except NotAllowed as refusal:
            response = _REFUSALS.get(refusal.reason, "utter_cancel_order_already_shipped")
            dispatcher.utter_message(response=response, order_number=number)
        except NotVerified:
            await utter_not_verified(self, dispatcher, tracker)
        except NotFound:
            dispatcher.utter_message(response="utter_order_not_yours")
        return forget(_REASON, _CONFIRMED, "email", "order_number_forgotten")

    async def _answer(self, dispatcher: CollectingDispatcher, tracker: Tracker, number: str) -> None:
        conversation = conversation_of(tracker)
        if tracker.get_slot(_CONFIRMED) is False:
            dispatcher.utter_message(response="utter_cancel_order_kept", order_number=number)
            return
        found = await self.shop.cancelling.preview(conversation, number)
        if tracker.get_slot(_CONFIRMED) is None:
            raise NotAllowed(found.refusal) if found.refusal else NotVerified("the form ended before a yes")
        reason = tracker.get_slot(_REASON) or self.shop.cancelling.rules.cancel_reasons[0]
        key = run_key(tracker, "cancel_order_form")
        order = await self.shop.cancelling.cancel(conversation, number, key, reason=reason)
        back = refunds(found.money_back)
        dispatcher.utter_message(
            response="utter_cancel_order_done" if back else "utter_cancel_order_done_unpaid",
            order_number=order.number,
            refund=back,
        )


async def preview(action: ForShop, tracker: Tracker) -> Cancellation | None:
    """What cancelling would do, or None while the order is not known to be theirs."""
    try:
        return await action.shop.cancelling.preview(conversation_of(tracker), tracker.get_slot("order_number") or "")
    except (NotVerified, NotFound):
        return None


def refunds(parts: Sequence[MoneyBack]) -> str:
    """Amounts with where each goes, as in `€40.00 (Visa ending in 4242), €19.90 (Gift card)`."""
    return ", ".join(f"{money(part.amount)} ({part.label})" if part.label else money(part.amount) for part in parts)
