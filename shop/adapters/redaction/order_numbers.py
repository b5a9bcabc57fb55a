"""This shop's order numbers: `SH-10234`, `#1001`, `W1234567`, and whatever is called an order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shop.adapters.redaction.finding import Found, before, in_digits, words
from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal

_OURS = re.compile(
    r"(?<![\w-])#? ?(?:S ?H ?[-_–. ]? ?\d(?: ?\d){3,9}|W ?[-_]? ?\d(?: ?\d){5,9})(?![\w-])", re.IGNORECASE
)
_HASH = re.compile(r"(?<![\w#&])# ?[A-Za-z]{0,4} ?-? ?\d(?:\d{2,9}|(?: \d){2,9})(?![\w-])")
_LETTERED = re.compile(r"(?<![\w-])[A-Z]{2,4}-\d{5,10}(?:-\d{1,3})?(?![\w-])")
_CALLED = words(
    r"\b(?:orders?|ordr|oder|bestellung|bestellnummer|commande|pedido|ordine|order-? ?id|purchase)"
    r"(?:[ ]{0,2}(?:number|nummer|numbers|no|nr|num|nbr|id|ref|reference|code|is|was|are|it's|its|and|or|called|has|"
    r"the|with|:|=|#|\.|,|-)){0,5}"
    r"[ ]{0,2}(?P<number>(?:[a-z]{1,4}-?|(?:sh|w|no) -? ?)?\d(?:[\d-]{2,14}|(?: \d){2,11}))(?![\w.,:/]\d|\w|%|€|\$)"
    r"(?! ?(?:eur|usd|gbp|euro|dollar|pound|pieces|pcs|pairs|units|items|shirts|days?|hours|minutes|weeks|cm|mm|kg|"
    r"points|€|\$|£|x\b))"
)
_NUMBER_OF = words(
    r"\b(?:number|no\.?|nr\.?) (?P<number>[a-z]{0,4}-?\d{4,10})(?![\w-])(?= (?:hasn't|hasnt|has not|didn't|didnt|"
    r"is late|never|arrived|shipped))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_COLOUR = words(r"\b(?:colou?r|hex|shade|farbe)[^.\n]{0,12}$")
_MODEL = words(r"\b(?:model|style|article|art|item|sku|product|size|top|rank|ranked)[^.\n]{0,6}$")


def find_order_numbers(reading: Reading) -> Iterator[Found]:
    """Order numbers; years, colours (`#334455`), prices and articles are none."""
    text = reading.digits.text
    places = [m.span() for m in _OURS.finditer(text)]
    places += [m.span() for m in _HASH.finditer(text) if not _COLOUR.search(before(text, m.start()))]
    places += [m.span() for m in _LETTERED.finditer(text) if not _MODEL.search(before(text, m.start()))]
    places += [m.span("number") for m in _CALLED.finditer(text) if not _YEAR.fullmatch(m["number"])]
    places += [m.span("number") for m in _NUMBER_OF.finditer(text)]
    yield from in_digits(reading, Personal.ORDER_NUMBER, places)
