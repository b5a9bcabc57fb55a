"""return_item: sending something back, for money or for another size or colour."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answers import intent_of, typed_answer
from actions.base import ForShop, conversation_of, end_form, forget
from actions.photos import invite_photo
from actions.return_answers import (
    Pieces,
    as_slot,
    corrects,
    method_meant,
    picked,
    pieces_meant,
    pieces_named,
    variant_meant,
)
from actions.return_cards import draft_card, items_card, return_card
from actions.runs import run_key
from actions.verification import Slots, VerifyingForm, utter_not_verified
from actions.words import day, listed, money
from shop.conversations import PICKED
from shop.errors import NotAllowed, NotFound, NotVerified
from shop.identity import Level
from shop.money import Money
from shop.orders import OrderLine
from shop.refund_ways import RefundWay
from shop.return_quotes import ReturnQuote
from shop.return_terms import ORIGINAL, STORE_CREDIT, Return, ReturnableLine, ReturnLine, ReturnRequest
from shop.returns import ExchangeOption

_LINES, _REASON, _RESOLUTION = "return_item_lines", "return_item_reason", "return_item_resolution"
_EXCHANGE, _METHOD, _CONFIRMED = "return_item_exchange", "return_item_method", "return_item_confirmed"
_SO_FAR, _AGREED, _NAMED = "return_item_exchange_so_far", "return_item_agreed", "return_item_named"
_ANSWERS = (_LINES, _REASON, _RESOLUTION, _EXCHANGE, _METHOD, _CONFIRMED, _SO_FAR, _AGREED, _NAMED)
_LINE_REFUSALS = {
    "window_closed": "utter_return_item_line_window_closed",
    "final_sale": "utter_return_item_line_final_sale",
    "already_returned": "utter_return_item_line_already_returned",
    "one_return_only": "utter_return_item_line_already_returned",
    "not_delivered": "utter_return_item_line_not_delivered",
}


class ValidateReturnItemForm(VerifyingForm):
    """Asks who it is, then what, why, for what, how the money moves, and for a clear yes."""

    needs = Level.PROVEN
    same_step = {_EXCHANGE: _RESOLUTION}  # noqa: RUF012 - a Mapping is not changed

    def name(self) -> str:
        return "validate_return_item_form"

    async def own_slots(self, tracker: Tracker) -> list[str]:
        lines = await returnable(self, tracker)
        if tracker.get_slot("order_number") and not any(line.refusal is None for line in lines):
            return []
        asked = [_LINES, _REASON, _RESOLUTION]
        if tracker.get_slot(_RESOLUTION) == "exchange":
            asked.append(_EXCHANGE)
        if all(tracker.get_slot(slot) for slot in asked) and len(await ways(self, tracker)) > 1:
            asked.append(_METHOD)
        return [*asked, _CONFIRMED]

    async def own_steps(self, tracker: Tracker) -> list[str]:
        exchange = [_EXCHANGE] if tracker.get_slot(_RESOLUTION) == "exchange" else []
        return [_LINES, _REASON, _RESOLUTION, *exchange, _METHOD, _CONFIRMED]

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Check the answers. Where another order was named meanwhile, its items are asked for."""
        events = await super().get_validation_events(dispatcher, tracker, domain)
        tracker.add_slots(events)
        lines = await returnable(self, tracker)
        chosen = picked(tracker.get_slot(_LINES) or "").keys()
        if lines and not chosen <= {line.line.id for line in lines}:
            return [*events, *forget(*(slot for slot in _ANSWERS if slot not in {_REASON, _RESOLUTION}))]
        return [*events, *(await self._named_before(dispatcher, tracker, domain, lines))]

    async def _named_before(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict, lines: tuple[ReturnableLine, ...]
    ) -> list[EventType]:
        """Keep the wish's words while it is not known who asks, and look for its items as soon as it is."""
        if not lines:
            wished = intent_of(tracker) == "return_item" and not pressed(tracker)
            return [SlotSet(_NAMED, typed(tracker))] if wished else []
        named = tracker.get_slot(_NAMED)
        if not named:
            return []
        meant = {} if tracker.get_slot(_LINES) else self._understood(named, lines, dispatcher)
        checked = await self.validate_return_item_lines(meant[_LINES], dispatcher, tracker, domain) if meant else {}
        return [*(SlotSet(slot, value) for slot, value in checked.items()), *forget(_NAMED)]

    async def extract_return_item_lines(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Items that were typed by name: when they were asked for, with the wish itself, or to correct others."""
        if pressed(tracker):
            return {}
        text, lines = typed(tracker), await returnable(self, tracker)
        wished = intent_of(tracker) == "return_item"
        if tracker.get_slot("requested_slot") == _LINES and not wished:
            return _as_lines(pieces_meant(text, lines))
        return self._understood(text, lines, dispatcher) if wished or corrects(text) else {}

    def _understood(self, text: str, lines: tuple[ReturnableLine, ...], dispatcher: CollectingDispatcher) -> Slots:
        """The items that a sentence names. They are said, since they are not asked for any more.

        Where it is not clear how many, all items are asked for.
        """
        meant = pieces_named(text, lines)
        if not all(meant.values()):
            return {_LINES: ""}
        names = [line.line.name for line in lines if line.line.id in meant and line.refusal is None]
        if names:
            dispatcher.utter_message(response="utter_return_item_lines_understood", items=listed(names))
        return _as_lines(meant)

    async def extract_return_item_exchange(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A size or colour that was typed when it was asked for, or to correct the one that was chosen."""
        if pressed(tracker) or not tracker.get_slot(_LINES):
            return {}
        if tracker.get_slot("requested_slot") == _EXCHANGE:
            line = await next_to_exchange(self, tracker)
            found = await self._variant(tracker, line, line.options) if line else {}
            return found or typed_answer(tracker, _EXCHANGE, also=("give_measurements",))
        chosen = _wanted(tracker.get_slot(_EXCHANGE))
        lines = await chosen_lines(self, tracker)
        if not chosen or len(lines) != 1 or not corrects(typed(tracker)):
            return {}
        options = await exchange_options(self, tracker, lines[0])
        now = next((each.variant.options for each in options if each.variant.sku == chosen[lines[0].id]), {})
        return await self._variant(tracker, lines[0], now)

    async def _variant(self, tracker: Tracker, line: OrderLine, otherwise: Mapping[str, str]) -> Slots:
        """The variant that the text names; what it does not name stays as it is in `otherwise`."""
        variant = variant_meant(typed(tracker), await exchange_options(self, tracker, line), otherwise)
        return {_EXCHANGE: f"{line.id}={variant.sku}"} if variant else {}

    async def extract_return_item_method(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A way for the money that was typed when it was asked for."""
        if tracker.get_slot("requested_slot") != _METHOD or pressed(tracker):
            return {}
        meant = method_meant(str(tracker.latest_message.get("text") or ""), await ways(self, tracker))
        return {_METHOD: meant.id} if meant else {}

    async def validate_return_item_lines(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Pieces of this order that may come back; for the others, why not."""
        lines = {line.line.id: line for line in await returnable(self, tracker)}
        try:
            pieces = picked(str(value))
        except ValueError:
            return {_LINES: None}
        for line_id, count in pieces.items():
            if line_id not in lines or not self._may_come_back(lines[line_id], count, dispatcher):
                return {_LINES: None}
        return {_LINES: as_slot(pieces) or None, **_from_the_exchange_on()}

    def _may_come_back(self, line: ReturnableLine, count: int, dispatcher: CollectingDispatcher) -> bool:
        if line.refusal:
            dispatcher.utter_message(response=_LINE_REFUSALS[line.refusal], item=line.line.name)
        elif not 0 < count <= line.quantity:
            dispatcher.utter_message(response="utter_return_item_too_many", item=line.line.name, quantity=line.quantity)
        else:
            return True
        return False

    async def validate_return_item_reason(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """One of the reasons that the merchant offers."""
        if value in {reason.value for reason in self.shop.returns.rules.reasons}:
            invite_photo(dispatcher, tracker, value)
            return {_REASON: value}
        dispatcher.utter_message(response="utter_return_item_reason_unclear")
        return {_REASON: None}

    async def validate_return_item_resolution(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Money back, or an exchange where the shop makes them and has something else in stock."""
        if value == "refund":
            return {_RESOLUTION: value, **_from_the_exchange_on()}
        for line in await chosen_lines(self, tracker):
            if not await self.shop.returns.exchange_options(conversation_of(tracker), _order(tracker), line.id):
                dispatcher.utter_message(response="utter_return_item_exchange_none", item=line.name)
                return {_RESOLUTION: None}
        return {_RESOLUTION: "exchange", **_from_the_exchange_on()}

    async def validate_return_item_exchange(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A variant for one line after the other; the slot is filled when every line has one."""
        line_id, _, sku = str(value).partition("=")
        line = next((each for each in await chosen_lines(self, tracker) if each.id == line_id), None)
        options = await exchange_options(self, tracker, line) if line else ()
        if sku not in {option.variant.sku for option in options}:
            dispatcher.utter_message(response="utter_return_item_exchange_unclear")
            return {_EXCHANGE: None}
        wanted = _wanted(tracker.get_slot(_SO_FAR)) | {line_id: sku}
        done = wanted.keys() == picked(tracker.get_slot(_LINES)).keys()
        as_text = ",".join(f"{each}={wanted[each]}" for each in wanted)
        return {_EXCHANGE: as_text if done else None, _SO_FAR: None if done else as_text}

    async def validate_return_item_method(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """One of the ways that are open for this sum."""
        if value in {way.id for way in await ways(self, tracker)}:
            return {_METHOD: value}
        dispatcher.utter_message(response="utter_return_item_method_unclear")
        return {_METHOD: None}

    async def validate_return_item_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """An explicit yes or no."""
        return {_CONFIRMED: value}


class ActionAskReturnItemLines(ForShop, Action):
    """Shows the order's items to pick from, and says why some can't be."""

    def name(self) -> str:
        return f"action_ask_{_LINES}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        lines = await returnable(self, tracker)
        dispatcher.utter_message(
            response="utter_ask_return_item_lines",
            order_number=_order(tracker),
            buttons=[{"title": "", "payload": f'/inform{{"return_lines": "{PICKED}"}}'}],
            json_message={"card": items_card(_order(tracker), lines)},
        )
        return []


class ActionAskReturnItemReason(ForShop, Action):
    """Asks why, with the reasons that the merchant offers."""

    def name(self) -> str:
        return f"action_ask_{_REASON}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        offered = [_payload("return_reason", reason.value) for reason in self.shop.returns.rules.reasons]
        dispatcher.utter_message(response="utter_ask_return_item_reason", json_message={"offered": offered})
        return []


class ActionAskReturnItemResolution(ForShop, Action):
    """Asks what for; an exchange only where the shop makes them."""

    def name(self) -> str:
        return f"action_ask_{_RESOLUTION}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        kinds = ["refund", *(["exchange"] if self.shop.returns.rules.exchanges else [])]
        offered = [_payload("resolution", kind) for kind in kinds]
        dispatcher.utter_message(response="utter_ask_return_item_resolution", json_message={"offered": offered})
        return []


class ActionAskReturnItemExchange(ForShop, Action):
    """Offers the sizes and colours that are in stock for the next line."""

    def name(self) -> str:
        return f"action_ask_{_EXCHANGE}"

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
        return f"action_ask_{_METHOD}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        open_ways = await ways(self, tracker)
        exchange = tracker.get_slot(_RESOLUTION) == "exchange"
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
        return f"action_ask_{_CONFIRMED}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        try:
            quote = await quoted(self, tracker)
        except NotAllowed:
            dispatcher.utter_message(response="utter_return_item_changed")
            return [*forget(*_ANSWERS), *end_form()]
        dispatcher.utter_message(response="utter_ask_return_item_confirmed", json_message={"card": draft_card(quote)})
        return [SlotSet(_AGREED, str(quote.balance))]


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
        return forget(*_ANSWERS, "email", "order_number_forgotten")

    async def _answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        confirmed = tracker.get_slot(_CONFIRMED)
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
        lines = await self.shop.returns.lines(conversation_of(tracker), _order(tracker))
        if any(line.refusal is None for line in lines):
            raise NotVerified("the form ended before a yes")
        for line in lines:
            dispatcher.utter_message(response=_LINE_REFUSALS[line.refusal or "not_delivered"], item=line.line.name)
        dispatcher.utter_message(response="utter_return_item_nothing", order_number=_order(tracker))


def _as_lines(pieces: Pieces) -> Slots:
    return {_LINES: as_slot(pieces)} if pieces else {}


def _from_the_exchange_on() -> Slots:
    """What has to be asked anew when the items or what they come back for have changed."""
    return dict.fromkeys((_EXCHANGE, _SO_FAR, _METHOD, _AGREED))


def typed(tracker: Tracker) -> str:
    """The newest message's words."""
    return str(tracker.latest_message.get("text") or "")


def pressed(tracker: Tracker) -> bool:
    """Whether the latest message was a button, whose words are no typed answer."""
    return bool(tracker.latest_message.get("intent", {}).get("confidence") == 1.0)


async def returnable(action: ForShop, tracker: Tracker) -> tuple[ReturnableLine, ...]:
    """What may come back of the order in question; nothing while it is not known to be theirs."""
    try:
        return await action.shop.returns.lines(conversation_of(tracker), _order(tracker))
    except (NotVerified, NotFound):
        return ()


async def chosen_lines(action: ForShop, tracker: Tracker) -> list[OrderLine]:
    """The order lines of which something comes back."""
    chosen = picked(tracker.get_slot(_LINES) or "")
    return [line.line for line in await returnable(action, tracker) if line.line.id in chosen]


async def next_to_exchange(action: ForShop, tracker: Tracker) -> OrderLine | None:
    """The first chosen line for which nothing has been chosen instead."""
    if not tracker.get_slot(_LINES):
        return None
    wanted = _wanted(tracker.get_slot(_SO_FAR))
    return next((line for line in await chosen_lines(action, tracker) if line.id not in wanted), None)


async def exchange_options(action: ForShop, tracker: Tracker, line: OrderLine) -> tuple[ExchangeOption, ...]:
    """What may be had instead of a line; the very same again only where it came damaged or wrong."""
    options = await action.shop.returns.exchange_options(conversation_of(tracker), _order(tracker), line.id)
    again = tracker.get_slot(_REASON) in {"damaged", "wrong_item", "not_as_described"}
    return tuple(option for option in options if again or not option.same)


async def ways(action: ForShop, tracker: Tracker) -> tuple[RefundWay, ...]:
    """The ways that are open for the money of this return."""
    try:
        return await action.shop.returns.refund_ways(conversation_of(tracker), _order(tracker), _return_lines(tracker))
    except (NotAllowed, NotVerified, NotFound):
        return ()


async def quoted(action: ForShop, tracker: Tracker) -> ReturnQuote:
    """The return as it would be opened now."""
    request = request_of(tracker, await ways(action, tracker))
    return await action.shop.returns.preview(conversation_of(tracker), request)


def request_of(tracker: Tracker, open_ways: tuple[RefundWay, ...]) -> ReturnRequest:
    """What the shopper has said, as a request. Where there is one way for the money, it need not be asked for."""
    method = tracker.get_slot(_METHOD) or (open_ways[0].id if open_ways else ORIGINAL)
    amount, _, currency = (tracker.get_slot(_AGREED) or "").partition(" ")
    agreed = Money(Decimal(amount), currency) if currency else None
    return ReturnRequest(_order(tracker), _return_lines(tracker), method, agreed)


def _return_lines(tracker: Tracker) -> tuple[ReturnLine, ...]:
    wanted = _wanted(tracker.get_slot(_EXCHANGE)) if tracker.get_slot(_RESOLUTION) == "exchange" else {}
    reason = tracker.get_slot(_REASON) or "other"
    pieces = picked(tracker.get_slot(_LINES) or "")
    return tuple(ReturnLine(line, count, reason, wanted.get(line)) for line, count in pieces.items())


def _wanted(slot: str | None) -> dict[str, str]:
    """SKUs by line from a slot (`line-1=SKU`)."""
    return dict(part.split("=", 1) for part in slot.split(",")) if slot else {}


def _order(tracker: Tracker) -> str:
    return str(tracker.get_slot("order_number") or "")


def _payload(entity: str, value: str) -> str:
    return f"/inform{json.dumps({entity: value})}"


def _opened(found: Return) -> str:
    if found.balance.amount < 0:
        return "utter_return_item_opened_to_pay"
    if any(line.exchange_for for line in found.lines):
        return "utter_return_item_opened_exchange"
    if found.refund_method_id == STORE_CREDIT:
        return "utter_return_item_opened_credit"
    return "utter_return_item_opened_refund"
