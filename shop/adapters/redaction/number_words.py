"""Digits that are written in words: `four one double one`, `null eins sieben`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = {
    "en": "zero one two three four five six seven eight nine",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "it": "zero uno due tre quattro cinque sei sette otto nove",
    "nl": "nul een twee drie vier vijf zes zeven acht negen",
}
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_DIGITS = {word: str(digit) for words in _UNITS.values() for digit, word in enumerate(words.split())}
_DIGITS |= {word: str(number) for number, word in enumerate(_TEENS.split(), 10)}
_DIGITS |= {"oh": "0", "o": "0", "zwo": "2", "nought": "0", "fuenf": "5", "naught": "0"}
_TEN_TIMES = {word: str(number) for number, word in enumerate(_TENS.split(), 2)}
_TIMES = {"double": 2, "triple": 3}
_FEWEST_WORDS = 3

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = re.compile(r"[ \n,.-]{0,3}")


def digits_for_words(text: str) -> Iterator[tuple[str, int, int]]:
    """The text in parts, each with its place; in a run of at least three number words, each is its digits."""
    done = 0
    for run in _runs(text):
        words = sum(not token[0].isdigit() for token in run)
        if words < _FEWEST_WORDS or all(token[0] in {"o", "oh"} for token in run):
            continue
        for part, start, end in _spoken(run):
            yield from _unchanged(text, done, start)
            yield part, start, end
            done = end
    yield from _unchanged(text, done, len(text))


def _unchanged(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    return ((text[at], at, at + 1) for at in range(start, end))


def _runs(text: str) -> Iterator[list[tuple[str, int, int]]]:
    run: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(text):
        token = (match[0].lower(), match.start(), match.end())
        if run and not _BETWEEN.fullmatch(text, run[-1][2], token[1]):
            yield run
            run = []
        if (
            token[0].isdigit()
            or token[0] in _DIGITS
            or token[0] in _TEN_TIMES
            or token[0] in _TIMES
            or (run and token[0] == "hundred")
        ):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _spoken(run: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    at = 0
    while at < len(run):
        word, start, end = run[at]
        following = run[at + 1] if at + 1 < len(run) else ("", 0, 0)
        unit = _DIGITS.get(following[0], following[0] if following[0].isdigit() else "")
        if word in _TIMES and len(unit) == 1:
            yield unit * _TIMES[word], start, following[2]
            at += 1
        elif following[0] == "hundred" and word in _DIGITS:
            yield _DIGITS[word] + "00", start, following[2]
            at += 1
        elif word in _TEN_TIMES and len(unit) == 1 and unit != "0" and not following[0].isdigit():
            yield _TEN_TIMES[word] + unit, start, following[2]
            at += 1
        elif word in _TEN_TIMES:
            yield _TEN_TIMES[word] + "0", start, end
        elif not word.isdigit() and word in _DIGITS:
            yield _DIGITS[word], start, end
        at += 1
