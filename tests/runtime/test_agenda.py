"""What is set aside when one flow takes the place of another."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet

from actions.flow_form import FLOWS
from runtime.agenda import begun, left_open, put_off, set_aside

OTHER = ActiveLoop("track_order_form")
DONE = ActiveLoop(None)


def test_a_form_that_was_done_or_that_goes_on_is_not_left() -> None:
    assert left_open("return_item_form", [SlotSet("email", "a@b.c"), OTHER])
    assert left_open("return_item_form", [OTHER, DONE])
    assert not left_open("return_item_form", [DONE, OTHER])
    assert not left_open("return_item_form", [SlotSet("email", "a@b.c")])
    assert not left_open(None, [OTHER])


def test_the_flow_left_last_comes_back_first_and_once() -> None:
    agenda = set_aside(None, "return_item_form", {"return_item_reason": "too_big", "email": None, "agenda": []})
    assert agenda == [{"flow": "return_item", "slots": {"return_item_reason": "too_big"}}]
    agenda = set_aside([*agenda, {"wish": "and a hat"}], "track_order_form", {})
    assert [item.get("flow") for item in agenda] == ["track_order", "return_item", None]
    assert [item.get("flow") for item in set_aside(agenda, "return_item_form", {})] == [
        "return_item",
        "track_order",
        None,
    ]
    assert begun(agenda, "track_order_form") == agenda[1:]
    assert begun([agenda[0]], "track_order_form") is None


def test_what_is_wished_again_and_again_waits_once() -> None:
    agenda = put_off([{"flow": "return_item", "slots": {}}], ["track it", "cancel it", "track it"])
    assert agenda == [{"flow": "return_item", "slots": {}}, {"wish": "track it"}, {"wish": "cancel it"}]
    assert put_off(agenda, ["track it", "find it"]) == agenda


def test_forms_know_every_flow_that_may_take_their_place() -> None:
    domain = Domain.load(["domain.yml", str(Path("data"))])
    assert {f"{flow}_form" for flow in FLOWS} == set(domain.form_names)
    assert {f"utter_back_to_{flow}" for flow in FLOWS} <= domain.responses.keys()
