"""Cutting a message where a second wish may begin: `I want to return the shirt and where is my other order?`"""

from __future__ import annotations

import re

MOST = 4
_STARTERS = (
    r"where|what|when|how|why|which|who|can|could|do|does|did|is|are|will|would|should|please|also|then|"
    r"i(?:'d| would) like|i want|i(?:'d| would) also|i also|i need|i have|i'm looking|"
    r"tell|show|track|cancel|return|send|exchange|change|find|talk|speak|give|help"
)
_JOINERS = r"and also|oh and|and|plus|also|but|btw|as well as"
_CUT = re.compile(  # each cut begins where its blanks begin, so that a long row of them is looked at once
    rf"(?<=[.!?;])\s+|(?<!\s)\s*\n\s*|(?<!\s)(?:\s*,)?\s+(?:{_JOINERS})\b\s+(?=(?:{_STARTERS})\b)", re.IGNORECASE
)


def clauses(text: str) -> list[str]:
    """The parts of a message that may each say something of their own; the last holds the rest of a long one."""
    plain = text.replace("’", "'")
    ends = [0]
    parts = []
    for cut in _CUT.finditer(plain):
        parts.append(text[ends[-1] : cut.start()])
        ends.append(cut.end())
        if len(parts) == MOST - 1:
            break
    return [part for part in (each.strip() for each in [*parts, text[ends[-1] :]]) if part]
