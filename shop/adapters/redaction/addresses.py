"""Street addresses of many countries: by street words, by postcode and town, by the words before them, and PO boxes.

A core (a street with a number, a box, a postcode with its state) is found first; flat, postcode, town, region and
country that stand beside it are then taken with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shop.adapters.redaction import street_words as said
from shop.adapters.redaction.finding import Found, words
from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal

_I = re.IGNORECASE
_NO = r"\d{1,6}(?:[ ]?[A-Za-z](?![\w]))?(?:[ ]?[/-][ ]?\d{1,5}[A-Za-z]?){0,2}"
_SAID = (
    r"(?!(?:a|an|about|address|adress|after|all|also|am|and|any|anymore|are|as|asap|at|because|before|but|buy|by|call|called|can|card|cards|cause|charged|cm|code|colou?rs?|"
    r"could|days?|delivery|did|different|do|does|dollars?|door|dress(?:es)?|email|eur|euros?|for|from|gbp|get|got|had|has|have|he|hello|her|here|hi|his|hours?|i|i'?m|if|inch|inches|"
    r"instead|is|it|items?|its|it's|jackets?|kg|km|left|live|living|lives|me|mail|miles?|minutes?|mm|mobile|model|months?|more|my|name|near|never|no|not|now|number|of|off|old|on|one|"
    r"only|options?|or|order|ordered|orders?|other|our|out|paid|pairs?|parcels?|password|pcs|people|percent|phone|pieces?|please|pls|plz|pm|points?|pounds?|price|quantity|"
    r"refund|return|reviews?|send|sent|she|ship|shirts?|shoes|should|since|size|sizes|sku|so|stars?|tel|than|thank|thanks|that|the|their|them|then|there|these|they|this|those|thx|till|times|to|"
    r"today|tomorrow|until|usd|version|via|want|was|we|weeks?|were|what|when|where|which|who|will|with|would|x|yards?|years?|yes|you|your|yesterday)\b(?!['.]))"
)
_W = rf"{_SAID}[^\W\d_][\w.'’-]*"
_UP = rf"(?-i:{_SAID}(?!I\b|Hi\b|Please\b|Thanks\b|My\b|The\b|It\b|Order\b)[A-ZÀ-ÖØ-ÞĀ-ſА-ЯΑ-ΩẠ-Ỹ])[\w.'’-]*"
_SMALL = r"(?:van|von|der|den|de|del|della|di|da|do|dos|das|du|des|la|las|los|le|les|el|al|y|e|i|of|the|am|an|im|sur|sous|upon|on|bei|ob|lez|ter|ten|nad|pod|na|u|pri|près|près|sul|sulla|unter|'t|d'|l')"
_FLAT_NO = r"(?:(?:flat|unit|apt\.?|apartment|studio|suite|no\.?|house|plot|h\.? ?no\.?|shop)(?:[ ]no\.?)?[ ]?#?[ ]?[\dA-Za-z/-]{1,6},?[ ])"
_ENDS = r"(?=[ ]*(?:[,.;!?\n]|$)|[ ](?:apt|apartment|suite|ste|unit|flat|#|please|pls|not|and|but|instead|is|because|thanks|thx|by|until|till|before|for|on|tomorrow|today|where|and)\b)"
_HERE = r"(?:(?<=^)|(?<=\n)|(?<=[,:;] )|(?<= at )|(?<= to )|(?<=^at )|(?<=^to )|(?<= is )|(?<=its )|(?<=it's )|(?<=from )|(?<= in ))"
_ENGLISH = re.compile(
    rf"(?<![\w/.,-]){_FLAT_NO}?{_NO},?[ ](?:{_W}[ ]){{1,4}}?(?:{said.STRONG_SUFFIXES})s?\b\.?(?!')(?:[ ](?:N|S|E|W|NE|NW|SE|SW|north|south|east|west)\b)?",
    _I,
)
_NUMBERED = re.compile(
    rf"(?<![\w/.,-])\d{{1,5}}[ ](?:[NSEW]\.?[ ]|north |south |east |west )?\d{{1,3}}(?:st|nd|rd|th)[ ](?:{said.STRONG_SUFFIXES})\b",
    _I,
)
_WEAK_ENGLISH = re.compile(
    rf"(?<![\w/.,-]){_NO},?[ ](?:{_UP}[ ]){{1,3}}(?:{'|'.join((said.STRONG_SUFFIXES, said.WEAK_SUFFIXES)).title()})\b(?=[ ]*(?:[,.;!?\n]|$|Apt|Suite|Unit|[A-Z]))"
)
_WEAK_LOWER = re.compile(rf"{_HERE}{_FLAT_NO}?{_NO},?[ ](?:{_W}[ ]){{1,3}}?(?:{said.WEAK_SUFFIXES})\b{_ENDS}", _I)
_FLAT = re.compile(
    rf"(?<![\w])(?:flat|studio|unit|apartment|apt\.?)[ ]\d{{1,4}}[A-Za-z]?,?[ ](?:{_W}[ ]){{1,3}}(?:{said.STRONG_SUFFIXES}|{said.WEAK_SUFFIXES}){_ENDS}",
    _I,
)
_PREFIXED_AFTER = re.compile(
    rf"(?<![\w])(?:{said.PREFIXES})(?:(?<=[./])[ ]?|[ ])(?:{_SMALL}[ ]|[IVX]{{1,5}}[ ]|{_W}[ ]?|\d{{1,2}} (?:de )?{_W} ){{1,6}}?(?:,?[ ]?(?:n[º°.ro]*|nr|no|num|número|numero|д|№|#)[.:]?)?[, ]{{1,2}}"
    rf"(?:s/n|{_NO})(?![\w.]\d)(?![\d€$£%])",
    _I,
)
_PREFIXED_BEFORE = re.compile(
    rf"(?<![\w/.,-]){_NO}(?: bis| ter)?,?[ ](?:rue|avenue|av\.|boulevard|bd|chemin|impasse|allée|place|quai|route|cours|sentier|ruelle|voie|passage|square)[ ]"
    rf"(?:{_SMALL}[ ]|{_W}[ ]?){{1,5}}?(?=[,\n.!?]|$|[ ]\d{{5}}|[ ](?:and|please|but|not|is|à|apt|app)\b)",
    _I,
)
_PREFIXED_ALONE = re.compile(
    rf"(?<![\w])(?:Rue|Avenue|Boulevard|Chemin|Strada|Intrarea|Aleea|Drumul|Bulevardul|Calea|Viaduto|Sítio|Calle|Avenida|Via|Viale|Piazza|Rua|Travessa|Praça|ulica|ul\.|Jalan|Jl\.)[ ](?:{_SMALL}[ ])?{_UP}(?:[ ](?:{_SMALL}[ ])?{_UP}){{0,3}}"
)
_COMPOUND = re.compile(
    rf"(?<![\w])(?:{_UP}[ -])?{_W}(?:{said.COMPOUND_SUFFIXES})\.?,?[ ]?(?:nr\.?[ ]?|no\.?:?[ ]?)?{_NO}\b(?![ ]?(?:€|\$|£|%|eur|cm|mm|kg|items|pieces|pcs|days))",
    _I,
)
_SEPARATE = re.compile(
    rf"(?<![\w])(?:{_W}[ -]){{1,3}}(?:{said.SEPARATE_SUFFIXES})[ ,]{{1,2}}(?:nr\.?[ ]?|no\.?:?[ ]?|n:[ ]?)?{_NO}\b\.?(?![ ]?(?:€|\$|£|%|eur|cm|mm))",
    _I,
)
_NUMBER_AND_TOWN = re.compile(
    rf"(?<![\w])(?:{_SMALL}[ ]|{_W}[ ]){{0,4}}{_W}(?:[ ]{_NO},?|,[ ]{_NO},)[ \n](?:{said.UNIT},?[ ])?(?:(?:[A-Z]{{1,2}}-)?(?:\d{{5}}|\d{{3}}[ ]\d{{2}}|\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}}|\d{{4}} ?[A-Z]{{2}}),?[ ]{_W}|(?<=, )\d{{4}}[ ]{_W}|\d{{4}}[ ]{_UP})",
    _I,
)
_BOX = words(
    r"\b(?:p\.? ?o\.? ?box|post ?office box|post ?box|postfach|apartado(?: (?:de correos|postal))?|casilla|boîte postale|b\.p\.|bp|casella postale|postbus|postboks|"
    r"gpo box|locked bag|private bag|caixa postal|skrytka pocztowa|pf\.?)[ :#.]{0,3}(?:no\.? ?)?\d{1,7}\b|"
    r"\b(?:psc|unit|cmr) \d{3,5},? box \d{3,5}\b|\b(?:uss|usns|usnv|usnm|uscgc|usnm) [a-z]+(?=,? ?[fad]po\b)"
)
_MILITARY = re.compile(r"\b[FAD]PO,? A[AEP],? \d{5}(?:-\d{4})?\b", _I)
_CJK = re.compile(
    r"(?:〒?\s?\d{3}-?\d{4}\s*)?[一-龥]{2,}(?:省|市|区|县|県|都|府|道)[一-龥ぁ-んァ-ンー\w]*?[一-龥ぁ-んァ-ンー]+\d+(?:[-丁目番地号室楼栋座]*\d*)*(?:\s?[ぁ-んァ-ン一-龥ー]+\d+)?(?:\s\d{6})?"
)
_KOREAN = re.compile(
    r"[가-힣]+(?:특별시|광역시|특별자치시|시|도)\s(?:[가-힣]+(?:시|군|구)\s){1,2}[가-힣\d]+(?:로|길|동)\s?\d+(?:-\d+)?(?:\s?\([가-힣\d ]+\))?"
)
_US_END = re.compile(rf"(?<![\w])(?:{_W}[ ]){{0,2}}{_W},?[ ](?:{said.STATES}),?[ ]\d{{5}}(?:-\d{{4}})?(?![\w-])", _I)
_AUSTRALIAN_END = re.compile(
    rf"(?<![\w])(?:{_W}[ ]){{0,2}}{_W},?[ ](?:NSW|VIC|QLD|TAS|ACT|NT|SA|WA),?[ ]\d{{4}}(?![\w-])", _I
)
_AT = re.compile(rf"(?<= at ){_NO} (?:{_UP} ){{1,3}}{_UP}|(?<= at )(?:{_UP} ){{0,2}}{_UP} \d{{1,4}}[a-z]?(?![\w:%])")
_COLOMBIAN = re.compile(
    rf"(?<![\w])(?:(?:avenida|av\.?) )?(?:calle|carrera|cra|kra|cl|transversal|tv|diagonal|dg|avenida|av)\.? \d{{1,3}} ?[A-Za-z]{{0,2}}(?: bis)?(?: (?:sur|norte|este|oeste))? ?(?:#|no\.?|n[°o]\.?) ?\d{{1,3}} ?[A-Za-z]{{0,2}} ?-? ?\d{{1,3}}(?: (?:sur|norte|este|oeste))?",
    _I,
)
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u1fff\u3040-\ud7ff][\u0370-\u1fff\u3040-\ud7ff .,'’\"№()/\d-]*\d(?:[\u0370-\u1fff\u3040-\ud7ff .,/\d-]*[\u0370-\u1fff\u3040-\ud7ff\d])?(?:[A-Za-z]座)?(?: \d{6})?|[\u3040-\ud7ff]+[街路道巷][A-Z\d]座?"
)
_VIETNAMESE = re.compile(
    r"(?<![\w])(?:(?:số )?\d+(?:/\d+)* )?(?:khu|phố|đường|ngõ|xã|phường|quận) (?:[\w.]+ ?){1,14}(?:\d{5})?", _I
)
_UK = re.compile(rf"(?<![\w-]){said.UK_POSTCODE}(?![\w-])", _I)
_CANADIAN = re.compile(r"(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d(?![\w-])", _I)
_TOWN = re.compile(
    rf"(?<![\w.,#-])(?:[A-Z]{{1,2}}-)?(?:\d{{5}}|\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}}|\d{{3}} \d{{2}}|\d{{4}} [A-Z]{{2}}|\d{{4}})[ ]{_UP}(?:[ -]{_UP}){{0,2}}"
)
_EIRCODE = re.compile(rf"(?<![\w-]){said.EIRCODE}(?![\w-])", _I)
_CALLED_POSTCODE = words(
    rf"\b(?:post ?code|postal ?code|zip(?: ?code)?|plz|postleitzahl|cap|eircode|pin ?code)(?:\s*(?:is|was|:|=|to|it's|now)){{0,2}}\s*(?P<code>{said.POSTCODE})(?![\w-])"
)
_SURE_CUE = words(
    r"\b(?:(?:street |home |shipping |delivery |billing |postal |mailing |new |right |correct |current |old |full |my |office |work )*(?:address|adress|addres|addr|adresse|anschrift|dirección|indirizzo)"
    r"(?: (?:on (?:the|my) (?:order|account)|for (?:the|my) (?:order|account|delivery|parcel)))?(?: (?:is|was|to|should be|would be|has changed to|changed to|now))*\s?(?::|=|->|-|,| )|"
    r"(?:i |we |he |she )?(?:now )?(?:live|lives|living|reside|resides|residing|stay|staying) (?:now )?(?:at|in|on)|ich wohne(?: in)?|wohnhaft|vivo en|j'habite(?: au)?)\s*(?:is |now |it's |at )?(?=(?P<rest>[^?!;]{6,160}))"
)
_LIKELY_CUE = words(
    r"\b(?:(?:ship|shipped|send|sent|deliver|delivered|redirect|reroute|forward|bring|post|mail|dispatch|return|redeliver|change (?:it|that|the address|address))(?: (?:it|them|this|that|everything|the (?:order|parcel|package|dress|shoes|rest)|my (?:order|parcel|package)|order|parcel|the replacement))?(?: instead| over| out)? (?:to|at)|"
    r"(?:moved|moving|relocated) (?:house )?(?:from|to)|(?:pick|picked) (?:it )?up (?:at|from)|(?:left|dropped)(?: it)? (?:at|outside)|i'?m at|we'?re at|and not|instead of|going to|go to|goes to)\s(?=(?P<rest>[^?!;]{6,160}))"
)
_CHUNK_END = re.compile(
    r"(?<!no)(?<!nr)(?<!st)(?<!tr)(?<!pt)(?<!ul)(?<!av)(?<!al)\.\s|\.$|\n\n|(?:,\s*|\s+)(?:and|but|please|pls|plz|instead|because|cause|cos|so|thanks|thank|thx|before|when|can|could|is|isn't|if|or|not|by|asap|since|for|with|where|was|has|have|will|it|i|we|my|"
    r"the|that|this|who|which|do|does|did|until|till|now|next|tomorrow|today|any|phone|tel|email|mobile|call|order|number|regards|cheers|name|right|ok|anymore|then|as|you|your|there|from|however)\b|\s[-–]\s|\s\(|[\"<>:]",
    _I,
)
_STREET_ALONE = re.compile(rf"(?:{_W} ){{0,3}}{_W} {_NO}|{_NO} {_W}(?: {_W}){{0,3}}", _I)
_NEXT_WORDS = re.compile(rf"[ ,]{{1,2}}(?:(?:in|san|new|los) )?{_W}(?![\w])", _I)
_HOUSE = re.compile(rf"(?<![\w]){_NO}(?![\w])")
_SEGMENT_WORDS = rf"(?:{_SMALL}[ ])?{_UP}(?:[ -](?:{_SMALL}[ -])?{_UP}){{0,3}}"
_SEPARATOR = r"[ ]{0,2}(?:\.?[,;/|-]|\n|\.(?=\s))?[ \n]{0,2}"
_TAIL = [
    re.compile(rf"{_SEPARATOR}{said.UNIT}", _I),
    re.compile(rf"{_SEPARATOR}(?:{said.STATES})(?:[ ,.]{{1,2}}\d{{5}}(?:-\d{{4}})?)?(?![\w])"),
    re.compile(rf"{_SEPARATOR}(?:{said.STATES}|{said.STATE_NAMES})[ ,.]{{1,2}}(?:\d{{4,5}}(?:-\d{{4}})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![\w])", _I),
    re.compile(rf"{_SEPARATOR}(?:{said.STATE_NAMES})(?![\w])", _I),
    re.compile(rf"{_SEPARATOR}(?-i:{said.POSTCODE})(?![\w])(?!\s?(?:€|\$|£|eur|pieces|pcs|items|days))(?:[ ,]{{1,2}}{_SEGMENT_WORDS})?"),
    re.compile(rf"{_SEPARATOR}{said.UK_POSTCODE}(?![\w])", _I),
    re.compile(rf"{_SEPARATOR}{said.EIRCODE}(?![\w])(?:[ ]{_W}[ ]ville)?", _I),
    re.compile(rf"[ ]{{0,2}}(?:[,;/|-]|\n|,\n)[ \n]{{0,2}}{_SEGMENT_WORDS}(?:[ ]?\([A-Z]{{2}}\))?"),
    re.compile(rf"[ ]{_UP}(?:[ -]{_UP}){{0,2}}(?=,? (?:{said.STATES}|{said.POSTCODE})(?![\w]))"),
    re.compile(rf"[ ,]{{1,2}}(?:{_W}[ ]){{0,3}}{_W}(?=,? (?:(?:(?:{said.STATES}|{said.STATE_NAMES}),? )?\d{{5}}|{said.UK_POSTCODE}|(?:{said.STATES}),? (?:\d{{4}}|[A-Z]\d[A-Z] ?\d[A-Z]\d))(?![\w]))", _I),
    re.compile(rf"[ ,]{{1,2}}(?:\d{{5}}|\d{{3}} \d{{2}}|\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}}|\d{{4}} ?[a-z]{{2}}|\d{{4}}(?=,)),? {_W}(?:[ ](?:{_SMALL}[ ])?{_W}){{0,2}}(?=[ ]?(?:[,.;!?\n(]|$))", _I),
    re.compile(rf"{_SEPARATOR}(?:{said.COUNTRIES})(?![\w])", _I),
    re.compile(r"[ ]?\([A-Z]{2}\)", _I),
    re.compile(r"[ ]?(?:[/-] ?[A-Z]{2}(?![\w])|\([^\W\d_][\w -]+\))"),
    re.compile(rf"{_SEPARATOR}[A-Z]{{2,4}}\.? \d{{5}}(?:-\d{{4}})?(?![\w])"),
    re.compile(rf",? {_W}[ -]{{1,3}}\d{{6}}(?![\w])", _I),
    re.compile(rf"\.?, [a-z]-?\d{{4,5}} {_W}", _I),
    re.compile(rf", (?:{_SMALL} |{_W} ){{0,3}}{_W}(?:, [a-z]{{2,4}}\.?)? (?:\d{{4,6}}|\d{{3}} \d{{2}})(?![\w])", _I),
    re.compile(rf", \d{{8}} {_UP}(?:[ ](?:{_SMALL}[ ])?{_UP}){{0,3}}"),
]  # fmt: skip
_LEAD = re.compile(
    rf"(?:(?<![\w./-])(?:{_FLAT_NO}|{_NO},?[ ])(?:{_W},?[ ]|\d{{1,5}}[A-Za-z]?,?[ ]|{_SMALL}[ ]|{_W}[/-] ?){{1,9}}\n?"
    rf"|(?<![\w])(?:{_SMALL}[ ]|{_W}[ ]){{0,3}}{_W}(?:[ ]{_NO}|,[ ]{_NO}(?=,))(?:[, ]{{1,2}}(?:{said.UNIT}|{_W})){{0,4}}[, ]{{1,2}}\n?"
    rf"|(?<=\n)[^\n]{{5,60}}\d[^\n]{{0,40}},?\n)$",
    _I,
)
_CORES = (
    _ENGLISH, _NUMBERED, _WEAK_ENGLISH, _WEAK_LOWER, _FLAT, _NUMBER_AND_TOWN, _PREFIXED_AFTER, _PREFIXED_BEFORE, _PREFIXED_ALONE, _COMPOUND, _SEPARATE, _BOX, _MILITARY, _CJK,
    _KOREAN, _US_END, _AUSTRALIAN_END, _AT, _COLOMBIAN, _VIETNAMESE, _UK, _CANADIAN, _EIRCODE,
)  # fmt: skip


class AddressFinder:
    """Finds street addresses. `places` are towns and countries in lower case."""

    def __init__(self, places: frozenset[str]) -> None:
        self._places = places

    def __call__(self, reading: Reading) -> Iterator[Found]:
        text = reading.text
        for core in _CORES:
            for match in core.finditer(text):
                yield self._grown(text, *match.span())
        if sum(map(str.isascii, text)) * 2 > len(text) or len(text) < 120:
            for match in _OTHER_SCRIPT.finditer(text):
                yield self._grown(text, *match.span())
        for match in _TOWN.finditer(text):
            lead = _LEAD.search(text, 0, match.start())
            if lead or (not re.match(r"\d{4}[ ]", match[0]) and self._is_place(match[0])):
                yield self._grown(text, *match.span())
        for match in _CALLED_POSTCODE.finditer(text):
            yield self._grown(text, *match.span("code"))
        for match in _SURE_CUE.finditer(text):
            yield from self._chunk(text, match.start("rest"), sure=True)
        for match in _LIKELY_CUE.finditer(text):
            yield from self._chunk(text, match.start("rest"), sure=False)

    def _grown(self, text: str, start: int, end: int) -> Found:
        for _ in range(10):
            longest = max((m.end() for m in (tail.match(text, end) for tail in _TAIL) if m), default=end)
            if longest <= end:
                break
            end = longest
        town = _NEXT_WORDS.match(text, end)
        if town and any(self._is_place(word) for word in town[0].split()):
            end = town.end()
        lead = _LEAD.search(text[max(0, start - 90) : start])
        if lead:
            start = max(0, start - 90) + lead.start()
        start = _after_a_name(text, start, end)
        return Found(Personal.ADDRESS, start, start + len(text[start:end].rstrip(" ,.;\n-")))

    def _chunk(self, text: str, start: int, *, sure: bool) -> Iterator[Found]:
        """What follows words such as "my address is", up to where the sentence goes on."""
        rest = text[start : start + 160]
        stop = _CHUNK_END.search(rest)
        chunk = rest[: stop.start()] if stop else rest
        house = _HOUSE.search(chunk)
        if not house or re.search(r"@|€|\$|£|\d[.,]\d\d\b|\d{7}", chunk):
            return
        named = re.findall(r"[^\W\d_]{3,}", chunk)
        if not named or len(named) > 14 or re.match(rf"\s*\d+[ ](?!{_SAID})", chunk, _I):
            return
        capital = any(word[0].isupper() for word in named)
        if (
            sure
            or capital
            or _STREET_ALONE.fullmatch(chunk.strip())
            or any(word.lower() in self._places for word in named)
        ):
            end = start + len(chunk.rstrip(" ,.;\n-"))
            yield self._grown(text, start + len(chunk) - len(chunk.lstrip()), end)

    def _is_place(self, town: str) -> bool:
        return any(word.lower() in self._places for word in re.findall(r"[^\W\d_]+", town))


_NAME_BEFORE = re.compile(
    rf"[^\W\d_][^\d,\n]{{1,40}}?(?:,[ \n]{{0,2}}|\n|[ ](?:in|at)[ ])"
    rf"(?=(?:{_FLAT_NO}|{_NO},?[ ]{_W}|(?:{said.PREFIXES})[ ]|[^,\n]*?(?:{said.COMPOUND_SUFFIXES})\.?[ ]\d|(?:{_W}[ ]){{1,3}}(?:{said.SEPARATE_SUFFIXES})[ ]\d))",
    _I,
)
_STREETISH = re.compile(
    rf"(?:{said.PREFIXES})(?:(?<=[./])|[ ])|.*(?:{said.COMPOUND_SUFFIXES}|[ ](?:{said.SEPARATE_SUFFIXES}|{said.STRONG_SUFFIXES}|{said.WEAK_SUFFIXES}))[, \n]+$", _I
)


def _after_a_name(text: str, start: int, end: int) -> int:
    """Where the address begins, if somebody's name stands before it: `Lucy Nicholson, Studio 8, Marshall Lights`."""
    name = _NAME_BEFORE.match(text, start, end)
    return name.end() if name and not _STREETISH.match(name[0]) else start
