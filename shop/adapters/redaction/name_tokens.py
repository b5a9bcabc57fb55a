"""The words of a text with what each may be: a name, a word, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shop.adapters.redaction.name_words import Kind, NameWords
from shop.adapters.redaction.word_lists import listed

_TOKEN = re.compile(r"[^\W\d_](?:['-]?[^\W\d_])*")
_BETWEEN = re.compile(r"[ ]{1,2}'?|\. ?|-")
_ENDS = re.compile(r"[ ]*(?:[,.;:!?\n)]|$|(?:i|and|here|im|i'm|my|order|is|at)\b)", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[,:;\n(-]) ?$")
PARTICLES = frozenset(
    (
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "bint",
        "ibn",
        "ben",
        "ter",
        "ten",
        "zu",
        "af",
        "av",
        "y",
        "e",
        "i",
        "mac",
        "mc",
        "st",
        "san",
        "abu",
        "t",
    )
)
SURE = frozenset({Kind.FIRST, Kind.LAST})


@dataclass(frozen=True)
class Word:
    """One word of a text, without a possessive 's."""

    text: str
    start: int
    end: int
    kind: Kind

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def particle(self) -> bool:
        """A small part of a name: `van`, `de la`."""
        return self.lower in PARTICLES

    @property
    def abbreviation(self) -> bool:
        """Two or three capitals: `OG`, `XXL`."""
        return len(self.text) < 4 and self.text.isupper()

    @property
    def stop(self) -> bool:
        """A word that no name begins with."""
        return self.lower in listed("no_person")


@dataclass(frozen=True)
class Words:
    """The words of one text, in order."""

    text: str
    all: tuple[Word, ...]

    @classmethod
    def of(cls, text: str, names: NameWords) -> Words:
        return cls(text, tuple(_read(text, names)))

    def beside(self, i: int) -> bool:
        """Whether word `i` and the next stand side by side in one phrase."""
        if i < 0 or i + 1 >= len(self.all):
            return False
        return _BETWEEN.fullmatch(self.text, self.all[i].end, self.all[i + 1].start) is not None

    def within(self, start: int, end: int) -> list[int]:
        """The words in a stretch of the text."""
        return [i for i, word in enumerate(self.all) if start <= word.start and word.end <= end]

    def ends_a_phrase(self, i: int) -> bool:
        """Whether a comma, the end, or the next clause follows."""
        return _ENDS.match(self.text, self.all[i].end) is not None

    def begins_a_phrase(self, i: int) -> bool:
        """Whether the text, a line, or what follows a comma begins here."""
        return _BEGINS.search(self.text, 0, self.all[i].start) is not None


def _read(text: str, names: NameWords) -> Iterator[Word]:
    for match in _TOKEN.finditer(text):
        word = match[0][:-2] if match[0][-2:].lower() == "'s" else match[0]
        kind = names.kind(word.lower())
        if kind is Kind.MISTYPED and word[0].isupper():
            kind = Kind.UNKNOWN
        yield Word(word, match.start(), match.start() + len(word), kind)
