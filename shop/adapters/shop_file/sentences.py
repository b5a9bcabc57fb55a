"""Mistakes in a record, said so that its author finds and mends them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LONGEST_VALUE = 60


def sentences(record: str, error: ValidationError) -> Iterator[str]:
    """One sentence a mistake, such as `order SH-10234, shipments[0].status: 'flying' is not one of packed, ...`."""
    for details in error.errors(include_url=False):
        field = _field(details["loc"])
        yield f"{record}, {field}: {_wrong(details)}" if field else f"{record}: {_wrong(details)}"


def _field(place: tuple[int | str, ...]) -> str:
    """`shipments[0].status`, out of the steps that lead there."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in place if step != "[key]"]
    return "".join(steps).removeprefix(".")


def _wrong(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is not a field of the format"
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return "is not a JSON object"
    value = _shown(details["input"])
    if kind in {"enum", "literal_error"}:
        return f"{value} is not one of {_choices(context['expected'])}"
    if kind == "value_error":
        return f"{value} {context['error']}"
    return f"{value}: {details['msg'][:1].lower()}{details['msg'][1:]}"


def _choices(expected: str) -> str:
    """`packed, shipped, lost`, out of `'packed', 'shipped' or 'lost'`."""
    return expected.replace(" or ", ", ").replace("'", "")


def _shown(value: object) -> str:
    text = str(value) if isinstance(value, int | float) else repr(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."
