"""Addresses as carriers need them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shop.customers import Address
from shop.errors import NotAllowed
from shop.postal import tidy_address, tidy_part

LODZ = Address("Zoë Łukasik", "ul. Piotrkowska 4", "", "Łódź", "", "90-001", "PL")


def refusal(part: str, text: str, country: str = "GB") -> str | None:
    try:
        tidy_part(part, text, country)
    except NotAllowed as error:
        return error.reason
    return None


@pytest.mark.parametrize(
    ("country", "typed", "written"),
    [
        ("GB", "ls14dy", "LS1 4DY"),
        ("GB", " EC1A  1BB ", "EC1A 1BB"),
        ("DE", "D-28195", "28195"),
        ("DE", "DE 28195", "28195"),
        ("US", "10083", "10083"),
        ("US", "100831234", "10083-1234"),
        ("CA", "k1a0b1", "K1A 0B1"),
        ("NL", "1012ab", "1012 AB"),
        ("PL", "00950", "00-950"),
        ("IE", "d02x285", "D02 X285"),
        ("SE", "SE-111 22", "111 22"),
        ("JP", "１００－０００１", "100-0001"),
        ("HK", "", ""),
        ("AR", "c1425", "C1425"),
    ],
)
def test_a_postcode_is_written_as_its_country_does(country: str, typed: str, written: str) -> None:
    assert tidy_part("postcode", typed, country) == written


@pytest.mark.parametrize(
    ("country", "typed", "reason"),
    [
        ("GB", "banana", "postcode_wrong"),
        ("GB", "12345", "postcode_wrong"),
        ("GB", "", "postcode_missing"),
        ("DE", "2819", "postcode_wrong"),
        ("DE", "٢٨١٩٥", "postcode_wrong"),
        ("US", "1008", "postcode_wrong"),
        ("US", "10083-12", "postcode_wrong"),
        ("CA", "11A 0B1", "postcode_wrong"),
        ("AR", "x" * 11, "postcode_wrong"),
    ],
)
def test_a_postcode_that_the_country_does_not_have_is_refused(country: str, typed: str, reason: str) -> None:
    assert refusal("postcode", typed, country) == reason


@pytest.mark.parametrize(
    ("part", "text", "reason"),
    [
        ("name", "", "name_missing"),
        ("name", "12345", "name_wrong"),
        ("line1", " \t", "line1_missing"),
        ("line1", "---", "line1_wrong"),
        ("line1", "x" * 61, "line1_too_long"),
        ("line1", "4 Mill\x00 Road", "line1_wrong"),
        ("line1", "4 Mill\u202e Road", "line1_wrong"),
        ("line2", "", None),
        ("line2", "?", "line2_wrong"),
        ("city", "", "city_missing"),
        ("city", "99", "city_wrong"),
        ("region", "", None),
        ("country", "", "country_missing"),
        ("country", "Germany", "country_wrong"),
        ("country", "gb", None),
    ],
)
def test_each_part_is_checked(part: str, text: str, reason: str | None) -> None:
    assert refusal(part, text) == reason


def test_some_countries_need_a_region() -> None:
    assert (refusal("region", "", "US"), refusal("region", "NY", "US")) == ("region_missing", None)


def test_an_address_keeps_its_letters_and_loses_needless_blanks() -> None:
    typed = Address(" Zoë  Łukasik", "ul. Piotrkowska 4 ", "", "Łódź", "", "90001", "pl")
    assert tidy_address(typed) == LODZ
    with pytest.raises(NotAllowed, match="postcode_wrong"):
        tidy_address(replace(LODZ, country="GB"))
