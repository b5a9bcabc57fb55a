"""What is surely part of an address: a street with its number, a box, a town with its postcode."""

from __future__ import annotations

import re

from shop.adapters.redaction import street_words as said
from shop.adapters.redaction.address_parts import (
    ANY_CASE,
    CAPITALISED,
    FLAT,
    NUMBER,
    PHRASE_BEGINS,
    PHRASE_ENDS,
    SMALL,
    WORD,
)
from shop.adapters.redaction.finding import words

_ENGLISH = re.compile(
    rf"(?<![\w/.,-]){FLAT}?{NUMBER},?[ ](?:{WORD}[ ]){{1,4}}?(?:{said.STRONG_SUFFIXES})s?\b\.?(?!')(?:[ ](?:N|S|E|W|"
    rf"NE|NW|SE|SW|north|south|east|west)\b)?",
    ANY_CASE,
)
_HOUSE_NUMBER = re.compile(rf"(?<![\w])h\.? ?no\.? ?\d[\w/-]*,? {WORD}(?:[ ]{WORD})?", ANY_CASE)
_NUMBERED = re.compile(
    rf"(?<![\w/.,-])\d{{1,5}}[ ](?:[NSEW]\.?[ ]|north |south |east |west )?\d{{1,3}}(?:st|nd|rd|"
    rf"th)[ ](?:{said.STRONG_SUFFIXES})\b",
    ANY_CASE,
)
_WEAK_ENGLISH = re.compile(
    rf"(?<![\w/.,-]){NUMBER},?[ ](?:{CAPITALISED}[ ]){{1,3}}"
    rf"(?:{'|'.join((said.STRONG_SUFFIXES, said.WEAK_SUFFIXES)).title()})\b(?=[ ]*(?:[,.;!?\n]|$|Apt|Suite|Unit|"
    rf"[A-Z]))"
)
_WEAK_LOWER = re.compile(
    rf"{PHRASE_BEGINS}{FLAT}?{NUMBER},?[ ](?:{WORD}[ ]){{1,3}}?(?:{said.WEAK_SUFFIXES})\b{PHRASE_ENDS}", ANY_CASE
)
_FLAT = re.compile(
    rf"(?<![\w])(?:flat|studio|unit|apartment|"
    rf"apt\.?)[ ]\d{{1,4}}[A-Za-z]?,?[ ](?:{WORD}[ ]){{1,3}}(?:{said.STRONG_SUFFIXES}|"
    rf"{said.WEAK_SUFFIXES}){PHRASE_ENDS}",
    ANY_CASE,
)
_PREFIXED_AFTER = re.compile(
    rf"(?<![\w])(?:{said.PREFIXES})(?:(?<=[./])[ ]?|[ ])(?:{SMALL}[ ]|[IVX]{{1,5}}[ ]|{WORD}[ ]?|"
    rf"\d{{1,2}} (?:de )?{WORD} ){{1,6}}?(?:,?[ ]?(?:n[º°.ro]*|nr|no|num|número|numero|д|№|#)[.:]?)?[, ]{{1,2}}"
    rf"(?:s/n|{NUMBER})(?![\w.]\d)(?![\d€$£%])(?![ ]?(?:euros?|eur|dollars?|usd|pounds?|gbp|ml|cm|mm|kg|pieces|pcs|"
    rf"items|days|shoes|shirts?)\b)",
    ANY_CASE,
)
_PREFIXED_BEFORE = re.compile(
    rf"(?<![\w/.,-]){NUMBER}(?: bis| ter)?,?[ ](?:rue|avenue|av\.|boulevard|bd|chemin|impasse|allée|place|quai|route|"
    rf"cours|sentier|ruelle|voie|passage|square)[ ]"
    rf"(?:{SMALL}[ ]|{WORD}[ ]?){{1,5}}?(?=[,\n.!?]|$|[ ]\d{{5}}|[ ](?:and|please|but|not|is|à|apt|app|suite)\b)",
    ANY_CASE,
)
_PREFIXED_ALONE = re.compile(
    rf"(?<![\w])(?:Rue|Avenue|Boulevard|Chemin|Strada|Soseaua|Șoseaua|Gang|Intrarea|Aleea|Drumul|Bulevardul|Calea|"
    rf"Viaduto|Sítio|Calle|Avenida|Via|Viale|Piazza|Rua|Travessa|Praça|ulica|ul\.|Jalan|"
    rf"Jl\.)[ ](?:{SMALL}[ ])?{CAPITALISED}(?:[ ](?:{SMALL}[ ])?{CAPITALISED}){{0,3}}"
)
_COMPOUND = re.compile(
    rf"(?<![\w])(?:{CAPITALISED}[ -])?{WORD}(?:{said.COMPOUND_SUFFIXES})\.?,?[ ]?(?:nr\.?[ ]?|"
    rf"no\.?:?[ ]?)?{NUMBER}\b(?![ ]?(?:€|\$|£|%|eur|cm|mm|kg|items|pieces|pcs|days))",
    ANY_CASE,
)
_SEPARATE = re.compile(
    rf"(?<![\w])(?:{WORD}[ -]){{1,3}}(?:{said.SEPARATE_SUFFIXES})[ ,]{{1,2}}(?:nr\.?[ ]?|no\.?:?[ ]?|"
    rf"n:[ ]?)?{NUMBER}\b\.?(?![ ]?(?:€|\$|£|%|eur|cm|mm))",
    ANY_CASE,
)
_NUMBER_AND_TOWN = re.compile(
    rf"(?<![\w])(?:{SMALL}[ ]|{WORD}[ ]){{0,4}}{WORD}(?:[ ]{NUMBER},?|"
    rf",[ ]{NUMBER},)[ \n](?:{said.UNIT},?[ ])?(?:(?:[A-Z]{{1,2}}-)?(?:\d{{5}}|\d{{3}}[ ]\d{{2}}|\d{{2}}-\d{{3}}|"
    rf"\d{{4}}-\d{{3}}|\d{{4}} ?[A-Z]{{2}}),?[ ]{WORD}|(?<=, )\d{{4}}[ ]{WORD}|\d{{4}}[ ]{CAPITALISED})",
    ANY_CASE,
)
_BOX = words(
    r"\b(?:p\.? ?o\.? ?box|post ?office box|post ?box|postfach|apartado(?: (?:de correos|postal))?|casilla|"
    r"boîte postale|b\.p\.|bp|casella postale|postbus|postboks|"
    r"gpo box|locked bag|private bag|caixa postal|skrytka pocztowa|pf\.?)[ :#.]{0,3}(?:no\.? ?)?\d{1,7}\b|"
    r"\b(?:psc|unit|cmr) \d{3,5},? box \d{3,5}\b|\b(?:uss|usns|usnv|usnm|uscgc|usnm) [a-z]+(?=,? ?[fad]po\b)"
)
_MILITARY = re.compile(r"\b[FAD]PO,? A[AEP],? \d{5}(?:-\d{4})?\b", ANY_CASE)
_CJK = re.compile(
    r"(?:〒?\s?\d{3}-?\d{4}\s*)?[一-龥]{2,}(?:省|市|区|县|県|都|府|"
    r"道)[一-龥ぁ-んァ-ンー\w]*?[一-龥ぁ-んァ-ンー]+\d+(?:[-丁目番地号室楼栋座]*\d*)*(?:\s?[ぁ-んァ-ン一-龥ー]+\d+)?(?:\s\d{6})?"
)
_KOREAN = re.compile(
    r"[가-힣]+(?:특별시|광역시|특별자치시|시|도)\s(?:[가-힣]+(?:시|군|구)\s){1,2}"
    r"[가-힣\d]+(?:로|길|동)\s?\d+(?:-\d+)?(?:\s?\([가-힣\d ]+\))?"
)
_US_END = re.compile(
    rf"(?<![\w])(?:{WORD}[ ]){{0,2}}{WORD},?[ ](?:{said.STATES}),?[ ]\d{{5}}(?:-\d{{4}})?(?![\w-])", ANY_CASE
)
_AUSTRALIAN_END = re.compile(
    rf"(?<![\w])(?:{WORD}[ ]){{0,2}}{WORD},?[ ](?:NSW|VIC|QLD|TAS|ACT|NT|SA|WA),?[ ]\d{{4}}(?![\w-])", ANY_CASE
)
_AT = re.compile(
    rf"(?<= at ){NUMBER} (?:{CAPITALISED} ){{1,3}}{CAPITALISED}|"
    rf"(?<= at )(?:{CAPITALISED} ){{0,2}}{CAPITALISED} {NUMBER}(?![\w:%])"
)
_COLOMBIAN = re.compile(
    r"(?<![\w])(?:(?:avenida|av\.?) )?(?:calle|carrera|cra|kra|cl|transversal|tv|diagonal|dg|tr|avenida|"
    r"av)\.? \d{1,3} ?[A-Za-z]{0,2}(?: bis)?(?: (?:sur|norte|este|oeste))? ?(?:#|no\.?|"
    r"n[°o]\.?) ?\d{1,3} ?[A-Za-z]{0,2} ?-? ?\d{1,3}(?: (?:sur|norte|este|oeste))?",
    ANY_CASE,
)
OTHER_SCRIPT = re.compile(
    r"[\u0370-\u1fff\u3040-\ud7ff][\u0370-\u1fff\u3040-\ud7ff .,'’\"№()/\d-]*\d"
    r"(?:[\u0370-\u1fff\u3040-\ud7ff .,/\d-]*[\u0370-\u1fff\u3040-\ud7ff\d])?(?:[A-Za-z]座)?(?: \d{6})?|"
    r"[\u3040-\ud7ff]+[街路道巷][A-Z\d]座?"
)
_VIETNAMESE = re.compile(
    r"(?<![\w])(?:(?:số )?\d+(?:/\d+)* )?(?:khu|phố|đường|ngõ|xã|phường|quận) (?:[\w.]+ ?){1,14}(?:\d{5})?", ANY_CASE
)
_UK = re.compile(rf"(?<![\w-]){said.UK_POSTCODE}(?![\w-])", ANY_CASE)
_CANADIAN = re.compile(r"(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d(?![\w-])", ANY_CASE)
TOWN = re.compile(
    rf"(?<![\w.,#-])(?:[A-Z]{{1,2}}-)?(?:\d{{5}}|\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}}|\d{{3}} \d{{2}}|\d{{4}} [A-Z]{{2}}|"
    rf"\d{{4}})[ ]{CAPITALISED}(?:[ -]{CAPITALISED}){{0,2}}"
)
_EIRCODE = re.compile(rf"(?<![\w-]){said.EIRCODE}(?![\w-])", ANY_CASE)
CALLED_POSTCODE = words(
    rf"\b(?:post ?code|postal ?code|zip(?: ?code)?|plz|postleitzahl|cap|eircode|pin ?code)(?:\s*(?:is|was|:|=|to|"
    rf"it's|now)){{0,2}}\s*(?P<code>{said.POSTCODE})(?![\w-])"
)
CORES = (
    _ENGLISH,
    _HOUSE_NUMBER,
    _NUMBERED,
    _WEAK_ENGLISH,
    _WEAK_LOWER,
    _FLAT,
    _NUMBER_AND_TOWN,
    _PREFIXED_AFTER,
    _PREFIXED_BEFORE,
    _PREFIXED_ALONE,
    _COMPOUND,
    _SEPARATE,
    _BOX,
    _MILITARY,
    _CJK,
    _KOREAN,
    _US_END,
    _AUSTRALIAN_END,
    _AT,
    _COLOMBIAN,
    _VIETNAMESE,
    _UK,
    _CANADIAN,
    _EIRCODE,
)
