"""Phone numbers of all countries, by how they are written, by the words around them, and by their national plans."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from shop.adapters.redaction.finding import Found, after, before, in_digits, words
from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal

_RUN = re.compile(
    r"(?<![\w.,$€£#@+/-])(?<![$€£#] )(?:\(?\+ ?|00 ?)?\(?\d(?:[ ()./-]{0,3}\d){5,17}(?:\s?(?:x|ext\.?|"
    r"extension)\s?\d{1,6})?(?![\w%€$£])",
    re.IGNORECASE,
)
_CUE = words(
    r"\b(?:phone|telephone|tel|call|cell|cellphone|mobile|mob|ring|whats ?app|wa|signal|sms|text|txt|dial|fax|handy|"
    r"handynummer|telefon|telefono|teléfono|móvil|portable|contact|reach|number|numbers|num|nr|ph|viber|telegram|t|m)\b"
    r"(?:[^\d\n]{0,28}|[^.!?\n]{0,30} (?:to|not|or|and|now|is) )$"
)
_OTHER_NUMBER = words(
    r"(?<![\w.@-])(?:order|orders|tracking|parcel|package|card|account|invoice|reference|ref|sku|article|item|"
    r"product|ticket|case|"
    r"serial|model|batch|customer|member|return|returns|receipt|gift|voucher|isbn|ean|barcode|upc|postcode|zip|"
    r"ssn|passport|tax|id|insurance|code|shipment|rma|iban|pesel|cpf|bsn)\b[^.!?\n]{0,20}$"
)
_AFTER = re.compile(
    r"[ ,.)-]*(?:is|that's|=)?\s*(?:my|the|his|her|our)?\s*(?:new )?(?:phone|mobile|cell|tel|number)\b|\s*\((?:phone|"
    r"mobile|cell|work|home)\)"
)
_DATE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})(?:[ ,T]+\d.*)?")
_POSTCODE = re.compile(r"\d{5}-\d{3,4}|\d{2}-\d{3}|\d{4}-\d{3}")
_YEARS = re.compile(r"(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d")
_PRICE = re.compile(r"\d{1,3}(?:[.,]\d{3})*[.,]\d{2}|\d{1,3}(?:[.,]\d{3})+")
_UNIT = re.compile(
    r"\s*(?:€|\$|£|eur|usd|gbp|euro|dollar|pound|cm|mm|inch|kg|pcs|pieces|items|units|points)", re.IGNORECASE
)
_NORTH_AMERICAN = re.compile(r"(?:1[ .-]?)?(?:\(\d{3}\)[ .-]{0,2}|\d{3}[ ./-])\d{3}[ .-]\d{4}")
_LOCAL = re.compile(r"\d{3}[- ]\d{4}|\d{3}[- ]\d{2}[- ]\d{2}")
_PARENTHESES = re.compile(r"\(0?\d{1,5}\)[ .-]?\d[\d .-]{4,}\d")
_REGIONS = (
    *("US", "GB", "DE", "FR", "ES", "IT", "NL", "PL", "PT", "DK", "NO", "SE", "FI", "CH", "BR"),
    *("MX", "IN", "AU", "TR", "CZ", "GR", "HU", "RO", "ID", "JP", "CN", "ZA", "NG", "AR", "CO"),
)
_MOBILE_REGIONS = ("US", "IN", "ES", "PL", "PT", "IT", "BR", "CN", "MX")


def find_phones(reading: Reading) -> Iterator[Found]:
    """Phone numbers. An order's, a parcel's or an article's number is none, nor is a date, a price or a size."""
    text = reading.digits.text
    yield from in_digits(
        reading, Personal.PHONE, (m.span() for m in _RUN.finditer(text) if _is_phone(text, m) or _is_spoken(reading, m))
    )


def _is_spoken(reading: Reading, run: re.Match[str]) -> bool:
    """Whether at least seven digits are written in words, and nothing says what else they are."""
    start, end = reading.digits.place(*run.span())
    digits = sum(map(str.isdigit, run[0]))
    words_for_digits = sum(map(str.isalpha, reading.text[start:end])) > digits
    return words_for_digits and 7 <= digits <= 15 and not _OTHER_NUMBER.search(before(run.string, run.start(), 45))


def _is_phone(text: str, run: re.Match[str]) -> bool:
    number = run[0]
    digits = re.sub(r"\D", "", re.split(r"[xe]", number, maxsplit=1, flags=re.IGNORECASE)[0])
    if (
        _POSTCODE.fullmatch(number)
        or _DATE.fullmatch(number)
        or _YEARS.fullmatch(number)
        or _PRICE.fullmatch(number)
        or _UNIT.match(text, run.end())
    ):
        return False
    if 8 <= len(digits) <= 15 and _stands_alone(text, run):
        return True
    if number.lstrip("(").startswith("+"):
        return 7 <= len(digits) <= 16
    lead = before(text, run.start(), 45)
    called_otherwise = bool(_OTHER_NUMBER.search(lead))
    if not called_otherwise and (_CUE.search(lead) or _AFTER.match(after(text, run.end()))):
        return len(digits) <= 16 and not _parts_are_small(number)
    if called_otherwise:
        return False
    return _looks_like_one(number, digits)


def _stands_alone(text: str, run: re.Match[str]) -> bool:
    """A line of its own, or the last thing after a comma, as people list their details."""
    last = not text[run.end() :].partition("\n")[0].strip(" .")
    line = text[: run.start()].rpartition("\n")[2].strip()
    return last and (not line or (line.endswith((",", ";")) and not _OTHER_NUMBER.search(line.lower())))


def _looks_like_one(number: str, digits: str) -> bool:
    if digits.startswith("00"):
        return 9 <= len(digits) <= 17
    if digits.startswith("0") and 9 <= len(digits) <= 12:
        return True
    if _NORTH_AMERICAN.match(number) or _PARENTHESES.match(number) or re.search(r"x|ext", number, re.IGNORECASE):
        return len(digits) <= 16
    if _LOCAL.fullmatch(number):
        return True
    grouped = len(re.findall(r"\d+", number)) > 1
    if "," in number or not 8 <= len(digits) <= 13 or _parts_are_small(number):
        return False
    return _in_a_plan(digits, _REGIONS if grouped else _MOBILE_REGIONS)


def _parts_are_small(number: str) -> bool:
    """Sizes and amounts in a row (`90 60 90`, `36, 38, 40`), not groups of one number."""
    return bool(re.fullmatch(r"\d{1,2}(?:\s*[,/]\s*\d{1,2}){2,}", number))


def _in_a_plan(digits: str, regions: tuple[str, ...]) -> bool:
    for number, region in (*((digits, region) for region in regions), (f"+{digits}", None)):
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(number, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False
