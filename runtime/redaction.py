"""The command `redact`: texts in, texts without personal data out. It needs no model of Rasa's and no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from shop.bootstrap import redactor


def redact_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """What is personal in each text: `text`, `redacted`, `entities` (`type`, `start`, `end`)."""
    of_texts = redactor()
    for line in lines:
        text = line.rstrip("\r\n")
        redacted = of_texts.redact(text)
        entities = [{"type": str(e.type), "start": e.start, "end": e.end} for e in redacted.entities]
        yield {"text": text, "redacted": redacted.text, "entities": entities}
