"""The questions of return_item, with what can be answered to them now."""

from __future__ import annotations

import json

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import ForShop, end_form, forget
from actions.return_cards import draft_card, items_card
from actions.return_draft import (
    AGREED,
    ANSWERS,
    CONFIRMED,
    EXCHANGE,
    LINES,
    METHOD,
    REASON,
    RESOLUTION,
    exchange_options,
    next_to_exchange,
    order_of,
    quoted,
    returnable,
    ways,
)
from shop.conversations import PICKED
from shop.errors import NotAllowed


class ActionAskReturnItemLines(ForShop, Action):
    """Shows the order's items to pick from, and says why some can't be."""

    def name(self) -> str:
        return f"action_ask_{LINES}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        lines = await returnable(self, tracker)
        dispatcher.utter_message(
            response="utter_ask_return_item_lines",
            order_number=order_of(tracker),
            buttons=[{"title": "", "payload": f'/inform{{"return_lines": "{PICKED}"}}'}],
            json_message={"card": items_card(order_of(tracker), lines)},
        )
        return []


class ActionAskReturnItemReason(ForShop, Action):
    """Asks why, with the reasons that the merchant offers."""

    def name(self) -> str:
        return f"action_ask_{REASON}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        offered = [_payload("return_reason", reason.value) for reason in self.shop.returns.rules.reasons]
        dispatcher.utter_message(response="utter_ask_return_item_reason", json_message={"offered": offered})
        return []


class ActionAskReturnItemResolution(ForShop, Action):
    """Asks what for; an exchange only where the shop makes them."""

    def name(self) -> str:
        return f"action_ask_{RESOLUTION}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        kinds = ["refund", *(["exchange"] if self.shop.returns.rules.exchanges else [])]
        offered = [_payload("resolution", kind) for kind in kinds]
        dispatcher.utter_message(response="utter_ask_return_item_resolution", json_message={"offered": offered})
        return []


class ActionAskReturnItemExchange(ForShop, Action):
    """Offers the sizes and colours that are in stock for the next line."""

    def name(self) -> str:
        return f"action_ask_{EXCHANGE}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        line = await next_to_exchange(self, tracker)
        if line is None:
            return []
        options = await exchange_options(self, tracker, line)
        dispatcher.utter_message(
            response="utter_ask_return_item_exchange",
            item=line.name,
            buttons=[
                {
                    "title": " · ".join(each.variant.options.values()),
                    "payload": _payload("variant", f"{line.id}={each.variant.sku}"),
                }
                for each in options
            ],
        )
        return []


class ActionAskReturnItemMethod(ForShop, Action):
    """Asks how the money moves, by the ways that are open for this sum."""

    def name(self) -> str:
        return f"action_ask_{METHOD}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        open_ways = await ways(self, tracker)
        exchange = tracker.get_slot(RESOLUTION) == "exchange"
        dispatcher.utter_message(
            response="utter_ask_return_item_method_exchange" if exchange else "utter_ask_return_item_method",
            buttons=[
                {"title": way.label, "payload": _payload("refund_method", way.id)} for way in open_ways if way.label
            ],
            json_message={"offered": [_payload("refund_method", way.id) for way in open_ways]},
        )
        return []


class ActionAskReturnItemConfirmed(ForShop, Action):
    """Shows the whole return, and keeps the sum that the yes will be for."""

    def name(self) -> str:
        return f"action_ask_{CONFIRMED}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        try:
            quote = await quoted(self, tracker)
        except NotAllowed:
            dispatcher.utter_message(response="utter_return_item_changed")
            return [*forget(*ANSWERS), *end_form()]
        dispatcher.utter_message(response="utter_ask_return_item_confirmed", json_message={"card": draft_card(quote)})
        return [SlotSet(AGREED, str(quote.balance))]


def _payload(entity: str, value: str) -> str:
    return f"/inform{json.dumps({entity: value})}"
