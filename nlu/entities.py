"""Order numbers, emails, one-time codes, dates and sizes in a message, by spaCy's tokenizer and matcher."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from nlu.dates import DATE_PATTERNS, day_meant
from nlu.measurements import measurements
from nlu.sizes import preferences, sizes
from nlu.wishes import CANCEL_REASONS, REASONS, RESOLUTIONS

_LETTERED = r"(?i)^[a-z]{1,4}[-_]?\d{3,10}$"
_DIGITS = r"^\d{3,10}$"
_CODE = r"^\d{6}$"
_BEFORE_A_NUMBER = ["order", "orders", "bestellung", "number", "no", "no.", "nr", "nr.", "num", "ref", "reference", "#"]
_ORDER_PATTERNS = [
    [{"TEXT": {"REGEX": _LETTERED}}],
    [{"TEXT": {"REGEX": r"(?i)^[a-z]{1,4}$"}}, {"ORTH": "-"}, {"TEXT": {"REGEX": _DIGITS}}],
    [{"ORTH": "#"}, {"TEXT": {"REGEX": r"(?i)^[a-z]{0,4}-?\d{3,10}$"}}],
    [{"TEXT": {"REGEX": r"(?i)^#[a-z]{0,4}-?\d{3,10}$"}}],
    [
        {"LOWER": {"IN": _BEFORE_A_NUMBER}},
        {"LOWER": {"IN": [*_BEFORE_A_NUMBER, ":", ".", "is", "was"]}, "OP": "{0,3}"},
        {"TEXT": {"REGEX": _DIGITS}},
    ],
]
_SURE = {"email", "one_time_code"}  # whatever else may be read in them
_CODE_PATTERNS = [
    [{"TEXT": {"REGEX": _CODE}}],
    [{"TEXT": {"REGEX": r"^\d{3}$"}}, {"ORTH": "-", "OP": "?"}, {"TEXT": {"REGEX": r"^\d{3}$"}}],
]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ShopEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Finds entities by pattern, so that the same words always give the same values."""

    def __init__(self) -> None:
        self._language = spacy.blank("en")
        self._matcher = Matcher(self._language.vocab)
        self._matcher.add("order_number", _ORDER_PATTERNS)
        self._matcher.add("one_time_code", _CODE_PATTERNS)
        self._matcher.add("email", [[{"LIKE_EMAIL": True}]])
        self._matcher.add("date", DATE_PATTERNS)
        self._wishes = Matcher(self._language.vocab)
        meant = {"return_reason": REASONS, "resolution": RESOLUTIONS, "cancel_reason": CANCEL_REASONS}
        for entity, values in meant.items():
            for value, patterns in values.items():
                self._wishes.add(f"{entity}:{value}", patterns)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ShopEntityExtractor:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                found = self.extract(message.get(TEXT))
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def process_training_data(self, training_data: Any) -> Any:
        return training_data

    def extract(self, text: str) -> list[dict[str, Any]]:
        """The entities of a text, in order, as Rasa writes them. Of overlapping ones the longest counts."""
        plain = _plain(text)
        doc = self._language(plain)
        spans = filter_spans(self._matcher(doc, as_spans=True))
        bare = len(doc) == 1 and not spans and doc.text.isdigit() and len(doc.text) > 2
        if bare:
            spans = [Span(doc, 0, 1, label="order_number")]
        return _with_sizes([_entity(span) for span in spans], plain) + self._meant(doc)

    def _meant(self, doc: Doc) -> list[dict[str, Any]]:
        """Why and for what something goes back or is called off. The first words for each count."""
        found: dict[str, Span] = {}
        for span in sorted(self._wishes(doc, as_spans=True), key=lambda span: span.start):
            found.setdefault(span.label_.partition(":")[0], span)
        return [
            {
                "entity": entity,
                "start": span.start_char,
                "end": span.end_char,
                "value": span.label_.partition(":")[2],
                "extractor": "ShopEntityExtractor",
            }
            for entity, span in found.items()
        ]


def _plain(text: str) -> str:
    """Full-width letters and digits as plain ones, where that keeps every character's place."""
    plain = unicodedata.normalize("NFKC", text)
    return plain if len(plain) == len(text) else text


def _with_sizes(found: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Add measurements and sizes. What is one of them is no order number and no day: `EU110`, `175 cm`."""
    taken = [entity for entity in found if entity["entity"] in _SURE]
    for entity in (*measurements(text), *sizes(text), *preferences(text), *found):
        if not any(_overlap(entity, known) for known in taken):
            taken.append({**entity, "extractor": "ShopEntityExtractor"})
    return sorted(taken, key=lambda entity: entity["start"])


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _entity(span: Span) -> dict[str, Any]:
    number = span[-1:] if span.label_ == "order_number" and span[-1].text.isdigit() else span
    if span.label_ == "order_number" and len(span) > 1 and span[-2].text == "-":
        number = span
    values = {
        "email": lambda: span.text.strip(".,;:<>()").lower(),
        "one_time_code": lambda: "".join(character for character in span.text if character.isdigit()),
        "date": lambda: day_meant(span.text, date.today()),  # noqa: DTZ011 - the shopper's own day
        "order_number": lambda: number.text.replace(" ", "").lstrip("#").upper(),
    }
    return {
        "entity": span.label_,
        "start": number.start_char,
        "end": number.end_char,
        "value": values[span.label_](),
        "extractor": "ShopEntityExtractor",
    }
