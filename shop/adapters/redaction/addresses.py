"""Street addresses of many countries: by street words, by postcode and town, by the words before them, and PO boxes.

A core (a street with a number, a box, a postcode with its state) is found first; flat, postcode, town, region and
country that stand beside it are then taken with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shop.adapters.redaction.address_cores import CALLED_POSTCODE, CORES, OTHER_SCRIPT, TOWN
from shop.adapters.redaction.address_cues import CHUNK_ENDS, HOUSE, LIKELY_CUE, STREET_ALONE, SURE_CUE
from shop.adapters.redaction.address_names import without_names
from shop.adapters.redaction.address_parts import ANY_CASE, NOT_SAID
from shop.adapters.redaction.address_tails import LEAD, NEXT_WORDS, TAILS
from shop.adapters.redaction.finding import Found
from shop.adapters.redaction.name_words import NameWords
from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal

_MOST_PARTS = 10
_FAR_BEFORE = 90  # characters
_LONGEST = 160
_MOST_WORDS = 14
_OTHER_THINGS = re.compile(r"@|€|\$|£|\d[.,]\d\d\b|\d{7}")
_WORD = re.compile(r"[^\W\d_]+")
_AROUND = " ,.;\n-"


class AddressFinder:
    """Finds street addresses; the names tell places and people from streets."""

    def __init__(self, names: NameWords) -> None:
        self._names = names

    def __call__(self, reading: Reading) -> Iterator[Found]:
        text = reading.text
        for start, end in self._cores(text):
            yield self._whole(text, start, end)
        for cue, sure in ((SURE_CUE, True), (LIKELY_CUE, False)):
            for match in cue.finditer(text):
                yield from self._announced(text, match.start("rest"), sure=sure)

    def _cores(self, text: str) -> Iterator[tuple[int, int]]:
        for core in CORES:
            yield from (match.span() for match in core.finditer(text))
        yield from (match.span("code") for match in CALLED_POSTCODE.finditer(text))
        if _is_mostly_latin(text):
            yield from (match.span() for match in OTHER_SCRIPT.finditer(text))
        for match in TOWN.finditer(text):
            known = not re.match(r"\d{4} ", match[0]) and self._names_a_place(match[0])
            if known or LEAD.search(text, 0, match.start()):
                yield match.span()

    def _whole(self, text: str, start: int, end: int) -> Found:
        """The address around a core."""
        for _ in range(_MOST_PARTS):
            longest = max((m.end() for m in (tail.match(text, end) for tail in TAILS) if m), default=end)
            if longest <= end:
                break
            end = longest
        town = NEXT_WORDS.match(text, end)
        if town and self._names_a_place(town[0]):
            end = town.end()
        far = max(0, start - _FAR_BEFORE)
        lead = LEAD.search(text[far:start])
        if lead:
            start = far + lead.start()
        start, end = without_names(text, start, end, self._names)
        return Found(Personal.ADDRESS, start, start + len(text[start:end].rstrip(_AROUND)))

    def _announced(self, text: str, start: int, *, sure: bool) -> Iterator[Found]:
        """What follows words such as "my address is", up to where the sentence goes on."""
        rest = text[start : start + _LONGEST]
        stop = CHUNK_ENDS.search(rest)
        chunk = rest[: stop.start()] if stop else rest
        words = [word for word in _WORD.findall(chunk) if len(word) > 2]
        if not HOUSE.search(chunk) or not 0 < len(words) <= _MOST_WORDS or _OTHER_THINGS.search(chunk):
            return
        if re.match(rf"\s*\d+[ ](?!{NOT_SAID})", chunk, ANY_CASE):
            return  # "deliver it to 2 different people"
        capital = any(word[0].isupper() for word in words)
        if sure or capital or STREET_ALONE.fullmatch(chunk.strip()) or self._names_a_place(chunk):
            begins = start + len(chunk) - len(chunk.lstrip())
            yield self._whole(text, begins, start + len(chunk.rstrip(_AROUND)))

    def _names_a_place(self, phrase: str) -> bool:
        return any(word.lower() in self._names.places for word in _WORD.findall(phrase))


def _is_mostly_latin(text: str) -> bool:
    return sum(map(str.isascii, text)) * 2 > len(text) or len(text) < 120
