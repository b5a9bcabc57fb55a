"""Emails to shoppers. Their words are text files in `data/mail/`, one an email and language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Protocol

from shop.errors import SetupError


@dataclass(frozen=True)
class Email:
    """One plain-text email."""

    to: str
    subject: str
    body: str


class Mailer(Protocol):
    """Sends email. Raises `Unavailable` when the mail server does not take it."""

    async def send(self, email: Email) -> None:
        """Hand one email over for delivery."""
        ...


class MailTexts:
    """The words of emails: `<name>.<language>.txt`, first line the subject, `$name` stands for a value."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, language: str, to: str, **values: str) -> Email:
        """Fill in an email, in English where there is no other. Raises `SetupError` for a missing file or value."""
        path = self._path(name, language)
        try:
            subject, _, body = Template(path.read_text("utf-8")).substitute(values).partition("\n")
        except KeyError as error:
            raise SetupError(f"{path} asks for ${error.args[0]}, which this email does not have.") from error
        return Email(to, subject.strip(), body.strip() + "\n")

    def _path(self, name: str, language: str) -> Path:
        for tag in (language.partition("-")[0], "en"):
            path = self._folder / f"{name}.{tag}.txt"
            if path.is_file():
                return path
        raise SetupError(f"The words of the email {name!r} are missing: add {self._folder / f'{name}.en.txt'}.")
