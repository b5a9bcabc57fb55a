"""A text as it is read: full-width letters, hidden characters and digits in words are made plain, places are kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shop.adapters.redaction.number_words import digits_for_words

_LOOK_ALIKES = dict.fromkeys("‐‑‒–—―−﹣－", "-") | dict.fromkeys("’‘ʼ＇`´", "'") | dict.fromkeys("。｡．", ".")
_GONE = {"Cf", "Me", "Cc", "Cs"}  # zero-width, direction, soft hyphens, key caps, controls, halves of characters


@dataclass(frozen=True)
class View:
    """A text and, for each of its characters, where it stands in the text that it was made from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of this text stands in the other one."""
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True)
class Reading:
    """A plain text, the same with digits for number words, and what the language model took for names of things."""

    text: str
    digits: View
    entities: tuple[tuple[str, int, int], ...] = ()

    @classmethod
    def of(cls, plain: str, entities: Iterable[tuple[str, int, int]] = ()) -> Reading:
        """Read a text that is plain already; each entity is a label and its place."""
        return cls(plain, _view(digits_for_words(plain)), tuple(entities))


def plain(original: str) -> View:
    """The text in plain characters: one form of each letter, ASCII digits, no hidden ones."""
    return _view(_plain_parts(original))


def _view(parts: Iterable[tuple[str, int, int]]) -> View:
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for part, start, end in parts:
        text.append(part)
        starts += [start] * len(part)
        ends += [end] * len(part)
    return View("".join(text), tuple(starts), tuple(ends))


def _plain_parts(original: str) -> Iterator[tuple[str, int, int]]:
    start, length = 0, len(original)
    while start < length:
        end = start + 1
        while end < length and unicodedata.combining(original[end]):
            end += 1
        yield _plain(original[start:end]), start, end
        start = end


def _plain(cluster: str) -> str:
    if cluster.isascii() and cluster.isprintable():
        return cluster
    if cluster in "\n\t\r":
        return "\n" if cluster == "\n" else " "
    known = _LOOK_ALIKES.get(cluster)
    if known:
        return known
    kept = "".join(c for c in cluster if unicodedata.category(c) not in _GONE and not "\ufe00" <= c <= "\ufe0f")
    normal = unicodedata.normalize("NFKC", kept)
    return "".join(_ascii_digit(c) for c in normal)


def _ascii_digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
