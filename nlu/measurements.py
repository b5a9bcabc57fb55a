"""Measurements of a body as shoppers write them.

The entity `measurement` has its value in one form, whatever its dress in the message: `waist 32 in`, `chest 92` (no
unit was said), `26.5 cm` (of what was not said); `5ft 9` is `height 69 in`. Its `measure` and `unit` say the same by
themselves, or None. It is what was said: whether it can be so is for the shop to judge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

_FRACTIONS = "¼½¾⅛⅜⅝⅞"
_NUMBER = rf"(?:(?<![\w.,-])-)?\d{{1,3}}(?:[.,]\d{{1,2}})?(?:\s?[{_FRACTIONS}]|\s[1357]/[248]\b)?"
_AFTER_IN = r"(?=\s*(?:$|[,.;:!?)/&]|(?:and|or|but|so|if|for my|is|at|round|around|please|pls|tall|long|what|which)\b"
_AFTER_IN += r"|waist|chest|bust|hips?|inseam|foot|feet|neck|head|hand))"  # else `in` is a small word: `92 in white`
_UNITS = {
    "cm": r"cms?\b|centimet(?:er|re)s?\b|centis?\b",
    "mm": r"mms?\b|millimet(?:er|re)s?\b",
    "in": rf"inch(?:es)?\b|ins\b|\"|″|”|''|in\b\.?{_AFTER_IN}",
    "m": r"m\b|met(?:er|re)s?\b",
}
_UNIT = "|".join(f"(?:{pattern})" for pattern in _UNITS.values())
_MEASURES = {
    "foot_length": r"(?:foot|feet|insole)(?:\s+(?:length|size))?",
    "inseam": r"inseam|inside\s+leg|inner\s+leg|leg\s+length",
    "chest": r"chest|bust|breast|chets",
    "waist": r"waist(?:line)?|wasit",
    "hips": r"hips?",
    "neck": r"neck|collar",
    "height": r"height|hight",
    "head": r"head",
    "hand": r"hand|palm",
}
_MEASURE = "|".join(rf"(?:{pattern})" for pattern in _MEASURES.values())
_BETWEEN = r"(?:[\s:=,-]|\b(?:is|are|of|about|around|approx|measures?|measurement|girth|circumference|size|s|was|at)\b)"
_PEOPLE = r"(?:\b(?:i\s?a?m|i'm|im|he|she|they)(?:'s|\s+is|\s+are)?|\b(?:son|daughter|kid|child|boy|girl|\w+)\s+is)"

_FEET_AND_INCHES = re.compile(
    r"(?<![\w.])([3-7])\s?(?:ft\b\.?|feet\b|foot\b|'|′|’)(?!')"
    r"(?:\s?(\d{1,2}(?:\.5|½)?)(?![\d.,]*\s?(?:cm|mm))(?:\s?(?:in\b|inch(?:es)?\b|\"|″|”|''))?)?",
    re.I,
)
_METRES = re.compile(r"(?<![\w.,])([12])(?:[.,](\d{2})\s?m(?:et(?:er|re)s?)?\b|\s?m\s?(\d{2})\b)", re.I)
_THREE = re.compile(
    r"(?<![\w.,/-])(?<!\d\s)(\d{2,3}(?:[.,]5)?)\s?([-–/x,]|\s)\s?(\d{2,3}(?:[.,]5)?)\s?\2\s?(\d{2,3}(?:[.,]5)?)"
    rf"(?![\w/-]*\d|\s\d)(?:\s?({_UNIT}))?",
    re.I,
)
_NAMED = re.compile(rf"\b({_MEASURE})\b{_BETWEEN}{{1,6}}?({_NUMBER})(?![\d/])(?:\s?({_UNIT}))?", re.I)
_THEN_NAMED = re.compile(
    rf"(?<![\w.,/-])({_NUMBER})(?:[\s-]?({_UNIT}))?"
    rf"(?:[\s-]|\b(?:round|around|at|on|for|the|my|long)\b){{1,6}}?({_MEASURE})\b",
    re.I,
)
_TALL = re.compile(rf"(?<![\w.,/-])({_NUMBER})(?:\s?({_UNIT}))?\s+tall\b", re.I)
_SOMEBODY = re.compile(rf"{_PEOPLE}\s+(?:about\s+|only\s+)?({_NUMBER})\s?({_UNITS['cm']})", re.I)
_WITH_UNIT = re.compile(rf"(?<![\w.,/-])({_NUMBER})\s?-?({_UNITS['cm']}|{_UNITS['mm']}|{_UNITS['in']})", re.I)

Entity = dict[str, Any]


def measurements(text: str) -> list[Entity]:
    """The measurements in a text, by the most telling pattern of those that find one at a place."""
    taken: list[Entity] = []
    for found in _measurements(text):
        if not any(found["start"] < other["end"] and other["start"] < found["end"] for other in taken):
            taken.append(found)
    return sorted(taken, key=lambda entity: entity["start"])


def _measurements(text: str) -> Iterator[Entity]:
    for found in _FEET_AND_INCHES.finditer(text):
        inches = 12 * int(found[1]) + float((found[2] or "0").replace("½", ".5"))
        yield _measurement(found.start(), found.end(), "height", f"{inches:g}", "in")
    for found in _METRES.finditer(text):
        yield _measurement(found.start(), found.end(), "height", f"{found[1]}{found[2] or found[3]}", "cm")
    for found in _THREE.finditer(text):
        for group, measure in ((1, "chest"), (3, "waist"), (4, "hips")):
            yield _measurement(*found.span(group), measure, found[group], _unit(found[5]))
    for found in _NAMED.finditer(text):
        yield _measurement(found.start(), found.end(), _measure(found[1]), found[2], _unit(found[3]))
    for found in _THEN_NAMED.finditer(text):
        yield _measurement(found.start(), found.end(), _measure(found[3]), found[1], _unit(found[2]))
    for pattern in (_TALL, _SOMEBODY):
        for found in pattern.finditer(text):
            yield _measurement(found.start(1), found.end(), "height", found[1], _unit(found[2]))
    for found in _WITH_UNIT.finditer(text):
        yield _measurement(found.start(), found.end(), None, found[1], _unit(found[2]))


def _measurement(start: int, end: int, measure: str | None, number: str, unit: str | None) -> Entity:
    value = " ".join(part for part in (measure, _plain_number(number), unit) if part)
    return {"entity": "measurement", "start": start, "end": end, "value": value, "measure": measure, "unit": unit}


def _measure(words: str) -> str:
    return next(name for name, pattern in _MEASURES.items() if re.fullmatch(pattern, words, re.I))


def _unit(words: str | None) -> str | None:
    """The unit's code. `in` was told from the small word by what comes after it."""
    if not words:
        return None
    words = words.rstrip(".").lower()
    return "in" if words == "in" else next(name for name, pattern in _UNITS.items() if re.fullmatch(pattern, words))


def _plain_number(number: str) -> str:
    """`36½` and `36 1/2` as `36.5`."""
    plain = re.sub(r"\s(\d)/(\d)", lambda found: f"{int(found[1]) / int(found[2]) % 1:g}"[1:], number)
    plain = re.sub(rf"\s?([{_FRACTIONS}])", lambda found: f"{unicodedata.numeric(found[1]):g}"[1:], plain)
    return plain.replace(",", ".")
