"""What a single field of a shop file may hold."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StrictInt


def _storable(text: str) -> str:
    """Text that every database can keep: no lone surrogates, no control characters but a new line."""
    if any(unicodedata.category(character) in {"Cc", "Cs"} and character != "\n" for character in text):
        raise ValueError("has a character in it that can't be kept")
    return text


def _printable(text: str) -> str:
    """What somebody may type to be found by it."""
    if not text.isprintable():
        raise ValueError("has a character in it that can't be seen")
    return text


def _written(value: object) -> object:
    """Times and days are text: a bare number could be seconds, milliseconds or a year."""
    if not isinstance(value, str):
        raise ValueError("is not text such as 2026-05-01 or 2026-05-01T09:30:00Z")
    return value


def _amount(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("is not an amount such as 49.90")
    return value


def _low_to_high(span: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    if span[0] > span[1]:
        raise ValueError("goes from high to low")
    return span


Id = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_storable)]
Name = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_storable)]
Text = Annotated[str, Field(max_length=500), AfterValidator(_storable)]
LongText = Annotated[str, Field(max_length=10_000), AfterValidator(_storable)]
Link = Annotated[str, Field(max_length=2_000, pattern=r"^(https?://\S+)?$"), AfterValidator(_storable)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$"), AfterValidator(_printable)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Language = Annotated[str, Field(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")]
Amount = Annotated[Decimal, BeforeValidator(_amount), Field(ge=0, max_digits=14, decimal_places=3)]
Pieces = Annotated[StrictInt, Field(ge=1, le=1_000_000)]
Count = Annotated[StrictInt, Field(ge=0, le=1_000_000_000)]
Time = Annotated[AwareDatetime, BeforeValidator(_written)]
Day = Annotated[date, BeforeValidator(_written)]
Audience = Literal["women", "men", "kids", "unisex"]
Measurement = Literal["chest", "waist", "hips", "inseam", "neck", "height", "foot_length", "head", "hand"]
Centimetres = Annotated[Decimal, BeforeValidator(_amount), Field(gt=0, le=300, decimal_places=2)]
Span = Annotated[tuple[Centimetres, Centimetres], AfterValidator(_low_to_high)]
