"""Names of accounts: `my username is ann_b`, `@ann.b on insta`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shop.adapters.redaction.finding import Found, words
from shop.adapters.redaction.reading import Reading
from shop.adapters.redaction.word_lists import listed
from shop.privacy import Personal

_CALLED = words(
    r"\b(?:user ?-?names?|user ?-?id|login(?: name| id)?|log-?in name|nick ?name|nick|screen ?name|account name|"
    r"benutzername|handle|insta(?:gram)?|"
    r"twitter|tik ?tok|snap(?:chat)?|telegram|discord|skype|gamertag|user|acct name|member name|profile name)"
    r"(?: (?:for|on) (?:the |my |your )?(?:account|site|shop|app|website|insta(?:gram)?))?"
    r"(?:\s*(?:is|was|:|=|->|it's|its|ist|handle|name|id|called|\"|'))+\s*[\"'@]?(?P<name>[\w][\w.-]{1,38}[\w])"
)
_LOGGED_IN_AS = words(
    r"\b(?:logged in|log in|login|signed in|sign in|logging in|registered|signed up|known) (?:as|under|"
    r"with)(?: the)?(?: user(?:name)?)? [\"'@]?(?P<name>[\w][\w.-]{1,38}[\w])(?![@\w])"
)
_HANDLE = re.compile(r"(?<![\w@.])@(?P<name>[A-Za-z_][\w.]{2,30}\w)(?![\w@])")
_PAIR = words(
    r"\b(?:login|user(?:name)?|log-?in|id|acct|account|credentials?)[ :=]{1,2}(?P<name>[\w][\w.@-]{2,38}),? ?(?:and|"
    r"/|with|,|\||\n)? ?(?:the )?(?:pass(?:word)?|pwd?|passwort)\b"
)
_USER = words(r"\b(?:user|username|login) (?P<name>(?=\S*[\d_.])[\w][\w.-]{2,38}|[a-z][\w.-]{3,38}(?= ?(?:[,;\n]|$)))")


def find_usernames(reading: Reading) -> Iterator[Found]:
    """User names and handles; one word after another is none: `my username is wrong`."""
    for pattern in (_CALLED, _LOGGED_IN_AS, _HANDLE, _PAIR, _USER):
        for match in pattern.finditer(reading.text):
            if match["name"].lower() not in listed("no_username"):
                yield Found(Personal.USERNAME, match.start("name"), match.end("name"))
