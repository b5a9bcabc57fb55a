"""Answers that Rasa works out anew each time though they never change: worked out once."""

from __future__ import annotations

from functools import cache

from rasa.shared.core.events import Event


def remember_event_types() -> None:
    """An event's class by its name. Rasa walks through all classes for each event of each turn."""
    Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))  # type: ignore[method-assign]
