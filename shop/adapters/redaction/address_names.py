"""A name that stands before or after an address: `Lucy Nicholson, Studio 8, Marshall Lights` is both."""

from __future__ import annotations

import re

from shop.adapters.redaction import street_words as said
from shop.adapters.redaction.address_parts import ANY_CASE, FLAT, NUMBER, WORD
from shop.adapters.redaction.name_words import Kind, NameWords

_A_STREET = (
    rf"(?:{FLAT}|{NUMBER},?[ ]{WORD}|(?:{said.PREFIXES})[ ]|"
    rf"(?:{WORD}[ ])?[^\W\d][\w-]*(?:{said.COMPOUND_SUFFIXES})\.?[ ]\d|"
    rf"(?:{WORD}[ ]){{1,3}}(?:{said.SEPARATE_SUFFIXES})[ ]\d)"
)
_BEFORE = re.compile(rf"[^\W\d_][^\d,\n]{{1,40}}?(?:,[ \n]{{0,2}}|\n|[ ](?:in|at)[ ])(?={_A_STREET})", ANY_CASE)
_STREETISH = re.compile(
    rf"(?:{said.PREFIXES})(?:(?<=[./])|[ ])|.*(?:{said.COMPOUND_SUFFIXES}|"
    rf"[ ](?:{said.SEPARATE_SUFFIXES}|{said.STRONG_SUFFIXES}|{said.WEAK_SUFFIXES}))[, \n]+$",
    ANY_CASE,
)
_TWO_WORDS = re.compile(
    rf"(?P<first>[^\W\d_]+)[ ](?:[A-Za-z]\.[ ])?(?P<last>[^\W\d_][\w'-]*)[ ](?={_A_STREET})", ANY_CASE
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u3040-\ud7ff]+ (?:[A-Z]\. )?[\u0370-\u1fff\u3040-\ud7ff]+, (?=.*\d)")
_AFTER = re.compile(r"(?:[ ]-[ ]|\n|[ ]\()(?P<first>[^\W\d_]+)(?:[ ][^\W\d_][\w.'-]*){1,3}\)?$")
_A_LAST_NAME = {Kind.LAST, Kind.FIRST, Kind.UNKNOWN, Kind.MAYBE, Kind.RARE}


def without_names(text: str, start: int, end: int, names: NameWords) -> tuple[int, int]:
    """The part of a stretch that is the address."""
    before = _BEFORE.match(text, start, end)
    if before and not _STREETISH.match(before[0]):
        start = before.end()
    other = _OTHER_SCRIPT.match(text, start, end)
    if other:
        start = other.end()
    two = _TWO_WORDS.match(text, start, end)
    if two and names.kind(two["first"].lower()) is Kind.FIRST and names.kind(two["last"].lower()) in _A_LAST_NAME:
        start = two.end()
    after = _AFTER.search(text[start:end])
    if after and names.kind(after["first"].lower()) is Kind.FIRST:
        end = start + after.start()
    return start, end
