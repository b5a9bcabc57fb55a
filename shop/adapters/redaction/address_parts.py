"""What patterns of addresses are made of: numbers, words that a street may have, and words that it never has."""

from __future__ import annotations

import re

from shop.adapters.redaction.word_lists import listed

ANY_CASE = re.IGNORECASE
NUMBER = r"\d{1,6}(?:[ ]?[A-Za-z](?![\w]))?(?:[ ]?[/-][ ]?\d{1,5}[A-Za-z]?){0,2}"
NOT_SAID = rf"(?!(?:{'|'.join(sorted(listed('no_street')))})\b(?!['.]))"
WORD = rf"{NOT_SAID}[^\W\d_][\w.'’-]{{0,30}}"
CAPITALISED = (
    rf"(?-i:{NOT_SAID}(?!I\b|Hi\b|Please\b|Thanks\b|My\b|The\b|It\b|Order\b)[A-ZÀ-ÖØ-ÞĀ-ſА-ЯΑ-ΩẠ-Ỹ])[\w.'’-]{{0,30}}"
)
SMALL = (
    r"(?:van|von|der|den|de|del|della|di|da|do|dos|das|du|des|la|las|los|le|les|el|al|y|e|i|of|"
    r"the|am|an|im|sur|sous|upon|on|bei|ob|lez|ter|ten|nad|pod|na|u|pri|près|près|sul|sulla|unter|'t|d'|l')"
)
FLAT = (
    r"(?:(?:flat|unit|apt\.?|apartment|studio|suite|no\.?|house|plot|h\.? ?no\.?|shop)"
    r"(?:[ ]no\.?)?[ ]?#?[ ]?[\dA-Za-z/-]{1,6},?[ ])"
)
PHRASE_ENDS = (
    r"(?=[ ]*(?:[,.;!?\n]|$)|[ ](?:apt|apartment|suite|ste|unit|flat|#|please|pls|not|"
    r"and|but|instead|is|because|thanks|thx|by|until|till|before|for|on|tomorrow|today|where)\b)"
)
PHRASE_BEGINS = (
    r"(?:(?<=^)|(?<=\n)|(?<=[,:;] )|(?<= at )|(?<= to )|(?<=^at )|(?<=^to )|"
    r"(?<= is )|(?<=its )|(?<=it's )|(?<=from )|(?<= in ))"
)
SEPARATOR = r"[ ]{0,2}(?:\.?[,;/|-]|\n|\.(?=\s))?[ \n]{0,2}"
SEGMENT = rf"(?:{SMALL}[ ])?{CAPITALISED}(?:[ -](?:{SMALL}[ -]){{0,2}}{CAPITALISED}){{0,3}}"
