"""Dates and money as the shopper's language writes them. The sentences around them are in data/."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from shop.money import Money
from shop.turns import current_turn

_DAY = {"en": "EEEE, d MMMM"}


def language() -> str:
    """The language of the conversation whose turn this is."""
    turn = current_turn.get()
    return turn.language if turn else "en"


def day(value: date | None) -> str:
    """A day in words, as in `Tuesday, 24 November`."""
    if value is None:
        return ""
    locale = _locale()
    return format_date(value, _DAY.get(locale.language, "full"), locale=locale)


def money(value: Money) -> str:
    """An amount with its currency, as in `€59.90`."""
    return format_currency(value.amount, value.currency, locale=_locale())


def listed(names: Sequence[str]) -> str:
    """Names in a row, as in `white, sage and clay`."""
    return format_list(names, locale=_locale())


def number(value: Decimal) -> str:
    """A number with at most one decimal."""
    return format_decimal(value, format="0.#", locale=_locale())


def country(code: str) -> str:
    """A country's name, as in `Germany` for `DE`."""
    return str(_locale().territories.get(code, code))


def _locale() -> Locale:
    try:
        return Locale.parse(language(), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
