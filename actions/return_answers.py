"""Understanding what is typed in a return: which items, which other size or colour, which way for the money.

The words are those of the order, not ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from shop.catalog import Variant
from shop.refund_ways import RefundWay
from shop.return_terms import ORIGINAL, ReturnableLine
from shop.returns import ExchangeOption

Pieces = dict[str, int]
_ALIKE = 80  # of 100
_SAME = 85  # of 100
_CORRECTS = re.compile(
    r"^\s*(no|not|nope|actually|sorry|wait|oops|i meant|i mean|rather|make (it|that))\b|\binstead\b", re.IGNORECASE
)
_SMALL_WORDS = {
    "the", "my", "a", "an", "of", "x", "piece", "pieces", "both", "all", "please", "it", "is", "s", "just", "only",
    "pair", "to", "use", "with", "on", "back",
}  # fmt: skip
_ALL = {"all", "everything", "both", "all of them", "all of it", "the whole order", "everything in it"}
_ALL_BUT = re.compile(
    r"(?:all|everything)(?: of (?:it|them))?,? (?:except(?: for)?|but(?: not)?|without|apart from|other than) (.+)"
)
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_PLURAL = re.compile(r"(?<=ch|sh|ss)es$|(?<=[^s]{2})s$")
_BARE = {"yes", "no", "none"}
_AS_PAID = {"original", "same", "way", "i", "paid"}


def picked(value: str) -> Pieces:
    """Pieces by line from a slot (`line-1=2,line-3=1`). Raises `ValueError` for anything else."""
    pairs = (part.partition("=") for part in value.split(",") if part)
    return {line: int(pieces) for line, _, pieces in pairs}


def as_slot(pieces: Pieces) -> str:
    """Pieces by line as a slot keeps them."""
    return ",".join(f"{line}={count}" for line, count in pieces.items())


def pieces_meant(text: str, lines: Sequence[ReturnableLine]) -> Pieces:
    """The pieces that a text names: all, all but some, or lines by their name with a number or all there are.

    Nothing where it is not sure what is to be kept.
    """
    plain = text.casefold().strip(" .!")
    open_lines = {line.line.id: line.quantity for line in lines if line.refusal is None}
    if plain in _ALL:
        return open_lines
    kept = _ALL_BUT.fullmatch(plain)
    if kept is None:
        return _named_pieces(_parts(plain), lines)
    parts = _parts(kept[1])
    keeps = _named_pieces(parts, lines)
    left = {line: count - keeps.get(line, 0) for line, count in open_lines.items()}
    return {line: count for line, count in left.items() if count > 0} if len(keeps) >= len(parts) else {}


def method_meant(text: str, ways: Sequence[RefundWay]) -> RefundWay | None:
    """The one way for the money that a text names, as in `PayPal`, `my gift card` or `the visa ending in 4242`."""
    words = set(_words_of(text)) - _SMALL_WORDS
    fitting = [way for way in ways if words and words <= _words_of_way(way)]
    return fitting[0] if len(fitting) == 1 else None


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


def _parts(plain: str) -> list[str]:
    return [part for part in re.split(r",|\band\b|\bplus\b|&", plain) if part.strip()]


def _named_pieces(parts: Sequence[str], lines: Sequence[ReturnableLine]) -> Pieces:
    known = {word for line in lines for word in _words_of_line(line)}
    meant: Pieces = {}
    for part in parts:
        count, alike = _count(part, known), _lines_meant(part, lines, known)
        if len(alike) > 1 and not {"both", "all"} & set(_words_of(part)):
            return {}
        meant |= {line.line.id: max(1, line.quantity) if count is None else count for line in alike}
    return meant


def _count(part: str, known: set[str]) -> int | None:
    """How many pieces a part asks for. A number that describes an item, as in `28 inch`, is none."""
    sure = re.search(r"\b(\d{1,2})\s*(?:x|×|pieces?|of)(?!\w)", part)
    words = [word for word in _words_of(part) if word not in {"just", "only"}]
    first = words[0] if words else ""
    if sure and sure[0] in known:  # `3x` on a camera is its zoom
        return None
    if sure or (first.isdecimal() and len(first) < 3 and first not in known):
        return int(sure[1] if sure else first)
    return _NUMBERS.get(first)


def _lines_meant(part: str, lines: Sequence[ReturnableLine], known: set[str]) -> list[ReturnableLine]:
    """The line that a part names; several where it names them equally well."""
    words = [word for word in _words_of(part) if word in known or not (word in _SMALL_WORDS or _is_number(word))]
    rated = [(_likeness(words, line), line) for line in lines]
    best = max((rate for rate, _ in rated), default=(0, 0, 0.0))
    return [line for rate, line in rated if rate == best and rate[-1] >= _ALIKE]


def _likeness(words: Sequence[str], line: ReturnableLine) -> tuple[int, int, float]:
    """How many of the words are the line's, and how many its name's; and how much they look like either."""
    name, full = _words_of(line.line.name), _words_of_line(line)
    alike = max(fuzz.token_set_ratio(" ".join(words), " ".join(each)) for each in (name, full))
    known = set(words) if alike >= _ALIKE else set()
    return (len(known & set(full)), len(known & set(name)), alike)


def _is_number(word: str) -> bool:
    return word.isdecimal() or word in _NUMBERS


def _words_of(text: str) -> list[str]:
    """The words in the singular: `watches` and `watch` are one."""
    return [_PLURAL.sub("", word) for word in re.findall(r"[^\W_]+", text.casefold())]


def _words_of_line(line: ReturnableLine) -> list[str]:
    """Its name and what it is like, but for a `yes` or `no` (as in waterproof), which names nothing."""
    return _words_of(" ".join([line.line.name, *(each for each in line.line.options.values() if each not in _BARE)]))


def _words_of_way(way: RefundWay) -> set[str]:
    """What a way may be called: its label, its kind, and for the way it was paid some words for that."""
    names = set(_words_of(f"{way.label or ''} {way.kind.replace('_', ' ')}"))
    return names | _AS_PAID if way.kind == ORIGINAL else names


def _named(options: Mapping[str, str], words: set[str]) -> int:
    """How many options of a variant are named, as in `M` or `navy blue`."""
    return sum(_words(value) <= words for value in options.values())


def _fits(options: Mapping[str, str], words: set[str], bought: Mapping[str, str]) -> bool:
    """Whether every option is either named or the one that was bought."""
    return all(bought.get(name) == value or _words(value) <= words for name, value in options.items())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w.]+", text.casefold()))
