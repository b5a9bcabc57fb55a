"""Which intent a message has, FAQ topics included, by one small model over characters and words."""

from __future__ import annotations

import re
from typing import Any

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

from nlu.ngram_model import NgramModel

_FILE = "intents.npz"
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
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: NgramModel | None = None
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
            return cls(config, model_storage, resource, NgramModel.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = [_label(example) for example in examples]
        texts = [_folded(example.get(TEXT)) for example in examples]
        self._model = NgramModel.train(texts, labels, **self._config)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder / _FILE)
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

    def _classify(self, model: NgramModel, message: Message) -> None:
        by_label = model.chances(_folded(message.get(TEXT)))
        ranking = _ranking(by_label)
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking[:_RANKED], add_to_output=True)
        message.set(RESPONSE_SELECTOR, _selected_responses(by_label), add_to_output=True)


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
