"""Finding products by what a shopper calls them, misspelt or in another order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

from rapidfuzz import process
from rapidfuzz.distance import Indel, JaroWinkler

from shop.catalog import Product
from shop.orders import order_key

_LONGEST_QUERY = 120  # characters; what comes after is not looked at
_SHORTEST_SKU = 4

# Likeness is from 0 to 1.
_SAME_LETTERS = Indel.normalized_similarity
_SAME_SKU = 0.9  # a SKU with one slip
# What makes two words one: mostly the same letters (`pajamas`, `pyjamas`), or the same start and the letters nearly in
# place (`bycicle`, `bicycle`). Not `shirt` and `skirt`, nor `boot` and `boat`.
_SAME_WORD = ((_SAME_LETTERS, 0.85), (JaroWinkler.normalized_similarity, 0.89))
_ENOUGH = 0.6  # how much of what a query says must be in a product's name and brand


class ProductIndex:
    """A shop's products by their words and SKUs: made once, searched often."""

    def __init__(self, products: Iterable[Product], skus: Mapping[str, str]) -> None:
        self._products = {product.id: product for product in products}
        self._skus = {order_key(code): product_id for code, product_id in skus.items()}
        self._skus |= {order_key(product_id): product_id for product_id in self._products}
        self._words = {product.id: _words(f"{product.brand} {product.name}") for product in self._products.values()}
        self._products_with = Counter(word for words in self._words.values() for word in set(words))

    def search(self, query: str, limit: int) -> list[Product]:
        """The products most like the query, best first; none where nothing is like it."""
        query = query[:_LONGEST_QUERY]
        by_sku = self._by_sku(query)
        return [by_sku] if by_sku else self._by_words(_words(query))[:limit]

    def _by_sku(self, query: str) -> Product | None:
        """The product that a SKU or a product id in the query belongs to."""
        for part in (query, *query.split()):
            key = order_key(part)
            if len(key) >= _SHORTEST_SKU and any(character.isdigit() for character in key):
                near = process.extractOne(key, self._skus.keys(), scorer=_SAME_LETTERS, score_cutoff=_SAME_SKU)
                if near:
                    return self._products[self._skus[near[0]]]
        return None

    def _by_words(self, query: list[str]) -> list[Product]:
        """Words that no product has, as in `do you have`, say nothing; of the others most must be a product's."""
        meant = [(like, self._weight(like)) for like in map(self._like, query) if like]
        enough = _ENOUGH * sum(weight for _, weight in meant)
        found: list[tuple[float, float, str]] = []
        for product_id, words in self._words.items() if meant else ():
            score = sum(weight * max((like.get(word, 0.0) for word in words), default=0.0) for like, weight in meant)
            if score >= enough:
                unsaid = Indel.normalized_distance(" ".join(query), " ".join(words))
                found.append((-round(score, 6), unsaid, product_id))
        return [self._products[product_id] for _, _, product_id in sorted(found)]

    def _like(self, word: str) -> dict[str, float]:
        """The words of products that this word may be, with their likeness."""
        like: dict[str, float] = {}
        for likeness, least in _SAME_WORD:
            near = process.extract(word, self._products_with.keys(), scorer=likeness, score_cutoff=least, limit=None)
            like |= {known: max(alike, like.get(known, 0.0)) for known, alike, _ in near}
        return like

    def _weight(self, like: Mapping[str, float]) -> float:
        """A word that few products have says more than one that many have."""
        known = max(like, key=lambda word: like[word])
        return 1.0 + log(len(self._products) / self._products_with[known])


def _words(text: str) -> list[str]:
    """A text's words in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(character for character in plain if not unicodedata.combining(character)))
