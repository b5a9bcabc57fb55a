"""Where a second wish may begin."""

from __future__ import annotations

import pytest

from nlu.clauses import clauses


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("where is my order and how do I return it?", ["where is my order", "how do I return it?"]),
        ("Cancel it. Also do you ship to Norway?", ["Cancel it.", "Also do you ship to Norway?"]),
        ("SH-10234, and what does shipping cost?", ["SH-10234", "what does shipping cost?"]),
        ("track SH-1\nreturn SH-2", ["track SH-1", "return SH-2"]),
        ("I’d like a refund, but where’s the parcel?", ["I’d like a refund", "where’s the parcel?"]),
        ("a shirt and a hat", ["a shirt and a hat"]),
        ("cancel it and get the money back", ["cancel it and get the money back"]),
        ("my waist is 26.5 and no more", ["my waist is 26.5 and no more"]),
        ("where is it   \n\n  return that , and where is mine", ["where is it", "return that", "where is mine"]),
        (f"a{3000 * ' '}shirt", [f"a{3000 * ' '}shirt"]),  # read in one go, or this never ends
        ("", []),
    ],
)
def test_only_where_something_new_begins(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


def test_a_long_message_is_cut_into_four_at_most() -> None:
    said = clauses("One. Two. Three. Four. Five. Six.")
    assert said == ["One.", "Two.", "Three.", "Four. Five. Six."]
