"""What every finder speaks of: a stretch of a text with a type, and words that stand before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal


@dataclass(frozen=True)
class Found:
    """Something found in a plain text."""

    type: Personal
    start: int
    end: int


Finder = Callable[[Reading], Iterable[Found]]


def in_digits(reading: Reading, kind: Personal, places: Iterable[tuple[int, int]]) -> Iterator[Found]:
    """Places in the reading with digits for words, as places in the text."""
    for start, end in places:
        yield Found(kind, *reading.digits.place(start, end))


def before(text: str, at: int, characters: int = 40) -> str:
    """What stands just before a place, in lower case."""
    return text[max(0, at - characters) : at].lower()


def after(text: str, at: int, characters: int = 30) -> str:
    """What stands just after a place, in lower case."""
    return text[at : at + characters].lower()


def words(pattern: str) -> re.Pattern[str]:
    """A pattern for cues: case makes no difference, and a space in it is up to three, or line ends."""
    spaced = re.sub(r"\[[^]]*]| ", lambda m: m[0].replace(" ", " \\n") if m[0] != " " else r"(?:[ \n]{1,3})", pattern)
    return re.compile(spaced, re.IGNORECASE)
