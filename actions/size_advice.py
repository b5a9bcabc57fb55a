"""find_size: the answer, with its reason, the size table and what is in stock."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.base import ForShop, forget
from actions.cards import product_card, size_table_card
from actions.size_words import BY, BY_FATE, BY_MEASURE, value_of
from actions.sizing import BASIS, BODY, CANDIDATES, COLOUR, DOUBT, FIT, WITHOUT_TAPE, advise, sized_product
from actions.words import listed, number
from shop.catalog import SizeRow
from shop.size_rule import Choice, Outcome, Preference
from shop.sized_products import SizedProduct
from shop.sizing import Advice, By


class ActionFindSize(ForShop, Action):
    """Recommends a size, or says why none can be."""

    def name(self) -> str:
        return "action_find_size"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        sized = await sized_product(self, tracker)
        basis = tracker.get_slot(BASIS) or {}
        events = forget(BASIS, CANDIDATES, DOUBT, COLOUR, WITHOUT_TAPE)
        if sized is None:
            dispatcher.utter_message(response="utter_find_size_product_unknown")
            return events
        if sized.chart is None:
            _say_no_chart(dispatcher, sized)
            return events
        answer = await advise(self, tracker, sized, basis) if basis and not basis.get("nothing") else None
        if not isinstance(answer, Advice):
            card = size_table_card(sized)
            dispatcher.utter_message(response="utter_find_size_nothing_to_go_by", json_message={"card": card})
            return events
        liked = tracker.get_slot(FIT)
        self._say(dispatcher, sized, answer, Preference(liked) if liked else None, tracker.get_slot(COLOUR))
        return [*events, *_remembered(sized, answer)]

    def _say(
        self,
        dispatcher: CollectingDispatcher,
        sized: SizedProduct,
        advice: Advice,
        liked: Preference | None,
        colour: str | None,
    ) -> None:
        size = advice.choice.size(liked)
        values = _values(sized, advice, size)
        card = size_table_card(sized, size.size if size else None)
        dispatcher.utter_message(response=_response(advice, liked), json_message={"card": card}, **values)
        if size is None:
            return
        if advice.choice.others_lower:
            dispatcher.utter_message(response="utter_find_size_others_lower", **values)
        _say_next(dispatcher, sized, advice.choice, size, liked)
        _say_stock(dispatcher, sized, size.size, colour)


def _response(advice: Advice, liked: Preference | None) -> str:
    outcome = advice.choice.outcome
    if outcome == Outcome.BELOW:
        return "utter_find_size_below"
    if outcome == Outcome.ABOVE:
        return "utter_find_size_above"
    if outcome == Outcome.BETWEEN and advice.choice.children and liked != Preference.TIGHTER:
        return "utter_find_size_between_children"
    if outcome == Outcome.BETWEEN:
        return "utter_find_size_between_closer" if liked == Preference.TIGHTER else "utter_find_size_between_looser"
    if advice.by == By.MEASUREMENT and advice.choice.measure:
        return BY_MEASURE[advice.choice.measure]
    return BY_FATE[advice.bought.fate] if advice.bought else BY[advice.by]


def _values(sized: SizedProduct, advice: Advice, size: SizeRow | None) -> dict[str, Any]:
    """What the responses may name. `low` and `high` are what the size is made for, by the measurement that decided."""
    choice, bought = advice.choice, advice.bought
    row = size or choice.lower
    span = row.body.get(choice.measure) if choice.measure else None
    return {
        "product": sized.product.name,
        "size": row.size,
        "lower": choice.lower.size,
        "upper": choice.upper.size,
        "value": value_of(advice),
        "low": number(span.low) if span else "",
        "high": number(span.high) if span else "",
        "usual": listed([str(label) for label in advice.basis.usual]),
        "brand": advice.basis.brand or "",
        "bought": bought.line.name if bought else "",
        "bought_size": bought.size if bought else "",
    }


def _say_next(
    dispatcher: CollectingDispatcher, sized: SizedProduct, choice: Choice, size: SizeRow, liked: Preference | None
) -> None:
    """Who likes it closer or looser hears of the next size, where the chart alone has decided."""
    step = {Preference.TIGHTER: -1, Preference.LOOSER: 1}.get(liked or Preference.REGULAR, 0)
    if choice.outcome != Outcome.FITS or not step or sized.chart is None:
        return
    place = sized.chart.rows.index(size) + step
    if 0 <= place < len(sized.chart.rows):
        response = "utter_find_size_next_closer" if step < 0 else "utter_find_size_next_looser"
        dispatcher.utter_message(response=response, size=size.size, next_size=sized.chart.rows[place].size)


def _say_stock(dispatcher: CollectingDispatcher, sized: SizedProduct, size: str, colour: str | None) -> None:
    """Whether the size is there, else what is near."""
    colours = sized.colours_in_stock(size)
    values = {"product": sized.product.name, "size": size, "colours": listed(colours), "colour": colour or ""}
    if not sized.has(size):
        near = sized.nearest_in_stock(size)
        response = "utter_find_size_sold_out_near" if near else "utter_find_size_sold_out"
        near_colours = listed(sized.colours_in_stock(near)) if near else ""
        dispatcher.utter_message(response=response, near=near, near_colours=near_colours, **values)
    elif colour and colour not in colours:
        dispatcher.utter_message(response="utter_find_size_other_colours", **values)
    else:
        response = "utter_find_size_in_stock_in" if colours else "utter_find_size_in_stock"
        dispatcher.utter_message(response=response, **values)


def _say_no_chart(dispatcher: CollectingDispatcher, sized: SizedProduct) -> None:
    dispatcher.utter_message(
        response="utter_find_size_no_chart",
        json_message={"card": product_card(sized)},
        product=sized.product.name,
        sizes=listed(sized.sizes),
    )


def _remembered(sized: SizedProduct, advice: Advice) -> list[EventType]:
    """Measurements are kept for the next product for the same people."""
    said = [str(each) for each in advice.basis.measurements]
    return [SlotSet(BODY, {"audience": sized.product.audience, "measurements": said})] if said else []
