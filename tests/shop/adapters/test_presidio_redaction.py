"""What redaction finds in shoppers' messages, and what it leaves alone."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from shop.bootstrap import redactor
from shop.privacy import Placeholders, Redactor, redact_together

FOUND = {
    "EMAIL": [
        "write to [ann.o'neil+shop@mail.example.co.uk] please",
        "its [ann at example dot com]",
        "[ann(at)example(dot)hr]",
        "[j o h n @ g m a i l . c o m]",
        "mail [ann @ example . com]",
        "[ann@gmail]",
        "[ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ]",
        "[john dot doe at gmail dot com]",
        "(see [ann@example.com])",
    ],
    "PHONE": [
        "call [+49 (0)176 123 45678]",
        "[07700 900123]",
        "[(212) 555-0198]",
        "[1-800-555-0199 x12]",
        "[06 12 34 56 78] after five",
        "tel: [030/1234567]",
        "[0049 30 1234567]",
        "My cell [98765 43210]",
        "[oh seven seven double zero nine one two three]",
        "[+１ ４１５ ５５５ ０１９８]",
        "[555-0198] is my phone",
        "Ann Lee, 12 Elm Street, [44347741]",
        "[955-76-71]",
        "whatsapp [612 345 678]",
        "I changed my phone from [0301234567] to [45189702]",
    ],
    "CARD": [
        "[4111 1111 1111 1111] exp 12/27",
        "card [4111-1111-1111-1111]",
        "[4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1]",
        "[378282246310005]",
        "[４１１１ １１１１ １１１１ １１１１]",
        "[4111\u200b1111\u200b1111\u200b1111]",
        "[four one one one, one one one one, one one one one, one one one one]",
        "my card [4111 1111 1111 1112] is declined",
        "[6011000990139424]",
        "[2223003122003222]",
    ],
    "IBAN": [
        "refund to [DE89 3704 0044 0532 0130 00]",
        "[gb29nwbk60161331926819]",
        "to [DE89-3704-0044-0532-0130-00]",
        "[FR14 2004 1010 0505 0001 3M02 606]",
        "[NO93 8601 1117 947] thanks",
        "iban [DE89 3704 0044 0532 0130 01]",
    ],
    "ORDER_NUMBER": [
        "where is [SH-10234]?",
        "order [#1001]",
        "[W1234567] is late",
        "[sh10234]",
        "my order number is [10234]",
        "order [one zero two three four]",
        "orders [SH-10234] and [SH-10235]",
        "Bestellung [48213]",
    ],
    "ADDRESS": [
        "[12 Elm Street Apt 4B, Springfield IL 62704]",
        "ship to [12 elm street apt 4b, springfield il 62704] please",
        "[Hauptstr. 5, 10115 Berlin]",
        "[Calle Mayor 3, 2º B]",
        "[221b baker street london]",
        "[Flat 2, 14 High St, Leeds LS1 4AB]",
        "i live at [45 rue de la république, 69002 lyon]",
        "[Via Roma 12, 00184 Roma]",
        "[ul. Marszałkowska 10/5, 00-590 Warszawa]",
        "[Keizersgracht 123, 1015 CJ Amsterdam]",
        "[PO Box 123, Springfield, IL 62704]",
        "[Storgatan 12, 111 23 Stockholm]",
        "[東京都渋谷区神南1丁目2番3号]",
        "my postcode is [SW1A 1AA]",
        "[Rua Augusta, 1500 - São Paulo - SP, 01304-001]",
        "[Petőfi utca 12., 1052 Budapest]",
        "[Atatürk Caddesi No:5 Daire:3, 34000 Istanbul]",
        "my address is [Oakfield 12, Springfield]",
        "leave it at [5 oak lane] thanks",
    ],
    "NAME": [
        "im [john smith], where is it",
        "my name is [thandiwe nkosi]",
        "Thanks, [Priya]",
        "Kind regards\n[Anna Müller]",
        "Dear [Xiomara], hi",
        "MY NAME IS [JOHN SMITH] AND I WAIT",
        "Mr [Green] told me",
        "I spoke to [hinrich] yesterday",
        "[Smith], [John]",
        "[Mary-Jane O'Brien] is here",
        "the parcel for [Ludwig van der Berg] got lost",
        "i am [健一 藤井]",
        "name: [brandy carpenter]",
        "[Grace Miller] paid",
        "hey its [Francisco Díaz] again",
    ],
    "BIRTH_DATE": [
        "born [03.05.1990]",
        "my date of birth is [3 may 1990]",
        "dob [1990-05-03]",
        "[May 3, 1990] is my birthday",
    ],
    "PASSWORD": [
        "my password is [hunter2]",
        "pw: [S3cret!23] doesnt work",
        "login ann_b pass [correcthorse]",
        "password [hunter2] not working",
    ],
    "CODE": [
        "the code is [482913]",
        "otp [482 913]",
        "cvv [123]",
        "[482913] is the code",
        "my pin is [four eight two one]",
    ],
    "NATIONAL_ID": [
        "[123-45-6789]",
        "ssn is [456 321 603] ok",
        "passport no. [C01X00T47]",
        "DNI [12345678Z]",
        "i am [12345678Z] in Spain, not 12345678A",
        "my nino is [QQ 12 34 56 C]",
        "cpf [123.456.789-09]",
    ],
    "IP": ["blocked from [10.0.0.1]", "[2001:db8:85a3::8a2e:370:7334] is me"],
    "URL": [
        "[https://shop.example/reset?token=abc123def] fails",
        "[shop.example/orders/view?key=9f8e7d6c5b]",
        "see [https://ann:secret@shop.example/x].",
    ],
    "USERNAME": ["my username is [ann_b]", "im @[ann.b] on insta", "login [annb77] pass hunter2"],
}

LEFT_ALONE = [
    "Do you have the Levi's 501 in size 32/34 for 59.99 EUR?",
    "I paid $1,299.00 on 12/03/2026 and it is 40 x 30 x 20 cm",
    "The total is 1.299,00 € for 3 shirts, sizes 36, 38, 40 and 42",
    "80-60-90 cm, EU 43, UK 9.5",
    "it said 10-12 days, delivery between 10:00-12:00 on 24.12.2025",
    "my order from 2024 never arrived, I ordered 2 shirts",
    "use code SAVE20 at checkout",
    "error code 50012 shows up",
    "app version 2.4.1.0",
    "the parcel has the number 0301234567",
    "i'm retruning it, im orderinng again",
    "SKU 4006381333931",
    "tracking number 00340434161094042557",
    "https://shop.example/products/rain-jacket-blue?color=red",
    "forgot my password, the password is wrong",
    "I'm Looking for a dress, i'm so disappointed",
    "im wating for my refund",
    "Hi Team, Thanks in advance!",
    "It's Monday and still nothing, will it arrive by May?",
    "Rose gold watch, brown leather strap, the Victoria dress",
    "Ted Baker coat and Paul Smith socks, Jack & Jones jeans",
    "Do you ship to Berlin, Paris and London?",
    "i bought it at example dot com",
    "my card ends in 1111",
    "two shirts at 12 pounds each, one size and two colours and three bags",
    "deliver it to 2 different people",
    "the colour #334455 or model 1460",
    "i can pay 12 34 or so, i was born to shop",
    "4111 1111 pieces",
    "paid via paypal 50 euros for the hat, gate 5",
    "3 hard court shoes, Air Max 97 and a 2 way zip",
    "the Fifth Avenue perfume 125 ml, or the route 66 shirt",
    "place 2 orders please, at 3 PM on Monday",
]


@pytest.fixture(scope="module")
def of_texts() -> Redactor:
    return redactor()


@pytest.mark.parametrize(("kind", "marked"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_personal_data_are_found_where_they_stand(of_texts: Redactor, kind: str, marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    wanted = [part.split("]")[0] for part in marked.split("[")[1:]]
    found = [text[e.start : e.end] for e in of_texts.redact(text).entities if e.type == kind]
    assert found == wanted


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_the_shops_own_matters_are_left_alone(of_texts: Redactor, text: str) -> None:
    assert of_texts.redact(text).text == text


def test_several_in_one_message(of_texts: Redactor) -> None:
    text = "im ann lee, order SH-10234, mail ann@x.com or call +49 176 12345678, pay DE89370400440532013000"
    assert (
        of_texts.redact(text).text
        == "im <NAME_1>, order <ORDER_NUMBER_1>, mail <EMAIL_1> or call <PHONE_1>, pay <IBAN_1>"
    )


def test_a_name_before_an_address_is_not_part_of_it(of_texts: Redactor) -> None:
    text = "send to Lucy Nicholson, 12 Elm Street, Springfield, IL 62704"
    assert of_texts.redact(text).text == "send to <NAME_1>, <ADDRESS_1>"


def test_a_street_named_after_somebody_is_an_address_alone(of_texts: Redactor) -> None:
    assert of_texts.redact("Anna-Seghers-Straße 5, 10115 Berlin").text == "<ADDRESS_1>"


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "\n", "\x00", "\ud800", "🙂🙂", "م" * 300, "1 " * 900, "a." * 900, "@" * 1000]
)
def test_nothing_that_is_written_makes_it_fail(of_texts: Redactor, text: str) -> None:
    redacted = of_texts.redact(text)
    assert all(0 <= e.start < e.end <= len(text) for e in redacted.entities)


def test_digits_split_over_two_messages(of_texts: Redactor) -> None:
    redacted = redact_together(of_texts, ["my card is 4111 1111", "1111 1111"], Placeholders())
    assert [r.text for r in redacted] == ["my card is <CARD_1>", "<CARD_2>"]


def test_a_password_after_the_message_that_announces_it(of_texts: Redactor) -> None:
    redacted = redact_together(of_texts, ["my password is", "hunter2"], Placeholders())
    assert redacted[1].text == "<PASSWORD_1>"


def test_the_shop_is_built_without_loading_it() -> None:
    heavy = ["presidio_analyzer", "spacy", "phonenumbers", "spellchecker"]
    code = f"import sys, shop.bootstrap; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("part", ["a-", "a.", "SH-", "id ", "1 ", "a@", "Aa ", "12 Elm ", "a at b dot ", "+1 ", "one "])
def test_no_message_of_the_longest_kind_takes_long(of_texts: Redactor, part: str) -> None:
    begun = time.process_time()
    of_texts.redact((part * 1000)[:2000])
    assert time.process_time() - begun < 2
