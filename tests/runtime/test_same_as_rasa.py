"""What makes a turn fast changes nothing: the words of the stories lead to the events that stock Rasa gives them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from actions.agenda import AGENDA

Events = dict[str, list[dict[str, Any]]]


def test_every_story_has_the_events_that_stock_rasa_gives_it(trained_model: Path, tmp_path: Path) -> None:
    rasas, ours = (told(whose, tmp_path) for whose in ("rasa", "storehand"))
    alike = {story: events for story, events in ours.items() if not has_agenda(events)}
    assert alike == {story: rasas[story] for story in alike}
    assert rasas.keys() == ours.keys()
    assert len(alike) > 150, "the agenda is ours alone, and only a few stories need it"


def told(whose: str, tmp_path: Path) -> Events:
    """Each story's events, as one of the two processors makes them."""
    home = tmp_path / whose
    home.mkdir()
    command = [sys.executable, "-W", "ignore", "-m", "tests.runtime.events_of_stories", whose, str(home)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["story"]: row["events"] for row in rows}


def has_agenda(events: list[dict[str, Any]]) -> bool:
    """Whether something was set aside for later, which Rasa does not know of."""
    return any(event.get("name") == AGENDA for event in events)
