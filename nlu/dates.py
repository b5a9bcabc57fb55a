"""Days as shoppers name them: `yesterday`, `last friday`, `3 days ago`, `12 May`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_MONTH_WORDS = [*_MONTHS, *(month[:3] for month in _MONTHS), "sept"]
_DAY_OF_MONTH = {"TEXT": {"REGEX": r"(?i)^\d{1,2}(st|nd|rd|th)?$"}}
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7}

DATE_PATTERNS: list[list[dict[str, Any]]] = [
    [{"LOWER": {"IN": ["today", "yesterday", "tomorrow"]}}],
    [{"LOWER": "last"}, {"LOWER": {"IN": [*_WEEKDAYS, "week"]}}],
    [{"LOWER": "on"}, {"LOWER": {"IN": _WEEKDAYS}}],
    [{"LIKE_NUM": True}, {"LOWER": {"IN": list(_UNITS)}}, {"LOWER": "ago"}],
    [_DAY_OF_MONTH, {"LOWER": {"IN": ["st", "nd", "rd", "th"]}, "OP": "?"}, {"LOWER": {"IN": _MONTH_WORDS}}],
    [{"LOWER": {"IN": _MONTH_WORDS}}, _DAY_OF_MONTH],
    [{"TEXT": {"REGEX": r"^\d{4}-\d{2}-\d{2}$"}}],
]
_NUMBER_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def day_meant(words: str, today: date) -> str:
    """The day in ISO form, or the words themselves where there is no such day. Shoppers speak of the past."""
    meant = _relative(words.lower(), today) or _calendar(words.lower(), today)
    return meant.isoformat() if meant else words


def _relative(words: str, today: date) -> date | None:
    named = {"today": 0, "yesterday": -1, "tomorrow": 1, "last week": -7}
    if words in named:
        return today + timedelta(days=named[words])
    weekday = words.rpartition(" ")[2]
    if weekday in _WEEKDAYS:
        back = (today.weekday() - _WEEKDAYS.index(weekday) - 1) % 7 + 1
        return today - timedelta(days=back)
    ago = re.fullmatch(r"(\w+) (days?|weeks?) ago", words)
    count = _count(ago[1]) if ago else None
    return today - timedelta(days=count * _UNITS[ago[2]]) if ago and count else None


def _count(word: str) -> int | None:
    if word.isdecimal() and len(word) < 4:
        return int(word)
    return _NUMBER_WORDS.index(word) + 1 if word in _NUMBER_WORDS else None


def _calendar(words: str, today: date) -> date | None:
    day = re.search(r"\d+", words)
    month = next((n for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name[:3]}", words)), None)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            return date.fromisoformat(words)
        if day and month:
            this_year = date(today.year, month, int(day[0]))
            return this_year if this_year <= today else this_year.replace(year=today.year - 1)
    except ValueError:  # there is no 31 June
        return None
    return None
