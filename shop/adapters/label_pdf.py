"""`LabelPrinter` as a PDF of 100 by 150 millimetres, which fits label printers and half a page of paper."""

from __future__ import annotations

import asyncio
import io
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from shop.customers import Address
from shop.errors import SetupError
from shop.labels import Label
from shop.orders import order_key

_WIDTH, _HEIGHT, _MARGIN = 100 * mm, 150 * mm, 8 * mm
_WORDS = ("from", "to", "return_number", "order_number", "send_by", "free", "not_free")
_PLAIN, _BOLD = "DejaVuSans", "DejaVuSans-Bold"


class PdfLabels:
    """Prints labels with the words of `label.<language>.yml` in a folder, in English where there is no other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def print(self, label: Label) -> bytes:
        return await asyncio.to_thread(self._print, label)

    def _print(self, label: Label) -> bytes:
        _register_fonts()
        pdf = io.BytesIO()
        canvas = Canvas(pdf, pagesize=(_WIDTH, _HEIGHT), invariant=True)
        canvas.setTitle(label.return_number)
        language, words = self._words(label.language)
        _Page(canvas, label, words, language).draw()
        canvas.save()
        return pdf.getvalue()

    def _words(self, wanted: str) -> tuple[str, dict[str, str]]:
        """The words, and the language that they are in."""
        for language in (wanted, "en"):
            path = self._folder / f"label.{language.partition('-')[0]}.yml"
            if path.is_file():
                return language, _read_words(path)
        raise SetupError(f"The words of the return label are missing: add {self._folder / 'label.en.yml'}.")


class _Page:
    """Writes a label from the top of the page down."""

    def __init__(self, canvas: Canvas, label: Label, words: dict[str, str], language: str) -> None:
        self._canvas, self._label, self._words = canvas, label, words
        self._locale = _locale(language)
        self._y = _HEIGHT - _MARGIN

    def draw(self) -> None:
        label, words = self._label, self._words
        self._address(words["from"], label.sender, 8)
        self._rule()
        self._address(words["to"], label.recipient, 11)
        self._rule()
        self._barcode(label.return_number)
        self._line(f"{words['return_number']}: {label.return_number}", _BOLD, 12)
        self._line(f"{words['order_number']}: {label.order_number}", _PLAIN, 9)
        if label.send_by:
            self._line(words["send_by"].format(day=format_date(label.send_by, "long", locale=self._locale)), _PLAIN, 9)
        self._rule()
        self._line(words["free" if label.free else "not_free"], _PLAIN, 8)

    def _address(self, heading: str, address: Address, size: float) -> None:
        self._line(heading, _PLAIN, 7)
        for line in self._lines(address):
            self._line(line, _BOLD if line == address.name else _PLAIN, size)

    def _lines(self, address: Address) -> list[str]:
        city = " ".join(part for part in (address.postcode, address.city) if part)
        country = str(self._locale.territories.get(address.country, address.country))
        lines = [address.name, address.line1, address.line2, city, address.region, country]
        return [line for line in lines if line]

    def _line(self, text: str, font: str, size: float) -> None:
        """A line, or several where it is too long for the page."""
        for line in _wrapped(text, font, size):
            self._y -= size * 1.3
            self._canvas.setFont(font, size)
            self._canvas.drawString(_MARGIN, self._y, line)

    def _rule(self) -> None:
        self._y -= 3 * mm
        self._canvas.line(_MARGIN, self._y, _WIDTH - _MARGIN, self._y)
        self._y -= 1 * mm

    def _barcode(self, number: str) -> None:
        """The number in bars, or where it is not ASCII the form in which numbers are compared, which finds it as well.

        Up to 24 characters can be scanned from a plain label printer (200 dots an inch), more from a finer one.
        """
        value = number if number.isascii() else order_key(number)
        narrow = Code128(value, barWidth=1, quiet=False)
        width = min(0.5 * mm, (_WIDTH - 2 * _MARGIN - 8 * mm) / narrow.width)
        barcode = Code128(value, barWidth=width, barHeight=20 * mm, quiet=False)
        self._y -= 23 * mm
        barcode.drawOn(self._canvas, (_WIDTH - barcode.width) / 2, self._y)
        self._y -= 2 * mm


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _wrapped(text: str, font: str, size: float) -> list[str]:
    """The text in lines that fit the page; a word that is too long by itself is cut."""
    lines = [""]
    for word in text.split():
        for piece in _fitting(word, font, size):
            longer = f"{lines[-1]} {piece}".strip()
            if _fits(longer, font, size):
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines


def _fitting(word: str, font: str, size: float) -> list[str]:
    pieces = [""]
    for character in word:
        if _fits(pieces[-1] + character, font, size):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _fits(text: str, font: str, size: float) -> bool:
    return bool(pdfmetrics.stringWidth(text, font, size) <= _WIDTH - 2 * _MARGIN)


def _read_words(path: Path) -> dict[str, str]:
    words: Any = yaml.safe_load(path.read_text("utf-8"))
    missing = [name for name in _WORDS if not (isinstance(words, dict) and isinstance(words.get(name), str))]
    if missing:
        raise SetupError(f"{path}: {missing[0]} is missing. Write its words after the colon.")
    return dict(words)


def _register_fonts() -> None:
    """DejaVu Sans, which comes with matplotlib: PDF's own typefaces can't write Łódź or Αθήνα."""
    if _PLAIN in pdfmetrics.getRegisteredFontNames():
        return
    found = find_spec("matplotlib")
    assert found is not None and found.origin is not None, "matplotlib is among the project's dependencies"
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    for name in (_BOLD, _PLAIN):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
