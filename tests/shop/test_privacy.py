"""Placeholders over a conversation, and personal data that are split over several messages."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

from shop.privacy import Entity, Personal, Placeholders, Redacted, redact_together, without_overlap


class SixteenDigits:
    """Finds runs of 16 digits, spaces between them left aside, and what follows "password is"."""

    def redact(self, text: str) -> Redacted:
        found = [Entity(*m.span(), Personal.CARD) for m in re.finditer(r"\d(?: ?\d){15}", text)]
        found += [Entity(*m.span(1), Personal.PASSWORD) for m in re.finditer(r"password is (\S+)", text)]
        return Redacted(Placeholders().put(text, found), tuple(found))


def entity(text: str, part: str, kind: Personal) -> Entity:
    return Entity(text.index(part), text.index(part) + len(part), kind)


def test_the_same_value_has_the_same_placeholder_over_a_conversation() -> None:
    placeholders = Placeholders()
    first, second, third = "I am ann@x.com", "write to ANN@X.COM", "or bob@x.com"
    redacted = [
        placeholders.put(first, [entity(first, "ann@x.com", Personal.EMAIL)]),
        placeholders.put(second, [entity(second, "ANN@X.COM", Personal.EMAIL)]),
        placeholders.put(third, [entity(third, "bob@x.com", Personal.EMAIL)]),
    ]
    assert redacted == ["I am <EMAIL_1>", "write to <EMAIL_1>", "or <EMAIL_2>"]


def test_spaces_and_full_width_digits_make_no_other_value() -> None:
    placeholders = Placeholders()
    texts = ["4111 1111", "４１１１-1111", "4111 1112"]
    assert [placeholders.put(text, [Entity(0, 9, Personal.CARD)]) for text in texts] == [
        "<CARD_1>",
        "<CARD_1>",
        "<CARD_2>",
    ]


def test_types_count_each_for_itself() -> None:
    text = "Ann ann@x.com"
    found = [entity(text, "Ann", Personal.NAME), entity(text, "ann@x.com", Personal.EMAIL)]
    assert Placeholders().put(text, found) == "<NAME_1> <EMAIL_1>"


def test_an_answer_gets_its_values_back_as_they_were_first_written() -> None:
    placeholders = Placeholders()
    placeholders.put("I am Ann", [Entity(5, 8, Personal.NAME)])
    assert (
        placeholders.restore("Hello <NAME_1>, hello <name_1>, who is <NAME_2>?")
        == "Hello Ann, hello Ann, who is <NAME_2>?"
    )


def test_a_tenth_value_is_not_taken_for_the_first() -> None:
    placeholders = Placeholders()
    for number in range(11):
        placeholders.put(f"{number:03}", [Entity(0, 3, Personal.CODE)])
    assert placeholders.restore("<CODE_1> <CODE_11>") == "000 010"


def test_what_a_shopper_types_to_look_like_a_placeholder_is_not_filled_with_somebodys_value() -> None:
    placeholders = Placeholders()
    placeholders.put("ann@x.com", [Entity(0, 9, Personal.EMAIL)])
    redacted = placeholders.put("what is <EMAIL_1>?", [])
    assert redacted == "what is <TEXT_1>?"
    assert placeholders.restore(redacted) == "what is <EMAIL_1>?"


def test_placeholders_show_and_store_no_value() -> None:
    placeholders = Placeholders()
    placeholders.put("ann@x.com", [Entity(0, 9, Personal.EMAIL)])
    assert "ann" not in repr(placeholders)
    for store in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            store(placeholders)


def test_a_number_split_over_two_messages_is_gone_from_both() -> None:
    messages = ["my card is 4111 1111", "1111 1111 ok?"]
    redacted = redact_together(SixteenDigits(), messages, Placeholders())
    assert [r.text for r in redacted] == ["my card is <CARD_1>", "<CARD_2> ok?"]
    assert [(e.start, e.end) for r in redacted for e in r.entities] == [(11, 20), (0, 9)]


def test_a_number_split_over_four_messages_is_gone_from_all() -> None:
    redacted = redact_together(SixteenDigits(), ["4111", "1111", "1112", "1113"], Placeholders())
    assert all("<CARD_" in r.text and "11" not in r.text for r in redacted)


def test_a_cue_in_one_message_counts_for_the_next() -> None:
    redacted = redact_together(SixteenDigits(), ["my password is", "hunter2"], Placeholders())
    assert [r.text for r in redacted] == ["my password is", "<PASSWORD_1>"]


def test_what_is_found_in_a_message_alone_stays_found_together() -> None:
    alone = "4111 1111 1111 1111"
    redacted = redact_together(SixteenDigits(), ["12", alone, "13"], Placeholders())
    assert "1111" not in redacted[1].text


def test_overlapping_finds_become_one_of_the_longer_ones_type() -> None:
    found = [Entity(0, 5, Personal.CODE), Entity(3, 20, Personal.CARD), Entity(25, 30, Personal.NAME)]
    assert without_overlap(found) == (Entity(0, 20, Personal.CARD), Entity(25, 30, Personal.NAME))
