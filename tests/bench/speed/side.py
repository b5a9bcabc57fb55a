"""What both sides can do, so that every measure is written once."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from tests.bench.speed.processes import Processes


class Talk(Protocol):
    """One conversation, over the wire."""

    async def say(self, text: str) -> str:
        """Send a text, wait for the whole reply and return it."""


class Side(Protocol):
    """Stock Rasa, or Storehand. `packages` is what its environment has installed."""

    name: str
    packages: Path
    model: Path

    def train(self) -> None:
        """Train the bench bot from an empty folder."""

    def start(self) -> Processes:
        """Start all that serves, with an empty database, and return at once."""

    def talk(self) -> AbstractAsyncContextManager[Talk]:
        """Open a conversation; raises `OSError` while nobody answers yet."""
