"""The rule by which a size is chosen from a chart. Pure: the same chart and body always give the same size.

Which measurement decides
    The primary dimensions of EN 13402-2 (Size designation of clothes): foot length for shoes and socks, the head's
    girth for hats, the hand's for gloves, height for children's clothes, the chest for tops, the neck too for shirts
    with collar sizes, the waist for trousers, skirts and belts. Two additions are our own rule: where a chart has hips,
    they decide beside the waist, and a chart with chest and hips (dresses) goes by chest, waist and hips. Which kind a
    chart is of is read from the measurements it has, since every shop names its categories in its own way.

Which size it is (our own rule)
    1. For each deciding measurement, the size whose range it lies in, both ends included.
    2. Of several measurements the one that needs the highest size decides: a piece must go round its tightest place.
    3. On the border of two sizes, in a gap between them or where they overlap, it is between two sizes. Who likes it
       closer takes the lower, who likes it regular or looser the higher one; who has not said is asked. For children
       it is the higher one, since they grow.
    4. Below the first size or above the last one no size is recommended.

No allowance is added to a foot: charts give the foot that a shoe is made for, not the length of the shoe.

It follows that a body inside the range of one size gets that size whatever the preference, and that a body that is
larger in any measurement never gets a lower size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shop.catalog import SizeChart, SizeRow
from shop.measurements import Body, Measure

_BY_ITSELF = (Measure.FOOT_LENGTH, Measure.HEAD, Measure.HAND)
CHILDREN = "kids"


class Preference(StrEnum):
    """How somebody likes clothes to sit."""

    TIGHTER = "tighter"
    REGULAR = "regular"
    LOOSER = "looser"


class Outcome(StrEnum):
    """What the chart says of a body."""

    FITS = "fits"
    BETWEEN = "between"
    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True)
class Choice:
    """What a chart says. `lower` and `upper` differ between two sizes only.

    BELOW gives the first size and ABOVE the last one in both, though neither is recommended. `measure` decided, at
    `value` centimetres; both are None where a size was looked up by its name. `others_lower` says that other
    measurements by themselves would have given a lower size.
    """

    outcome: Outcome
    lower: SizeRow
    upper: SizeRow
    measure: Measure | None = None
    value: Decimal | None = None
    others_lower: bool = False
    children: bool = False

    @property
    def asks_preference(self) -> bool:
        """Whether how it should sit decides."""
        return self.outcome == Outcome.BETWEEN and not self.children

    def size(self, preference: Preference | None) -> SizeRow | None:
        """The size to recommend, or None where there is none or the preference has to be asked."""
        if self.outcome == Outcome.FITS:
            return self.lower
        if self.outcome != Outcome.BETWEEN or (preference is None and not self.children):
            return None
        return self.lower if preference == Preference.TIGHTER else self.upper


@dataclass(frozen=True)
class _Place:
    """Where a measurement lies among the rows, by position: -1 is below the first, their number above the last."""

    lower: int
    upper: int


def deciding(chart: SizeChart) -> tuple[Measure, ...]:
    """The measurements that decide in this chart, the most telling one first; none where it has no body."""
    known = [measure for measure in Measure if any(measure in row.body for row in chart.rows)]
    if chart.audience == CHILDREN and Measure.HEIGHT in known:
        return (Measure.HEIGHT,)
    for measure in _BY_ITSELF:
        if measure in known:
            return (measure,)
    if Measure.CHEST in known and Measure.HIPS not in known:
        return tuple(measure for measure in (Measure.CHEST, Measure.NECK) if measure in known)
    girths = tuple(measure for measure in (Measure.CHEST, Measure.WAIST, Measure.HIPS) if measure in known)
    return girths or tuple(known[:1])


def choose(chart: SizeChart, body: Body) -> Choice | None:
    """What the chart says of a body; None where the body has none of the deciding measurements."""
    places = {measure: _place(chart, measure, body[measure]) for measure in deciding(chart) if measure in body}
    if not places:
        return None
    lower = max(place.lower for place in places.values())
    upper = max(place.upper for place in places.values())
    measure = _decisive(places, lower, upper)
    others_lower = any(place.upper < lower for place in places.values())
    return _choice(chart, lower, upper, measure, body[measure], others_lower)


def named_choice(chart: SizeChart, lower: int, upper: int) -> Choice:
    """What the chart says of a size in other words, which stands for the rows at these positions."""
    return _choice(chart, lower, upper, None, None, False)


def _choice(
    chart: SizeChart, lower: int, upper: int, measure: Measure | None, value: Decimal | None, others_lower: bool
) -> Choice:
    last = len(chart.rows) - 1
    if upper < 0:
        outcome = Outcome.BELOW
    elif upper > last:
        outcome = Outcome.ABOVE
    else:
        outcome = Outcome.FITS if lower == upper else Outcome.BETWEEN
    rows = chart.rows[min(max(lower, 0), last)], chart.rows[min(max(upper, 0), last)]
    return Choice(outcome, *rows, measure, value, others_lower, chart.audience == CHILDREN)


def _decisive(places: Mapping[Measure, _Place], lower: int, upper: int) -> Measure:
    """The measurement to give as the reason: the one that is in both rows, else the one that needs the higher one."""
    both = [measure for measure, place in places.items() if (place.lower, place.upper) == (lower, upper)]
    return both[0] if both else next(measure for measure, place in places.items() if place.upper == upper)


def _place(chart: SizeChart, measure: Measure, value: Decimal) -> _Place:
    rows = [(position, row.body[measure]) for position, row in enumerate(chart.rows) if measure in row.body]
    reaching = next((position for position, span in rows if span.high >= value), len(chart.rows))
    beginning = next((position for position, span in reversed(rows) if span.low <= value), -1)
    if reaching == len(chart.rows) or beginning == -1:
        return _Place(reaching, reaching) if beginning != -1 else _Place(-1, -1)
    return _Place(min(reaching, beginning), max(reaching, beginning))
