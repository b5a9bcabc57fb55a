"""Email addresses, also spelled out (`ann at example dot com`), spaced, or half typed (`ann@gmail`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shop.adapters.redaction.finding import Found, before, words
from shop.adapters.redaction.reading import Reading
from shop.adapters.redaction.word_lists import listed
from shop.privacy import Personal

_PLAIN = re.compile(r"(?:mailto:)?([\w.!#$%&'*+/=?^{|}~-]*[\w+-]@(?:[\w-]+\.)+[^\W\d_][\w-]+)")
_ENDINGS = (
    "com|net|org|edu|gov|info|biz|io|co|me|app|dev|eu|uk|de|fr|es|it|nl|be|at|ch|pl|se|no|dk|fi|cz|sk|hu|ro|pt|ie|gr|"
    "tr|ru|ua|us|ca|mx|br|ar|cl|in|id|jp|cn|kr|au|nz|za|ng|ke|[a-z]{2}|email|mail|cloud|online|shop|test|example"
)
_AT = r"(?:@|\(at\)|\[at\]|\{at\}|<at>|_at_|(?<=[ \n])at(?=[ \n])|(?<=[ \n])arroba(?=[ \n]))"
_DOT = r"(?:\.|,|\(dot\)|\[dot\]|\{dot\}|<dot>|_dot_|(?<=[ \n])(?:dot|punto|punkt|point)(?=[ \n]))"
_JOINT = r"(?: ?[._+-] ?| (?:dot|point|punkt|underscore|dash|hyphen|minus|plus) )"
_FAR = 70  # characters: what stands further from an @ is no part of the address
_AT_SIGN = re.compile(_AT, re.IGNORECASE)
_SPOKEN = re.compile(
    rf"(?<![\w@.])(?P<local>\w[\w'+-]*(?:{_JOINT}\w[\w'+-]*){{0,6}})\s{{0,2}}{_AT}\s{{0,2}}"
    rf"(?P<host>[\w-]+(?:\s{{0,2}}{_DOT}\s{{0,2}}[\w-]+){{0,3}}\s{{0,2}}{_DOT}\s{{0,2}}(?:{_ENDINGS}))(?![\w-])",
    re.IGNORECASE,
)
_PROVIDERS = (
    "gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|aol|gmx|web|proton|protonmail|mail|msn|comcast|"
    "btinternet|"
    "yandex|zoho|qq|163|t-online|orange|free|laposte|libero|wp|onet|seznam|mailbox|posteo|fastmail"
)
_HALF = re.compile(
    rf"(?<![\w@.])\w[\w.+-]*(?:@| at )(?:{_PROVIDERS})(?: (?:com|de|net|org|fr|it|uk|pl|co uk))?(?![\w.-])",
    re.IGNORECASE,
)
_AT_SIGN_WITHOUT_DOT = re.compile(r"(?<![\w@.])[\w][\w.+-]*@[a-z][\w-]{2,}(?![\w.@])", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\S)(?:\S{1,2} ){5,80}\S{1,2}(?!\S)")
_CUE = words(
    r"(?:e-? ?mails?|mail(?:s|ed)?|address|contact|reach|write|login|log in|account|it's|its|is|:)[^.\n]{0,25}$"
)


def find_emails(reading: Reading) -> Iterator[Found]:
    """Every email address; where a shop's page is meant (`I bought it at example dot com`) there is none."""
    text = reading.text
    for match in _PLAIN.finditer(text):
        yield Found(Personal.EMAIL, match.start(1), match.end(1))
    for match in _SPACED.finditer(text):
        if _PLAIN.fullmatch(match[0].replace(" ", "")):
            yield Found(Personal.EMAIL, match.start(), match.end())
    for sign in _AT_SIGN.finditer(text):
        for match in _SPOKEN.finditer(text, max(0, sign.start() - _FAR), sign.end() + _FAR):
            if match.end() > sign.end() and _means_a_person(text, match):
                yield Found(Personal.EMAIL, match.start(), match.end())
    for match in _HALF.finditer(text):
        if "@" in match[0] or match[0].split()[0].lower() not in listed("no_mailbox"):
            yield Found(Personal.EMAIL, match.start(), match.end())
    for match in _AT_SIGN_WITHOUT_DOT.finditer(text):
        yield Found(Personal.EMAIL, match.start(), match.end())


def _means_a_person(text: str, match: re.Match[str]) -> bool:
    local = match["local"].lower()
    if "@" in match[0] or (
        local not in listed("no_mailbox")
        and any(sign in match[0].lower() for sign in ("dot", "(at", "[at", "{at", "_at"))
    ):
        return True
    return local not in listed("no_mailbox") and bool(_CUE.search(before(text, match.start())))
