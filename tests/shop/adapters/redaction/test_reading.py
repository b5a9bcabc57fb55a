"""A text made plain keeps the places of the original."""

from __future__ import annotations

import pytest

from shop.adapters.redaction.number_words import digits_for_words
from shop.adapters.redaction.reading import Reading, plain


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("４１１１", "4111"),
        ("4\u200b1\u200d1\u20601", "4111"),
        ("٤١١١", "4111"),
        ("①②𝟑", "123"),
        ("1\ufe0f\u20e32\ufe0f\u20e3", "12"),
        ("ａｎｎ＠ｘ．ｃｏｍ", "ann@x.com"),
        ("Mu\u0308ller", "Müller"),
        ("a\u00a0b\u2009c", "a b c"),
        ("4111‐1111–1111", "4111-1111-1111"),
        ("soft\u00adhyphen\u202e", "softhyphen"),
    ],
)
def test_unusual_characters_become_plain(original: str, expected: str) -> None:
    assert plain(original).text == expected


def test_places_point_into_the_original() -> None:
    original = "é\u0301 № 4\u200b1 ½"
    view = plain(original)
    for i, character in enumerate(view.text):
        start, end = view.place(i, i + 1)
        assert character in plain(original[start:end]).text
    at = view.text.index("41")
    assert original[slice(*view.place(at, at + 2))] == "4\u200b1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("four one one one", "4 1 1 1"),
        ("oh seven double four triple nine", "0 7 44 999"),
        ("forty one eleven twenty", "41 11 20"),
        ("nine hundred two three", "900 2 3"),
        ("null eins sieben drei", "0 1 7 3"),
        ("zéro six douze", "zéro six douze"),
        ("Four-One-One", "4-1-1"),
        ("one size, two shirts and three socks", "one size, two shirts and three socks"),
        ("one or two", "one or two"),
        ("4 one 1 one one", "4 1 1 1 1"),
    ],
)
def test_runs_of_number_words_are_read_as_digits(text: str, expected: str) -> None:
    assert "".join(part for part, _, _ in digits_for_words(text)) == expected


def test_digits_from_words_know_where_the_words_stand() -> None:
    reading = Reading.of("my code is four double one two ok")
    at = reading.digits.text.index("4 11 2")
    start, end = reading.digits.place(at, at + len("4 11 2"))
    assert reading.text[start:end] == "four double one two"
