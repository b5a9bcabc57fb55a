"""Which flow a message or a turn belongs to, read from the rules' names: `<flow> - <step>`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from runtime.yaml_files import load

OPEN = "open"
_ANSWERED_FROM_PAGES = {"faq", "fallback"}  # questions, not flows: nothing is asked back and nothing changes


@dataclass(frozen=True)
class Routes:
    """Flows by the intent that starts their rules, and by the actions that only their rules run."""

    by_intent: dict[str, str]
    by_action: dict[str, str]

    @classmethod
    def read(cls, data: Path) -> Routes:
        """Read every rule in the designers' files."""
        intents: dict[str, str] = {}
        flows_of_action: dict[str, set[str]] = {}
        for flow, rule in _rules(data):
            steps = rule["steps"]
            if "intent" in steps[0] and "condition" not in rule:
                intents[steps[0]["intent"]] = flow
            for action in (step["action"] for step in steps if "action" in step):
                flows_of_action.setdefault(action, set()).add(flow)
        own = {action: next(iter(flows)) for action, flows in flows_of_action.items() if len(flows) == 1}
        return cls(intents, own)

    def of_intent(self, intent: str | None) -> str:
        """Where an opening message with this intent goes: a flow, or `open` for what no flow covers."""
        return _route(self.by_intent.get(intent or "", OPEN))

    def of_turn(self, tracker: DialogueStateTracker) -> str:
        """The flow of the latest turn: its form, else that of the last action that belongs to one flow."""
        if tracker.active_loop_name:
            return str(tracker.active_loop_name).removesuffix("_form")
        for event in reversed(tracker.events):
            if isinstance(event, ActionExecuted) and event.action_name in self.by_action:
                return _route(self.by_action[event.action_name])
            if isinstance(event, UserUttered):
                return self.of_intent(event.intent_name)
        return OPEN


def _route(flow: str) -> str:
    return OPEN if flow in _ANSWERED_FROM_PAGES else flow


def _rules(data: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(data.glob("**/*.yml")):
        for rule in (load(path) or {}).get("rules", []):
            yield rule["rule"].partition(" - ")[0], rule
