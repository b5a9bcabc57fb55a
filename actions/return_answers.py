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
