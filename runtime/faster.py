"""What Rasa works out anew in every turn though the answer is known: worked out once. No behaviour changes.

Each of these was found in a profile of a turn. `tests/runtime/test_same_as_rasa.py` compares each event with Rasa's.
"""

from __future__ import annotations

from copy import copy
from functools import cache
from types import SimpleNamespace
from typing import Any

from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.nlg import interpolator
from rasa.core.policies import rule_policy
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from runtime.graph import StraightGraphRunner

_replay = DialogueStateTracker.copy
_create_states = TrackerFeaturizer._create_states
_CARRIED = ("_paused", "followup_action", "latest_action", "latest_message", "latest_bot_utterance")


def remember_event_types() -> None:
    """An event's class by its name. Rasa walks through all classes for each event of each turn."""
    Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))  # type: ignore[method-assign]


def copy_trackers_directly() -> None:
    """Rasa copies a tracker before each action by replaying the conversation. What the replay arrives at is there."""
    DialogueStateTracker.copy = _copied  # type: ignore[method-assign]


def _copied(tracker: DialogueStateTracker) -> DialogueStateTracker:
    if type(tracker.slots) is not dict:  # one that takes any slot, as training makes them
        return _replay(tracker)
    twin = DialogueStateTracker(
        tracker.sender_id, (), tracker._max_event_history, is_rule_tracker=tracker.is_rule_tracker
    )
    twin.events.extend(tracker.events)
    twin.slots = {name: copy(slot) for name, slot in tracker.slots.items()}
    twin.active_loop = copy(tracker.active_loop)
    for name in _CARRIED:
        setattr(twin, name, getattr(tracker, name))
    return twin


def look_at_the_past_once() -> None:
    """The rules look at the same past twice for one prediction, once by the text and once by the intent."""
    TrackerFeaturizer._create_states = staticmethod(_LatestPast())  # type: ignore[method-assign]


class _LatestPast:
    """Remembers the states of the last tracker that was asked about, until it has a further event."""

    def __init__(self) -> None:
        self._tracker: DialogueStateTracker | None = None
        self._events: tuple[int, Event | None] = (0, None)
        self._states: list[State] = []

    def __call__(self, tracker: DialogueStateTracker, domain: Domain, *how: Any, **named: Any) -> list[State]:
        if how or named.get("omit_unset_slots") or named.get("ignore_rule_only_turns"):
            return _create_states(tracker, domain, *how, **named)
        count, latest = len(tracker.events), tracker.events[-1] if tracker.events else None
        if tracker is not self._tracker or count != self._events[0] or latest is not self._events[1]:
            self._states = _create_states(tracker, domain)
            self._tracker, self._events = tracker, (count, latest)
        return [{kind: copy(part) for kind, part in state.items()} for state in self._states]


def run_the_graph_straight() -> None:
    """A model that is loaded from now on is run without dask."""
    processor.DaskGraphRunner = StraightGraphRunner


def copy_nothing_for_the_log() -> None:
    """These modules copy messages, events and states deeply for debug lines that nobody reads, and for nothing else."""
    for module in (processor, rule_policy, forms, interpolator):
        module.copy = SimpleNamespace(deepcopy=lambda it: it)  # type: ignore[attr-defined]


remember_event_types()
copy_trackers_directly()
look_at_the_past_once()
run_the_graph_straight()
copy_nothing_for_the_log()
