"""Words that an address follows, and where in the sentence it ends."""

from __future__ import annotations

import re

from shop.adapters.redaction.address_parts import (
    ANY_CASE,
    NUMBER,
    WORD,
)
from shop.adapters.redaction.finding import words

SURE_CUE = words(
    r"\b(?:(?:street |home |shipping |delivery |billing |postal |mailing |new |right |correct |current |old |full |"
    r"my |office |work )*(?:address|adress|addres|addr|adresse|anschrift|dirección|indirizzo)"
    r"(?: (?:on (?:the|my) (?:order|account)|for (?:the|my) (?:order|account|delivery|parcel)))?(?: (?:is|was|to|"
    r"should be|would be|has changed to|changed to|now))*\s?(?::|=|->|-|,| )|"
    r"(?:i |we |he |she )?(?:now )?(?:live|lives|living|reside|resides|residing|stay|staying) (?:now )?(?:at|in|on)|"
    r"ich wohne(?: in)?|wohnhaft|vivo en|j'habite(?: au)?)\s*(?:is |now |it's |at )?(?=(?P<rest>[^?!;]{6,160}))"
)
LIKELY_CUE = words(
    r"\b(?:(?:ship|shipped|send|sent|deliver|delivered|redirect|reroute|forward|bring|post|mail|dispatch|return|"
    r"redeliver|change (?:it|that|the address|address))(?: (?:it|them|this|that|everything|the (?:order|parcel|"
    r"package|dress|shoes|rest)|my (?:order|parcel|package)|order|parcel|the replacement))?(?: instead| over|"
    r" out)? (?:to|at)|"
    r"(?:moved|moving|relocated) (?:house )?(?:from|to)|(?:pick|picked) (?:it )?up (?:at|from)|(?:left|"
    r"dropped)(?: it)? (?:at|outside)|i'?m at|we'?re at|and not|instead of|going to|go to|"
    r"goes to)\s(?=(?P<rest>[^?!;]{6,160}))"
)
CHUNK_ENDS = re.compile(
    r"(?<!no)(?<!nr)(?<!st)(?<!tr)(?<!pt)(?<!ul)(?<!av)(?<!al)\.\s|\.$|\n\n|(?:,\s*|\s+)(?:and|but|please|pls|plz|"
    r"instead|because|cause|cos|so|thanks|thank|thx|before|when|can|could|is|isn't|if|or|not|by|asap|since|for|with|"
    r"where|was|has|have|will|it|i|we|my|"
    r"the|that|this|who|which|do|does|did|until|till|now|next|tomorrow|today|any|phone|tel|email|mobile|call|order|"
    r"number|regards|cheers|name|right|ok|anymore|then|as|you|your|there|from|however)\b|\s[-–]\s|\s\(|[\"<>:]",
    ANY_CASE,
)
HOUSE = re.compile(rf"(?<![\w]){NUMBER}(?![\w])")
STREET_ALONE = re.compile(rf"(?:{WORD} ){{0,3}}{WORD} {NUMBER}|{NUMBER} {WORD}(?: {WORD}){{0,3}}", ANY_CASE)
