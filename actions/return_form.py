"""return_item's form: takes each answer, also one typed early, and says why it can't be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answers import intent_of, pressed, typed, typed_answer
from actions.base import conversation_of, forget
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
from actions.return_draft import (
    AGREED,
    ANSWERS,
    CONFIRMED,
    EXCHANGE,
    LINE_REFUSALS,
    LINES,
    METHOD,
    NAMED,
    REASON,
    RESOLUTION,
    SO_FAR,
    chosen_lines,
    exchange_options,
    next_to_exchange,
    order_of,
    returnable,
    wanted,
    ways,
)
from actions.verification import Slots, VerifyingForm
from actions.words import listed
from shop.identity import Level
from shop.orders import OrderLine
from shop.return_terms import ReturnableLine


class ValidateReturnItemForm(VerifyingForm):
    """Asks who it is, then what, why, for what, how the money moves, and for a clear yes."""

    needs = Level.PROVEN
    number_answers = frozenset({LINES, EXCHANGE})
    tried_first = frozenset({LINES, EXCHANGE, METHOD})
    same_step = {EXCHANGE: RESOLUTION}  # noqa: RUF012 - a Mapping is not changed

    def name(self) -> str:
        return "validate_return_item_form"

    async def own_slots(self, tracker: Tracker) -> list[str]:
        lines = await returnable(self, tracker)
        if tracker.get_slot("order_number") and not any(line.refusal is None for line in lines):
            return []
        asked = [LINES, REASON, RESOLUTION]
        if tracker.get_slot(RESOLUTION) == "exchange":
            asked.append(EXCHANGE)
        if all(tracker.get_slot(slot) for slot in asked) and len(await ways(self, tracker)) > 1:
            asked.append(METHOD)
        return [*asked, CONFIRMED]

    async def own_steps(self, tracker: Tracker) -> list[str]:
        exchange = [EXCHANGE] if tracker.get_slot(RESOLUTION) == "exchange" else []
        return [LINES, REASON, RESOLUTION, *exchange, METHOD, CONFIRMED]

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Check the answers. Where another order was named meanwhile, its items are asked for."""
        events = await super().get_validation_events(dispatcher, tracker, domain)
        tracker.add_slots(events)
        lines = await returnable(self, tracker)
        chosen = picked(tracker.get_slot(LINES) or "").keys()
        if lines and not chosen <= {line.line.id for line in lines}:
            return [*events, *forget(*(slot for slot in ANSWERS if slot not in {REASON, RESOLUTION}))]
        return [*events, *(await self._named_before(dispatcher, tracker, domain, lines))]

    async def _named_before(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict, lines: tuple[ReturnableLine, ...]
    ) -> list[EventType]:
        """Keep the wish's words while it is not known who asks, and look for its items as soon as it is."""
        if not lines:
            wished = intent_of(tracker) == "return_item" and not pressed(tracker)
            return [SlotSet(NAMED, typed(tracker))] if wished else []
        named = tracker.get_slot(NAMED)
        if not named:
            return []
        meant = {} if tracker.get_slot(LINES) else self._understood(named, lines, dispatcher)
        checked = await self.validate_return_item_lines(meant[LINES], dispatcher, tracker, domain) if meant else {}
        return [*(SlotSet(slot, value) for slot, value in checked.items()), *forget(NAMED)]

    async def extract_return_item_lines(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Items that were typed by name: when they were asked for, with the wish itself, or to correct others."""
        if pressed(tracker):
            return {}
        text, lines = typed(tracker), await returnable(self, tracker)
        wished = intent_of(tracker) == "return_item"
        if tracker.get_slot("requested_slot") == LINES and not wished:
            return _as_lines(pieces_meant(text, lines)) or ({LINES: text} if text.strip().isdecimal() else {})
        return self._understood(text, lines, dispatcher) if wished or corrects(text) else {}

    def _understood(self, text: str, lines: tuple[ReturnableLine, ...], dispatcher: CollectingDispatcher) -> Slots:
        """The items that a sentence names. They are said, since they are not asked for any more.

        Where it is not clear how many, all items are asked for.
        """
        meant = pieces_named(text, lines)
        if not all(meant.values()):
            return {LINES: ""}
        names = [line.line.name for line in lines if line.line.id in meant and line.refusal is None]
        if names:
            dispatcher.utter_message(response="utter_return_item_lines_understood", items=listed(names))
        return _as_lines(meant)

    async def extract_return_item_exchange(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A size or colour that was typed when it was asked for, or to correct the one that was chosen."""
        if pressed(tracker) or not tracker.get_slot(LINES):
            return {}
        if tracker.get_slot("requested_slot") == EXCHANGE:
            line = await next_to_exchange(self, tracker)
            found = await self._variant(tracker, line, line.options) if line else {}
            return found or typed_answer(tracker, EXCHANGE, also=("give_measurements",))
        chosen = wanted(tracker.get_slot(EXCHANGE))
        lines = await chosen_lines(self, tracker)
        if not chosen or len(lines) != 1 or not corrects(typed(tracker)):
            return {}
        options = await exchange_options(self, tracker, lines[0])
        now = next((each.variant.options for each in options if each.variant.sku == chosen[lines[0].id]), {})
        return await self._variant(tracker, lines[0], now)

    async def _variant(self, tracker: Tracker, line: OrderLine, otherwise: Mapping[str, str]) -> Slots:
        """The variant that the text names; what it does not name stays as it is in `otherwise`."""
        variant = variant_meant(typed(tracker), await exchange_options(self, tracker, line), otherwise)
        return {EXCHANGE: f"{line.id}={variant.sku}"} if variant else {}

    async def extract_return_item_method(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A way for the money that was typed when it was asked for."""
        if tracker.get_slot("requested_slot") != METHOD or pressed(tracker):
            return {}
        meant = method_meant(typed(tracker), await ways(self, tracker))
        return {METHOD: meant.id} if meant else {}

    async def validate_return_item_lines(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Pieces of this order that may come back; for the others, why not."""
        lines = {line.line.id: line for line in await returnable(self, tracker)}
        try:
            pieces = picked(str(value))
        except ValueError:
            dispatcher.utter_message(response="utter_return_item_lines_unclear")
            return {LINES: None}
        for line_id, count in pieces.items():
            if line_id not in lines or not self._may_come_back(lines[line_id], count, dispatcher):
                return {LINES: None}
        return {LINES: as_slot(pieces) or None, **_from_the_exchange_on()}

    def _may_come_back(self, line: ReturnableLine, count: int, dispatcher: CollectingDispatcher) -> bool:
        if line.refusal:
            dispatcher.utter_message(response=LINE_REFUSALS[line.refusal], item=line.line.name)
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
            return {REASON: value}
        dispatcher.utter_message(response="utter_return_item_reason_unclear")
        return {REASON: None}

    async def validate_return_item_resolution(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Money back, or an exchange where the shop makes them and has something else in stock."""
        if value == "refund":
            return {RESOLUTION: value, **_from_the_exchange_on()}
        for line in await chosen_lines(self, tracker):
            if not await self.shop.returns.exchange_options(conversation_of(tracker), order_of(tracker), line.id):
                dispatcher.utter_message(response="utter_return_item_exchange_none", item=line.name)
                return {RESOLUTION: None}
        return {RESOLUTION: "exchange", **_from_the_exchange_on()}

    async def validate_return_item_exchange(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """A variant for one line after the other; the slot is filled when every line has one."""
        line_id, _, sku = str(value).partition("=")
        line = next((each for each in await chosen_lines(self, tracker) if each.id == line_id), None)
        options = await exchange_options(self, tracker, line) if line else ()
        if sku not in {option.variant.sku for option in options}:
            dispatcher.utter_message(response="utter_return_item_exchange_unclear")
            return {EXCHANGE: None}
        instead = wanted(tracker.get_slot(SO_FAR)) | {line_id: sku}
        done = instead.keys() == picked(tracker.get_slot(LINES)).keys()
        as_text = ",".join(f"{each}={instead[each]}" for each in instead)
        return {EXCHANGE: as_text if done else None, SO_FAR: None if done else as_text}

    async def validate_return_item_method(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """One of the ways that are open for this sum."""
        if value in {way.id for way in await ways(self, tracker)}:
            return {METHOD: value}
        dispatcher.utter_message(response="utter_return_item_method_unclear")
        return {METHOD: None}

    async def validate_return_item_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """An explicit yes or no."""
        return {CONFIRMED: value}


def _as_lines(pieces: Pieces) -> Slots:
    return {LINES: as_slot(pieces)} if pieces else {}


def _from_the_exchange_on() -> Slots:
    """What has to be asked anew when the items or what they come back for have changed."""
    return dict.fromkeys((EXCHANGE, SO_FAR, METHOD, AGREED))
