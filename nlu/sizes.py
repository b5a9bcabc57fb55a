"""Sizes as shoppers write them, where they wear them, and how they like clothes to sit.

- `size`: `UK 10`, `M`, `42`, `W32`, `5-6 years`, or `UK` alone as an answer to which system was meant. Its `worn` says
  whether it is what somebody wears, as in `I usually wear M`, and not what is asked about, as in `would M fit me?`.
- `brand`: beside a size, where it is worn: `M at Norrland`.
- `fit`: `tighter`, `regular` or `looser`, where it is liked so. That something is too tight is no preference.
- `size_basis`: `purchases`, where the shopper wants to go by what they bought before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SYSTEMS = {
    "EU": r"eu|eur|europe|european|german",
    "UK": r"uk|gb|british|english",
    "US": r"us|usa|american",
}
_SYSTEM = "|".join(_SYSTEMS.values())
_NUMBER = r"\d{1,3}(?:[.,]5|\s?½|\s1/2)?(?:-\d{1,3})?"
_LETTERS = r"x{1,3}[sl]|[2-5]\s?x[sl]|[sml]"
_WORDS = {
    "XXS": r"(?:extra\s+extra|double\s+extra|xx)[\s-]small",
    "XS": r"(?:extra|x)[\s-]small",
    "S": r"small",
    "M": r"medium",
    "XXL": r"(?:extra\s+extra|double\s+extra|xx)[\s-]large",
    "XL": r"(?:extra|x)[\s-]large",
    "L": r"large",
}
_WORD = "|".join(_WORDS.values())
_WORN = r"(?:wear(?:ing)?|take|size|usual(?:ly)?|normal(?:ly)?|always|mostly|generally|buy|(?:i'?m|am)\s+(?:a|an|in))"
_FILLER = r"(?:\s+(?:is|a|an|the|in|usually|normally|always|mostly|about|size|wear|take|buy|am)|:)*"
_NO_SIZE = r"(?:cm|mm|kg|in\b\W*$|inch|inches|years?|days?|of|pairs?|pieces?|times?|x)"

_SYSTEM_FIRST = re.compile(rf"\b({_SYSTEM})(?:\s+size(?=\s))?[\s:-]?\s?({_NUMBER}|{_LETTERS})(?![\w.,]*\d|\w)", re.I)
_NUMBER_FIRST = re.compile(rf"(?<![\w.,-])({_NUMBER})\s?\(?({_SYSTEM})\b", re.I)
_WAIST_AND_LENGTH = re.compile(r"\bw\s?(\d{2})(?:\s?/?\s?l\s?\d{2})?\b", re.I)
_YEARS = re.compile(r"(?<![\w.,])(\d{1,2})\s?(?:-|–|to)\s?(\d{1,2})\s?(?:years?|yrs?|yo)\b", re.I)
_CAPITALS = re.compile(r"(?<![\w'’&.-])(X{1,3}[SL]|[2-5]\s?X[SL]|xxs|xs|xl|xxl|xxxl)(?![\w'’&-])")
_WORN_SIZE = re.compile(
    rf"\b{_WORN}{_FILLER}\s+({_WORD}|{_LETTERS}|{_NUMBER})(?![\w'’%-]|[.,:]\d|\s?{_NO_SIZE}\b)", re.I
)
_WHOLE = re.compile(
    rf"\W*(?:(?:it'?s|i'?m|a|an|in|the|size|usually|normally|mostly|maybe|probably|i think)\s+)*({_WORD}|{_LETTERS})"
    r"(?:\s+(?:please|pls|usually|normally|mostly|i think|i guess|one))*\W*",
    re.I,
)
_WHOLE_SYSTEM = re.compile(rf"\W*(?:the\s+)?({_SYSTEM})(?:\s+(?:sizes?|sizing|one|system))?(?:\s+please)?\W*", re.I)
_AT_A_BRAND = re.compile(r"(?<![\w'’&.-])([SML])(?=\s+(?:at|in|from|by)\s+[A-Z])")
_HAS = r"(?:take|wear|buy|get|have|own|kept|keep|bought)"
_USUAL = re.compile(
    rf"\b(?:usual|normal|always|most|general|wear|i'?m\s+(?:a|an)\b|(?:s?he|they)(?:'s|'re|\s+is|\s+are)\s+an?\b|my\s+size|fits?\s+me"
    rf"|(?<!do\s)(?<!should\s)(?<!shall\s)(?<!can\s)(?<!would\s)(?<!could\s)(?<!must\s)i(?:'ve)?\s+{_HAS}\b|s?he\s+{_HAS}s\b)",
    re.I,
)
_ASKS = re.compile(r"\b(?:should|shall|shld|do|does|would|will|could|can|is|am\s+i|or|need|between)\b", re.I)
_CLAUSE_BEGINS = re.compile(r"[.?!;,]|\b(?:if|since|because)\b", re.I)
_BRAND_AFTER = re.compile(
    r"(?:\s+fits?(?:\s+me)?(?:\s+well|\s+best)?)?\s+(?:(?:in|with)\s+(?=[A-Z])|(?:at|from|by)\s+(?!home\b|the\b|my\b|your\b|most\b|work\b))"
    r"([^\W\d_][\w&'’-]+(?:\s[A-Z][\w&'’-]+)?)"
)
_BRAND_BEFORE = re.compile(r"\b(?:[Aa]t|[Ff]rom|[Ii]n|[Bb]y)\s+([A-Z][\w&'’-]+)(?=,?\s+(?:i|I)(?:'m|\s))")

_CLOSE = r"tight(?:er|ly)?|clos(?:e|er|ely)|snug(?:ger|ly)?|fitted|body[\s-]?con"
_WIDE = r"loos(?:e|er|ely)|bagg(?:y|ier)|relaxed|room(?:y|ier)|over-?sized?|wider"
_AS_IS = r"regular|normal|standard|as it is|true to size|neither|either|no preference|don'?t mind|do not mind"
_LIKED = r"\b(?:like|prefer|want|love|rather|wear(?:ing)?|need|for)\b(?:\s+(?!too\b)[\w']+){0,4}?\s+"
_FITS = {"tighter": _CLOSE, "looser": _WIDE, "regular": _AS_IS}
_PURCHASES = re.compile(
    r"\b(?:(?:what|the (?:things|ones?|size)) i(?:'ve| have)? (?:already )?(?:bought|ordered|kept|got)"
    r"(?: (?:before|last time|already))?"
    r"|(?:my|past|last|previous|earlier)\s+(?:(?:last|past|previous|earlier|own)\s+)?(?:purchases?|orders?\s+history)"
    r"|same (?:size )?as (?:last time|before|my last order|i (?:bought|ordered|got))|as last time)\b",
    re.I,
)

Entity = dict[str, Any]


def sizes(text: str) -> list[Entity]:
    """Sizes in a text, with the brands beside them."""
    taken: list[Entity] = []
    for found in _sizes(text):
        if not any(found["start"] < other["end"] and other["start"] < found["end"] for other in taken):
            taken.append(found)
    brands = list(_brands(text, taken))
    for size in taken:
        size["worn"] = _is_worn(text, size, bool(brands))
    return sorted([*taken, *brands], key=lambda entity: entity["start"])


def preferences(text: str) -> list[Entity]:
    """How it should sit, and whether to go by earlier purchases."""
    found = [_entity("size_basis", *each.span(), "purchases") for each in _PURCHASES.finditer(text)]
    for value, pattern in _FITS.items():
        liked = re.search(rf"{_LIKED}({pattern})\b", text, re.I) or re.search(
            rf"(?<!too )\b({pattern})[\s-]fit(?:ting)?\b", text, re.I
        )
        alone = re.fullmatch(rf"\W*(?:(?!too\b)[\w']+\s+){{0,3}}?({pattern})(?:\s+[\w']+){{0,2}}\W*", text, re.I)
        best = liked or alone
        if best:
            found.append(_entity("fit", *best.span(1), value))
    return found[:1] if len({each["value"] for each in found if each["entity"] == "fit"}) > 1 else found


def _sizes(text: str) -> Iterator[Entity]:
    system = _WHOLE_SYSTEM.fullmatch(text)
    if system:
        yield _entity("size", *system.span(1), _system(system[1]))
    for found in _SYSTEM_FIRST.finditer(text):
        yield _entity("size", *found.span(), f"{_system(found[1])} {_plain(found[2])}")
    for found in _NUMBER_FIRST.finditer(text):
        yield _entity("size", found.start(), found.end(2), f"{_system(found[2])} {_plain(found[1])}")
    for found in _WAIST_AND_LENGTH.finditer(text):
        yield _entity("size", *found.span(), f"W{found[1]}")
    for found in _YEARS.finditer(text):
        yield _entity("size", *found.span(), f"{found[1]}-{found[2]} years")
    for found in _CAPITALS.finditer(text):
        yield _entity("size", *found.span(), _plain(found[1]))
    for found in _AT_A_BRAND.finditer(text):
        yield _entity("size", *found.span(1), found[1])
    for found in _WORN_SIZE.finditer(text):
        yield _entity("size", *found.span(1), _plain(found[1]))
    whole = _WHOLE.fullmatch(text)
    if whole:
        yield _entity("size", *whole.span(1), _plain(whole[1]))


def _brands(text: str, found: list[Entity]) -> Iterator[Entity]:
    for size in found:
        brand = _BRAND_AFTER.match(text, size["end"]) or _BRAND_BEFORE.search(text, 0, size["start"])
        if brand:
            yield _entity("brand", *brand.span(1), brand[1])


def _is_worn(text: str, size: Entity, at_a_brand: bool) -> bool:
    """Told from the words before it in its clause; without any, a size with its system is worn."""
    before = text[: size["start"]]
    before = before[max((each.end() for each in _CLAUSE_BEGINS.finditer(before)), default=0) :]
    if _USUAL.search(before) or at_a_brand:
        return True
    return " " in size["value"] and not _ASKS.search(before)


def _entity(name: str, start: int, end: int, value: str) -> Entity:
    return {"entity": name, "start": start, "end": end, "value": value}


def _system(words: str) -> str:
    return next(name for name, pattern in _SYSTEMS.items() if re.fullmatch(pattern, words, re.I))


def _plain(words: str) -> str:
    """`medium` as `M`, `6½` as `6.5`, `2 xl` as `2XL`."""
    named = next((name for name, pattern in _WORDS.items() if re.fullmatch(pattern, words, re.I)), None)
    if named:
        return named
    return re.sub(r"\s?(?:½|\s1/2)", ".5", words).replace(",", ".").replace(" ", "").upper()
