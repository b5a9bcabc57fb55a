"""Payment cards: the networks' prefixes and lengths, and the check digit (Luhn)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shop.adapters.redaction.finding import Found, before, in_digits, words
from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal

_RUN = re.compile(r"(?<![\w+])\d(?:[ .,_/*-]{0,3}\d){11,40}(?!\w)")
_NETWORKS = (  # a prefix, and how many digits
    (r"4", (16, 19, 13)),
    (r"5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720", (16,)),
    (r"3[47]", (15,)),
    (r"3(?:0[0-59]|[689])", (14, 16)),
    (r"6(?:011|4[4-9]|5)", (16, 19)),
    (r"35", (16,)),
    (r"1800|2131", (15,)),
    (r"220[0-4]", (16,)),
    (r"62|81|50|5[6-8]|6\d|0604", (16, 19, 18, 17, 15, 14, 13, 12)),
)
_CUE = words(
    r"\b(?:card|visa|master ?card|amex|american express|maestro|discover|debit|credit|karte|carte|tarjeta|cc|pan)\b"
)
_PHONE_CUE = words(r"\b(?:call|phone|tel|ring|text|mobile|cell|reach|whatsapp|sms)\b[^.\n]{0,25}$")
_SHORT = 19  # characters that a full number takes with its spaces
_FOUR_BY_FOUR = re.compile(r"(?<![\w+])\d{4}([ .-])\d{4}\1\d{4}\1\d{4}(?!\w)")


def find_cards(reading: Reading) -> Iterator[Found]:
    """Numbers that a network could have issued; a mistyped one where the words before it say card."""
    text = reading.digits.text
    places = []
    for run in _RUN.finditer(text):
        card = run.span() if _FOUR_BY_FOUR.fullmatch(run[0]) else _card_within(text, run)
        if card and card[1] - card[0] < _SHORT and _is_called_a_phone(text, run.start()):
            continue
        if card is None and _CUE.search(before(text, run.start(), 50)) and sum(map(str.isdigit, run[0])) <= 19:
            card = run.span()
        if card:
            places.append(card)
    for match in _FOUR_BY_FOUR.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in places):
            places.append(match.span())
    yield from in_digits(reading, Personal.CARD, places)


def _is_called_a_phone(text: str, at: int) -> bool:
    lead = before(text, at)
    return bool(_PHONE_CUE.search(lead)) and not _CUE.search(lead)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _card_within(text: str, run: re.Match[str]) -> tuple[int, int] | None:
    """The card in a run of digits that may hold an expiry or an amount beside it."""
    at = [run.start() + offset for offset, character in enumerate(run[0]) if character.isdigit()]
    digits = "".join(text[place] for place in at)
    begins = [i for i in range(len(at)) if i == 0 or at[i] > at[i - 1] + 1]
    ends = {i + 1 for i in range(len(at)) if i + 1 == len(at) or at[i + 1] > at[i] + 1}
    if any(re.match(prefix, digits) and len(digits) in lengths for prefix, lengths in _NETWORKS) and passes_luhn(
        digits
    ):
        return run.span()
    for first in begins:
        for prefix, lengths in _NETWORKS:
            if not re.match(prefix, digits[first:]):
                continue
            for length in lengths:
                if first + length in ends and passes_luhn(digits[first : first + length]):
                    return at[first], at[first + length - 1] + 1
    return None
