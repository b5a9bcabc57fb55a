"""Which response says what about sizes, and the values in it."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.words import listed, number
from shop.measurements import Doubt, Measure, Measurement, Trouble, Unit
from shop.size_comparison import Fate
from shop.sizing import Advice, By, NoSuchSize, NothingBought

ASKED = {
    (Measure.CHEST,): "utter_ask_find_size_chest",
    (Measure.CHEST, Measure.NECK): "utter_ask_find_size_chest_or_neck",
    (Measure.CHEST, Measure.WAIST, Measure.HIPS): "utter_ask_find_size_chest_waist_hips",
    (Measure.WAIST, Measure.HIPS): "utter_ask_find_size_waist_hips",
    (Measure.WAIST,): "utter_ask_find_size_waist",
    (Measure.HEIGHT,): "utter_ask_find_size_height",
    (Measure.FOOT_LENGTH,): "utter_ask_find_size_foot_length",
    (Measure.HEAD,): "utter_ask_find_size_head",
    (Measure.HAND,): "utter_ask_find_size_hand",
}
BY_MEASURE = {
    Measure.CHEST: "utter_find_size_by_chest",
    Measure.WAIST: "utter_find_size_by_waist",
    Measure.HIPS: "utter_find_size_by_hips",
    Measure.INSEAM: "utter_find_size_by_inseam",
    Measure.NECK: "utter_find_size_by_neck",
    Measure.HEIGHT: "utter_find_size_by_height",
    Measure.FOOT_LENGTH: "utter_find_size_by_foot_length",
    Measure.HEAD: "utter_find_size_by_head",
    Measure.HAND: "utter_find_size_by_hand",
}
BY = {
    By.LABEL: "utter_find_size_by_usual",
    By.OTHER_BRAND: "utter_find_size_by_other_brand",
    By.UNKNOWN_BRAND: "utter_find_size_by_unknown_brand",
}
BY_FATE = {
    Fate.KEPT: "utter_find_size_by_kept",
    Fate.TOO_SMALL: "utter_find_size_by_too_small",
    Fate.TOO_BIG: "utter_find_size_by_too_big",
}
OFFERED = {
    Fate.KEPT: "utter_find_size_offer_kept",
    Fate.TOO_SMALL: "utter_find_size_offer_too_small",
    Fate.TOO_BIG: "utter_find_size_offer_too_big",
}
_TROUBLES = {
    Trouble.NOT_POSITIVE: "utter_find_size_not_positive",
    Trouble.IMPLAUSIBLE: "utter_find_size_implausible",
    Trouble.UNIT: "utter_find_size_other_unit",
    Trouble.CONFLICT: "utter_find_size_conflict",
    Trouble.WHICH: "utter_find_size_which",
    Trouble.OTHER: "utter_find_size_not_by_that",
}


def utter_asked_back(dispatcher: CollectingDispatcher, answer: Doubt | NoSuchSize | NothingBought | None) -> None:
    """Say why something can't be gone by; what may have been meant instead is on buttons."""
    if answer is None:
        dispatcher.utter_message(response="utter_find_size_purchases_not_verified")
    elif isinstance(answer, NothingBought):
        dispatcher.utter_message(response="utter_find_size_nothing_bought")
    elif isinstance(answer, Doubt):
        said, meant = ([measured(each) for each in all_] for all_ in (answer.said, answer.meant))
        buttons = [_button(shown, str(each), "measurement") for shown, each in zip(meant, answer.meant, strict=True)]
        values = {"said": said[0], "meant": meant[0] if meant else "", "other": said[-1]}
        dispatcher.utter_message(response=_TROUBLES[answer.trouble], buttons=buttons, **values)
    else:
        response = "utter_find_size_which_system" if answer.meant else "utter_find_size_no_such_size"
        buttons = [_button(str(each), str(each), "size") for each in answer.meant]
        dispatcher.utter_message(response=response, buttons=buttons, said=str(answer.usual))


def value_of(advice: Advice) -> str:
    """What the recommendation goes by, as the shopper gave it: `92 cm`, `EU 40.5`, `M (Halvorsund)`."""
    if advice.by == By.MEASUREMENT:
        decided = [each for each in advice.basis.measurements if each.measure == advice.choice.measure]
        return measured(decided[0], in_cm=True)
    if advice.bought:
        return f"{advice.bought.row.size} ({advice.bought.line.name})"
    usual = listed([str(label) for label in advice.basis.usual])
    return f"{usual} ({advice.basis.brand})" if advice.basis.brand else usual


def measured(said: Measurement, *, in_cm: bool = False) -> str:
    """A measurement as it was said: `92 cm`, `32 in`; with its centimetres where wanted, as in `32 in (81.3 cm)`."""
    shown = f"{number(said.number)} {said.unit}" if said.unit else number(said.number)
    if in_cm and said.unit not in {None, Unit.CM}:
        return f"{shown} ({number(said.centimetres)} {Unit.CM})"
    return shown


def _button(title: str, value: str, entity: str) -> dict[str, str]:
    return {"title": title, "payload": f'/inform{{"{entity}": "{value}"}}'}
