"""report_missing_parcel: a claim for a parcel that was lost, or marked as delivered and is not there."""

from __future__ import annotations

import json
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import ForShop, conversation_of, forget
from actions.cards import order_card
from actions.verification import Slots, VerifyingForm, utter_not_verified
from shop.errors import NotAllowed, NotFound, NotVerified
from shop.identity import Level
from shop.orders import Shipment

_SHIPMENT = "report_missing_parcel_shipment"
_CONFIRMED = "report_missing_parcel_confirmed"


class ValidateReportMissingParcelForm(VerifyingForm):
    """Asks who it is, which order, which parcel where there are several, and whether to open the claim."""

    needs = Level.PROVEN

    def name(self) -> str:
        return "validate_report_missing_parcel_form"

    async def own_slots(self, tracker: Tracker) -> list[str]:
        number = tracker.get_slot("order_number")
        parcels = await _claimable(self, tracker) if number else []
        if number and not parcels:
            return []
        return [*([_SHIPMENT] if len(parcels) > 1 else []), _CONFIRMED]

    async def own_steps(self, tracker: Tracker) -> list[str]:
        return await self.own_slots(tracker) or [_CONFIRMED]

    async def validate_report_missing_parcel_shipment(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Keep a parcel of this order only."""
        known = {parcel.id for parcel in await _claimable(self, tracker)}
        return {_SHIPMENT: value if value in known else None}

    async def validate_report_missing_parcel_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """An explicit yes or no."""
        return {_CONFIRMED: value}


class ActionAskShipment(ForShop, Action):
    """Asks which parcel is missing, by carrier and tracking number."""

    def name(self) -> str:
        return f"action_ask_report_missing_parcel_form_{_SHIPMENT}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        parcels = await _claimable(self, tracker)
        order = await self.shop.verification.order(conversation_of(tracker), tracker.get_slot("order_number"))
        dispatcher.utter_message(
            response="utter_ask_report_missing_parcel_shipment",
            buttons=[_button(parcel) for parcel in parcels],
            json_message={"card": order_card(order)},
        )
        return []


class ActionReportMissingParcel(ForShop, Action):
    """Opens the claim that the shopper has said yes to."""

    def name(self) -> str:
        return "action_report_missing_parcel"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        await self._answer(dispatcher, tracker, tracker.get_slot("order_number") or "")
        return forget(_SHIPMENT, _CONFIRMED, "email", "order_number_forgotten")

    async def _answer(self, dispatcher: CollectingDispatcher, tracker: Tracker, number: str) -> None:
        if tracker.get_slot(_CONFIRMED) is False:
            dispatcher.utter_message(response="utter_claim_not_opened")
            return
        try:
            await self._open(dispatcher, tracker, number)
        except NotAllowed:
            dispatcher.utter_message(response="utter_claim_still_on_its_way", order_number=number)
        except (NotVerified, NotFound):
            await utter_not_verified(self, dispatcher, tracker)

    async def _open(self, dispatcher: CollectingDispatcher, tracker: Tracker, number: str) -> None:
        if not tracker.get_slot(_CONFIRMED) and await _claimable(self, tracker):
            raise NotVerified("the form ended before the shopper said yes")
        claim = await self.shop.claims.open(conversation_of(tracker), number, tracker.get_slot(_SHIPMENT))
        dispatcher.utter_message(
            response="utter_claim_opened", claim_number=claim.number, order_number=claim.order_number
        )


async def _claimable(action: ForShop, tracker: Tracker) -> list[Shipment]:
    try:
        return await action.shop.claims.claimable(conversation_of(tracker), tracker.get_slot("order_number"))
    except (NotVerified, NotFound):
        return []


def _button(parcel: Shipment) -> dict[str, Any]:
    title = f"{parcel.carrier} {parcel.tracking_number}"
    return {"title": title, "payload": "/inform" + json.dumps({"shipment": parcel.id})}
