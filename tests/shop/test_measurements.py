"""Measurements as they are said: taken, or asked back in one sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shop.measurements import Doubt, Measure, Measurement, Trouble, understood
from shop.size_rule import deciding
from tests.shop.size_charts import chart

TOPS = chart({"XS": {"chest": (74, 82), "waist": (58, 66)}, "XXL": {"chest": (119, 131), "waist": (105, 118)}})
JEANS = chart({"W28": {"waist": (70, 74), "hips": (86, 90)}, "W40": {"waist": (99, 105), "hips": (111, 116)}})
BOOTS = chart({"36": {"foot_length": (22.1, 22.8)}, "42": {"foot_length": (26.1, 26.8)}})
DRESS = chart({"34": {"chest": (78, 82), "waist": (62, 66), "hips": (86, 90)}})


def read(made: object, *said: str) -> list[str] | Doubt:
    measurements = [Measurement.read(text) for text in said]
    assert all(measurements)
    known = understood([each for each in measurements if each], made, deciding(made))  # type: ignore[arg-type]
    return known if isinstance(known, Doubt) else [str(each) for each in known]


@pytest.mark.parametrize("text", ["waist 32 in", "chest 92", "26.5 cm", "92", "height 69 in", "chest -5", "1.75 m"])
def test_a_measurement_reads_as_it_is_written(text: str) -> None:
    assert str(Measurement.read(text)) == text


@pytest.mark.parametrize("text", ["", "chest", "banana", "chest banana", "92 94", "chest NaN", "cm"])
def test_what_is_no_measurement_is_none(text: str) -> None:
    assert Measurement.read(text) is None


def test_units_come_down_to_centimetres() -> None:
    in_cm = {"32 in": "81.28", "265 mm": "26.50", "1.75 m": "175.00", "92 cm": "92.00", "92": "92.00"}
    for text, expected in in_cm.items():
        found = Measurement.read(text)
        assert found
        assert str(found.centimetres) == expected


@pytest.mark.parametrize(
    ("made", "said", "known"),
    [
        (TOPS, ["92"], ["chest 92 cm"]),
        (TOPS, ["chest 36 in"], ["chest 36 in"]),
        (TOPS, ["chest 92 cm", "chest 36.2 in"], ["chest 92 cm"]),
        (JEANS, ["82", "100"], ["waist 82 cm", "hips 100 cm"]),
        (JEANS, ["hips 100", "82"], ["hips 100 cm", "waist 82 cm"]),
        (DRESS, ["92"], ["chest 92 cm"]),
        (BOOTS, ["265 mm"], ["foot_length 265 mm"]),
    ],
)
def test_what_is_plain_is_taken(made: object, said: list[str], known: list[str]) -> None:
    assert read(made, *said) == known


@pytest.mark.parametrize(
    ("made", "said", "trouble", "meant"),
    [
        (TOPS, ["chest 9 cm"], Trouble.IMPLAUSIBLE, []),
        (TOPS, ["chest 900 cm"], Trouble.IMPLAUSIBLE, []),
        (TOPS, ["chest -5"], Trouble.NOT_POSITIVE, []),
        (TOPS, ["0"], Trouble.NOT_POSITIVE, []),
        (TOPS, ["chest 92 in"], Trouble.UNIT, ["chest 92 cm"]),
        (TOPS, ["chest 36"], Trouble.UNIT, ["chest 36 in"]),
        (JEANS, ["32"], Trouble.UNIT, ["waist 32 in"]),
        (BOOTS, ["10.4"], Trouble.UNIT, ["foot_length 10.4 in"]),
        (BOOTS, ["265"], Trouble.UNIT, ["foot_length 265 mm"]),
        (TOPS, ["chest 92", "chest 95"], Trouble.CONFLICT, ["chest 92 cm", "chest 95 cm"]),
        (TOPS, ["92", "95"], Trouble.CONFLICT, ["chest 92 cm", "chest 95 cm"]),
        (DRESS, ["92", "98"], Trouble.WHICH, []),
    ],
)
def test_what_is_not_plain_is_asked_back(made: object, said: list[str], trouble: Trouble, meant: list[str]) -> None:
    doubt = read(made, *said)
    assert isinstance(doubt, Doubt)
    assert doubt.trouble == trouble
    assert [str(each) for each in doubt.meant] == meant


def test_what_was_plain_is_not_asked_for_again() -> None:
    doubt = read(JEANS, "waist 82", "hips 9")
    assert isinstance(doubt, Doubt)
    assert [str(each) for each in doubt.kept] == ["waist 82 cm"]


def test_somebody_beyond_every_size_is_not_called_a_slip() -> None:
    assert read(TOPS, "chest 175 cm") == ["chest 175 cm"]
    assert Measurement(Decimal(175), None, Measure.CHEST).centimetres == 175
