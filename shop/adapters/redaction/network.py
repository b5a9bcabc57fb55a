"""Addresses of devices, and links that carry a token, an account or a person."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from shop.adapters.redaction.finding import Found, before, words
from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal

_IP4 = re.compile(r"(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)")
_IP6 = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:%\w+)?(?![\w:])", re.IGNORECASE)
_VERSION = words(r"\b(?:version|v|ver|app|ios|android|firmware|build|release|update)[ .:]*$")
_URL = re.compile(
    r"(?<![\w@.])(?:https?://|"
    r"www\.)?[\w-]+(?:\.[\w-]+)*(?::[^\s@/]*@[\w.-]+)?(?:\.[a-z]{2,})(?::\d+)?/[^\s<>\"')\]]*|https?://[^\s<>\"')\]]+",
    re.IGNORECASE,
)
_KEYS = re.compile(
    r"(?:^|[_-])(?:token|key|api_?key|sig|signature|session|sess?|sid|auth|code|otp|e?mail|user|uid|user_?id|"
    r"customer|account|"
    r"id|reset|invite|secret|password|pw|hash|access|jwt|order|order_?id|order_?number|t|k|ref|magic|phone|name|"
    r"tracking|track|u)(?:$|[_-])",
    re.IGNORECASE,
)
_PERSONAL_PATH = re.compile(
    r"/(?:reset|magic|verify|confirm|invite|unsubscribe|account|orders?|users?|profile|u|track(?:ing)?|returns?|"
    r"download|login|auth|s|share|@[\w.]+|in)/[^/?#]*[\w-]{4,}",
    re.IGNORECASE,
)
_RANDOM = re.compile(r"(?=[\w.~-]*\d)(?=[\w.~-]*[A-Za-z])[\w.~-]{20,}")


def find_network(reading: Reading) -> Iterator[Found]:
    """IP addresses (a version such as 1.2.3.4 is none), and links with something personal in them."""
    text = reading.text
    for pattern in (_IP4, _IP6):
        for match in pattern.finditer(text):
            if _is_ip(match[0].partition("%")[0]) and not _VERSION.search(before(text, match.start(), 20)):
                yield Found(Personal.IP, match.start(), match.end())
    for match in _URL.finditer(text):
        link = match[0].rstrip(".,;:!?")
        if _is_personal(link):
            yield Found(Personal.URL, match.start(), match.start() + len(link))


def _is_ip(candidate: str) -> bool:
    try:
        address = ipaddress.ip_address(candidate)
    except ValueError:
        return False
    return not address.is_unspecified


def _is_personal(link: str) -> bool:
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
        values = parse_qsl(parts.query, keep_blank_values=True) + parse_qsl(parts.fragment)
    except ValueError:
        return True  # nothing that can be read as a link, but written as one
    if "@" in parts.netloc or _PERSONAL_PATH.search(parts.path):
        return True
    if any(_KEYS.search(key) and value for key, value in values):
        return True
    return any(
        _RANDOM.fullmatch(part) and not _is_words(part) for part in [*parts.path.split("/"), *(v for _, v in values)]
    )


def _is_words(part: str) -> bool:
    """A product's name in a path: `mens-running-shoe-model-7`."""
    pieces = re.split(r"[-_.]", part)
    return len(pieces) > 2 and all(piece.isalpha() or len(piece) < 6 for piece in pieces)
