"""track_order and list_orders: where an order is, and which orders there are."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import ForShop, conversation_of, forget
from actions.cards import order_card, orders_card
from actions.verification import Slots, VerifyingForm, utter_not_verified
from actions.words import day
from shop.errors import NotFound, NotVerified
from shop.identity import Level
from shop.orders import DelayReason
from shop.tracking import Situation, TrackingReport

_RESPONSES = {
    Situation.PAID: "utter_order_paid",
    Situation.PACKED: "utter_order_packed",
    Situation.ON_ITS_WAY: "utter_order_on_its_way",
    Situation.OUT_FOR_DELIVERY: "utter_order_out_for_delivery",
    Situation.DELIVERED: "utter_order_delivered",
    Situation.LOST: "utter_order_lost",
    Situation.CANCELLED: "utter_order_cancelled",
    Situation.RETURNED: "utter_order_returned",
    Situation.REFUNDED: "utter_order_refunded",
}
_LATE = {
    DelayReason.WEATHER: "utter_order_delayed_weather",
    DelayReason.CUSTOMS: "utter_order_delayed_customs",
    DelayReason.ADDRESS: "utter_order_delayed_address",
    DelayReason.VOLUME: "utter_order_delayed_volume",
    DelayReason.UNKNOWN: "utter_order_delayed_unknown",
}


class ValidateTrackOrderForm(VerifyingForm):
    """Asks for the order's number and email, or for a code."""

    def name(self) -> str:
        return "validate_track_order_form"

    async def validate_order_number(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A proven shopper who asks anew, without naming an order, chooses from the list again."""
        asks_anew = tracker.latest_message["intent"].get("name") == "track_order"
        if asks_anew and not next(tracker.get_latest_entity_values("order_number"), None):
            identity = await self.shop.verification.identity(conversation_of(tracker))
            if identity.level == Level.PROVEN:
                return {"order_number": None}
        return await super().validate_order_number(value, dispatcher, tracker, domain)


class ValidateListOrdersForm(VerifyingForm):
    """Asks for an email and the code sent to it."""

    needs = Level.PROVEN
    about_order = False

    def name(self) -> str:
        return "validate_list_orders_form"


class ActionAskOrderNumber(ForShop, Action):
    """Asks for the order: from their list when the shopper is proven, else by its number."""

    def name(self) -> str:
        return "action_ask_order_number"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        try:
            orders = await self.shop.tracking.orders(conversation_of(tracker))
        except NotVerified:
            orders = []
        if not orders:
            dispatcher.utter_message(response="utter_ask_order_number")
            return []
        dispatcher.utter_message(
            response="utter_ask_order_number_from_list",
            buttons=[_button("inform", order.number) for order in orders],
            json_message={"card": orders_card(orders)},
        )
        return []


class ActionTrackOrder(ForShop, Action):
    """Says where the order is."""

    def name(self) -> str:
        return "action_track_order"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        number = tracker.get_slot("order_number") or ""
        try:
            self._say(dispatcher, await self.shop.tracking.report(conversation_of(tracker), number))
        except NotVerified:
            await utter_not_verified(self, dispatcher, tracker)
        except NotFound:
            dispatcher.utter_message(response="utter_order_not_yours")
        return forget("email", "order_number_forgotten")

    def _say(self, dispatcher: CollectingDispatcher, report: TrackingReport) -> None:
        order, parcel = report.order, report.parcel
        values = {
            "order_number": order.number,
            "carrier": parcel.carrier if parcel else "",
            "expected_day": day(parcel.expected_on) if parcel else "",
            "delivered_day": day(parcel.delivered_at.date()) if parcel and parcel.delivered_at else "",
            "parcels": len(order.shipments),
        }
        dispatcher.utter_message(response=_response(report), json_message={"card": order_card(order)}, **values)
        if report.new_day:
            dispatcher.utter_message(response="utter_order_new_day", **values)
        if len(order.shipments) > 1:
            dispatcher.utter_message(response="utter_order_several_parcels", **values)
        elif report.waiting and parcel:
            dispatcher.utter_message(response="utter_order_partly_waiting", **values)


class ActionListOrders(ForShop, Action):
    """Shows a proven customer's orders."""

    def name(self) -> str:
        return "action_list_orders"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        try:
            orders = await self.shop.tracking.orders(conversation_of(tracker))
        except NotVerified:
            await utter_not_verified(self, dispatcher, tracker)
            return forget("email")
        if not orders:
            dispatcher.utter_message(response="utter_list_orders_none")
            return forget("email")
        dispatcher.utter_message(
            response="utter_list_orders",
            buttons=[_button("track_order", order.number) for order in orders],
            json_message={"card": orders_card(orders)},
        )
        return forget("email")


def _response(report: TrackingReport) -> str:
    """The words for a situation; without a day or a carrier there are others."""
    if report.situation == Situation.DELAYED:
        return _LATE[report.delay_reason]
    if report.situation == Situation.ON_ITS_WAY and report.parcel and report.parcel.expected_on is None:
        return "utter_order_on_its_way_no_day"
    if report.situation == Situation.PACKED and report.parcel is None:
        return "utter_order_packed_no_carrier"
    return _RESPONSES[report.situation]


def _button(intent: str, number: str) -> dict[str, Any]:
    return {"title": number, "payload": f'/{intent}{{"order_number": "{number}"}}'}
