"""Which intent a message has, FAQ topics included, by one small model over characters and words."""

from __future__ import annotations

import re
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    RESPONSE_SELECTOR,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

_FILE = "intents.joblib"
_RANKED = 10
_EMAIL = re.compile(r"\S+@\S+\.\w+")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ShopIntentClassifier(GraphComponent, IntentClassifier):
    """Logistic regression over character and word n-grams.

    Retrieval intents (`faq/shipping_cost`) are labels like the others; the probability of `faq` is the sum of its
    topics', and the best topic is reported as Rasa's response selector would report it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength` is the inverse of the regularisation: higher fits the examples more closely."""
        return {"strength": 20.0, "longest_piece": 5}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: Pipeline | None = None
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ShopIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ShopIntentClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = [_label(example) for example in examples]
        self._model = _new_model(self._config["strength"], self._config["longest_piece"])
        self._model.fit([_folded(example.get(TEXT)) for example in examples], labels)
        self._model["model"].coef_ = np.asfortranarray(self._model["model"].coef_)  # a feature's weights together
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if self._model is None or not message.get(TEXT):
                message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
            else:
                self._classify(self._model, message)
        return messages

    def _classify(self, model: Pipeline, message: Message) -> None:
        chances = _chances(model, _folded(message.get(TEXT)))
        by_label = dict(zip(model.classes_, map(float, chances), strict=True))
        ranking = _ranking(by_label)
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking[:_RANKED], add_to_output=True)
        message.set(RESPONSE_SELECTOR, _selected_responses(by_label), add_to_output=True)


def _new_model(strength: float, longest_piece: int) -> Pipeline:
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, longest_piece), sublinear_tf=True, dtype=np.float32)
    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\b\w+\b", sublinear_tf=True, dtype=np.float32)  # noqa: S106
    features = FeatureUnion([("pieces", pieces), ("words", words)])
    return Pipeline([("features", features), ("model", LogisticRegression(C=strength, max_iter=400))])


def _chances(model: Pipeline, text: str) -> np.ndarray:
    """What `model.predict_proba` says of one text, from the few hundred features that it has, not from all weights."""
    scores, first = model["model"].intercept_.astype(np.float64), 0
    for _, vectorizer in model["features"].transformer_list:
        found = vectorizer.transform([text])
        scores += found.data @ model["model"].coef_.T[first + found.indices]
        first += len(vectorizer.vocabulary_)
    likely = np.exp(scores - scores.max())
    return likely / likely.sum()


def _folded(text: str) -> str:
    """Case, digits and an email's letters tell nothing about what is wanted; that there is a number or email does."""
    without_email = _EMAIL.sub("@", text.casefold())
    return "".join("0" if character.isdigit() else character for character in without_email)


def _label(example: Message) -> str:
    return str(example.get(INTENT_RESPONSE_KEY) or example.get(INTENT))


def _ranking(by_label: dict[str, float]) -> list[dict[str, Any]]:
    by_intent: dict[str, float] = {}
    for label, chance in by_label.items():
        intent = label.partition("/")[0]
        by_intent[intent] = by_intent.get(intent, 0.0) + chance
    return [
        {"name": name, "confidence": by_intent[name]} for name in sorted(by_intent, key=by_intent.get, reverse=True)
    ]  # type: ignore[arg-type]


def _selected_responses(by_label: dict[str, float]) -> dict[str, Any]:
    """In the shape of Rasa's ResponseSelector, which `utter_<retrieval intent>` actions read."""
    topics = {label: chance for label, chance in by_label.items() if "/" in label}
    selected: dict[str, Any] = {"all_retrieval_intents": sorted({label.partition("/")[0] for label in topics})}
    for intent in selected["all_retrieval_intents"]:
        own = {label: chance for label, chance in topics.items() if label.startswith(f"{intent}/")}
        best = max(own, key=own.__getitem__)
        response = {"intent_response_key": best, "utter_action": f"utter_{best}", "confidence": own[best]}
        selected[intent] = {"response": response}
    return selected
