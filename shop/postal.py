"""Postal addresses as carriers need them: what each part may hold, and postcodes by country."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict

from shop.customers import Address
from shop.errors import NotAllowed

_LONGEST = 60
_NEEDED = {"name", "line1", "city"}
_NEED_A_REGION = {"AU", "CA", "US"}
_COUNTRY = re.compile(r"[A-Z]{2}")

# 9 stands for any digit, A for any letter, and ? for either; everything else for itself.
_POSTCODES = {
    "AT": "9999", "AU": "9999", "BE": "9999", "BG": "9999", "CA": "A9A 9A9", "CH": "9999", "CY": "9999", "CZ": "999 99",
    "DE": "99999", "DK": "9999", "EE": "99999", "ES": "99999", "FI": "99999", "FR": "99999", "GR": "999 99",
    "HR": "99999", "HU": "9999", "IE": "A9? ????", "IT": "99999", "JP": "999-9999", "LT": "99999", "LU": "9999",
    "LV": "9999", "MX": "99999", "NL": "9999 AA", "NO": "9999", "NZ": "9999", "PL": "99-999", "PT": "9999-999",
    "RO": "999999", "SE": "999 99", "SI": "9999", "SK": "999 99",
}  # fmt: skip
_OF_SEVERAL_LENGTHS = {
    "GB": re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", re.ASCII),
    "US": re.compile(r"(\d{5})(\d{4})?", re.ASCII),
}
_BETWEEN = {"GB": " ", "US": "-"}
_CLASSES = {"9": r"\d", "A": "[A-Z]", "?": r"[A-Z\d]"}
_ANYWHERE = re.compile(r"[A-Z\d]{0,10}", re.ASCII)


def tidy_address(address: Address) -> Address:
    """The address as it goes on a parcel.

    Raises `NotAllowed` for the first part that can't be right: its name with `_missing`, `_too_long` or `_wrong`, such
    as `postcode_wrong`.
    """
    country = tidy_part("country", address.country)
    return Address(**{part: tidy_part(part, text, country) for part, text in asdict(address).items()})


def tidy_part(part: str, text: str, country: str = "") -> str:
    """One field of an `Address`, without needless blanks. Raises `NotAllowed` as `tidy_address` does."""
    tidied = " ".join(unicodedata.normalize("NFC", text).split())
    if part == "country":
        return _country(tidied)
    if part == "postcode":
        return _postcode(tidied, country)
    if not tidied and (part in _NEEDED or (part == "region" and country in _NEED_A_REGION)):
        raise NotAllowed(f"{part}_missing")
    if len(tidied) > _LONGEST:
        raise NotAllowed(f"{part}_too_long")
    if tidied and not (tidied.isprintable() and any(character.isalnum() for character in tidied)):
        raise NotAllowed(f"{part}_wrong")
    if part in {"name", "city"} and not any(character.isalpha() for character in tidied):
        raise NotAllowed(f"{part}_wrong")
    return tidied


def _country(text: str) -> str:
    if not text:
        raise NotAllowed("country_missing")
    if not _COUNTRY.fullmatch(text.upper()):
        raise NotAllowed("country_wrong")
    return text.upper()


def _postcode(text: str, country: str) -> str:
    """As the country writes it: `ls14dy` is LS1 4DY, `D-28195` is 28195. Where we know no form, most go."""
    bare = re.sub(r"[\s.-]", "", unicodedata.normalize("NFKC", text).upper())
    known = country in _POSTCODES or country in _OF_SEVERAL_LENGTHS
    if known and not bare:
        raise NotAllowed("postcode_missing")
    for code in (bare, bare.removeprefix(country), bare.removeprefix(country[:1])):
        written = _as_written(code, country) if known else text.upper() if _ANYWHERE.fullmatch(code) else None
        if written is not None:
            return written
    raise NotAllowed("postcode_wrong")


def _as_written(bare: str, country: str) -> str | None:
    if country in _OF_SEVERAL_LENGTHS:
        parts = _OF_SEVERAL_LENGTHS[country].fullmatch(bare)
        return _BETWEEN[country].join(part for part in parts.groups() if part) if parts else None
    form = _POSTCODES[country]
    pattern = "".join(f"({_CLASSES[sign]})" for sign in form if sign in _CLASSES)
    if not re.fullmatch(pattern, bare, re.ASCII):
        return None
    signs = iter(bare)
    return "".join(next(signs) if sign in _CLASSES else sign for sign in form)
