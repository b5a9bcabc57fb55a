"""What opens an account: passwords, one-time codes, PINs, and the digits on the back of a card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shop.adapters.redaction.finding import Found, before, in_digits, words
from shop.adapters.redaction.reading import Reading
from shop.adapters.redaction.word_lists import listed
from shop.privacy import Personal

_IS = (
    r"(?:\s*(?:is|was|:|=|->|to|are|ist|lautet|es|est|it's|its|now|still|"
    r"would be|should be|currently|\")){1,3}\s*[\"'`]?"
)
_PASSWORD = words(
    r"\b(?:pass ?words?|passwd|pass-?word|passwort|kennwort|contraseña|mot de passe|passcode|passphrase|pass|pwd?|"
    r"psw|pword)"
    rf"(?: (?:for|of|on|to) (?:the |my |this |your )?(?:account|site|shop|login|app|website|email|"
    rf"profile))?{_IS}(?P<secret>[^\s\"'`,;]{{3,64}})"
)
_PASSWORD_AFTER = words(
    r"(?<!\S)(?P<secret>\S*[\d!@#$%&*]\S*) (?:is|as) (?:my|the) (?:old |new |current )?pass ?word\b"
)
_WITH_PASSWORD = words(
    r"\b(?:with|using|use|and|und|,|/) ?(?:the )?(?:pass ?word|pwd?|"
    r"passwort) (?P<secret>(?=\S*[\d!@#$%&*_])[^\s,;\"]{4,64})"
)
_PAIR = words(
    r"\b(?:login|user(?:name)?|log-?in|id|acct|account|credentials?|e-?mail)[ :=]{1,2}\S{3,60}?,? ?(?:and|/|with|,|"
    r"\|)? ?(?:the )?(?:pass(?:word)?|pwd?|passwort)[ :=]{1,3}(?P<secret>\S{3,64})"
)
_BARE = words(r"\b(?:pass ?word|passwd|pwd?|passwort) (?P<secret>(?=\S*[\d!#$%&*_])(?=\S*[a-z])[^\s,;\"]{4,64})")
_ZIP = re.compile(r"\d{5}(?:-\d{4})?")
_CODE = words(
    r"\b(?:one[- ]?time[- ]?(?:code|password|pin|passcode)?|otp|2fa|tan|pin|cvv2?|cvc2?|csc|security code|passcode|"
    r"verification(?: code| number)?|confirmation code|login code|access code|auth(?:entication)? code|sms code|code|"
    r"codes|kode|código)"
    r"(?: (?:number|on the back|you (?:sent|texted|emailed)(?: me)?|i (?:got|received|was sent)|from (?:the|my|"
    r"your) (?:email|sms|text|mail)|for my (?:card|account)|by (?:email|sms)))?"
    r"(?:\s*(?:is|was|:|=|->|says|it's|its|reads|ist|est|es|i got|that's|,|here|here's|-|\"|'|are)){0,3}\s*[\"'(]?"
    r"(?P<secret>(?:[A-Z]-)?\d(?:[ .\n-]?\d){2,9})(?!\w)"
)
_CODE_AFTER = words(
    r"(?<![\w.,#-])(?P<secret>\d(?:[ -]?\d){3,7})(?: |,|\.)+(?:is|was|that's|thats) (?:the |my |your )?(?:code|otp|"
    r"pin|one[- ]time|verification|security code)"
)
_ENTERED = words(
    r"\b(?:got|received|entered|typed|tried|here's|heres|enter|sent me|texted me) (?:the )?(?:(?:text|sms|mail|"
    r"email) (?:with|saying) )?(?P<secret>\d{3}[ -]?\d{3})(?![\w.,-])(?! ?(?:€|\$|eur|pieces|points|items|emails))"
)
_OTHER_CODE = words(
    r"\b(?:promo(?:tion(?:al)?)?|discount|coupon|voucher|zip|postal|post|error|country|area|dial(?:l?ing)?|product|"
    r"colou?r|"
    r"size|style|item|bar|qr|dress|tracking|referral|student|offer|sale|sort|gift|reference|status|http|article|"
    r"model|return|"
    r"shipping|sku|influencer|newsletter|welcome|store|batch|hs|tariff) ?$"
)


def find_secrets(reading: Reading) -> Iterator[Found]:
    """Passwords and codes; a discount code, a postcode or an error's code is none."""
    for pattern in (_PASSWORD, _PASSWORD_AFTER, _WITH_PASSWORD, _BARE, _PAIR):
        for match in pattern.finditer(reading.text):
            secret = match["secret"].rstrip(".!?)")
            if _ZIP.fullmatch(secret) and before(reading.text, match.start("secret")).endswith(", pw "):
                continue  # a postcode, in Palau
            if secret.lower() not in listed("no_secret") and len(secret) > 2:
                yield Found(Personal.PASSWORD, match.start("secret"), match.start("secret") + len(secret))
    text = reading.digits.text
    places = [
        match.span("secret")
        for pattern in (_CODE, _CODE_AFTER, _ENTERED)
        for match in pattern.finditer(text)
        if not _OTHER_CODE.search(before(text, match.start(), 16))
    ]
    yield from in_digits(reading, Personal.CODE, places)
