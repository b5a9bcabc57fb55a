"""Measurements of a body as shoppers say them, and what must be asked back before one of them is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from shop.catalog import SizeChart, Span


class Measure(StrEnum):
    """What is measured, by the names that size charts use."""

    CHEST = "chest"
    WAIST = "waist"
    HIPS = "hips"
    INSEAM = "inseam"
    NECK = "neck"
    HEIGHT = "height"
    FOOT_LENGTH = "foot_length"
    HEAD = "head"
    HAND = "hand"


class Unit(StrEnum):
    """A unit of length."""

    CM = "cm"
    INCH = "in"
    MM = "mm"
    METRE = "m"


class Trouble(StrEnum):
    """Why a measurement can't be used as it was said."""

    UNREADABLE = "unreadable"  # no number in it
    NOT_POSITIVE = "not_positive"  # zero or below
    IMPLAUSIBLE = "implausible"  # no such body in any unit
    UNIT = "unit"  # it makes sense in another unit than the one said
    CONFLICT = "conflict"  # two different numbers for one measurement
    WHICH = "which"  # several numbers, and no telling what each one measures
    OTHER = "other"  # this chart does not go by it


Body = Mapping[Measure, Decimal]  # in centimetres

_CENTIMETRES = {Unit.CM: Decimal(1), Unit.INCH: Decimal("2.54"), Unit.MM: Decimal("0.1"), Unit.METRE: Decimal(100)}
# What a number may also be meant in, beside centimetres and inches.
_SMALL = {Measure.FOOT_LENGTH, Measure.HEAD, Measure.HAND}
_OTHER_UNITS = dict.fromkeys(_SMALL, (Unit.MM,)) | {Measure.HEIGHT: (Unit.METRE,)}
# Centimetres, from a toddler to beyond the longest charts: they only keep slips of the keyboard out.
_PLAUSIBLE = {
    Measure.CHEST: (35, 220), Measure.WAIST: (30, 220), Measure.HIPS: (35, 230), Measure.INSEAM: (20, 120),
    Measure.NECK: (18, 70), Measure.HEIGHT: (45, 250), Measure.FOOT_LENGTH: (7, 40), Measure.HEAD: (30, 75),
    Measure.HAND: (8, 35),
}  # fmt: skip
_AROUND_A_CHART = (Decimal("0.75"), Decimal("1.3"))  # of its lowest and its highest number
_SAME = Decimal("0.6")  # centimetres; "92 cm, that's 36 in" is one measurement
_ROUNDED = Decimal("0.01")


@dataclass(frozen=True)
class Measurement:
    """One number as it was said. `unit` or `measure` is None where none was said.

    As text it reads `waist 32 in`, `chest 92`, `26.5 cm`.
    """

    number: Decimal
    unit: Unit | None = None
    measure: Measure | None = None

    @classmethod
    def read(cls, text: str) -> Measurement | None:
        """The measurement that such a text stands for, or None."""
        words = text.split()
        measure = Measure(words.pop(0)) if words and words[0] in set(Measure) else None
        unit = Unit(words.pop()) if words and words[-1] in set(Unit) else None
        try:
            number = Decimal(words[0]) if len(words) == 1 else None
        except InvalidOperation:
            return None
        return None if number is None or not number.is_finite() else cls(number, unit, measure)

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.measure, self.number, self.unit) if part is not None)

    @property
    def centimetres(self) -> Decimal:
        """In centimetres, to a tenth of a millimetre; without a unit they are meant."""
        return (self.number * _CENTIMETRES[self.unit or Unit.CM]).quantize(_ROUNDED)

    def in_unit(self, unit: Unit) -> Measurement:
        """The same number in another unit."""
        return replace(self, unit=unit)


@dataclass(frozen=True)
class Doubt:
    """What has to be asked back. `said` can't be used; `meant` are readings of it that could be."""

    trouble: Trouble
    said: tuple[Measurement, ...] = ()
    meant: tuple[Measurement, ...] = ()
    kept: tuple[Measurement, ...] = ()


def understood(
    said: Sequence[Measurement], chart: SizeChart, asked: Sequence[Measure]
) -> tuple[Measurement, ...] | Doubt:
    """The measurements with what each one measures and in which unit, one of each; or the first thing to ask back.

    A number without a name is the measurement asked for. A number without a unit is in centimetres, unless that is far
    from every size of the chart and another unit is not: then it is asked, as for a unit that was said and can't be.
    """
    named = _named(said, asked)
    if isinstance(named, Doubt):
        return named
    checked = [_checked(each, chart) for each in named]
    good = tuple(each for each in checked if isinstance(each, Measurement))
    for each in checked:
        if isinstance(each, Doubt):
            return replace(each, kept=good)
    return _agreeing(good)


def _named(said: Sequence[Measurement], asked: Sequence[Measure]) -> list[Measurement] | Doubt:
    """Give numbers without a name those of the measurements asked for: one the first, as many as asked all in order."""
    named = [each for each in said if each.measure is not None]
    bare = [each for each in said if each.measure is None]
    free = [measure for measure in asked if measure not in {each.measure for each in named}] or list(asked)
    if len(free) == 1:
        return named + [replace(each, measure=free[0]) for each in bare]
    if len(bare) not in {0, 1, len(free)}:
        return Doubt(Trouble.WHICH, tuple(bare), kept=tuple(named))
    return named + [replace(each, measure=measure) for each, measure in zip(bare, free, strict=False)]


def _checked(said: Measurement, chart: SizeChart) -> Measurement | Doubt:
    if said.number <= 0:
        return Doubt(Trouble.NOT_POSITIVE, (said,))
    if _near(said, chart):
        return said.in_unit(said.unit or Unit.CM)
    units = (Unit.CM, Unit.INCH, *(_OTHER_UNITS.get(said.measure, ()) if said.measure else ()))
    others = (said.in_unit(unit) for unit in units if unit != (said.unit or Unit.CM))
    meant = tuple(other for other in others if _near(other, chart))
    if meant:
        return Doubt(Trouble.UNIT, (said,), meant)
    return said.in_unit(said.unit or Unit.CM) if _plausible(said) else Doubt(Trouble.IMPLAUSIBLE, (said,))


def body_of(said: Iterable[Measurement]) -> Body:
    """The body that measurements describe."""
    return {each.measure: each.centimetres for each in said if each.measure is not None}


def _agreeing(said: Iterable[Measurement]) -> tuple[Measurement, ...] | Doubt:
    body: dict[Measure, Measurement] = {}
    for each in said:
        if each.measure is None:
            continue
        first = body.setdefault(each.measure, each)
        if abs(first.centimetres - each.centimetres) > _SAME:
            others = tuple(other for measure, other in body.items() if measure != each.measure)
            return Doubt(Trouble.CONFLICT, (first, each), (first, each), others)
    return tuple(body.values())


def _near(said: Measurement, chart: SizeChart) -> bool:
    """Whether it is a body that this chart is about, or near one."""
    spans = spans_of(chart, said.measure) if said.measure else []
    if not spans:
        return _plausible(said)
    low, high = min(span.low for span in spans), max(span.high for span in spans)
    return low * _AROUND_A_CHART[0] <= said.centimetres <= high * _AROUND_A_CHART[1]


def _plausible(said: Measurement) -> bool:
    if said.measure is None:
        return said.number > 0
    low, high = _PLAUSIBLE[said.measure]
    return low <= said.centimetres <= high


def spans_of(chart: SizeChart, measure: Measure) -> list[Span]:
    """What the chart's sizes say of one measurement, smallest size first."""
    return [row.body[measure] for row in chart.rows if measure in row.body]
