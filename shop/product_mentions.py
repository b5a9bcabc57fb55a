"""Which product a sentence is about: the search finds what is alike, here it is checked that it was really named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from shop.catalog import Product

# English words that name no product in a question about sizes. What they look like must not find one: `please` is not
# `pleated`.
_SMALL_WORDS = """
a about advice again all am an and any are as ask at be best better between big bit both bought buy buying by can cannot
chart choose could date deal different do does doing don either else exactly find fine first fit fits fitting for from
get getting give go going good got guide had has have he hello help her hers hey hi him his how i idea if in is it item
its just kind know large larger least like looking love m many may maybe me mean measure measured measurement
measurements measures measuring mine more most much my need new next no normal normally not of ok old on one ones only
or order ordering other our out over pair per pick pieces please pls product products purchase question quite rather
really recommend recommended regular right run same say shall she shop should show size sized sizes sizing small smaller
so some something sort store suggest sure take takes taking tell than thank thanks that the their them then there these
they thing this those to too toward true try two u under unsure up ur use usual usually very want was way we wear
wearing well were what whats when where which while will with wonder would year years yes you your
around bust centimeters centimetres chest circumference cm eu european feet foot hand head height hip hips inch inches
inseam length long neck tall uk us waist wide xl xs xxl
"""
_AUDIENCE_WORDS = {
    "women": "woman women womens womans lady ladies wife girlfriend mother mum mom sister female",
    "men": "man men mens mans gents husband boyfriend father dad brother male",
    "kids": "kid kids child children childs childrens son daughter boy boys girl girls toddler baby grandson",
}
_SAYS_NOTHING = frozenset(_SMALL_WORDS.split())
_AUDIENCES = {word: audience for audience, words in _AUDIENCE_WORDS.items() for word in words.split()}
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SAME_WORD = 0.85  # of the letters; a little less where the first two are the same, as in `hasel` and `hazel`
_SAME_START = 0.8
_SHORTEST_MISSPELT = 4
_SLIPPED = 0.9
_KIND = 0.1
_NAMED = re.compile(r"\b(?:the|your|these|those|this|that|called)\s+([^\W\d_]{3,}(?:\s+[^\W\d_]{3,})?)", re.IGNORECASE)


def link_in(text: str) -> str | None:
    """The first link in a text, or None."""
    found = _LINK.search(text)
    return found[0].rstrip(".,;:!?)>\"'") if found else None


def same_page(product: Product, link: str) -> bool:
    """Whether a link leads to the product's page, whatever comes after the `?`."""
    return bool(product.url) and _page(product.url) == _page(link)


def telling_words(text: str) -> list[str]:
    """The words of a sentence that may name a product, in order."""
    return [word for word in words(text) if word not in _SAYS_NOTHING and word not in _AUDIENCES]


def names_something(text: str) -> bool:
    """Whether something of one's own is named, as in `the Gucci loafers`; not in `which size should I take`."""
    return any(telling_words(found[1]) for found in _NAMED.finditer(text))


def best_named(products: Iterable[Product], text: str) -> list[Product]:
    """The products of which most words stand in the text, in their order; none where no word of any does.

    Where the text says only for whom it is, as in `the men's one`, those for them.
    """
    said = telling_words(text)
    if not said:
        return [product for product in products if product.audience in _audiences(text)]
    scores = [(product, _score(product, said)) for product in products]
    most = max((score for _, score in scores), default=0.0)
    best = [product for product, score in scores if score == most and most > 0]
    return _for_audience(best, text)


def words(text: str) -> list[str]:
    """A text's words in small letters without accents; `men's` is `mens`."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    return re.findall(r"[^\W_]+", "".join(character for character in plain if not unicodedata.combining(character)))


def _score(product: Product, said: Sequence[str]) -> float:
    """How many of its words are said; those of its name count twice those of its brand, and what is misspelt less.

    The last word of a name says what it is: who says `shirt` means no shirt dress.
    """
    name = [_most_alike(word, said) for word in words(product.name)] or [0.0]
    brand = [_most_alike(word, said) for word in words(product.brand)]
    return round(2 * sum(name) + sum(brand) + _KIND * name[-1], 3)


def _most_alike(word: str, said: Sequence[str]) -> float:
    return max((_alike(word, other) for other in said), default=0.0)


def _alike(one: str, other: str) -> float:
    """1 for the same word, in singular or plural; less for a slip in it; 0 for another word."""
    if one.rstrip("s") == other.rstrip("s"):
        return 1.0
    if min(len(one), len(other)) < _SHORTEST_MISSPELT:
        return 0.0
    alike = SequenceMatcher(None, one, other).ratio()
    swapped = one[0] == other[0] and sorted(one) == sorted(other)
    slipped = swapped or alike >= _SAME_WORD or (alike >= _SAME_START and one[:2] == other[:2])
    return min(alike, _SLIPPED) if slipped else 0.0


def _for_audience(products: list[Product], text: str) -> list[Product]:
    """Those for whom the text says they are, where it says so and there are some."""
    wanted = _audiences(text)
    meant = [product for product in products if product.audience in wanted]
    return meant or products


def _audiences(text: str) -> set[str]:
    return {_AUDIENCES[word] for word in words(text) if word in _AUDIENCES}


def _page(link: str) -> str:
    return re.sub(r"^(https?://)?(www\.)?", "", link.strip().casefold()).partition("?")[0].partition("#")[0].rstrip("/")
