"""How long things are kept, out of `data/shop/retention.yml`."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import yaml

from shop.errors import SetupError
from shop.retention import Retention

_MOST = 3650


def read_retention(path: Path) -> Retention:
    """Read the file. Raises `SetupError` with the line's name and what may stand there."""
    names = [field.name for field in fields(Retention)]
    try:
        days = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SetupError(f"{path}, with how long things are kept, can't be read: {error}") from error
    if not isinstance(days, dict) or set(days) != set(names):
        raise SetupError(f"{path} must have a line for each of {', '.join(names)}, and no other.")
    for name, value in days.items():
        if type(value) is not int or not 1 <= value <= _MOST:
            raise SetupError(f"{path}: {name} must be a whole number of days from 1 to {_MOST}, not {value!r}.")
    return Retention(**days)
