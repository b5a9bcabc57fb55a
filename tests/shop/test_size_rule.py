"""The rule by which a size is chosen: what must hold for every chart and every body."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.catalog import SizeChart
from shop.measurements import Measure, Measurement, Unit, body_of
from shop.size_rule import Choice, Outcome, Preference, choose, deciding
from tests.shop.size_charts import chart, charts_with, demo_charts

CHEST, WAIST, HIPS = Measure.CHEST, Measure.WAIST, Measure.HIPS
DEMO = demo_charts()
CENTIMETRES = st.decimals(30, 190, places=1)
PREFERENCES = st.sampled_from(Preference)
SHIRTS = chart({"S": {"chest": (82, 90)}, "M": {"chest": (90, 98)}, "L": {"chest": (100, 108)}})


def size(made: SizeChart, preference: Preference | None = None, **body: float | str | Decimal) -> str | None:
    choice = choose(made, {Measure(measure): Decimal(str(value)) for measure, value in body.items()})
    row = choice.size(preference) if choice else None
    return row.size if row else None


def place(made: SizeChart, choice: Choice | None, preference: Preference) -> int:
    """Where a choice stands: -1 below the first size, the number of sizes above the last."""
    assert choice
    if choice.outcome in {Outcome.BELOW, Outcome.ABOVE}:
        return -1 if choice.outcome == Outcome.BELOW else len(made.rows)
    row = choice.size(preference)
    assert row
    return made.rows.index(row)


@pytest.mark.parametrize("value", [82.5, 86, 89.9])
def test_a_body_inside_a_size_gets_it(value: float) -> None:
    assert size(SHIRTS, chest=value) == "S"


@pytest.mark.parametrize("value", [90, 99])
def test_on_a_border_or_in_a_gap_the_preference_decides(value: float) -> None:
    lower, upper = ("S", "M") if value == 90 else ("M", "L")
    assert size(SHIRTS, chest=value) is None
    assert size(SHIRTS, Preference.TIGHTER, chest=value) == lower
    assert size(SHIRTS, Preference.REGULAR, chest=value) == upper
    assert size(SHIRTS, Preference.LOOSER, chest=value) == upper


def test_children_get_the_higher_of_two_sizes_without_being_asked() -> None:
    kids = chart({"98": {"height": (92, 98)}, "104": {"height": (98, 104)}}, audience="kids")
    assert size(kids, height=98) == "104"
    assert size(kids, Preference.TIGHTER, height=98) == "98"


@pytest.mark.parametrize(("value", "outcome"), [(81.9, Outcome.BELOW), (108.1, Outcome.ABOVE)])
def test_outside_the_chart_nothing_is_recommended(value: float, outcome: Outcome) -> None:
    choice = choose(SHIRTS, {CHEST: Decimal(str(value))})
    assert choice
    assert choice.outcome == outcome
    assert all(choice.size(preference) is None for preference in [None, *Preference])


def test_of_several_measurements_the_one_that_needs_most_room_decides() -> None:
    dress = chart({
        "38": {"chest": (86, 90), "waist": (70, 74), "hips": (94, 98)},
        "40": {"chest": (90, 94), "waist": (74, 78), "hips": (98, 102)},
        "42": {"chest": (94, 98), "waist": (78, 82), "hips": (102, 106)},
    })  # fmt: skip
    choice = choose(dress, {CHEST: Decimal(88), WAIST: Decimal(76), HIPS: Decimal(104)})
    assert choice
    assert (choice.lower.size, choice.measure, choice.others_lower) == ("42", HIPS, True)
    assert size(dress, chest=88) == "38"
    agreeing = choose(dress, {CHEST: Decimal(92), WAIST: Decimal(76)})
    assert agreeing
    assert (agreeing.measure, agreeing.others_lower) == (CHEST, False)


@pytest.mark.parametrize(
    ("measures", "audience", "decisive"),
    [
        (["chest", "waist"], "women", ["chest"]),
        (["neck", "chest", "waist"], "men", ["chest", "neck"]),
        (["chest", "waist", "hips"], "women", ["chest", "waist", "hips"]),
        (["waist", "hips", "inseam"], "men", ["waist", "hips"]),
        (["waist"], "unisex", ["waist"]),
        (["height", "chest", "waist"], "kids", ["height"]),
        (["foot_length"], "kids", ["foot_length"]),
        (["head"], "unisex", ["head"]),
        (["hand"], "unisex", ["hand"]),
        ([], "women", []),
    ],
)
def test_what_decides_is_read_from_the_chart(measures: list[str], audience: str, decisive: list[str]) -> None:
    made = chart({"S": dict.fromkeys(measures, (10, 20))}, audience=audience)
    assert list(deciding(made)) == decisive


def test_what_does_not_decide_gives_no_size() -> None:
    assert choose(SHIRTS, {HIPS: Decimal(100)}) is None


@given(charts_with(CHEST), CENTIMETRES, PREFERENCES)
def test_every_body_inside_one_size_only_gets_that_size(made: SizeChart, value: Decimal, liked: Preference) -> None:
    inside = [row.size for row in made.rows if row.body[CHEST].low <= value <= row.body[CHEST].high]
    if len(inside) == 1:
        assert size(made, liked, chest=value) == inside[0]
    elif inside:
        assert size(made, liked, chest=value) in inside


@given(charts_with(CHEST, WAIST, HIPS), st.data())
def test_a_bigger_body_never_gets_a_lower_size(made: SizeChart, data: st.DataObject) -> None:
    body = {measure: data.draw(CENTIMETRES) for measure in (CHEST, WAIST, HIPS)}
    bigger = {measure: value + data.draw(st.decimals(0, 30, places=1)) for measure, value in body.items()}
    liked = data.draw(PREFERENCES)
    assert place(made, choose(made, bigger), liked) >= place(made, choose(made, body), liked)


@given(charts_with(CHEST, WAIST), CENTIMETRES, CENTIMETRES)
def test_who_likes_it_closer_never_gets_a_higher_size(made: SizeChart, chest: Decimal, waist: Decimal) -> None:
    choice = choose(made, {CHEST: chest, WAIST: waist})
    assert place(made, choice, Preference.TIGHTER) <= place(made, choice, Preference.REGULAR)
    assert place(made, choice, Preference.REGULAR) == place(made, choice, Preference.LOOSER)


@given(st.sampled_from(DEMO), st.decimals(5, 80, places=2), PREFERENCES)
def test_inches_and_centimetres_agree(made: SizeChart, inches: Decimal, liked: Preference) -> None:
    measure = deciding(made)[0]
    in_inches = body_of([Measurement(inches, Unit.INCH, measure)])
    in_centimetres = body_of([Measurement((inches * Decimal("2.54")).quantize(Decimal("0.01")), Unit.CM, measure)])
    assert choose(made, in_inches) == choose(made, in_centimetres)
    assert place(made, choose(made, in_inches), liked) == place(made, choose(made, in_centimetres), liked)


def bodies(made: SizeChart) -> list[dict[Measure, Decimal]]:
    """A grid from below the first size to above the last: each half centimetre, or ten steps of several measures."""
    measures = deciding(made)
    ends = {each: [row.body[each] for row in made.rows] for each in measures}
    axes = []
    for measure in measures:
        low, high = ends[measure][0].low - 5, ends[measure][-1].high + 5
        steps = int((high - low) * 2) if len(measures) == 1 else 10
        axes.append([low + (high - low) * step / steps for step in range(steps + 1)])
    return [dict(zip(measures, values, strict=True)) for values in product(*axes)]


@pytest.mark.parametrize("made", DEMO, ids=lambda made: made.id)
def test_every_chart_of_the_demo_shop_answers_or_refuses_honestly(made: SizeChart) -> None:
    for body, liked in product(bodies(made), Preference):
        choice = choose(made, body)
        assert choice
        row = choice.size(liked)
        tightest = [each for each in deciding(made) if row is None or row.body[each].high >= body[each]]
        if row is None:
            first, last = made.rows[0], made.rows[-1]
            beyond = [each for each in deciding(made) if body[each] > last.body[each].high]
            below = all(body[each] < first.body[each].low for each in deciding(made))
            assert (choice.outcome == Outcome.ABOVE and beyond) or (choice.outcome == Outcome.BELOW and below)
        elif liked != Preference.TIGHTER:
            assert tightest == list(deciding(made)), "it would not go round"
        assert row is None or choice.outcome in {Outcome.FITS, Outcome.BETWEEN}
