"""Finding products by what a shopper calls them, misspelt or in another order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

from rapidfuzz import fuzz, process

from shop.catalog import Product
from shop.orders import order_key

_LONGEST_QUERY = 120  # characters; what comes after is not looked at
_SAME_SKU = 90.0  # likeness of 0 to 100: a SKU with one slip
_SAME_WORD = 80.0  # `oxfrod` and `oxford`, but not `boat` and `boot`
_ENOUGH = 60.0  # how much of what a query says must be in a product's name and brand
_SHORTEST_SKU = 4


class ProductIndex:
    """A shop's products by their words and SKUs: made once, searched often."""

    def __init__(self, products: Iterable[Product], skus: Mapping[str, str]) -> None:
        self._products = {product.id: product for product in products}
        self._skus = {order_key(code): product_id for code, product_id in skus.items()}
        self._skus |= {order_key(product_id): product_id for product_id in self._products}
        self._words = {product.id: set(_words(_title(product))) for product in self._products.values()}
        self._products_with = Counter(word for words in self._words.values() for word in words)

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
                like = process.extractOne(key, self._skus.keys(), scorer=fuzz.ratio, score_cutoff=_SAME_SKU)
                if like:
                    return self._products[self._skus[like[0]]]
        return None

    def _by_words(self, query: list[str]) -> list[Product]:
        meant = [
            like for like in map(self._like, query) if like
        ]  # words that no product has say nothing: `do you have`
        weights = [self._weight(like) for like in meant]
        found: list[tuple[float, float, str]] = []
        for product_id, words in self._words.items():
            shares = (
                weight * max((like.get(word, 0.0) for word in words), default=0.0)
                for like, weight in zip(meant, weights, strict=True)
            )
            score = sum(shares) / sum(weights) if weights else 0.0
            if score >= _ENOUGH:
                surplus = -fuzz.ratio(" ".join(query), " ".join(_words(_title(self._products[product_id]))))
                found.append((-round(score, 3), surplus, product_id))
        return [self._products[product_id] for _, _, product_id in sorted(found)]

    def _like(self, word: str) -> dict[str, float]:
        """The words of products that this word may be, with their likeness."""
        near = process.extract(word, self._products_with.keys(), scorer=fuzz.ratio, score_cutoff=_SAME_WORD, limit=None)
        return {known: likeness for known, likeness, _ in near}

    def _weight(self, like: Mapping[str, float]) -> float:
        """A word that few products have says more than one that many have."""
        known = max(like, key=lambda word: like[word])
        return 1.0 + log(len(self._products) / self._products_with[known])


def _title(product: Product) -> str:
    return f"{product.brand} {product.name}"


def _words(text: str) -> list[str]:
    """A text's words in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(character for character in plain if not unicodedata.combining(character)))
