"""A finder as presidio asks for it, and the parser that all of them share."""

from __future__ import annotations

from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine
from spacy.language import Language

from shop.adapters.redaction.finding import Finder
from shop.adapters.redaction.reading import Reading

_SURE = 1.0


class FinderRecogniser(EntityRecognizer):
    """Presidio wants its own class; this one only passes on."""

    def __init__(self, finder: Finder, name: str, types: list[str]) -> None:
        self._finder = finder
        super().__init__(supported_entities=types, name=name, supported_language="en")

    def load(self) -> None:
        """Nothing: a finder is ready when it is made."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        """What the finder finds, in presidio's words."""
        reading: Reading = nlp_artifacts.tokens.user_data["reading"]
        return [RecognizerResult(str(found.type), found.start, found.end, _SURE) for found in self._finder(reading)]


class OneParser(SpacyNlpEngine):
    """Parses each text once, and keeps the plain reading of it for the finders."""

    def __init__(self, language: Language) -> None:
        super().__init__(models=[{"lang_code": "en", "model_name": language.meta["name"]}])
        self._language = language
        self.nlp = {"en": language}  # type: ignore[assignment] # presidio starts with None

    def load(self) -> None:
        """Nothing: the model came with the constructor, and nothing is ever downloaded."""

    def process_text(self, text: str, language: str) -> Any:
        """The parsed text with its `Reading`."""
        doc = self._language(text)
        doc.user_data["reading"] = Reading.of(text, ((e.label_, e.start_char, e.end_char) for e in doc.ents))
        return self._doc_to_nlp_artifact(doc, language)
