"""What stands beside the core of an address and belongs to it: flat, town, region, postcode, country."""

from __future__ import annotations

import re

from shop.adapters.redaction import street_words as said
from shop.adapters.redaction.address_parts import (
    ANY_CASE,
    CAPITALISED,
    FLAT,
    NUMBER,
    SEGMENT,
    SEPARATOR,
    SMALL,
    WORD,
)

TAILS = [
    re.compile(r", RD \d{1,2}(?![\w])", ANY_CASE),
    re.compile(rf"{SEPARATOR}{said.UNIT}", ANY_CASE),
    re.compile(rf"{SEPARATOR}(?:{said.STATES})(?:[ ,.]{{1,2}}\d{{5}}(?:-\d{{4}})?)?(?![\w])"),
    re.compile(
        rf"{SEPARATOR}(?:{said.STATES}|{said.STATE_NAMES})[ ,.]{{1,2}}(?:\d{{4,5}}(?:-\d{{4}})?|"
        rf"[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![\w])", ANY_CASE),
    re.compile(rf"{SEPARATOR}(?:{said.STATE_NAMES})(?![\w])", ANY_CASE),
    re.compile(
        rf"{SEPARATOR}(?-i:{said.POSTCODE})(?![\w])(?!\s?(?:€|\$|£|eur|pieces|pcs|items|"
        rf"days))(?:[ ,]{{1,2}}{SEGMENT})?"),
    re.compile(rf"{SEPARATOR}{said.UK_POSTCODE}(?![\w])", ANY_CASE),
    re.compile(rf"{SEPARATOR}{said.EIRCODE}(?![\w])(?:[ ]{WORD}[ ]ville)?", ANY_CASE),
    re.compile(rf"[ ]{{0,2}}(?:[,;/|-]|\n|,\n)[ \n]{{0,2}}{SEGMENT}(?:[ ]?\([A-Z]{{2}}\))?"),
    re.compile(rf"[ ]{CAPITALISED}(?:[ -]{CAPITALISED}){{0,2}}(?=,? (?:{said.STATES}|{said.POSTCODE})(?![\w]))"),
    re.compile(
        rf"[ ,]{{1,2}}(?:{WORD}[ ]){{0,3}}{WORD}(?=,? (?:(?:(?:{said.STATES}|{said.STATE_NAMES}),? )?\d{{5}}|"
        rf"{said.UK_POSTCODE}|(?:{said.STATES}),? (?:\d{{4}}|[A-Z]\d[A-Z] ?\d[A-Z]\d))(?![\w]))", ANY_CASE),
    re.compile(
        rf"[ ,]{{1,2}}(?:\d{{5}}|\d{{3}} \d{{2}}|\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}}|\d{{4}} ?[a-z]{{2}}|"
        rf"\d{{4}}(?=,)),? {WORD}(?:[ ](?:{SMALL}[ ])?{WORD}){{0,2}}(?=[ ]?(?:[,.;!?\n(]|$))", ANY_CASE),
    re.compile(rf"{SEPARATOR}(?:{said.COUNTRIES})(?![\w])", ANY_CASE),
    re.compile(r"[ ]?\([A-Z]{2}\)", ANY_CASE),
    re.compile(r"[ ]?(?:[/-] ?[A-Z]{2}(?![\w])|\([^\W\d_][\w -]+\))"),
    re.compile(rf"{SEPARATOR}[A-Z]{{2,4}}\.? \d{{5}}(?:-\d{{4}})?(?![\w])"),
    re.compile(rf",? {WORD}[ -]{{1,3}}\d{{6}}(?![\w])", ANY_CASE),
    re.compile(rf"\.?, [a-z]-?\d{{4,5}} {WORD}", ANY_CASE),
    re.compile(
        rf", (?:{SMALL} |{WORD} ){{0,3}}{WORD}(?:, [a-z]{{2,4}}\.?)? (?:\d{{4,6}}|\d{{3}} \d{{2}})(?![\w])", ANY_CASE),
    re.compile(rf", \d{{8}} {CAPITALISED}(?:[ ](?:{SMALL}[ ])?{CAPITALISED}){{0,3}}"),
]  # fmt: skip
LEAD = re.compile(
    rf"(?:(?<![\w./-])(?:{FLAT}|{NUMBER},?[ ])(?:{WORD},?[ ]|\d{{1,5}}[A-Za-z]?,?[ ]|{SMALL}[ ]|{WORD}[/-] ?){{1,9}}\n?"
    rf"|(?<![\w])(?:{SMALL}[ ]|{WORD}[ ]){{0,3}}{WORD}(?:[ ]{NUMBER}|,[ ]{NUMBER}(?=,))(?:[, ]{{1,2}}(?:{said.UNIT}|"
    rf"{WORD})){{0,4}}[, ]{{1,2}}\n?"
    rf"|(?<=\n)[^\n]{{5,60}}\d[^\n]{{0,40}},?\n)$",
    ANY_CASE,
)
NEXT_WORDS = re.compile(rf"[ ,]{{1,2}}(?:(?:in|san|new|los) )?{WORD}(?![\w])", ANY_CASE)
