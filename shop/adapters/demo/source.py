"""What the demo shop is made from: word lists, and dice that fall the same way for the same seed."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import yaml

Records = list[dict[str, Any]]


def read_list(name: str) -> Any:
    """The content of a YAML file beside this one."""
    return yaml.safe_load(Path(__file__).with_name(f"{name}.yml").read_text("utf-8"))


def dice(seed: int, topic: str) -> Random:
    """Dice of a topic's own, so that changing what one topic draws leaves the others as they were."""
    return Random(f"{seed} {topic}")  # noqa: S311 - a made-up shop keeps no secrets
