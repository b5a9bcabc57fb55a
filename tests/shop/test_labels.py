"""The label for a return's parcel: who gets its link, how long it works, and what a scanner reads on it."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from shop.adapters.label_pdf import PdfLabels
from shop.customers import Address
from shop.errors import NotFound, NotVerified, SetupError
from shop.labels import Label, ReturnLabels
from shop.return_terms import ReturnLine
from shop.returns import Returns
from shop.rules import ShopRules
from shop.verification import Verification
from tests.fakes import SettableClock
from tests.shop.contract import Load, back
from tests.shop.proven import TALK, prove, verification
from tests.shop.small_shop import order, payment

WORDS = Path("data/shop")
HERE = Address("Larkspur & Finch, Returns", "12 Tannery Lane", "", "Bristol", "", "BS1 6QH", "GB")
LODZ = Address("Zoë Łukasik-Αθηνά", "ul. Piotrkowska 4", "m. 7", "Łódź", "", "90-001", "PL")
LABEL = Label("SH-10234-R1", "SH-10234", LODZ, HERE, date(2026, 5, 24), True, "en-GB")


def words_on(pdf: bytes) -> str:
    page = pypdfium2.PdfDocument(pdf)[0]
    return str(page.get_textpage().get_text_range())


def scanned(pdf: bytes) -> list[str]:
    """What a scanner reads on the printed page, at 200 dots an inch as a plain label printer has them."""
    (page,) = pypdfium2.PdfDocument(pdf)
    picture = page.render(scale=200 / 72).to_pil()
    found = zxingcpp.read_barcodes(picture)
    assert {code.format for code in found} <= {zxingcpp.BarcodeFormat.Code128}
    return [code.text for code in found]


@pytest.mark.parametrize("number", ["SH-10234-R1", "#W2378156-R12", "A" * 21 + "-R1", "sh_1.7/B-R3"])
async def test_a_scanner_reads_the_return_number(number: str) -> None:
    pdf = await PdfLabels(WORDS).print(replace(LABEL, return_number=number))
    assert pdf.startswith(b"%PDF-")
    assert scanned(pdf) == [number]


async def test_a_number_that_bars_can_not_write_is_scanned_as_it_is_looked_up() -> None:
    assert scanned(await PdfLabels(WORDS).print(replace(LABEL, return_number="Ж-10234-R1"))) == ["10234R1"]


async def test_people_read_where_from_where_to_and_until_when() -> None:
    text = words_on(await PdfLabels(WORDS).print(LABEL))
    for expected in (
        "From", "Zoë Łukasik-Αθηνά", "ul. Piotrkowska 4", "m. 7", "90-001 Łódź", "Poland", "To",
        "Larkspur & Finch, Returns",
        "12 Tannery Lane", "BS1 6QH Bristol", "United Kingdom", "Return number: SH-10234-R1", "Order: SH-10234",
        "Please send by 24 May 2026", "Postage paid by the shop",
    ):  # fmt: skip
        assert expected in text, expected
    assert "Postage paid" not in words_on(await PdfLabels(WORDS).print(replace(LABEL, free=False)))


async def test_its_words_are_in_files_and_english_where_there_are_no_others(tmp_path: Path) -> None:
    english = (WORDS / "label.en.yml").read_text("utf-8")
    (tmp_path / "label.en.yml").write_text(english, "utf-8")
    german = english.replace("Please send by {day}", "Bitte bis {day} absenden").replace("from: From", "from: Von")
    (tmp_path / "label.de.yml").write_text(german, "utf-8")
    told = words_on(await PdfLabels(tmp_path).print(replace(LABEL, language="de-AT")))
    assert "Von" in told and "Bitte bis 24. Mai 2026 absenden" in told
    assert "Please send by" in words_on(await PdfLabels(tmp_path).print(replace(LABEL, language="fi")))
    (tmp_path / "label.en.yml").write_text("from: From\n", "utf-8")
    with pytest.raises(SetupError, match=r"label\.en\.yml: to is missing"):
        await PdfLabels(tmp_path).print(LABEL)
    (tmp_path / "label.en.yml").unlink()
    with pytest.raises(SetupError, match=r"add .*label\.en\.yml"):
        await PdfLabels(tmp_path).print(replace(LABEL, language="fi"))


async def test_long_lines_stay_on_the_page() -> None:
    long = replace(LODZ, name="W" * 60, line1="Wide " * 12)
    (page,) = pypdfium2.PdfDocument(await PdfLabels(WORDS).print(replace(LABEL, sender=long, recipient=long)))
    right_edges = [box.get_bounds()[2] for box in page.get_objects()]
    lowest = min(box.get_bounds()[1] for box in page.get_objects())
    assert max(right_edges) < page.get_width() and lowest > 0


async def labels(load: Load, clock: SettableClock, secret: str = "s") -> tuple[ReturnLabels, Returns, Verification]:
    bo = order("SH-2", customer_id="C-2", payments=[payment("bo-card", "59.90")])
    shop = await load(order("SH-1"), bo)
    who = verification(shop, clock)
    await prove(who)
    rules = ShopRules(return_address=HERE)
    service = Returns(shop, who, rules.returns, clock)
    await service.open(TALK, back(ReturnLine("SH-1-1", 1, "other")), "k")
    return ReturnLabels(shop, who, PdfLabels(WORDS), rules, clock, secret), service, who


async def test_a_link_opens_the_label_for_three_days(load: Load, clock: SettableClock) -> None:
    service, _, _ = await labels(load, clock)
    token = await service.token(TALK, "sh1r1")
    assert token.replace(".", "").replace("-", "").replace("_", "").isalnum()  # it goes into an address as it is
    assert (await service.resolve(token)).number == "SH-1-R1"
    pdf = await service.pdf(token)
    assert scanned(pdf) == ["SH-1-R1"]
    for expected in ("Ada Okafor", "4 Mill Road", "Larkspur & Finch, Returns", "Please send by 24 May 2026"):
        assert expected in words_on(pdf), expected
    clock.now += timedelta(days=3, seconds=-1)
    assert await service.resolve(token)
    clock.now += timedelta(seconds=1)
    for ask in (service.resolve(token), service.pdf(token)):
        with pytest.raises(NotFound):
            await ask


async def test_only_its_own_customer_gets_a_link(load: Load, clock: SettableClock) -> None:
    service, _, who = await labels(load, clock)
    await who.match_order("matched", "SH-1", "ada.okafor@example.org")
    await prove(who, "C-2", "bo")
    for talk, error in (("matched", NotVerified), ("nobody", NotVerified), ("bo", NotFound)):
        with pytest.raises(error):
            await service.token(talk, "SH-1-R1")


async def test_no_link_is_made_up(load: Load, clock: SettableClock) -> None:
    service, returns, who = await labels(load, clock)
    token = await service.token(TALK, "SH-1-R1")
    text, signature = token.split(".")
    plain = base64.urlsafe_b64decode(text + "==")
    later = base64.urlsafe_b64encode(plain.replace(b"1", b"9", 1)).rstrip(b"=").decode()
    for forged in (
        f"{later}.{signature}", f"{text}.{signature[:-2]}", f"{text}.", text, "", ".", "é.é", f"{text}.{signature}x",
        f"{text}.{text}", "=" * 9,
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await service.resolve(forged)
    other = ReturnLabels(service._backend, who, PdfLabels(WORDS), ShopRules(), clock, "another secret")
    with pytest.raises(NotFound):
        await other.resolve(token)
    assert returns


async def test_a_return_that_was_called_off_needs_no_label(load: Load, clock: SettableClock) -> None:
    service, returns, _ = await labels(load, clock)
    token = await service.token(TALK, "SH-1-R1")
    await returns.cancel(TALK, "SH-1-R1", "k2")
    for ask in (service.resolve(token), service.pdf(token), service.token(TALK, "SH-1-R1")):
        with pytest.raises(NotFound):
            await ask
