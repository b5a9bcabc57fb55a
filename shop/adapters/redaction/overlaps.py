"""Which of several things found in the same place counts."""

from __future__ import annotations

from collections.abc import Iterable

from shop.adapters.redaction.finding import Found
from shop.privacy import Personal

_SUREST_FIRST = (
    Personal.URL,
    Personal.EMAIL,
    Personal.IBAN,
    Personal.CARD,
    Personal.BIRTH_DATE,
    Personal.NATIONAL_ID,
    Personal.PASSWORD,
    Personal.CODE,
    Personal.ORDER_NUMBER,
    Personal.IP,
    Personal.PHONE,
    Personal.USERNAME,
    Personal.ADDRESS,
    Personal.NAME,
)
_RANK = {kind: rank for rank, kind in enumerate(_SUREST_FIRST)}


def settled(found: Iterable[Found], text: str) -> list[Found]:
    """The surest and longest first; of the others what they leave, where that holds more than a letter or two."""
    kept: list[Found] = []
    for one in sorted(_joined(found), key=lambda f: (_RANK[f.type], f.start - f.end)):
        kept += [_trimmed(part, text) for part in _left(one, kept) if _says_something(part, text)]
    return sorted(kept, key=lambda f: f.start)


def _joined(found: Iterable[Found]) -> list[Found]:
    """What overlaps of one type is one thing."""
    joined: list[Found] = []
    for one in sorted(set(found), key=lambda f: (f.type, f.start)):
        last = joined[-1] if joined else None
        if last and last.type == one.type and one.start < last.end:
            joined[-1] = Found(one.type, last.start, max(last.end, one.end))
        else:
            joined.append(one)
    return joined


def _left(one: Found, kept: list[Found]) -> list[Found]:
    parts = [one]
    for other in kept:
        parts = [piece for part in parts for piece in _without(part, other)]
    if len(parts) != 1 and one.type is not Personal.ADDRESS:
        return []
    return parts if one.type in {Personal.ADDRESS, Personal.NAME} or parts == [one] else []


def _without(part: Found, other: Found) -> list[Found]:
    if other.end <= part.start or part.end <= other.start:
        return [part]
    sides = [(part.start, other.start), (other.end, part.end)]
    return [Found(part.type, start, end) for start, end in sides if start < end]


def _trimmed(part: Found, text: str) -> Found:
    """Without the spaces and commas at its ends."""
    start, end = part.start, part.end
    while start < end and text[start] in " ,;\n":
        start += 1
    while start < end and text[end - 1] in " ,;\n":
        end -= 1
    return Found(part.type, start, end)


def _says_something(part: Found, text: str) -> bool:
    rest = text[part.start : part.end]
    if part.type is Personal.ADDRESS:
        return sum(map(str.isalnum, rest)) > 3 and (len(rest.split()) > 1 or any(map(str.isdigit, rest)))
    return any(map(str.isalnum, rest))
