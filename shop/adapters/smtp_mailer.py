"""`Mailer` over SMTP."""

from __future__ import annotations

from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

from shop.errors import SetupError, Unavailable
from shop.mail import Email

_TIMEOUT_S = 10


class SmtpMailer:
    """Sends through one mail server: `smtp://user:password@host:587` (STARTTLS when offered) or `smtps://…:465`."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise SetupError("STOREHAND_SMTP_URL must look like smtp://user:password@mail.example.com:587")
        self._sender = sender
        self._server = {
            "hostname": parts.hostname,
            "port": parts.port or (465 if parts.scheme == "smtps" else 587),
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": parts.scheme == "smtps",
        }

    async def send(self, email: Email) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, email.to, email.subject
        message.set_content(email.body)
        try:
            await aiosmtplib.send(message, timeout=_TIMEOUT_S, **self._server)  # type: ignore[arg-type]
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Unavailable(f"the mail server did not take the email: {type(error).__name__}") from error
