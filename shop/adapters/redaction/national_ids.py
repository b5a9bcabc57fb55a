"""Numbers that a state gives a person: by their own shape and check digits, or by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shop.adapters.redaction.finding import Found, in_digits, words
from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal

_SHAPES = [
    r"(?!000|9\d\d|666)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}",  # US social security
    r"9\d{2}-[5-9]\d-\d{4}",  # US taxpayer
    r"(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]) ?\d{2} ?\d{2} ?\d{2} ?[A-D]",  # UK national insurance
    r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]",  # Italian tax code
    r"\d{3}\.\d{3}\.\d{3}-\d{2}",  # Brazilian CPF
    r"\d{6}[-+A]\d{3}[0-9A-Y]",  # Finnish
    r"(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[-+]\d{4}",  # Swedish
    r"(?:[0-2]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-\d{4}",  # Danish
    r"[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}",  # French
    r"[A-Z]{5}\d{4}[A-Z]",  # Indian PAN
]
_SHAPE = re.compile(rf"(?<![\w.,/#-])(?:{'|'.join(_SHAPES)})(?![\w-])", re.IGNORECASE)
_SPANISH = re.compile(r"(?<![\w-])(?:[XYZ]-?\d{7}|\d{8})-?[A-Z](?![\w-])", re.IGNORECASE)
_SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_CALLED = words(
    r"\b(?:ssn|social(?: security)?(?: number)?|social insurance|sin|national (?:id|identity|insurance)|ni(?:no)?|"
    r"n\.i\.|tax(?:payer)?|tin|"
    r"itin|ein|vat|passport|reisepass|pasaporte|passeport|driv(?:er'?s?|ing) licen[cs]e|licen[cs]e|id ?card|"
    r"identity(?: card)?|id|ident|personalausweis|"
    r"ausweis(?:nummer)?|steuer-?id|steuernummer|dni|nie|nif|nino|codice fiscale|bsn|pesel|cpf|cnp|aadhaar|aadhar|"
    r"pan(?: card)?|personnummer|"
    r"cpr|curp|rfc|nhs|medicare|insurance|national|svnr)\b"
    r"(?: (?:number|nr|no|id|card|num|code|#|security)){0,3}\.?(?: ?#)?(?:\s*(?:is|was|:|=|ist|it's|its|->|,|as|to|"
    r"has)){0,2}\s*"
    r"(?P<id>(?=(?:[A-Z. -]{0,8}\d){4})[A-Z0-9]{1,3}(?:[ .\n/-]?[A-Z0-9]){4,20})(?!\w)"
)
_ZIP = re.compile(r"\d{5}(?:-\d{4})?")
_OTHER_ID = words(
    r"\b(?:order|product|customer|user|tracking|item|transaction|session|apple|account|client|payment|return|ticket|"
    r"case) ?-?$"
)


def find_national_ids(reading: Reading) -> Iterator[Found]:
    """Social security, tax, identity, passport and licence numbers."""
    text = reading.digits.text
    places = [match.span() for match in _SHAPE.finditer(text)]
    places += [match.span() for match in _SPANISH.finditer(text) if _spanish_letter_fits(match[0])]
    for match in _CALLED.finditer(text):
        number = _only_number(match["id"])
        if _ZIP.fullmatch(number) and text[: match.start()].endswith(", "):
            continue  # a postcode, in Idaho or Sinaloa
        if sum(map(str.isdigit, number)) >= 4 and not _OTHER_ID.search(text[: match.start()][-16:]):
            places.append((match.start("id"), match.start("id") + len(number)))
    yield from in_digits(reading, Personal.NATIONAL_ID, places)


def _only_number(called: str) -> str:
    """The number without the words that follow it: of `12345678 and my` the first part."""
    parts = re.split(r"([ \n])", called)
    kept: list[str] = []
    for part in parts:
        if (
            part.isalpha()
            and (len(part) > 2 or (part.islower() and (len(part) == 2 or part in "ia")))
            and kept
            and any(map(str.isdigit, "".join(kept)))
        ):
            break
        kept.append(part)
    return "".join(kept).rstrip(" .\n/-")


def _spanish_letter_fits(number: str) -> bool:
    plain = number.upper().replace("-", "")
    digits = plain[:-1].translate(str.maketrans("XYZ", "012"))
    return _SPANISH_LETTERS[int(digits) % 23] == plain[-1]
