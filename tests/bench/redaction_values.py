"""Values for the templates: by Faker in many countries, written as shoppers write them."""

from __future__ import annotations

import random
import re

from faker import Faker

from shop.privacy import Entity, Personal

_LOCALES = [
    "en_US",
    "en_GB",
    "en_AU",
    "en_CA",
    "en_IN",
    "en_IE",
    "en_NZ",
    "de_DE",
    "de_AT",
    "de_CH",
    "fr_FR",
    "fr_CA",
    "es_ES",
    "es_MX",
    "it_IT",
    "nl_NL",
    "nl_BE",
    "pl_PL",
    "pt_BR",
    "pt_PT",
    "sv_SE",
    "da_DK",
    "no_NO",
    "fi_FI",
    "cs_CZ",
    "hu_HU",
    "ro_RO",
    "hr_HR",
    "tr_TR",
    "id_ID",
    "vi_VN",
    "es_CO",
    "sk_SK",
    "et_EE",
]
_OTHER_SCRIPTS = ("ru_RU", "uk_UA", "el_GR", "ja_JP", "zh_CN", "ko_KR", "bg_BG")
_ENGLISH = ("en_US", "en_GB", "en_AU", "en_CA", "en_US", "en_GB")
_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_PRODUCTS = [
    "Oslo rain jacket",
    "merino crew sweater",
    "Levi's 501 jeans",
    "Nike Air Max 90",
    "linen shirt",
    "Calvin Klein belt",
    "Stan Smith trainers",
    "Adidas Samba OG",
    "Ralph Lauren polo",
    "wool socks 3-pack",
    "canvas tote bag",
    "Dr. Martens 1460",
    "Nordic parka",
    "silk scarf",
    "trail runners 4",
    "Birkenstock Arizona",
    "Tommy Hilfiger hoodie",
    "Chelsea boots",
    "Oxford shirt",
    "cashmere beanie",
    "Air Jordan 1",
]


class Values:
    """Fills templates. `{name}` and so on are personal; product, price, size, date and n are not."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._fakers = {locale: Faker(locale) for locale in (*_LOCALES, *_OTHER_SCRIPTS)}
        self._makers = {
            "name": self._name,
            "first": lambda f: f.first_name(),
            "last": lambda f: f.last_name(),
            "email": self._email,
            "phone": self._phone,
            "card": self._card,
            "iban": self._iban,
            "order": self._order,
            "address": self._address,
            "street": lambda f: _line(f.street_address()),
            "birth": self._birth,
            "password": self._password,
            "code": lambda f: f"{chance.randrange(10**6):06}",
            "ssn": self._national,
            "ip": self._ip,
            "url": self._url,
            "user": lambda f: self._fakers["en_US"].user_name(),
        }
        self._types = {
            "name": "NAME",
            "first": "NAME",
            "last": "NAME",
            "email": "EMAIL",
            "phone": "PHONE",
            "card": "CARD",
            "iban": "IBAN",
            "order": "ORDER_NUMBER",
            "address": "ADDRESS",
            "street": "ADDRESS",
            "birth": "BIRTH_DATE",
            "password": "PASSWORD",
            "code": "CODE",
            "ssn": "NATIONAL_ID",
            "ip": "IP",
            "url": "URL",
            "user": "USERNAME",
        }
        self._plain = {
            "product": lambda: chance.choice(_PRODUCTS),
            "price": lambda: chance.choice(["€59.99", "$120", "49,95 €", "1,299.00 USD", "£35", "80 euros", "24.50"]),
            "size": lambda: chance.choice(["M", "XL", "42", "EU 43", "UK 9.5", "32/34", "10-12", "US 8", "6-7 years"]),
            "date": lambda: chance.choice(
                ["12/03/2026", "Monday", "3 May", "2026-04-02", "last Friday", "01.12.2025", "June 5th"]
            ),
            "n": lambda: str(chance.randint(2, 12)),
        }

    def fill(self, template: str) -> tuple[str, tuple[Entity, ...]]:
        """One message, and where its personal data stand."""
        dice = self._chance.random()
        faker = self._fakers[
            self._chance.choice(_ENGLISH if dice < 0.4 else _LOCALES if dice < 0.93 else _OTHER_SCRIPTS)
        ]
        text, expected = "", []
        for part in re.split(r"(\{\w+\})", template):
            key = part.strip("{}")
            if part[:1] != "{":
                text += part
            elif key in self._plain:
                text += self._plain[key]()
            else:
                value = self._makers[key](faker)
                expected.append(Entity(len(text), len(text) + len(value), Personal(self._types[key])))
                text += value
        return text, tuple(expected)

    def _name(self, faker: Faker) -> str:
        first, last = faker.first_name(), faker.last_name()
        return self._chance.choice(
            [f"{first} {last}"] * 9 + [f"{first} {chr(65 + self._chance.randrange(26))}. {last}"]
        )

    def _email(self, faker: Faker) -> str:
        email = faker.ascii_free_email() if self._chance.random() < 0.6 else faker.ascii_email()
        spelled = email.replace("@", " at ").replace(".", " dot ")
        odd = [
            email.replace("@", " @ "),
            email.replace("@", "(at)").replace(".", "(dot)"),
            _full_width(email),
            _hidden(email),
        ]
        return self._chance.choice([*[email] * 6, spelled, *odd])

    def _phone(self, faker: Faker) -> str:
        number = faker.phone_number()
        if self._chance.random() < 0.1 and number.isascii():
            return _full_width(number)
        if self._chance.random() < 0.05:
            return " ".join(_WORDS[int(d)] for d in re.sub(r"\D", "", number.split("x")[0]))
        return number

    def _card(self, faker: Faker) -> str:
        number = faker.credit_card_number()
        fours = " ".join(number[i : i + 4] for i in range(0, len(number), 4))
        words = " ".join(_WORDS[int(d)] for d in number)
        return self._chance.choice(
            [
                number,
                fours,
                fours,
                fours.replace(" ", "-"),
                fours.replace(" ", "."),
                _full_width(fours),
                _hidden(number),
                " ".join(number),
                words,
            ]
        )

    def _iban(self, faker: Faker) -> str:
        iban = faker.iban()
        return self._chance.choice([iban, " ".join(iban[i : i + 4] for i in range(0, len(iban), 4)), _hidden(iban)])

    def _order(self, _faker: Faker) -> str:
        number = self._chance.randrange(1000, 99999)
        return self._chance.choice(
            [f"SH-{number}", f"SH-{number}", f"#{number}", f"W{self._chance.randrange(10**6, 10**7)}", f"sh{number}"]
        )

    def _address(self, faker: Faker) -> str:
        return _line(faker.address())

    def _birth(self, faker: Faker) -> str:
        day = faker.date_of_birth(minimum_age=18, maximum_age=90)
        return day.strftime(
            self._chance.choice(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%y", "%B %d, %Y", "%d %b %Y", "%m/%d/%Y"])
        )

    def _password(self, _faker: Faker) -> str:
        english = self._fakers["en_US"]
        return self._chance.choice(
            [english.password(length=10), english.word() + str(self._chance.randrange(1000)), "hunter2", "Summer2024!"]
        )

    def _national(self, faker: Faker) -> str:
        return self._fakers["en_US"].ssn() if self._chance.random() < 0.5 else faker.ssn()

    def _ip(self, faker: Faker) -> str:
        return faker.ipv4() if self._chance.random() < 0.7 else faker.ipv6()

    def _url(self, faker: Faker) -> str:
        token = "".join(self._chance.choices("abcdef0123456789", k=24))
        return self._chance.choice(
            [
                f"https://shop.example/reset?token={token}",
                f"https://shop.example/orders/view?key={token}&id=77",
                f"https://shop.example/account/verify/{token}",
                f"https://track.example/?email={faker.ascii_free_email()}",
            ]
        )


def _line(address: str) -> str:
    return re.sub(r"\s*\n\s*", ", ", address)


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _hidden(text: str) -> str:
    """With zero-width spaces inside."""
    return "\u200b".join(text[i : i + 4] for i in range(0, len(text), 4))
