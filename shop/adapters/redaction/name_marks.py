"""Which words of a text are parts of names, by the cues before them, by each other, and by the language model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shop.adapters.redaction.name_cues import CUES, GREETED, HERE, LABELLED, SIGNED, Sureness
from shop.adapters.redaction.name_tokens import SURE, Word, Words
from shop.adapters.redaction.name_words import Kind
from shop.adapters.redaction.word_lists import listed

_LONGEST = 5  # words in a name
_LINE = re.compile(r"(?m)^[^\W\d_][^\d!?:;@\n]{2,60}$")
_PART = re.compile(r"(?:^|(?<=[\n,;|/(] )|(?<=[\n,;|/(]))[^\W\d_][^\d!?:;@\n,|/()]{2,60}(?=[,;|/\n)]|\.?$)")
_OTHER_LETTERS = re.compile(r"[\u0370-\u1fff\u3040-\ud7ff]")
_CAPITAL_SINCE = re.compile(r"\b(?:the|an?|this|that|your|these|those|nike|adidas|puma) $", re.IGNORECASE)
_NO_WORDS = {Kind.WORD, Kind.RARE, Kind.MISTYPED}


def after_cues(words: Words) -> set[int]:
    """Names that a cue announces: `my name is ...`, `dear ...`, `Mrs ...`."""
    starts = {word.start: i for i, word in enumerate(words.all)}
    marked: set[int] = set()
    for cue, sureness in CUES.items():
        for match in cue.finditer(words.text):
            if match.end() in starts:
                marked |= _following(words, starts[match.end()], sureness)
    return marked


def by_letters(words: Words) -> set[int]:
    """How people greet, sign and fill in: `Hi Ann!`, `Thanks, Ann`, `Ann here`, `Name: Ann`."""
    marked: set[int] = set()
    for pattern in (SIGNED, HERE):
        for match in pattern.finditer(words.text):
            marked |= _signed(words, words.within(*match.span("name")))
    for match in LABELLED.finditer(words.text):
        marked |= set(words.within(*match.span("name")))
    for match in GREETED.finditer(words.text):
        inside = words.within(*match.span("name"))
        marked |= {i for i in inside if words.all[i].kind is not Kind.WORD and not words.all[i].stop}
    return marked


def pairs(words: Words) -> set[int]:
    """Two names in a row; in capitals, one of them may be a word or unknown (`Will Brown`, `maria garcia`)."""
    marked: set[int] = set()
    for i, (one, other) in enumerate(zip(words.all, words.all[1:], strict=False)):
        if not words.beside(i):
            continue
        kinds = {one.kind, other.kind}
        known = kinds <= SURE
        capital = one.capital and other.capital and not one.text.isupper() and not (one.stop or other.stop)
        named = kinds <= SURE | {Kind.MAYBE, Kind.UNKNOWN} and kinds != {Kind.MAYBE}
        listed_one = bool(kinds & SURE) or not _CAPITAL_SINCE.search(words.text, 0, one.start)
        if known or (capital and named and listed_one):
            marked |= {i, i + 1}
    return marked


def alone(words: Words) -> set[int]:
    """A line, or a part of one between commas, of two to four words that is nothing but a name: `Smith, John`."""
    marked: set[int] = set()
    for part in (*_LINE.finditer(words.text), *_PART.finditer(words.text)):
        inside = words.within(*part.span())
        kinds = [words.all[i].kind for i in inside if not words.all[i].particle and len(words.all[i].text) > 1]
        named = any(kind in SURE for kind in kinds) or kinds.count(Kind.UNKNOWN) > 1
        if 1 < len(inside) <= 4 and len(kinds) > 1 and named and not _NO_WORDS & set(kinds):
            marked |= {i for i in inside if not words.all[i].stop}
    return marked


def in_another_script(words: Words) -> set[int]:
    """In a message in Latin letters, what is written in others is mostly somebody's name."""
    foreign = {i for i, word in enumerate(words.all) if _OTHER_LETTERS.match(word.text)}
    letters = sum(len(words.all[i].text) for i in foreign)
    few = letters * 2 < sum(len(word.text) for word in words.all) or len(words.all) <= 5
    return foreign if few else set()


def by_model(words: Words, entities: Iterable[tuple[str, int, int]]) -> set[int]:
    """What the language model takes for a person, and other things it names whose words are all names."""
    capitals = sum(word.capital for word in words.all)
    shouting = len(words.all) > 4 and capitals > 0.7 * len(words.all)
    marked: set[int] = set()
    for label, start, end in entities:
        inside = words.within(start, end)
        if label == "PERSON":
            marked |= {i for i in inside if _believable(words.all[i], shouting)}
        elif label not in {"DATE", "TIME", "CARDINAL", "MONEY"} and len(inside) > 1:
            all_names = all(words.all[i].kind in SURE | {Kind.UNKNOWN} and words.all[i].capital for i in inside)
            marked |= set(inside) if all_names else set()
    return marked


def _believable(word: Word, shouting: bool) -> bool:
    if word.kind in SURE:
        return True
    if word.kind is Kind.UNKNOWN:
        return (word.capital or len(word.text) > 3) and not word.abbreviation
    return word.kind in {Kind.MAYBE, Kind.RARE} and word.capital and not shouting and not word.stop


def _following(words: Words, first: int, sureness: Sureness) -> set[int]:
    """The words from `first` that are a name there."""
    marked: set[int] = set()
    named = False
    for i in range(first, min(first + _LONGEST, len(words.all))):
        word = words.all[i]
        if i > first and not words.beside(i - 1):
            break
        if word.particle and (named or sureness >= Sureness.NAMED):
            marked.add(i)
        elif _may_follow(word, sureness, named) or (i == first and _may_begin(words, i)):
            marked.add(i)
            named = True
        else:
            break
    while marked and words.all[max(marked)].particle:
        marked.remove(max(marked))
    return marked


def _may_follow(word: Word, sureness: Sureness, named: bool) -> bool:
    if word.stop and not (
        word.capital and sureness >= Sureness.NAMED and word.lower in {"will", "so", "an", "may", "april", "june"}
    ):
        return False
    if word.kind in SURE:
        return True
    if sureness >= Sureness.NAMED:
        possible = word.kind in {Kind.MAYBE, Kind.UNKNOWN, Kind.MISTYPED, Kind.RARE}
        return possible or word.capital or (sureness is Sureness.TITLE and not named)
    if word.kind in {Kind.MISTYPED, Kind.RARE}:
        capital = word.capital and sureness >= Sureness.SAYING
        return capital or (sureness is Sureness.RELATED and word.kind is Kind.MISTYPED)
    if word.kind is Kind.MAYBE:
        related = sureness is Sureness.RELATED and not named
        return word.capital or related or (named and word.lower not in listed("seldom_names"))
    return word.kind is Kind.UNKNOWN and _unknown_may_follow(word, sureness, named)


def _unknown_may_follow(word: Word, sureness: Sureness, named: bool) -> bool:
    if len(word.text) < 3:
        return False
    foreign = not word.text.isascii()
    said = sureness is Sureness.RELATED or (sureness is Sureness.SAYING and len(word.text) > 3)
    return said or named or foreign or (word.capital and not word.abbreviation)


def _may_begin(words: Words, i: int) -> bool:
    """A word that may be a name, before one that surely is or that nobody knows: `i am eve jermakov`."""
    word = words.all[i]
    if (
        word.kind not in {Kind.MAYBE, Kind.RARE, Kind.UNKNOWN}
        or word.stop
        or word.lower in listed("seldom_names")
        or not words.beside(i)
    ):
        return False
    following = words.all[i + 1]
    return following.kind in SURE | {Kind.UNKNOWN} and len(following.text) > 3


def _signed(words: Words, inside: list[int]) -> set[int]:
    if not 0 < len(inside) <= 4:
        return set()
    names = [words.all[i] for i in inside if not words.all[i].particle]
    fits = all(word.kind is not Kind.WORD and (word.kind is not Kind.RARE or word.capital) for word in names)
    return set(inside) if names and fits else set()
