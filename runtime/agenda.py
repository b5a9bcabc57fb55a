"""What waits in a conversation until the flow that is open is done; `actions/agenda.py` says how it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rasa.shared.core.events import ActiveLoop, Event

from actions.agenda import OF_THE_TURN

_MOST = 3

Item = dict[str, Any]


def left_open(form: str | None, since: Iterable[Event]) -> bool:
    """Whether another form took the place of this one, which was not done."""
    loops = [event.name for event in since if isinstance(event, ActiveLoop)]
    return form is not None and bool(loops) and loops[0] not in {None, form}


def set_aside(agenda: Sequence[Item] | None, form: str, slots: dict[str, Any]) -> list[Item]:
    """The agenda with a form in front that was left, and the answers that it had."""
    flow = form.removesuffix("_form")
    answers = {slot: value for slot, value in slots.items() if value is not None and slot not in OF_THE_TURN}
    return [{"flow": flow, "slots": answers}, *_without(agenda, flow)][:_MOST]


def own_slots(form: str, slots: Iterable[str]) -> list[str]:
    """The slots that are a form's alone, told by their names; another run of it begins without them."""
    flow = form.removesuffix("_form")
    return [slot for slot in slots if slot.startswith(f"{flow}_")]


def put_off(agenda: Sequence[Item] | None, wishes: Iterable[str]) -> list[Item]:
    """The agenda with wishes at its end, each once; what comes after the first few is left out."""
    items = dict.fromkeys(wishes)
    return [*(agenda or []), *({"wish": wish} for wish in items if {"wish": wish} not in (agenda or []))][:_MOST]


def begun(agenda: Sequence[Item] | None, form: str | None) -> list[Item] | None:
    """The agenda without a flow that is open again."""
    return _without(agenda, (form or "").removesuffix("_form")) or None


def _without(agenda: Sequence[Item] | None, flow: str) -> list[Item]:
    return [item for item in agenda or [] if item.get("flow") != flow]
