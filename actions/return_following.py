"""follow_return: where a return stands, that it was sent, calling it off, and its label again."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import ForShop, conversation_of, forget
from actions.return_cards import return_card
from actions.verification import VerifyingForm, utter_not_verified
from actions.words import day
from shop.errors import NotAllowed, NotFound, NotVerified
from shop.identity import Level
from shop.return_terms import ReturnStatus
from shop.returns import ReturnReport

_RESPONSES = {
    ReturnStatus.OPEN: "utter_follow_return_open",
    ReturnStatus.SENT: "utter_follow_return_sent",
    ReturnStatus.RECEIVED: "utter_follow_return_received",
    ReturnStatus.REFUNDED: "utter_follow_return_refunded",
    ReturnStatus.CANCELLED: "utter_follow_return_cancelled",
}
_WITH_LABEL = {ReturnStatus.OPEN, ReturnStatus.SENT}


class ValidateFollowReturnForm(VerifyingForm):
    """Asks who it is."""

    needs = Level.PROVEN
    about_order = False

    def name(self) -> str:
        return "validate_follow_return_form"


class ActionFollowReturn(ForShop, Action):
    """Shows the newest return, of the order in question if one was named, and what can be done about it."""

    def name(self) -> str:
        return "action_follow_return"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        try:
            reports = await self.shop.returns.reports(conversation_of(tracker), _named_order(tracker))
        except NotVerified:
            await utter_not_verified(self, dispatcher, tracker)
            return forget("email")
        except NotFound:
            reports = ()
        if not reports:
            dispatcher.utter_message(response="utter_follow_return_none")
            return forget("email")
        await self._show(dispatcher, tracker, reports[0])
        return forget("email")

    async def _show(self, dispatcher: CollectingDispatcher, tracker: Tracker, report: ReturnReport) -> None:
        found = report.found
        label = None
        if found.status in _WITH_LABEL:
            label = f"/labels/{await self.shop.return_labels.token(conversation_of(tracker), found.number)}.pdf"
        dispatcher.utter_message(
            response=_RESPONSES[found.status],
            json_message={"card": return_card(report, label)},
            return_number=found.number,
            send_by=day(found.send_by),
            received_on=day(found.received_at.date()) if found.received_at else "",
            refunded_on=day(found.refunded_at.date()) if found.refunded_at else "",
        )


class ActionMarkReturnSent(ForShop, Action):
    """Notes that the shopper has sent the parcel."""

    def name(self) -> str:
        return "action_mark_return_sent"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        number = _number(tracker)
        try:
            await self.shop.returns.mark_sent(conversation_of(tracker), number, f"sent:{number}")
            dispatcher.utter_message(response="utter_return_marked_sent", return_number=number)
        except NotAllowed:
            dispatcher.utter_message(response="utter_return_can_not_be_changed", return_number=number)
        except (NotVerified, NotFound):
            await utter_not_verified(self, dispatcher, tracker)
        return []


class ActionCancelReturn(ForShop, Action):
    """Calls a return off that was not sent."""

    def name(self) -> str:
        return "action_cancel_return"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        number = _number(tracker)
        try:
            await self.shop.returns.cancel(conversation_of(tracker), number, f"cancel:{number}")
            dispatcher.utter_message(response="utter_return_cancelled", return_number=number)
        except NotAllowed:
            dispatcher.utter_message(response="utter_return_can_not_be_changed", return_number=number)
        except (NotVerified, NotFound):
            await utter_not_verified(self, dispatcher, tracker)
        return []


def _number(tracker: Tracker) -> str:
    """The return that the button stood below."""
    return str(next(tracker.get_latest_entity_values("return_number"), ""))


def _named_order(tracker: Tracker) -> str | None:
    """An order that this very message names; one that was talked of before is not meant."""
    return next(tracker.get_latest_entity_values("order_number"), None)
