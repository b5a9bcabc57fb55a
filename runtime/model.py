"""The trained model: where it is, whether it still fits the designers' files, and training it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import warnings
from collections.abc import Iterator
from pathlib import Path

from runtime.lean import explain_missing_components
from runtime.yaml_files import compose
from shop.errors import SetupError

MODEL = Path("models/storehand.tar.gz")
_FINGERPRINT = Path("models/storehand.json")
_SOURCES = ("config.yml", "domain.yml")


def is_current() -> bool:
    """Whether the model was trained from the files as they are now."""
    if not MODEL.is_file() or not _FINGERPRINT.is_file():
        return False
    return bool(json.loads(_FINGERPRINT.read_text("utf-8")).get("fingerprint") == fingerprint())


def fingerprint() -> str:
    """A digest of everything that a model is made from: config, domain, data and our own components."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(path.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def train() -> Path:
    """Train and keep a model. Raises `SetupError` with file and line where the data is wrong."""
    for name in _SOURCES:
        if not Path(name).is_file():
            raise SetupError(f"{name} is not in this folder. Run storehand in the project's folder.")
    for path in _files():
        if path.suffix == ".yml":
            compose(path)
    before = fingerprint()
    from rasa.model_training import train as rasa_train
    from rasa.shared.exceptions import RasaException

    explain_missing_components()
    said = io.StringIO()
    try:
        with warnings.catch_warnings(action="ignore"), contextlib.redirect_stdout(said):
            result = rasa_train(
                "domain.yml", "config.yml", "data", output=str(MODEL.parent), fixed_model_name=MODEL.name
            )
    except RasaException as error:
        raise SetupError(f"The model can't be trained. {error}") from error
    except SystemExit as error:  # Rasa leaves this way on slots that no domain knows
        raise SetupError(f"The model can't be trained. {said.getvalue().strip()}") from error
    if result.code != 0 or not result.model:
        raise SetupError(f"The model can't be trained. {said.getvalue().strip()}")
    _FINGERPRINT.write_text(json.dumps({"fingerprint": before}), "utf-8")
    return MODEL


def _files() -> Iterator[Path]:
    for name in _SOURCES:
        yield Path(name)
    for folder, pattern in (("data", "**/*.yml"), ("nlu", "**/*.py")):
        yield from sorted(Path(folder).glob(pattern))
