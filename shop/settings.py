"""Every setting, read once from the environment. Names start with STOREHAND_."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shop.errors import SetupError


@dataclass(frozen=True)
class Settings:
    """How this Storehand is set up.

    `home` holds what it makes itself (database, outbox, secret). `demo` shows the demo shop's page and seeds it.
    `shop_name` is what shoppers know the shop as. `smtp_url` None keeps emails in the outbox folder.
    `message_rates` limit each conversation, as in `10 per 5 seconds`.
    """

    home: Path
    data: Path
    database_url: str
    secret: str
    login_secret: str
    audit_key: bytes
    shop_name: str
    smtp_url: str | None
    mail_from: str
    demo: bool
    max_characters: int
    message_rates: tuple[str, ...]

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the environment. Raises `SetupError` for a value that can't be right."""
        env = os.environ if environment is None else environment
        home = Path(env.get("STOREHAND_HOME", "var"))
        secret = env.get("STOREHAND_SECRET") or _own_secret(home / "secret")
        return cls(
            home=home,
            data=Path(env.get("STOREHAND_DATA", "data")),
            database_url=env.get("STOREHAND_DATABASE_URL") or f"sqlite:///{home / 'storehand.db'}",
            secret=secret,
            login_secret=env.get("STOREHAND_LOGIN_SECRET") or f"login:{secret}",
            audit_key=(env.get("STOREHAND_AUDIT_KEY") or f"audit:{secret}").encode(),
            shop_name=env.get("STOREHAND_SHOP_NAME", "Larkspur & Finch"),
            smtp_url=env.get("STOREHAND_SMTP_URL") or None,
            mail_from=env.get("STOREHAND_MAIL_FROM", "shop@demo-shop.example"),
            demo=_yes_or_no(env, "STOREHAND_DEMO", default=True),
            max_characters=_number(env, "STOREHAND_MAX_CHARACTERS", default=2000),
            message_rates=_list(env, "STOREHAND_MESSAGE_RATES", default=("10 per 5 seconds", "60 per 5 minutes")),
        )


def _own_secret(path: Path) -> str:
    """The secret of a Storehand that was given none: made once, readable by its user only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(32))
    return path.read_text("ascii")


def _yes_or_no(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name, "").strip().lower()
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"0", "no", "false", "off"}:
        return False
    if value:
        raise SetupError(f"{name} must be yes or no, not {value!r}.")
    return default


def _list(env: Mapping[str, str], name: str, *, default: tuple[str, ...]) -> tuple[str, ...]:
    """Values parted by semicolons."""
    value = env.get(name, "").strip()
    return tuple(part.strip() for part in value.split(";") if part.strip()) if value else default


def _number(env: Mapping[str, str], name: str, *, default: int) -> int:
    value = env.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or int(value) < 1:
        raise SetupError(f"{name} must be a whole number above 0, not {value!r}.")
    return int(value)
