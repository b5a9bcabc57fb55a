"""Which row of a chart a size in words stands for: `M`, `UK 10`, `EU 40.5`, `W32`, `5-6 years`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from shop.catalog import SizeChart

_SYSTEM = re.compile(r"(EU|UK|US)(?![a-z])\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_RANGE = re.compile(rf"({_NUMBER.pattern})-({_NUMBER.pattern})")
_MANY_X = re.compile(r"(\d)x([sl])")


@dataclass(frozen=True)
class Label:
    """A size as somebody says it. `system` is EU, UK or US, or None where it was not said."""

    name: str
    system: str | None = None

    @classmethod
    def read(cls, text: str) -> Label:
        """`UK 10` has the system UK, `M` none."""
        found = _SYSTEM.match(text.strip())
        return cls(text.strip()[found.end() :], found[1].upper()) if found else cls(text.strip())

    def __str__(self) -> str:
        return f"{self.system} {self.name}" if self.system else self.name


@dataclass(frozen=True)
class Row:
    """The rows that a label stands for, by position: two neighbours for a half size that the chart has not."""

    lower: int
    upper: int


def rows_named(chart: SizeChart, label: Label) -> dict[Row, tuple[str, ...]]:
    """The rows that a label may stand for, each with the systems in which it does. The shop's own names go first.

    More than one row means that the system has to be asked; none, that the chart has no such size.
    """
    if label.system is None:
        own = _place([row.size for row in chart.rows], label.name)
        if own and own.lower == own.upper:
            return {own: ()}
    found: dict[Row, tuple[str, ...]] = {}
    for system in [label.system] if label.system else _systems(chart):
        row = _place([row.systems.get(system, "") for row in chart.rows], label.name)
        if row:
            found[row] = (*found.get(row, ()), system)
    exact = {row: systems for row, systems in found.items() if row.lower == row.upper}
    return exact or found


def _systems(chart: SizeChart) -> list[str]:
    return list(dict.fromkeys(system for row in chart.rows for system in row.systems))


def _place(names: list[str], wanted: str) -> Row | None:
    """The row of that name, else the two neighbours that a number lies between."""
    key = _folded(wanted)
    for position, name in enumerate(names):
        if key in set(_covered(name)):
            return Row(position, position)
    number = Decimal(key) if _NUMBER.fullmatch(key) else None
    spans = [(position, span) for position, name in enumerate(names) if (span := _span(name))]
    for position, (low, high) in spans:
        if number is not None and low <= number <= high:
            return Row(position, position)
    return _between(spans, number)


def _between(spans: list[tuple[int, tuple[Decimal, Decimal]]], number: Decimal | None) -> Row | None:
    for (lower, (_, high)), (upper, (low, _)) in pairwise(spans):
        if number is not None and high < number < low:
            return Row(lower, upper)
    return None


def _covered(name: str) -> Iterator[str]:
    """The spellings by which a row's name may be called: `W32` also as `32`."""
    folded = _folded(name)
    yield folded
    if re.fullmatch(r"w\d+", folded):
        yield folded[1:]


def _span(name: str) -> tuple[Decimal, Decimal] | None:
    """The numbers that a name covers: `36-38`, or `8` alone."""
    folded = _folded(name)
    if _NUMBER.fullmatch(folded):
        return Decimal(folded), Decimal(folded)
    ends = _RANGE.fullmatch(folded)
    return (Decimal(ends[1]), Decimal(ends[2])) if ends else None


def _folded(name: str) -> str:
    """One spelling for all: `6½` and `6,5` are `6.5`, `2XL` is `xxl`."""
    text = "".join(_digits(character) for character in name.casefold().strip()).replace(",", ".").replace("–", "-")
    text = re.sub(r"(\d)\s+(\.\d)", r"\1\2", text)
    text = re.sub(r"(?<!\d)\.", "0.", text)
    return _MANY_X.sub(lambda found: "x" * int(found[1]) + found[2], text).replace(" ", "")


def _digits(character: str) -> str:
    """`½` as `.5`; any other character as it is."""
    if unicodedata.category(character) != "No":
        return character
    value = unicodedata.numeric(character, None)
    return str(Decimal(str(value)))[1:] if value is not None and 0 < value < 1 else character
