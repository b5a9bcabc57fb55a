"""Structured logs: one line an event, without what people wrote."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import MutableMapping
from typing import Any

import structlog

_WORDS_OF_PEOPLE = {
    "text", "user_text", "parse_data_text", "parse_data_entities", "message", "user_message", "response",
    "response_text", "slot_values", "slot_candidates", "prefilled_slots", "rasa_event", "rasa_events",
    "tracker_latest_message", "prediction_events", "entity", "entities", "email",
}  # fmt: skip
_NOISY = ("rasa", "rasa_sdk", "sanic", "engineio", "socketio", "alembic", "apscheduler", "matplotlib", "asyncio")


def without_words(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out what a shopper or an agent wrote, whoever logs it."""
    for key in _WORDS_OF_PEOPLE & event.keys():
        event[key] = "[not logged]"
    return event


def configure(*, as_json: bool, level: str = "INFO") -> None:
    """Send every log through one formatter: JSON for machines, columns for a terminal."""
    shared = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info if as_json else _pass,
        without_words,
    ]
    plain = structlog.dev.plain_traceback  # a rich one would show what variables hold
    console = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)
    renderer = structlog.processors.JSONRenderer() if as_json else console
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    warnings.simplefilter("ignore")


def _pass(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return event
