"""What a long conversation is boiled down to, so that its next turn costs no more than its first ones.

Rules and forms look at a few turns, at the slots, and at the moment in which the open form was begun. A checkpoint
holds just that; what lies before it stays in the database and is not read in a turn.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

TURNS_KEPT = 6
_LISTEN = "action_listen"


def checkpoint(tracker: DialogueStateTracker, domain: Domain) -> list[Event] | None:
    """The events that stand for the conversation so far; None while there are less than twice the turns to keep."""
    events = list(tracker.events)
    turns = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) < 2 * TURNS_KEPT:
        return None
    cut = turns[-TURNS_KEPT]
    return [*_state_after(tracker.sender_id, events[:cut], domain), *events[cut:]]


def _state_after(sender_id: str, events: Sequence[Event], domain: Domain) -> list[Event]:
    """Slots, and the open form with the moment at which it was begun, as they were after these events."""
    then = DialogueStateTracker.from_events(sender_id, list(events), domain.slots)
    at = events[-1].timestamp
    slots = {name: value for name, value in then.current_slot_values().items() if value is not None}
    form = [event for event in events if isinstance(event, ActiveLoop) and event.name == then.active_loop_name]
    open_form = form[-1:] if then.active_loop_name else []
    return [
        *(SlotSet(name, value, at) for name, value in slots.items()),
        *open_form,
        ActionExecuted(_LISTEN, timestamp=at),
    ]
