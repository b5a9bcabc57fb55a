"""Order numbers, emails, codes and days, in the dress that shoppers give them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime import lean

lean.install()

from nlu.dates import day_meant  # noqa: E402 - after the placeholders
from nlu.entities import ShopEntityExtractor  # noqa: E402

EXTRACTOR = ShopEntityExtractor()
TUESDAY = date(2026, 3, 10)


def found(text: str) -> list[tuple[str, str]]:
    return [(entity["entity"], entity["value"]) for entity in EXTRACTOR.extract(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("SH-10234", "SH-10234"), ("sh-10234", "SH-10234"), ("sh10234", "SH10234"), ("#1001", "1001"),
        ("# 1001", "1001"), ("#W2378156", "W2378156"), ("order 1001", "1001"), ("order no. 1001", "1001"),
        ("order number is 1001", "1001"), ("Order: 1001", "1001"), ("W-1001", "W-1001"), ("1001", "1001"),
        ("where is SH-10234?", "SH-10234"), ("my order (SH-10234) is late", "SH-10234"), ("ＳＨ-10234", "SH-10234"),
        ("it's SH-10234.", "SH-10234"), ("12345", "12345"),
    ],
)  # fmt: skip
def test_an_order_number_in_any_dress(text: str, number: str) -> None:
    assert found(text) == [("order_number", number)]


@pytest.mark.parametrize(
    "text", ["I bought 2 shirts", "in 2026", "size 42", "call me at 5", "is it 100 % cotton", "the 3 day delivery"]
)
def test_other_numbers_are_no_order_numbers(text: str) -> None:
    assert "order_number" not in dict(found(text))


@pytest.mark.parametrize(
    ("text", "code"), [("482913", "482913"), ("the code is 482 913", "482913"), ("482-913", "482913")]
)
def test_six_digits_are_a_code(text: str, code: str) -> None:
    assert found(text) == [("one_time_code", code)]


@pytest.mark.parametrize(
    "text", ["Anna.B+shop@Example.co.uk", "my mail: anna.b+shop@example.co.uk.", "(anna.b+shop@example.co.uk)"]
)
def test_an_email(text: str) -> None:
    assert found(text) == [("email", "anna.b+shop@example.co.uk")]


def test_several_in_one_message_in_their_places() -> None:
    text = "Order SH-10234, mail anna@example.com, came last friday"
    for entity in EXTRACTOR.extract(text):
        assert text[entity["start"] : entity["end"]]
    assert [entity for entity, _ in found(text)] == ["order_number", "email", "date"]
    assert text[EXTRACTOR.extract(text)[0]["start"] : EXTRACTOR.extract(text)[0]["end"]] == "SH-10234"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-03-10"), ("yesterday", "2026-03-09"), ("last friday", "2026-03-06"),
        ("last tuesday", "2026-03-03"), ("3 days ago", "2026-03-07"), ("two weeks ago", "2026-02-24"),
        ("2 May", "2025-05-02"), ("March 1st", "2026-03-01"), ("2026-01-31", "2026-01-31"), ("31 June", "31 June"),
    ],
)  # fmt: skip
def test_a_day_as_it_is_meant(words: str, day: str) -> None:
    assert day_meant(words, TUESDAY) == day


@given(st.text())
def test_no_text_breaks_it_and_every_place_is_in_the_text(text: str) -> None:
    for entity in EXTRACTOR.extract(text):
        assert 0 <= entity["start"] < entity["end"] <= len(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("cancel order 10567, I ordered it by mistake", "ordered_by_mistake"),
        ("i bought it accidentally", "ordered_by_mistake"),
        ("I don't need it any more", "no_longer_needed"),
        ("it's no longer needed", "no_longer_needed"),
        ("found it for a better price", "found_cheaper"),
        ("it is taking too long", "takes_too_long"),
        ("please cancel my order", None),
    ],
)
def test_why_an_order_is_called_off(text: str, reason: str | None) -> None:
    assert dict(found(text)).get("cancel_reason") == reason
