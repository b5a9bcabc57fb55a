"""The demo shop's customers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from random import Random
from typing import Any

from shop.adapters.demo.source import Records

_FIRST_ID = 1001
_AT_HOME = 0.6  # how many have a name that is common where they live
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "đ": "d", "æ": "ae"})


def customers(lists: Mapping[str, Any], how_many: int, dice: Random) -> Records:
    """Customers as records of a shop file, each with an email of their own."""
    taken: set[str] = set()
    return [_customer(f"C-{_FIRST_ID + place}", lists, taken, dice) for place in range(how_many)]


def _customer(customer_id: str, lists: Mapping[str, Any], taken: set[str], dice: Random) -> dict[str, Any]:
    countries = lists["countries"]
    country = dice.choices(countries, [country["weight"] for country in countries])[0]
    first, last = _name(lists["cultures"], country["culture"], dice)
    return {
        "id": customer_id,
        "first_name": first,
        "last_name": last,
        "email": _email(first, last, taken, dice),
        "phone": "".join(str(dice.randint(0, 9)) if sign == "#" else sign for sign in country["phone"]),
        "language": country["language"],
        "address": _address(f"{first} {last}", country, dice),
        "payment_methods": _payment_methods(customer_id, dice),
    }


def _name(cultures: Mapping[str, Any], at_home: str, dice: Random) -> tuple[str, str]:
    """A first and a last name; one in ten has parents from two places."""
    culture = at_home if dice.random() < _AT_HOME else dice.choice(sorted(cultures))
    other = culture if dice.random() < 0.9 else dice.choice(sorted(cultures))
    return dice.choice(cultures[culture]["first"]), dice.choice(cultures[other]["last"])


def _email(first: str, last: str, taken: set[str], dice: Random) -> str:
    name = f"{_plain(first)}.{_plain(last)}"
    domain = dice.choice(["example.com", "example.org"])
    email, number = f"{name}@{domain}", 1
    while email in taken:
        number += 1
        email = f"{name}{number}@{domain}"
    taken.add(email)
    return email


def _plain(name: str) -> str:
    """A name in the letters that an email has: `Łucja De Luca` becomes `lucja` and `deluca`."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    return "".join(letter for letter in decomposed if letter.isascii() and letter.isalpha())


def _address(name: str, country: Mapping[str, Any], dice: Random) -> dict[str, str]:
    city, region, postcode = dice.choice(country["cities"])
    street, house = dice.choice(country["streets"]), dice.randint(1, 98)
    number_first = country["language"] in {"en", "fr"}
    return {
        "name": name,
        "line1": f"{house} {street}" if number_first else f"{street} {house}",
        "line2": dice.choice(["", "", "", "2nd floor", "c/o Larsen", "Flat 4"]),
        "city": city,
        "region": region,
        "postcode": postcode,
        "country": country["code"],
    }


def _payment_methods(customer_id: str, dice: Random) -> Records:
    """One to three ways to pay; about every third customer has a gift card."""
    brand = dice.choice(["Visa", "Mastercard"])
    ways = {
        "card": f"{brand} ending in {dice.randint(0, 9999):04}",
        "paypal": "PayPal",
        "invoice": "Invoice",
    }
    kinds = dice.sample(sorted(ways), dice.choices([1, 2], [3, 1])[0])
    methods = [{"id": f"{customer_id}-{kind}", "kind": kind, "label": ways[kind]} for kind in kinds]
    if dice.random() < 0.35:
        label = f"Gift card ending in {dice.randint(0, 9999):04}"
        methods.append({"id": f"{customer_id}-gift", "kind": "gift_card", "label": label})
    return methods
