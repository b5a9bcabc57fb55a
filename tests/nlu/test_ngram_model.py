"""The model as it is applied says what scikit-learn says, which trained it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from nlu.ngram_model import NgramModel

TEXTS = [
    "where is my parcel",
    "my parcel did not come",
    "i want to send it back",
    "a return, please",
    "hi",
    "hello you",
]
LABELS = ["track", "track", "return", "return", "greet", "greet"]


def of_scikit_learn() -> Pipeline:
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\b\w+\b", sublinear_tf=True)
    features = FeatureUnion([("pieces", pieces), ("words", words)])
    return Pipeline([("features", features), ("model", LogisticRegression(C=20.0, max_iter=400))]).fit(TEXTS, LABELS)


OURS = NgramModel.train(TEXTS, LABELS, strength=20.0, longest_piece=5)
THEIRS = of_scikit_learn()


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from([*" ".join(TEXTS).split(), "ü", "I", "\n", "?"]) | st.text(max_size=8)).map(" ".join))
def test_each_label_has_the_same_chance(text: str) -> None:
    theirs = dict(zip(THEIRS.classes_, THEIRS.predict_proba([text.lower()])[0], strict=True))
    assert OURS.chances(text.lower()) == pytest.approx(theirs, abs=1e-3)  # it learns in half the digits


def test_what_was_saved_says_the_same(tmp_path: Path) -> None:
    OURS.save(tmp_path / "model.npz")
    assert NgramModel.load(tmp_path / "model.npz").chances("where is it") == OURS.chances("where is it")
