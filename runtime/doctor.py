"""`storehand doctor`: looks at everything that has to be there and says in words what is not."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from runtime import model
from runtime.database import check
from shop.adapters.sql.database import Database
from shop.errors import SetupError, StorehandError
from shop.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `what` is a sentence; for what is not good it says what to do."""

    good: bool
    what: str

    def __str__(self) -> str:
        return f"{'ok   ' if self.good else 'WRONG'}  {self.what}"


async def examine() -> list[Finding]:
    """Look at everything, whatever is found on the way."""
    return [await _look(each) for each in (_python, _files, _settings, _database, _words, _model, _chat, _secrets)]


async def _look(examination: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding(True, await examination())
    except StorehandError as error:
        return Finding(False, str(error))


async def _python() -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    if not (3, 11) <= sys.version_info < (3, 13):
        raise SetupError(f"This is Python {version}; Rasa runs on 3.11 and 3.12 here. `make run` picks one of them.")
    if importlib.util.find_spec("tensorflow"):
        raise SetupError(
            "TensorFlow is installed here. Nothing needs it, and it costs a gigabyte of memory: remove it."
        )
    return f"Python {version}, without TensorFlow."


async def _files() -> str:
    missing = [
        name for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "data")
        if not Path(name).exists()
    ]  # fmt: skip
    if missing:
        raise SetupError(f"Missing here: {', '.join(missing)}. Run storehand in the project's folder.")
    return "config.yml, domain.yml, endpoints.yml, credentials.yml and data/ are here."


async def _settings() -> str:
    settings = Settings.read()
    mail = (
        "a mail server"
        if settings.smtp_url
        else f"the folder {settings.home / 'outbox'} (STOREHAND_SMTP_URL is not set)"
    )
    return f"The settings can be read. Emails go to {mail}."


async def _database() -> str:
    database = Database(Settings.read().database_url)
    try:
        await check(database)
    finally:
        await database.close()
    return f"The database answers: {database.engine.url.render_as_string(hide_password=True)}."


async def _words() -> str:
    from runtime.validation import check_files

    count = check_files()
    return f"The designers' files fit together: {count} responses, each named in one place."


async def _model() -> str:
    if not model.MODEL.is_file():
        raise SetupError("There is no trained model yet. `storehand train` makes one, and so does `storehand serve`.")
    if not model.is_current():
        raise SetupError("The model is older than data/, domain.yml or config.yml. `storehand train` makes a new one.")
    return f"The model {model.MODEL} fits the data."


async def _chat() -> str:
    from connectors.pages import SCRIPT

    if not SCRIPT.is_file():
        raise SetupError("The web chat has not been built: `make run` builds it, or `npm run build` in connectors/web.")
    return f"The web chat is built ({SCRIPT.stat().st_size // 1000} kB)."


async def _secrets() -> str:
    path = Settings.read().home / "secret"
    if path.is_file() and path.stat().st_mode & 0o077:
        raise SetupError(f"Others can read the secret in {path}: run `chmod 600 {path}`.")
    return "The secret is readable by its user only."
