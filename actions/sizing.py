"""find_size: asks which product it is about and what to go by. What is answered then is in `size_advice`."""

from __future__ import annotations

import json
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answers import intent_of, typed, typed_answer
from actions.base import ForShop, conversation_of
from actions.cards import product_card, products_card, size_table_card
from actions.flow_form import FlowForm
from actions.product_mention import mentioned
from actions.size_basis import ANSWERS, basis_of, doubt_of, kept_of, said_now
from actions.size_words import ASKED, OFFERED, utter_asked_back, value_of
from shop.errors import NotVerified
from shop.measurements import Doubt
from shop.size_rule import Preference, deciding
from shop.sized_products import SizedProduct
from shop.sizing import Advice, NoSuchSize, NothingBought

Slots = dict[str, Any]
PRODUCT, BASIS, FIT = "find_size_product", "find_size_basis", "find_size_fit"
CANDIDATES, DOUBT, BODY = "find_size_candidates", "find_size_doubt", "find_size_body"
COLOUR, WITHOUT_TAPE = "find_size_colour", "find_size_without_tape"
_OFFERED = 6  # products to choose from


class ValidateFindSizeForm(FlowForm):
    """Asks for the product, for a measurement or a usual size, and between two sizes how it should sit."""

    number_answers = frozenset({BASIS})

    def name(self) -> str:
        return "validate_find_size_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        """What to ask for, in order."""
        return await self.steps(tracker)

    async def steps(self, tracker: Tracker) -> list[str]:
        """The product and what to go by. A product without a size chart is enough: the form's action says so."""
        sized = await sized_product(self, tracker)
        if sized is not None and sized.chart is None:
            return [PRODUCT]
        basis = tracker.get_slot(BASIS) or {}
        return [PRODUCT, BASIS, FIT] if sized and basis.get("between") else [PRODUCT, BASIS]

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Take each answer by itself, then see what the product's chart makes of them."""
        events = await super().get_validation_events(dispatcher, tracker, domain)
        liked = next(tracker.get_latest_entity_values("fit"), None)
        if liked and intent_of(tracker) in {"find_size", "give_measurements"}:
            events.append(SlotSet(FIT, liked))
        if not events and _asks_again(tracker):
            events.append(SlotSet(PRODUCT, tracker.get_slot(PRODUCT)))
        tracker.add_slots(events)
        return [*events, *(await self._settle(dispatcher, tracker, {event["name"] for event in events}))]

    async def extract_find_size_product(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """The button pressed, or else the ids of the products that the message names."""
        chosen = next(tracker.get_latest_entity_values("product"), None)
        if chosen:
            return {PRODUCT: [chosen]}
        found = await mentioned(self.shop, tracker, asked=tracker.get_slot("requested_slot") == PRODUCT)
        return {} if found is None else {PRODUCT: found}

    async def validate_find_size_product(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Keep one product that comes in sizes. Several are offered; the product of the last answer goes on or not."""
        if isinstance(value, str):
            return {PRODUCT: value if _goes_on(tracker) else None}
        if len(value) > 1:
            return {PRODUCT: None, CANDIDATES: value[:_OFFERED]}
        sized = await self.shop.sizing.sized(value[0]) if value else None
        if sized is None:
            dispatcher.utter_message(response="utter_find_size_product_unknown")
            return {PRODUCT: None}
        if not sized.sizes:
            dispatcher.utter_message(response="utter_find_size_one_size", product=sized.product.name)
            return {PRODUCT: None, CANDIDATES: None}
        return {PRODUCT: sized.product.id, CANDIDATES: None, COLOUR: _colour_said(tracker, sized)}

    async def extract_find_size_basis(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Measurements, a usual size, or that earlier purchases are to be gone by."""
        known, doubt = tracker.get_slot(BASIS) or {}, tracker.get_slot(DOUBT) or {}
        asked = tracker.get_slot("requested_slot") == BASIS
        said = said_now(tracker, known, doubt, asked=asked, by_name=bool(tracker.get_slot(WITHOUT_TAPE)))
        return {BASIS: said} if said else {}

    async def validate_find_size_basis(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Say so where nothing can be read in an answer. The rest is seen once the product is known."""
        if value.get("unclear"):
            dispatcher.utter_message(response="utter_find_size_unclear")
        dropped = value.get("unclear") or value.get("denied")
        return {BASIS: None, **({DOUBT: None} if value.get("denied") else {})} if dropped else {BASIS: value}

    async def extract_find_size_fit(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """How it should sit."""
        liked = next(tracker.get_latest_entity_values("fit"), None)
        return {FIT: liked} if liked else typed_answer(tracker, FIT)

    async def validate_find_size_fit(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Slots:
        """Keep one of the three preferences."""
        if value in set(Preference):
            return {FIT: value}
        dispatcher.utter_message(response="utter_find_size_fit_unclear")
        return {FIT: None}

    async def _settle(self, dispatcher: CollectingDispatcher, tracker: Tracker, changed: set[str]) -> list[EventType]:
        """See what the chart makes of what is known now; where something has to be asked back, drop it and ask."""
        sized = await sized_product(self, tracker)
        if sized is None or sized.chart is None or not changed & {PRODUCT, BASIS}:
            return []
        basis = tracker.get_slot(BASIS) or _body_before(tracker, sized)
        if not basis or basis.get("nothing"):
            return []
        answer = await advise(self, tracker, sized, basis)
        if isinstance(answer, Advice):
            return [SlotSet(BASIS, kept_of(answer, basis)), SlotSet(DOUBT, None)]
        utter_asked_back(dispatcher, answer)
        doubt = doubt_of(answer) if isinstance(answer, Doubt | NoSuchSize) else None
        return [SlotSet(BASIS, None), SlotSet(DOUBT, doubt)]


class ActionAskFindSizeProduct(ForShop, Action):
    """Asks for the product: to choose from those that may be meant, else by name."""

    def name(self) -> str:
        return f"action_ask_{PRODUCT}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        ids = tracker.get_slot(CANDIDATES) or []
        offered = [sized for each in ids if (sized := await self.shop.sizing.sized(each))]
        if not offered:
            dispatcher.utter_message(response="utter_ask_find_size_product")
            return []
        dispatcher.utter_message(
            response="utter_ask_find_size_product_from_list",
            buttons=[_button(sized) for sized in offered],
            json_message={"card": products_card(offered)},
        )
        return []


class ActionAskFindSizeBasis(ForShop, Action):
    """Asks for the measurements that decide for this product, or for a usual size where there is no tape measure."""

    def name(self) -> str:
        return f"action_ask_{BASIS}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        sized = await sized_product(self, tracker)
        if sized is None or sized.chart is None:
            return []
        if tracker.get_slot(WITHOUT_TAPE):
            card = size_table_card(sized)
            dispatcher.utter_message(response="utter_ask_find_size_usual", json_message={"card": card})
            return []
        await self._offer_bought(dispatcher, tracker, sized)
        asked = ASKED.get(deciding(sized.chart), "utter_ask_find_size_any_measurement")
        card = product_card(sized)
        dispatcher.utter_message(response=asked, json_message={"card": card}, product=sized.product.name)
        return []

    async def _offer_bought(self, dispatcher: CollectingDispatcher, tracker: Tracker, sized: SizedProduct) -> None:
        """Offer a proven customer to go by what they bought before."""
        if sized.chart is None or intent_of(tracker) not in ANSWERS:
            return
        try:
            bought = await self.shop.sizing.bought(conversation_of(tracker), sized.chart)
        except NotVerified:
            return
        if bought:
            dispatcher.utter_message(response=OFFERED[bought.fate], bought=bought.line.name, bought_size=bought.size)


class ActionAskFindSizeFit(ForShop, Action):
    """Names the two sizes and asks how it should sit."""

    def name(self) -> str:
        return f"action_ask_{FIT}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        sized = await sized_product(self, tracker)
        answer = await advise(self, tracker, sized, tracker.get_slot(BASIS) or {}) if sized else None
        if isinstance(answer, Advice):
            lower, upper = answer.choice.lower.size, answer.choice.upper.size
            dispatcher.utter_message(
                response="utter_ask_find_size_fit", value=value_of(answer), lower=lower, upper=upper
            )
        return []


class ActionLackMeasurements(Action):
    """Without a tape measure asks for a usual size; without that, too, there is nothing to go by."""

    def name(self) -> str:
        return "action_lack_measurements"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        if tracker.get_slot("requested_slot") == FIT:
            return [SlotSet(FIT, Preference.REGULAR.value)]
        asked = tracker.get_slot("requested_slot") == BASIS and tracker.get_slot(WITHOUT_TAPE)
        return [SlotSet(BASIS, {"nothing": True})] if asked else [SlotSet(WITHOUT_TAPE, True)]


async def sized_product(action: ForShop, tracker: Tracker) -> SizedProduct | None:
    """The product that the form is about, or None while it is not known."""
    product = tracker.get_slot(PRODUCT)
    return await action.shop.sizing.sized(product) if isinstance(product, str) else None


async def advise(
    action: ForShop, tracker: Tracker, sized: SizedProduct, basis: Slots
) -> Advice | Doubt | NoSuchSize | NothingBought | None:
    """What the shop says to what is in the slot; None where it needs a proven customer and nobody is."""
    try:
        return await action.shop.sizing.advise(conversation_of(tracker), sized, basis_of(basis))
    except NotVerified:
        return None


def _goes_on(tracker: Tracker) -> bool:
    """Whether the message goes on about the product of the last answer: it does not ask anew without naming one."""
    told = {entity["entity"] for entity in tracker.latest_message.get("entities", [])}
    return intent_of(tracker) != "find_size" or bool(told & {"measurement", "size", "fit"})


def _asks_again(tracker: Tracker) -> bool:
    """Whether the wish that began the form is said once more, with nothing new: the form goes on, it is not left."""
    return bool(tracker.get_slot("requested_slot")) and intent_of(tracker) in {"find_size", "give_measurements"}


def _colour_said(tracker: Tracker, sized: SizedProduct) -> str | None:
    text = typed(tracker).casefold()
    return next((colour for colour in sized.colours if colour.casefold() in text), None)


def _body_before(tracker: Tracker, sized: SizedProduct) -> Slots:
    """Measurements given for another product for the same people, where they decide for this one too."""
    body = tracker.get_slot(BODY) or {}
    if body.get("audience") != sized.product.audience or sized.chart is None:
        return {}
    known = [text for text in body["measurements"] if text.split()[0] in deciding(sized.chart)]
    return {"measurements": known} if known else {}


def _button(sized: SizedProduct) -> dict[str, Any]:
    return {"title": sized.product.name, "payload": "/inform" + json.dumps({"product": sized.product.id})}
