"""return_item: sending something back, for money or for another size or colour."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import ForShop, conversation_of, forget
from actions.return_cards import return_card
from actions.return_draft import (
    ANSWERS,
    CONFIRMED,
    LINE_REFUSALS,
    order_of,
    request_of,
    ways,
)
from actions.runs import run_key
from actions.verification import utter_not_verified
from actions.words import day, money
from shop.errors import NotAllowed, NotFound, NotVerified
from shop.return_terms import ORIGINAL, STORE_CREDIT, Return


class ActionReturnItem(ForShop, Action):
    """Opens the return that the shopper said yes to."""

    def name(self) -> str:
        return "action_return_item"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        try:
            await self._answer(dispatcher, tracker)
        except NotAllowed:
            dispatcher.utter_message(response="utter_return_item_changed")
        except NotVerified:
            await utter_not_verified(self, dispatcher, tracker)
        except NotFound:
            dispatcher.utter_message(response="utter_order_not_yours")
        return forget(*ANSWERS, "email", "order_number_forgotten")

    async def _answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        confirmed = tracker.get_slot(CONFIRMED)
        if confirmed is False:
            dispatcher.utter_message(response="utter_return_item_not_opened")
        elif confirmed:
            await self._open(dispatcher, tracker)
        else:
            await self._say_what_can_not_come_back(dispatcher, tracker)

    async def _open(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        conversation, key = conversation_of(tracker), run_key(tracker, "return_item_form")
        opened = await self.shop.returns.open(conversation, request_of(tracker, await ways(self, tracker)), key)
        report = await self.shop.returns.report(conversation, opened.number)
        label = f"/labels/{await self.shop.return_labels.token(conversation, opened.number)}.pdf"
        dispatcher.utter_message(
            response=_opened(opened),
            json_message={"card": return_card(report, label)},
            return_number=opened.number,
            send_by=day(opened.send_by),
            amount=money(opened.balance if opened.balance.amount > 0 else opened.balance * -1),
            method=report.label or "",
        )

    async def _say_what_can_not_come_back(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        lines = await self.shop.returns.lines(conversation_of(tracker), order_of(tracker))
        if any(line.refusal is None for line in lines):
            raise NotVerified("the form ended before a yes")
        for line in lines:
            dispatcher.utter_message(response=LINE_REFUSALS[line.refusal or "not_delivered"], item=line.line.name)
        dispatcher.utter_message(response="utter_return_item_nothing", order_number=order_of(tracker))


def _opened(found: Return) -> str:
    if found.balance.amount < 0:
        return "utter_return_item_opened_to_pay"
    if any(line.exchange_for for line in found.lines):
        return "utter_return_item_opened_exchange"
    if found.refund_method_id == STORE_CREDIT:
        return "utter_return_item_opened_credit"
    if found.refund_method_id == ORIGINAL:
        return "utter_return_item_opened_as_paid"
    return "utter_return_item_opened_refund"
