"""Days of birth: a date where the words before it say so. Other dates tell nothing of a person."""

from __future__ import annotations

from collections.abc import Iterator

from shop.adapters.redaction.finding import Found, in_digits, words
from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal

_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|"
    r"sept?(?:ember)?|"
    r"o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?"
)
_DATE = (
    r"(?:\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:\d{4}|\d{2})|(?:19|20)\d\d ?[./-] ?\d{1,2} ?[./-] ?\d{1,2}|"
    r"\d{1,2} \d{1,2} (?:19|20)\d\d|(?:19|20)\d{6}|\d{8}|"
    rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th|\.)?,? (?:of )?{_MONTH}(?:,? ?(?:(?:19|20)\d\d|'?\d\d))?|"
    rf"{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?:,? ?(?:19|20)\d\d)?|"
    rf"{_MONTH} (?:19|20)\d\d|(?:19|20)\d\d|\d{{1,2}}[-/ ]{_MONTH}[-/ ](?:\d{{4}}|\d{{2}}))"
)
_BORN = words(
    r"\b(?:d\.? ?o\.? ?b\.?|date of birth|birth ?-?date|birth ?-?days?|bday|b-day|born|né|née|geboren|geburtsdatum|"
    r"geb\.|nacido|fecha de nacimiento|birth)"
    r"(?:\s*(?:is|was|:|=|on|in|the|it's|its|am|,|-|->|\(|for the record|i was|of)){0,3}\s*(?P<date>"
    + _DATE
    + r")(?![\w/-])"
)
_BORN_AFTER = words(
    r"(?<![\w/.-])(?P<date>"
    + _DATE
    + r")(?: |,|\)|\()+(?:is|that's|was|being)? ?(?:my|her|his|our)? ?(?:birth ?day|date of birth|dob|bday|birthdate)\b"
)


def find_birth_dates(reading: Reading) -> Iterator[Found]:
    """Dates that are called a birthday."""
    text = reading.digits.text
    places = [m.span("date") for pattern in (_BORN, _BORN_AFTER) for m in pattern.finditer(text)]
    yield from in_digits(reading, Personal.BIRTH_DATE, places)
