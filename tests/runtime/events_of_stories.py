"""Says the stories' texts to Rasa's own processor, or to ours, and prints each conversation's events: for
`test_same_as_rasa.py`, which needs both and can have only one in a process, since ours changes what Rasa does inside.

Usage: python -m tests.runtime.events_of_stories rasa|storehand HOME
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from runtime import lean

lean.install()

from rasa.core.agent import Agent  # noqa: E402 - after the placeholders
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage  # noqa: E402
from rasa.core.processor import MessageProcessor  # noqa: E402
from rasa.core.tracker_store import InMemoryTrackerStore  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402

from runtime import logs  # noqa: E402
from runtime.database import migrate  # noqa: E402
from runtime.demo import seed_demo_shop  # noqa: E402
from runtime.in_process import InProcessActions  # noqa: E402
from runtime.model import MODEL  # noqa: E402
from shop.bootstrap import Shop, build  # noqa: E402
from shop.settings import Settings  # noqa: E402
from shop.turns import Turn, current_turn  # noqa: E402
from shop.verification import VerificationRules  # noqa: E402

STORIES = Path("tests/conversations")
_CHANGES_EACH_TIME = {"timestamp", "message_id", "model_id", "assistant_id", "input_channel"}


def stories() -> Iterator[tuple[str, list[str]]]:
    """What the shopper types in each story, by its name; without stories in which a payload is typed."""
    for file in sorted(STORIES.glob("test_*.yml")):
        for story in yaml.safe_load(file.read_text("utf-8"))["stories"]:
            texts = [step["user"] for step in story["steps"] if "user" in step]
            if any(text.startswith("/") for text in texts):  # Rasa takes it for a payload; ours, on purpose, does not
                continue
            yield f"{file.stem}: {story['story']}", texts


async def run(agent: Agent, shop: Shop) -> None:
    """One conversation a line: its name and its events, without what changes each time."""
    for number, (name, texts) in enumerate(stories()):
        for text in texts:
            np.random.seed(7)  # by which Rasa picks one of several wordings
            token = current_turn.set(Turn(f"somebody else {number}", "en"))  # so that the store keeps the events itself
            message = UserMessage(text, CollectingOutputChannel(), f"talk {number}", input_channel="test")
            await agent.handle_message(message)
            current_turn.reset(token)
        tracker = await agent.tracker_store.retrieve_full_tracker(f"talk {number}")
        assert tracker, name
        print(json.dumps({"story": name, "events": [_plain(event.as_dict()) for event in tracker.events]}))


def _plain(event: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in event.items() if key not in _CHANGES_EACH_TIME}
    if "parse_data" in plain:
        plain["parse_data"] = {key: plain["parse_data"][key] for key in ("intent", "entities", "text")}
        plain["parse_data"]["intent"].pop("confidence", None)  # the same to fifteen digits
    return plain


def stock(shop: Shop) -> Agent:
    """Rasa's processor and dask's scheduling, nothing replaced; with our actions and our model."""
    agent = Agent(tracker_store=InMemoryTrackerStore(Domain.empty()), action_endpoint=InProcessActions(shop))  # type: ignore[arg-type]
    agent.load_model(str(MODEL))
    assert type(agent.processor) is MessageProcessor
    assert "runtime.faster" not in sys.modules
    return agent


def ours(shop: Shop) -> Agent:
    """What shoppers talk to."""
    from runtime.agent import load

    return load(MODEL, shop)


async def main(whose: str, home: Path) -> None:
    """Seed a demo shop and talk."""
    settings = replace(Settings.read({"STOREHAND_HOME": str(home)}), smtp_url=None)
    shop = build(settings, rules=VerificationRules(same_time=0, codes_in_lock=1000))
    logs.configure(as_json=True, level="CRITICAL")
    await migrate(shop.database)
    await seed_demo_shop(shop)
    await run({"rasa": stock, "storehand": ours}[whose](shop), shop)
    await shop.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
