"""Logistic regression over character and word n-grams: trained by scikit-learn, applied with NumPy alone.

A text has a few hundred of the tens of thousands of n-grams, so a sum over their weights is all there is to do, in a
fraction of the time that scikit-learn's checks take; and a server starts without importing it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

_WORD = re.compile(r"\b\w+\b")
_SHORTEST_PIECE = 2
_BLANKS = re.compile(r"\s\s+")


@dataclass(frozen=True)
class _Grams:
    """One kind of n-gram: where each stands among the weights, and how telling it is (inverse document frequency)."""

    places: Mapping[str, int]
    telling: np.ndarray

    def found(self, grams: Iterator[str]) -> tuple[list[int], np.ndarray]:
        """The places of a text's n-grams and their values: 1 + log of the count, times idf, of length 1 in all."""
        counts = Counter(place for gram in grams if (place := self.places.get(gram)) is not None)
        places = list(counts)
        values = np.array([1.0 + math.log(count) for count in counts.values()]) * self.telling[places]
        length = float(np.sqrt(values @ values))
        return places, values / length if length else values


@dataclass(frozen=True)
class NgramModel:
    """Probabilities of labels for a text. `weights` has a row for each n-gram and a column for each label."""

    labels: tuple[str, ...]
    pieces: _Grams
    words: _Grams
    weights: np.ndarray
    intercept: np.ndarray
    longest_piece: int

    @classmethod
    def train(cls, texts: Sequence[str], labels: Sequence[str], *, strength: float, longest_piece: int) -> NgramModel:
        """Learn from examples. `strength` is the inverse of the regularisation."""
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        common: dict[str, Any] = {"sublinear_tf": True, "lowercase": False, "dtype": np.float32}
        pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(_SHORTEST_PIECE, longest_piece), **common)
        words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=_WORD.pattern, **common)
        features = hstack([pieces.fit_transform(texts), words.fit_transform(texts)]).tocsr()
        learned = LogisticRegression(C=strength, max_iter=400).fit(features, labels)
        return cls(
            tuple(map(str, learned.classes_)),
            _Grams({gram: int(place) for gram, place in pieces.vocabulary_.items()}, pieces.idf_),
            _Grams({gram: int(place) for gram, place in words.vocabulary_.items()}, words.idf_),
            np.ascontiguousarray(learned.coef_.T),
            learned.intercept_,
            longest_piece,
        )

    def chances(self, text: str) -> dict[str, float]:
        """The probability of each label; together they are 1."""
        places, values = self.pieces.found(_pieces(text, self.longest_piece))
        word_places, word_values = self.words.found(_words(text))
        first = len(self.pieces.places)
        scores = self.intercept + values @ self.weights[places]
        scores += word_values @ self.weights[[first + place for place in word_places]]
        likely = np.exp(scores - scores.max())
        return dict(zip(self.labels, (likely / likely.sum()).tolist(), strict=True))

    def save(self, file: Path) -> None:
        """Write it where `load` finds it. Nothing in the file can run."""
        np.savez(
            file, labels=self.labels, weights=self.weights, intercept=self.intercept, longest=self.longest_piece,
            pieces=_in_order(self.pieces), telling_pieces=self.pieces.telling,
            words=_in_order(self.words), telling_words=self.words.telling,
        )  # fmt: skip

    @classmethod
    def load(cls, file: Path) -> NgramModel:
        """Read what `save` wrote."""
        with np.load(file, allow_pickle=False) as kept:
            return cls(
                tuple(kept["labels"].tolist()),
                _Grams(_placed(kept["pieces"]), kept["telling_pieces"]),
                _Grams(_placed(kept["words"]), kept["telling_words"]),
                kept["weights"],
                kept["intercept"],
                int(kept["longest"]),
            )


def _pieces(text: str, longest: int) -> Iterator[str]:
    """Runs of characters inside words with a blank on either side, as scikit-learn's `char_wb` cuts them."""
    for word in _BLANKS.sub(" ", text).split():
        padded = f" {word} "
        for length in range(_SHORTEST_PIECE, longest + 1):
            last = max(0, len(padded) - length)
            yield from (padded[start : start + length] for start in range(last + 1))
            if last == 0:  # a word that is no longer than this counts once
                break


def _words(text: str) -> Iterator[str]:
    """Words, and pairs of neighbours."""
    words = _WORD.findall(text)
    yield from words
    yield from (f"{one} {other}" for one, other in pairwise(words))


def _in_order(grams: _Grams) -> np.ndarray:
    return np.array(sorted(grams.places, key=grams.places.__getitem__))


def _placed(grams: np.ndarray) -> dict[str, int]:
    return {str(gram): place for place, gram in enumerate(grams.tolist())}
