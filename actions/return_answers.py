"""Understanding what is typed in a return: which items, which other size or colour. Words of the order, not of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from shop.catalog import Variant
from shop.return_terms import ReturnableLine
from shop.returns import ExchangeOption

Pieces = dict[str, int]
_ALIKE = 80  # of 100
_SAME = 85  # of 100
_CORRECTS = re.compile(
    r"^\s*(no|not|nope|actually|sorry|wait|oops|i meant|i mean|rather|make (it|that))\b|\binstead\b", re.IGNORECASE
)
_SMALL_WORDS = {
    "the",
    "my",
    "a",
    "an",
    "of",
    "x",
    "piece",
    "pieces",
    "one",
    "both",
    "please",
    "it",
    "is",
    "s",
    "just",
    "only",
    "pair",
}
_ALL = {"all", "everything", "both", "all of them", "all of it", "the whole order", "everything in it"}


def picked(value: str) -> Pieces:
    """Pieces by line from a slot (`line-1=2,line-3=1`). Raises `ValueError` for anything else."""
    pairs = (part.partition("=") for part in value.split(",") if part)
    return {line: int(pieces) for line, _, pieces in pairs}


def as_slot(pieces: Pieces) -> str:
    """Pieces by line as a slot keeps them."""
    return ",".join(f"{line}={count}" for line, count in pieces.items())


def pieces_meant(text: str, lines: Sequence[ReturnableLine]) -> Pieces:
    """The pieces that a text names: all, or lines by their name, with a number in front or all there are."""
    plain = text.casefold().strip(" .!")
    if plain in _ALL:
        return {line.line.id: line.quantity for line in lines if line.refusal is None}
    meant: Pieces = {}
    for part in re.split(r",|\band\b|\bplus\b|&", plain):
        line = _line_meant(part, lines)
        if line:
            count = re.search(r"\b(\d{1,2})\s*(x|×|pieces?|of)?\b", part)
            meant[line.line.id] = int(count[1]) if count else max(1, line.quantity)
    return meant


def pieces_named(text: str, lines: Sequence[ReturnableLine]) -> Pieces:
    """The pieces that a whole sentence names, as in `I want to return the red shoes`.

    A line is named by words of its name that no other line of the order has. Of a line with several pieces it may stay
    open how many are meant; then it has 0.
    """
    said = [word for word in re.findall(r"[^\W\d_]{3,}", text.casefold()) if word not in _SMALL_WORDS]
    count = re.search(r"\b(\d{1,2})\b", text)
    several = int(count[1]) if count else 0
    return {
        line.line.id: several if line.quantity > 1 else 1
        for line in lines
        if any(_same_word(word, known) for word in said for known in _own_words(line, lines))
    }


def corrects(text: str) -> bool:
    """Whether a text sets something right, as in `no, the blue one` or `the shoes instead`."""
    return bool(_CORRECTS.search(text)) and "?" not in text


def _own_words(line: ReturnableLine, lines: Sequence[ReturnableLine]) -> set[str]:
    others = {word for other in lines if other is not line for word in _name_words(other)}
    return _name_words(line) - others


def _name_words(line: ReturnableLine) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]{3,}", line.line.name.casefold()) if word not in _SMALL_WORDS}


def _same_word(said: str, known: str) -> bool:
    """One word for another: as it is, in the plural, or with a slip in it."""
    return said == known or (min(len(said), len(known)) > 3 and fuzz.ratio(said, known) >= _SAME)


def variant_meant(text: str, options: Sequence[ExchangeOption], bought: Mapping[str, str]) -> Variant | None:
    """The one variant that a text names by its options; what is not named stays as it was bought."""
    words = _words(text)
    fitting = [option.variant for option in options if _fits(option.variant.options, words, bought)]
    most = max((_named(variant.options, words) for variant in fitting), default=0)
    best = [variant for variant in fitting if _named(variant.options, words) == most]
    return best[0] if most and len(best) == 1 else None


def _line_meant(part: str, lines: Sequence[ReturnableLine]) -> ReturnableLine | None:
    rated = [(_likeness(part, line), line) for line in lines]
    best = max((rate for rate, _ in rated), default=0.0)
    alike = [line for rate, line in rated if rate == best and rate >= _ALIKE]
    return alike[0] if len(alike) == 1 else None


def _likeness(part: str, line: ReturnableLine) -> float:
    part = " ".join(word for word in re.findall(r"[^\W\d]+", part) if word not in _SMALL_WORDS)
    name = line.line.name.casefold()
    full = " ".join([name, *(value.casefold() for value in line.line.options.values())])
    return max(fuzz.token_set_ratio(part, name), fuzz.token_set_ratio(part, full))


def _named(options: Mapping[str, str], words: set[str]) -> int:
    """How many options of a variant are named, as in `M` or `navy blue`."""
    return sum(_words(value) <= words for value in options.values())


def _fits(options: Mapping[str, str], words: set[str], bought: Mapping[str, str]) -> bool:
    """Whether every option is either named or the one that was bought."""
    return all(bought.get(name) == value or _words(value) <= words for name, value in options.items())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w.]+", text.casefold()))
