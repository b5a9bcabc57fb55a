"""Bank accounts: IBANs by their country's length and check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shop.adapters.redaction.finding import Found, before, in_digits, words
from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal

_LENGTHS = {
    code: length
    for length, codes in {
        15: "NO", 16: "BE BI", 18: "DK FI FO GL NL SD FK", 19: "MK SI", 20: "AT BA EE KZ LT LU XK",
        21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR", 27: "BJ FR GR IT MC MR SM DJ",
        28: "AL AZ BY CY DO GT HU LB NI PL SV EG", 29: "BR PS QA UA", 30: "JO KW MU", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for code in codes.split()
}  # fmt: skip
_START = re.compile(r"(?<![A-Za-z0-9])([A-Za-z])[ ]?([A-Za-z])[ .-]?\d[ .-]?\d")
_GROUPED = re.compile(
    r"[A-Za-z] ?[A-Za-z](?:[ .-]?\d){2}[ .-]?(?:[A-Za-z]{4}[ .-])?(?:[ .-]?(?=[A-Za-z]*\d)[A-Za-z\d]+)*"
    r"(?:[ .-]?[A-Za-z]{1,3})?"
)
_CUE = words(r"\b(?:iban|bank account|account (?:number|no)|konto|kontonummer|bankverbindung|sort code)\b")
_ACCOUNT = re.compile(
    r"(?<![\w+])(?:[A-Za-z]{2}\d{2}(?:[ -]?(?=[A-Za-z]*\d|[A-Za-z]{4}\b)[A-Za-z\d]{2,4}){3,8}|"
    r"[A-Za-z]{2}\d{2}[A-Za-z\d]{8,30}|\d(?:[ .-]?\d){5,20})(?!\w)"
)
_ANY = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[A-Za-z\d]{11,30}|(?: [A-Za-z\d]{4}){2,7}(?: [A-Za-z\d]{1,3})?)(?![A-Za-z0-9])"
)


def find_ibans(reading: Reading) -> Iterator[Found]:
    """IBANs, also of a length that no country has; after a word for an account, whatever the check digits say."""
    text = reading.digits.text
    places = []
    for start in _START.finditer(text):
        end = _end(text, start.start())
        if end and _GROUPED.fullmatch(text, start.start(), end):
            places.append((start.start(), end))
    for match in _ANY.finditer(text):
        if _remainder("".join(match[0].split()).upper()) == 1:
            places.append(match.span())
    for match in _ACCOUNT.finditer(text):
        if _CUE.search(before(text, match.start(), 35)):
            places.append(match.span())
    yield from in_digits(reading, Personal.IBAN, places)


def checks_out(iban: str) -> bool:
    """Whether a plain, upper-case IBAN has its country's length and the right check digits (ISO 7064)."""
    if len(iban) != _LENGTHS.get(iban[:2], 0):
        return False
    return _remainder(iban) == 1


def _remainder(iban: str) -> int:
    return int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4])) % 97


def _end(text: str, start: int) -> int | None:
    """Where the IBAN ends that starts here, spaces, dots and dashes left aside."""
    found: list[str] = []
    for at in range(start, len(text)):
        if text[at].isascii() and text[at].isalnum():
            found.append(text[at].upper())
            if len(found) == _LENGTHS.get("".join(found[:2]), 0) and checks_out("".join(found)):
                return at + 1
        elif text[at] not in " .-":
            break
        if len(found) > 34:
            break
    return None
