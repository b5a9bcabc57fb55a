"""From words that are surely part of a name to the whole name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shop.adapters.redaction.name_tokens import SURE, Word, Words
from shop.adapters.redaction.name_words import Kind
from shop.adapters.redaction.word_lists import listed

_MONTHS = {"may", "june", "april", "august"}
_ARTICLE = re.compile(r"\b(?:the|an?|this|that|your|these|those) $", re.IGNORECASE)


def grown(words: Words, marked: set[int]) -> set[int]:
    """With what stands beside the marked words and belongs to them."""
    result = set(marked)
    for i in sorted(marked):
        _grow(words, result, i, 1)
    for i in sorted(marked, reverse=True):
        _grow(words, result, i, -1)
    return result


def stretches(words: Words, marked: set[int]) -> Iterator[tuple[int, int]]:
    """The first and last word of each name: marked words that stand side by side."""
    run: list[int] = []
    for i in sorted(marked):
        if run and not (i == run[-1] + 1 and words.beside(run[-1])):
            yield run[0], run[-1]
            run = []
        run.append(i)
    if run:
        yield run[0], run[-1]


def is_of_a_thing(words: Words, i: int) -> bool:
    """`the Victoria dress`: one name between an article and a thing."""
    if not words.beside(i) or words.all[i + 1].kind is not Kind.WORD or words.all[i + 1].stop:
        return False
    return _ARTICLE.search(words.text, 0, words.all[i].start) is not None


def _grow(words: Words, result: set[int], at: int, step: int) -> None:
    pending: list[int] = []
    i = at + step
    while 0 <= i < len(words.all) and words.beside(min(i, i - step)):
        word = words.all[i]
        if i in result or _belongs(words, i, words.all[at], step):
            result |= {*pending, i}
            pending = []
        elif word.particle and step > 0 and len(pending) < 3:
            pending.append(i)
        else:
            break
        i += step


def _belongs(words: Words, i: int, beside: Word, step: int) -> bool:
    """Whether a word beside a name is part of it."""
    word = words.all[i]
    initial = len(word.text) == 1
    if initial or word.kind in SURE:
        dotted = words.text[word.end : word.end + 1] == "."
        return word.text != "I" and (word.capital or dotted) if initial else not (word.particle and step > 0)
    if word.stop or word.particle or (word.abbreviation and not beside.text.isupper()):
        after = step > 0 and word.capital and beside.kind is Kind.FIRST
        return after and word.lower in _MONTHS and words.ends_a_phrase(i)
    if word.kind is Kind.UNKNOWN:
        return word.capital or step > 0 or (beside.kind in SURE and words.begins_a_phrase(i))
    if word.capital and beside.capital:
        return _capital_belongs(words, i, beside, step)
    return beside.kind in SURE and _lower_belongs(words, i, step)


def _capital_belongs(words: Words, i: int, beside: Word, step: int) -> bool:
    word = words.all[i]
    if word.kind in {Kind.MAYBE, Kind.PLACE}:
        return True
    if word.kind is Kind.RARE:
        return beside.kind in SURE
    return step > 0 and (beside.kind is Kind.FIRST or words.ends_a_phrase(i))


def _lower_belongs(words: Words, i: int, step: int) -> bool:
    word = words.all[i]
    last = step > 0 and words.ends_a_phrase(i)
    if word.kind is Kind.MAYBE:
        return last or word.lower not in listed("seldom_names")
    return last and word.kind in {Kind.MISTYPED, Kind.RARE}
