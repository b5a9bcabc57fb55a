"""Personal data in what people write: found, replaced by placeholders, and put back into the answer.

Nothing that leaves for a language model, a log or a trace may hold what is found here. Where a thing stands is said by
the original text's positions (Python's: code points, the end not included).

| type | what it is |
|---|---|
| `EMAIL`, `PHONE` | of any country, also spelled out or spaced |
| `CARD`, `IBAN` | a payment card, a bank account |
| `ORDER_NUMBER` | of this shop: `SH-10234`, `#1001`, `W1234567`, and what is called an order |
| `ADDRESS` | a street address, a PO box, with its town and postcode where they stand beside it |
| `NAME`, `BIRTH_DATE` | of a person |
| `PASSWORD`, `CODE` | what opens an account: passwords; one-time codes, PINs and the digits on the back of a card |
| `NATIONAL_ID` | social security, tax, identity card, passport and driving licence numbers |
| `IP`, `URL` | an address of a device; a link that carries a token, an account or a person |
| `USERNAME` | of an account, here or elsewhere |
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn, Protocol


class Personal(StrEnum):
    """A type of personal data."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    CARD = "CARD"
    IBAN = "IBAN"
    ORDER_NUMBER = "ORDER_NUMBER"
    ADDRESS = "ADDRESS"
    NAME = "NAME"
    BIRTH_DATE = "BIRTH_DATE"
    PASSWORD = "PASSWORD"  # noqa: S105 - the name of a type
    CODE = "CODE"
    NATIONAL_ID = "NATIONAL_ID"
    IP = "IP"
    URL = "URL"
    USERNAME = "USERNAME"


@dataclass(frozen=True, order=True)
class Entity:
    """One thing found, by its place in the original text."""

    start: int
    end: int
    type: Personal


@dataclass(frozen=True)
class Redacted:
    """A text without its personal data, and where in the original they stood, in order and without overlap."""

    text: str
    entities: tuple[Entity, ...]


class Redactor(Protocol):
    """Finds personal data in one text. Never raises for what somebody wrote."""

    def redact(self, text: str) -> Redacted:
        """The text with placeholders that count from 1 in it."""


class Placeholders:
    """Which placeholder stands for what, in one conversation: the same value always has the same one.

    It lives in memory only, apart from the text: it can't be printed, copied into a log or pickled.
    """

    _SEEN = re.compile(r"<([A-Z_]+_\d+)>", re.IGNORECASE)

    def __init__(self) -> None:
        self._by_value: dict[tuple[str, str], str] = {}
        self._originals: dict[str, str] = {}

    def put(self, text: str, entities: Iterable[Entity]) -> str:
        """The text with each entity replaced. What the writer typed to look like a placeholder becomes one too."""
        parts, done = [], 0
        for entity in sorted(entities):
            parts += [self._typed(text[done : entity.start]), self._of(entity.type, text[entity.start : entity.end])]
            done = entity.end
        return "".join([*parts, self._typed(text[done:])])

    def restore(self, answer: str) -> str:
        """The answer with each known placeholder put back as it was first written; others are left as they are."""
        return self._SEEN.sub(lambda seen: self._originals.get(seen[1].upper(), seen[0]), answer)

    def _typed(self, text: str) -> str:
        return self._SEEN.sub(lambda seen: self._of("TEXT", seen[0]), text)

    def _of(self, kind: str, value: str) -> str:
        key = (kind, _same(value) or value)
        if key not in self._by_value:
            number = sum(known == kind for known, _ in self._by_value) + 1
            self._by_value[key] = f"{kind}_{number}"
            self._originals[f"{kind}_{number}"] = value
        return f"<{self._by_value[key]}>"

    def __repr__(self) -> str:
        return f"<Placeholders: {len(self._originals)}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("Placeholders are never stored.")


def redact_together(redactor: Redactor, messages: Sequence[str], placeholders: Placeholders) -> tuple[Redacted, ...]:
    """The latest messages of one person, oldest first, read as one: what is split over several is gone from each.

    A number's digits may come in two messages, or "my password is" in one and the password in the next.
    """
    found = [list(redactor.redact(message).entities) for message in messages]
    joined = redactor.redact(" ".join(messages)).entities
    begins = 0
    for message, own in zip(messages, found, strict=True):
        ends = begins + len(message)
        shifted = ((max(e.start, begins) - begins, min(e.end, ends) - begins, e.type) for e in joined)
        own += [Entity(*parts) for parts in shifted if parts[0] < parts[1]]
        begins = ends + 1
    merged = [without_overlap(own) for own in found]
    return tuple(Redacted(placeholders.put(m, own), own) for m, own in zip(messages, merged, strict=True))


def without_overlap(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Of what overlaps, one entity over the whole stretch, with the type of its longest part."""
    merged: list[tuple[int, Entity]] = []
    for entity in sorted(entities):
        length = entity.end - entity.start
        if merged and entity.start < merged[-1][1].end:
            longest, last = merged.pop()
            kind = last.type if longest >= length else entity.type
            entity = Entity(last.start, max(last.end, entity.end), kind)  # noqa: PLW2901 - it has grown
            length = max(length, longest)
        merged.append((length, entity))
    return tuple(entity for _, entity in merged)


def _same(value: str) -> str:
    """What is left where spaces, dots, case and full-width forms make no difference."""
    plain = unicodedata.normalize("NFKC", value).casefold()
    return "".join(character for character in plain if character.isalnum())
