"""Which words are people's names: the names of 50 languages, weighed against English words.

The names are those of mimesis (MIT), the counts of English words those of pyspellchecker (MIT). A word may be both
(`will`, `rose`, `may`); it is then a name only where the words around it say so.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from spellchecker import SpellChecker

from shop.adapters.redaction.word_lists import listed

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST_MISTYPED = 5
_SELDOM = 100  # less often than that, a word says little
_KNOWN_WELL = 500
_FREQUENT = 1_500
_OFTEN = 8_000  # as often as that in English, a word that few languages have as a name is no name
_IN_MANY_LANGUAGES = 6
_IN_SOME_LANGUAGES = 3


class Kind(Enum):
    """What a word is, read by itself."""

    FIRST = "a first name"
    LAST = "a family name"
    MAYBE = "a name or a word"
    WORD = "a word"
    PLACE = "a place, also when it is a name"
    RARE = "a rare English word, as likely a name"
    MISTYPED = "an English word with a slip, as it seems"
    UNKNOWN = "neither a known name nor an English word"


@dataclass(frozen=True)
class NameWords:
    """Looks up one word, in lower case."""

    first: frozenset[str]
    last: frozenset[str]
    maybe: frozenset[str]
    places: frozenset[str]
    english: frozenset[str]
    known_well: frozenset[str]
    frequent: frozenset[str]

    @classmethod
    def load(cls) -> NameWords:
        """Read the lists; about 0.3 seconds."""
        counts = {
            str(word): int(count)
            for word, count in SpellChecker(distance=1).word_frequency.items()
            if int(count) >= _SELDOM
        }
        firsts, lasts = _counted("names"), _counted("surnames")
        well_known, ambiguous = listed("first_names"), listed("names_and_words")
        words = listed("no_names")
        first = {w for w in firsts if _is_name(firsts[w], counts.get(w, 0))} | well_known
        last = {w for w in lasts if _is_name(lasts[w], counts.get(w, 0))}
        both = firsts + lasts
        known = {w for w in both if counts.get(w, 0) < _OFTEN or both[w] >= _IN_SOME_LANGUAGES}
        sure = ((first | last) - ambiguous - words) | well_known
        return cls(
            first=frozenset(first & sure),
            last=frozenset(last & sure),
            maybe=frozenset((known | ambiguous) - sure - words),
            places=listed("places"),
            english=frozenset(counts) | words,
            known_well=frozenset(w for w in counts if counts[w] >= _KNOWN_WELL) | words,
            frequent=frozenset(w for w in counts if counts[w] >= _FREQUENT and len(w) > 3) - first - last | words,
        )

    def kind(self, word: str) -> Kind:
        """What a word is; of a double name (`anne-marie`), its parts are asked."""
        if len(word) == 1 and word.isascii():
            return Kind.UNKNOWN
        known = next((kind for kind, words in self._by_kind() if word in words), None)
        if known:
            return known
        if "-" in word:
            kinds = {self.kind(part) for part in word.split("-")}
            order = (Kind.WORD, Kind.RARE, Kind.FIRST, Kind.LAST)
            return next((kind for kind in order if kind in kinds), Kind.UNKNOWN)
        return Kind.MISTYPED if self._is_one_slip_away(word) else Kind.UNKNOWN

    def _by_kind(self) -> tuple[tuple[Kind, frozenset[str]], ...]:
        return (
            (Kind.PLACE, self.places),
            (Kind.FIRST, self.first),
            (Kind.LAST, self.last),
            (Kind.MAYBE, self.maybe),
            (Kind.WORD, self.known_well),
            (Kind.RARE, self.english),
        )

    def _is_one_slip_away(self, word: str) -> bool:
        """Whether one letter too many, too few, another or in the wrong order makes it a frequent English word."""
        if len(word) < _SHORTEST_MISTYPED or not word.isascii():
            return False
        splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
        for left, right in splits:
            if right and left + right[1:] in self.frequent:
                return True
            if len(right) > 1 and left + right[1] + right[0] + right[2:] in self.frequent:
                return True
            for letter in _LETTERS:
                if left + letter + right in self.frequent or (right and left + letter + right[1:] in self.frequent):
                    return True
        return False


def _is_name(languages: int, count: int) -> bool:
    """A name that isn't an English word, or that is one more seldom than it is a name."""
    return (
        count == 0
        or (count < _OFTEN and languages >= _IN_SOME_LANGUAGES)
        or (count < 5 * _OFTEN and languages >= _IN_MANY_LANGUAGES)
    )


def _counted(key: str) -> Counter[str]:
    """Each name and in how many languages it is one."""
    counted: Counter[str] = Counter()
    for language in (files("mimesis") / "datasets").iterdir():
        person = language / "person.json"
        if person.is_file():
            counted.update({name.lower() for name in _names(person, key)})
    return counted


def _names(person: Traversable, key: str) -> Iterator[str]:
    content = json.loads(person.read_text(encoding="utf-8")).get(key, [])
    for name in _leaves(content):
        yield from name.split(" ") if " " in name else [name]


def _leaves(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    else:
        for part in content.values() if isinstance(content, dict) else content:
            yield from _leaves(part)
