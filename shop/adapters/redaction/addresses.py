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
_NO = r"\d{1,5}(?:[ ]?[A-Za-z](?![\w]))?(?:\s?[/-]\s?\d{1,5}[A-Za-z]?)?"
_W = r"[^\W\d_][\w.'’-]*"
_UP = r"[A-ZÀ-ÖØ-ÞĀ-ſА-ЯΑ-Ω][\w.'’-]*"
_SMALL = r"(?:van|von|der|den|de|del|della|di|da|do|dos|das|du|des|la|las|los|le|les|el|al|y|e|i|of|the|am|an|im|in|sur|sous|upon|on|bei|ob|lez|ter|ten|'t|d'|l')"
_NOT_A_STREET = (
    r"(?!(?:of|the|pairs?|pieces?|pcs|items?|orders?|days?|weeks?|months?|hours?|minutes?|times|for|in|to|at|and|or|but|is|are|was|were|my|your|our|people|"
    r"different|more|other|new|x|euros?|dollars?|pounds?|eur|usd|gbp|am|pm|percent|off|size|sizes|cm|mm|kg|inch|inches|yards?|miles?|km|return|parcels?|boxes|shirts?|shoes|"
    r"jackets?|dress(?:es)?|years?|options?|colou?rs?|from|with|on|it|i|we|they|that|this|stars?)\b)"
)
_ENGLISH = re.compile(
    rf"(?<![\w/.,-])(?:(?:flat|unit|apt\.?|apartment|studio|suite|no\.?|house|plot|h\.? ?no\.?)\s?#?\s?[\dA-Za-z/-]{{1,6}},?\s)?"
    rf"(?:{_NO},?\s){_NOT_A_STREET}(?:(?:{_W}\s){{1,4}}?)(?:{said.STRONG_SUFFIXES})\b\.?(?!')(?:\s(?:N|S|E|W|NE|NW|SE|SW|north|south|east|west)\b)?",
    _I,
)
_NUMBERED = re.compile(rf"(?<![\w/.,-])\d{{1,5}}\s(?:[NSEW]\.?\s|north |south |east |west )?\d{{1,3}}(?:st|nd|rd|th)\s(?:{said.STRONG_SUFFIXES})\b", _I)
_WEAK_ENGLISH = re.compile(rf"(?<![\w/.,-]){_NO},?\s(?:{_UP}\s){{1,3}}(?:{'|'.join((said.STRONG_SUFFIXES, said.WEAK_SUFFIXES)).title()})\b(?=\s*(?:[,.;!?\n]|$|Apt|Suite|Unit|{_UP}))")
_FLAT = re.compile(rf"(?<![\w])(?:Flat|Studio|Unit|Apartment|Apt\.?)\s\d{{1,4}}[A-Za-z]?,?\s(?:{_UP}\s){{1,3}}[A-Za-z]{{3,}}(?=\s*[,\n.]|$)")
_PREFIXED_AFTER = re.compile(
    rf"(?<![\w])(?:{said.PREFIXES})\s?(?:{_W}\s?|{_SMALL}\s|\d{{1,2}} (?:de )?{_W} ){{1,6}}?(?:,?\s?(?:n[º°.ro]*|nr|no|num|número|numero|д|№|#)[.:]?)?[, ]{{1,2}}(?:s/n|{_NO})(?![\w.]\d)(?![\d€$£%])", _I
)
_PREFIXED_BEFORE = re.compile(rf"(?<![\w/.,-]){_NO}(?: bis| ter)?,?\s(?:rue|avenue|av\.|boulevard|bd|chemin|impasse|allée|place|quai|route|cours|sentier|ruelle|voie|passage|square)\s(?:{_W}\s?|{_SMALL}\s){{1,5}}?(?=[,\n.!?]|$|\s\d{{5}}|\s(?:and|please|but|not|is|à)\b)", _I)
_PREFIXED_ALONE = re.compile(rf"(?<![\w])(?:Rue|Avenue|Boulevard|Chemin|Calle|Avenida|Via|Viale|Piazza|Rua|Travessa|Praça|ulica|ul\.|Jalan|Jl\.)\s(?:{_SMALL}\s)?{_UP}(?:[ ](?:{_SMALL}[ ])?{_UP}){{0,3}}")
_COMPOUND = re.compile(rf"(?<![\w])(?:{_UP}[ -])?{_W}(?:{said.COMPOUND_SUFFIXES})\.?,?\s?(?:nr\.?\s?|no\.?:?\s?)?{_NO}\b(?!\s?(?:€|\$|£|%|eur|cm|mm|kg|items|pieces|pcs|days))", _I)
_SEPARATE = re.compile(rf"(?<![\w])(?:{_UP}[ -]){{1,3}}(?:{said.SEPARATE_SUFFIXES})[ ,]{{1,2}}(?:nr\.?\s?|no\.?:?\s?|n:\s?)?{_NO}\b\.?(?!\s?(?:€|\$|£|%|eur|cm|mm))", _I)
_BOX = words(
    r"\b(?:p\.? ?o\.? ?box|post ?office box|post ?box|postfach|apartado(?: (?:de correos|postal))?|casilla|boîte postale|b\.p\.|bp|casella postale|postbus|postboks|"
    r"gpo box|locked bag|private bag|caixa postal|skrytka pocztowa|pf\.?)[ :#.]{0,3}(?:no\.? ?)?\d{1,7}\b|"
    r"\b(?:psc|unit|cmr) \d{3,5},? box \d{3,5}\b|\b(?:uss|usns|usnv|usnm|uscgc|usnm) [a-z]+(?=,? ?[fad]po\b)"
)
_MILITARY = re.compile(r"\b[FAD]PO,? A[AEP],? \d{5}(?:-\d{4})?\b", _I)
_CJK = re.compile(r"(?:〒?\s?\d{3}-?\d{4}\s*)?[一-龥]{2,}(?:省|市|区|县|県|都|府|道)[一-龥ぁ-んァ-ンー\w]*?[一-龥ぁ-んァ-ンー]+\d+(?:[-丁目番地号室楼栋座]*\d*)*(?:\s?[ぁ-んァ-ン一-龥ー]+\d+)?(?:\s\d{6})?")
_KOREAN = re.compile(r"[가-힣]+(?:특별시|광역시|특별자치시|시|도)\s(?:[가-힣]+(?:시|군|구)\s){1,2}[가-힣\d]+(?:로|길|동)\s?\d+(?:-\d+)?(?:\s?\([가-힣\d ]+\))?")
_US_END = re.compile(rf"(?:{_UP}(?:[ ]{_UP}){{0,3}}),?\s(?:{said.STATES}),?\s\d{{5}}(?:-\d{{4}})?(?![\w-])|(?<![\w]){_W}(?:[ ]{_W}){{0,2}},\s?(?:{said.STATES}),?\s\d{{5}}(?:-\d{{4}})?(?![\w-])", _I)
_UK = re.compile(rf"(?<![\w-]){said.UK_POSTCODE}(?![\w-])", _I)
_CANADIAN = re.compile(r"(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d(?![\w-])", _I)
_TOWN = re.compile(rf"(?<![\w.,#-])(?:[A-Z]{{1,2}}-)?(?:\d{{5}}|\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}}|\d{{3}} \d{{2}}|\d{{4}} [A-Z]{{2}})\s{_UP}(?:[ -]{_UP}){{0,2}}")
_CALLED_POSTCODE = words(rf"\b(?:post ?code|postal ?code|zip(?: ?code)?|plz|postleitzahl|cap|eircode|pin ?code)(?:\s*(?:is|was|:|=|to|it's|now)){{0,2}}\s*(?P<code>{said.POSTCODE})(?![\w-])")
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
    r"\.\s|\.$|\n\n|(?:,\s*|\s+)(?:and|but|please|pls|plz|instead|because|cause|cos|so|thanks|thank|thx|before|when|can|could|is|isn't|if|or|not|by|asap|since|for|with|where|was|has|have|will|it|i|we|my|"
    r"the|that|this|who|which|do|does|did|until|till|now|next|tomorrow|today|any|phone|tel|email|mobile|call|order|number|regards|cheers|name|right|ok|anymore|then|as|you|your|there|from|however)\b|\s[-–]\s|\s\(|[\"<>:]",
    _I,
)
_HOUSE = re.compile(rf"(?<![\w]){_NO}(?![\w])")
_SEGMENT_WORDS = rf"(?:{_SMALL}[ ])?{_UP}(?:[ -](?:{_SMALL}[ -])?{_UP}){{0,3}}"
_STOP_WORDS = (
    r"(?!(?:I|We|My|The|Please|Thanks|Thank|Thx|Can|Could|Is|It|But|And|Order|Phone|Tel|Email|Hello|Hi|Regards|Cheers|Name|This|That|You|Your|Do|Does|Not|If|So|What|When|Where|Call|Mobile|Also|Let|Just|Sorry|"
    r"Best|Kind|Dear|Ok|Okay|Yes|No|Card|Password|Sent|Attn|Mr|Mrs|Ms|Born|Dob|Delivery|Ship|Deliver|Asap|They|He|She|There|Why|How|Now|Our|A|An|In|On|For)\b)"
)
_SEPARATOR = r"[ ]{0,2}(?:[,;/|-]|\n|\.(?=\s))?[ \n]{0,2}"
_TAIL = [
    re.compile(rf"{_SEPARATOR}{said.UNIT}", _I),
    re.compile(rf"{_SEPARATOR}(?:{said.STATES})(?:[ ,.]{{1,2}}\d{{5}}(?:-\d{{4}})?)?(?![\w])"),
    re.compile(rf"{_SEPARATOR}(?:{said.STATES}|{said.STATE_NAMES})[ ,.]{{1,2}}(?:\d{{4,5}}(?:-\d{{4}})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![\w])", _I),
    re.compile(rf"{_SEPARATOR}(?:{said.STATE_NAMES})(?![\w])", _I),
    re.compile(rf"{_SEPARATOR}(?-i:{said.POSTCODE})(?![\w])(?!\s?(?:€|\$|£|eur|pieces|pcs|items|days))(?:[ ,]{{1,2}}{_STOP_WORDS}{_SEGMENT_WORDS})?"),
    re.compile(rf"{_SEPARATOR}{said.UK_POSTCODE}(?![\w])", _I),
    re.compile(rf"[ ]{{0,2}}(?:[,;/|-]|\n|,\n)[ \n]{{0,2}}{_STOP_WORDS}{_SEGMENT_WORDS}(?:[ ]?\([A-Z]{{2}}\))?"),
    re.compile(rf"[ ]{_STOP_WORDS}{_UP}(?:[ -]{_UP}){{0,2}}(?=,? (?:{said.STATES}|{said.POSTCODE})(?![\w]))"),
    re.compile(rf"[ ,]{{1,2}}(?:{_W}[ ]){{0,2}}{_W}(?=,? (?:(?:{said.STATES}|{said.STATE_NAMES}),? \d{{5}}|{said.UK_POSTCODE})(?![\w]))", _I),
    re.compile(r"[ ,]{1,2}\d{5} (?!(?:please|and|but|thanks|thank|thx|not|instead|pls|plz|because|for|the|now|asap|from|that|this|with|can|you|today|tomorrow|cheers|right|where|when|then|also)\b)[^\W\d_]{3,}(?![\w])"),
    re.compile(rf"{_SEPARATOR}(?:{said.COUNTRIES})(?![\w])", _I),
    re.compile(r"[ ]?\([A-Z]{2}\)"),
]  # fmt: skip
_LEAD = re.compile(
    rf"(?:(?<![\w.])(?:{_NO},?\s(?:{_UP}\s?){{1,4}}|(?:{_UP}\s){{1,4}}{_NO}|(?:Flat|Unit|Apt|Studio)\s\d+[A-Za-z]?,?\s(?:{_UP}\s?){{1,4}}|(?<![\w])(?!(?:to|at|is|in|on|for|my|the|and|address|order|size|number|of|from|was|no|or|a|than|about)\b)[^\W\d_]{{4,}}\s{_NO})(?:[, \n]{{1,2}}(?:{said.UNIT}|{_STOP_WORDS}{_SEGMENT_WORDS})){{0,3}})[, \n]{{1,3}}$"
)
_CORES = (
    _ENGLISH, _NUMBERED, _WEAK_ENGLISH, _FLAT, _PREFIXED_AFTER, _PREFIXED_BEFORE, _PREFIXED_ALONE, _COMPOUND, _SEPARATE, _BOX, _MILITARY, _CJK,
    _KOREAN, _US_END, _UK, _CANADIAN,
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
        for match in _TOWN.finditer(text):
            lead = _LEAD.search(text, 0, match.start())
            if lead or self._is_place(match[0]):
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
        lead = _LEAD.search(text[max(0, start - 90) : start])
        if lead and not re.match(r"(?:order|size|pair)", lead[0], _I):
            start = max(0, start - 90) + lead.start()
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
        if not named or len(named) > 14 or re.match(rf"\s*\d+\s(?!{_NOT_A_STREET[3:-1]})", chunk, _I) is None and re.match(r"\s*\d", chunk):
            return
        capital = any(word[0].isupper() for word in named)
        if sure or capital or any(word.lower() in self._places for word in named):
            end = start + len(chunk.rstrip(" ,.;\n-"))
            yield self._grown(text, start + len(chunk) - len(chunk.lstrip()), end)

    def _is_place(self, town: str) -> bool:
        return any(word.lower() in self._places for word in re.findall(r"[^\W\d_]+", town))
