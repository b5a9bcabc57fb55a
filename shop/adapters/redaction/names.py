"""People's names: by the words around them, by known names, and by the language model."""

from __future__ import annotations

from collections.abc import Iterator

from shop.adapters.redaction.finding import Found
from shop.adapters.redaction.name_cues import BRANDS
from shop.adapters.redaction.name_growth import grown, is_of_a_thing, stretches
from shop.adapters.redaction.name_marks import after_cues, alone, by_letters, by_model, in_another_script, pairs
from shop.adapters.redaction.name_tokens import Words
from shop.adapters.redaction.name_words import Kind, NameWords
from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal


class NameFinder:
    """Finds people's names in a text, in any case, of any language."""

    def __init__(self, names: NameWords) -> None:
        self._names = names

    def __call__(self, reading: Reading) -> Iterator[Found]:
        words = Words.of(reading.text, self._names)
        marked = {i for i, word in enumerate(words.all) if word.kind is Kind.FIRST}
        marked |= pairs(words) | alone(words) | in_another_script(words) | after_cues(words) | by_letters(words)
        marked |= by_model(words, reading.entities)
        for brand in BRANDS.finditer(reading.text):
            marked -= set(words.within(*brand.span()))
        for first, last in stretches(words, grown(words, marked)):
            one = words.all[first]
            if first < last or ((len(one.text) > 1 or not one.text.isascii()) and not is_of_a_thing(words, first)):
                yield Found(Personal.NAME, one.start, words.all[last].end)
