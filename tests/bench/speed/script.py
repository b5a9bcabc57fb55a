"""What the shoppers of the bench say: one conversation of every kind of turn, with an answer to each."""

from __future__ import annotations

from itertools import cycle, islice

CONVERSATION = (
    "hello",
    "where is my order",
    "SH-1017",                           # fills the form, and the action looks the order up
    "how much is shipping",
    "are you a bot",
    "track order SH-1204",
    "I want to talk to a human",
    "thank you",
)  # fmt: skip
EXPECTED = ("hello!", "which order", "sh-1017 is", "4.90", "not a person", "sh-1204 is", "person from", "welcome")


def turns(count: int) -> list[str]:
    """So many turns: the conversation again and again."""
    return list(islice(cycle(CONVERSATION), count))
