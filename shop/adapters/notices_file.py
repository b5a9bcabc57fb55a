"""`Notices` out of `data/consent.yml`, where designers write them as the responses that ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from shop.consent import Notice, Purpose
from shop.errors import SetupError

_ASKS = "utter_ask_consent_"
_LANGUAGE = "en"


class NoticesFile:
    """Reads the file once. A purpose that has no response is not asked for."""

    def __init__(self, path: Path) -> None:
        self._notices = _read(path)

    def current(self, purpose: Purpose, language: str) -> Notice | None:
        return self._notices.get(purpose)


def _read(path: Path) -> Mapping[Purpose, Notice]:
    """Raises `SetupError` for a purpose that nobody knows, and for words without a version."""
    if not path.is_file():
        return {}
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8")) or {}
    asking = {name: said for name, said in content.get("responses", {}).items() if name.startswith(_ASKS)}
    return {notice.purpose: notice for notice in (_notice(path, name, said) for name, said in asking.items())}


def _notice(path: Path, name: str, said: list[dict[str, Any]]) -> Notice:
    wanted = name.removeprefix(_ASKS)
    if wanted not in set(Purpose):
        raise SetupError(f"{path}: {name} asks for {wanted!r}. Known purposes are {', '.join(Purpose)}.")
    version = (said[0].get("metadata") or {}).get("version") if len(said) == 1 else None
    if version is None or not said[0].get("text"):
        raise SetupError(f"{path}: {name} needs one text, and under it `metadata:` with a `version:`.")
    return Notice(Purpose(wanted), str(version), _LANGUAGE, str(said[0]["text"]).strip())
