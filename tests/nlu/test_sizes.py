"""Measurements, sizes, brands and preferences, in the dress that shoppers give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime import lean

lean.install()

from nlu.entities import ShopEntityExtractor  # noqa: E402 - after the placeholders

EXTRACTOR = ShopEntityExtractor()


def found(text: str) -> list[tuple[str, str]]:
    return [(entity["entity"], entity["value"]) for entity in EXTRACTOR.extract(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("chest 92", ["chest 92"]), ("my chest is 92 cm", ["chest 92 cm"]), ("bust: 88", ["chest 88"]),
        ("my waist is 32 in", ["waist 32 in"]), ("32 inch waist", ["waist 32 in"]), ('32" waist', ["waist 32 in"]),
        ("98 cm round the hips", ["hips 98 cm"]), ("92-75-98", ["chest 92", "waist 75", "hips 98"]),
        ("36-28-38 inches", ["chest 36 in", "waist 28 in", "hips 38 in"]),
        ("90 / 70 / 96", ["chest 90", "waist 70", "hips 96"]), ("5ft 9", ["height 69 in"]), ("5'7\"", ["height 67 in"]),
        ("1.75 m", ["height 175 cm"]), ("1m75", ["height 175 cm"]), ("175 cm", ["175 cm"]),
        ("my son is 116 cm", ["height 116 cm"]), ("he's 104cm tall", ["height 104 cm"]),
        ("foot length 26.5 cm", ["foot_length 26.5 cm"]), ("my feet are 25,4 cm long", ["foot_length 25.4 cm"]),
        ("265 mm", ["265 mm"]), ("10.4 in", ["10.4 in"]), ("10 3/4 inches", ["10.75 in"]), ("36½ in", ["36.5 in"]),
        ("neck 39", ["neck 39"]), ("head 57 cm", ["head 57 cm"]), ("inseam 80", ["inseam 80"]),
        ("chest -5", ["chest -5"]), ("chest 0", ["chest 0"]), ("chest 900 cm", ["chest 900 cm"]),
        ("chest 92 in", ["chest 92 in"]), ("chest 92 in white", ["chest 92"]),
        ("hips of 104 in the dress", ["hips 104"]),
        ("chest 92, waist 75 and hips 98", ["chest 92", "waist 75", "hips 98"]),
        ("chest 92 cm, that's 36 in", ["chest 92 cm", "36 in"]),
    ],
)  # fmt: skip
def test_a_measurement_in_any_dress(text: str, values: list[str]) -> None:
    assert found(text) == [("measurement", value) for value in values]


def test_a_measurement_names_its_part_and_its_unit() -> None:
    entity = EXTRACTOR.extract("my waist is 32 in")[0]
    assert (entity["measure"], entity["unit"]) == ("waist", "in")
    assert (entity["start"], entity["end"]) == (3, 17)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("UK 10", "UK 10"), ("eu42", "EU 42"), ("EU110", "EU 110"), ("US size 8.5", "US 8.5"), ("uk 6½", "UK 6.5"),
        ("10 UK", "UK 10"), ("M", "M"), ("I usually wear M", "M"), ("medium please", "M"), ("size 38", "38"),
        ("I'm usually a large", "L"), ("extra large", "XL"), ("3 XL", "3XL"), ("W32 L34", "W32"), ("w32", "W32"),
        ("i wear 38 normally", "38"), ("5-6 years", "5-6 years"), ("UK sizes please", "UK"), ("eu", "EU"),
        ("I normally wear a 42 in shoes", "42"),
    ],
)  # fmt: skip
def test_a_size_in_any_dress(text: str, value: str) -> None:
    assert found(text) == [("size", value)]


@pytest.mark.parametrize(
    "text",
    [
        "I usually wear M", "I'm a UK 10, which size should I choose", "which size do I take if I normally wear 43?",
        "M at Norrland", "what size in the flats, US 8.5", "In other shops I take a 40. And with you?",
        "he's a size 41", "size M fits me at Halvorsund", "I have the shirt in size M, which one in blue",
    ],
)  # fmt: skip
def test_a_size_that_is_worn(text: str) -> None:
    assert [entity["worn"] for entity in EXTRACTOR.extract(text) if entity["entity"] == "size"] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "would size 40 fit me?", "do I take the hoodie in XL", "should I take M", "will EU 40 fit me",
        "am I a size 40", "do I need size 42",
    ],
)  # fmt: skip
def test_a_size_that_is_asked_about(text: str) -> None:
    assert [entity["worn"] for entity in EXTRACTOR.extract(text) if entity["entity"] == "size"] == [False]


@pytest.mark.parametrize("text", ["I usually wear M at Norrland", "at Norrland I wear M", "M in Norrland"])
def test_where_a_size_is_worn(text: str) -> None:
    assert sorted(found(text)) == [("brand", "Norrland"), ("size", "M")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I like it loose", "looser"), ("looser please", "looser"), ("baggy", "looser"), ("a close fit", "tighter"),
        ("I want the jeans to sit tight", "tighter"), ("closer", "tighter"), ("no preference", "regular"),
        ("a regular fit please", "regular"),
    ],
)  # fmt: skip
def test_how_it_should_sit(text: str, value: str) -> None:
    assert ("fit", value) in found(text)


@pytest.mark.parametrize(
    "text", ["the shoes are too tight", "my order is late", "it came loose in the parcel yesterday"]
)
def test_what_is_wrong_with_something_is_no_preference(text: str) -> None:
    assert "fit" not in dict(found(text))


@pytest.mark.parametrize("text", ["what I bought before", "go by my past purchases", "the same size as last time"])
def test_what_was_bought_before(text: str) -> None:
    assert ("size_basis", "purchases") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "it's late", "I bought 2 shirts", "call me at 5", "a large parcel", "I need it in 5 days", "let's go",
        "3 in 1", "I take 4 of them", "2026-01-31", "the 3 day delivery", "+49 30 5550 1234", "I'm 32 years old",
    ],
)  # fmt: skip
def test_other_words_and_numbers_are_no_sizes(text: str) -> None:
    assert not {"measurement", "size", "brand"} & dict(found(text)).keys()


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("order SH-10234, size 42", "order_number", "SH-10234"),
        ("size 42@example.com", "email", "42@example.com"),
        ("I take 482 913", "one_time_code", "482913"),
        ("W1001", "order_number", "W1001"),
    ],
)
def test_numbers_of_other_kinds_stay_what_they_are(text: str, entity: str, value: str) -> None:
    assert (entity, value) in found(text)


@given(st.text(alphabet=st.sampled_from("chestwaist 0123456789.,-½/'\"mMLXSinuk ft")))
def test_no_text_breaks_it_and_no_two_entities_share_a_place(text: str) -> None:
    end = 0
    for entity in EXTRACTOR.extract(text):
        assert end <= entity["start"] < entity["end"] <= len(text)
        end = entity["end"]
