"""Reading a shop file: either all of it is right, or every mistake is told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from shop.adapters.shop_file.records import (
    CustomerRecord,
    HeaderRecord,
    OrderRecord,
    ProductRecord,
    Record,
    ShopRecords,
    SizeChartRecord,
)
from shop.adapters.shop_file.references import broken_references
from shop.adapters.shop_file.sentences import sentences
from shop.errors import ShopFileError

_TOLD = 20

R = TypeVar("R", bound=Record)


def read_shop(data: object) -> ShopRecords:
    """A shop out of the file's JSON. Raises `ShopFileError` with up to 20 mistakes, each by record and field."""
    if not isinstance(data, Mapping):
        raise ShopFileError("a shop file is one JSON object; format.md says what is in it")
    reader = _Reader(data)
    shop = ShopRecords(
        reader.currency(),
        reader.records("size_charts", "size chart", "id", SizeChartRecord),
        reader.records("products", "product", "id", ProductRecord),
        reader.records("customers", "customer", "id", CustomerRecord),
        reader.records("orders", "order", "number", OrderRecord),
    )
    _refuse([*reader.mistakes, *broken_references(shop, reader.incomplete)])
    return shop


class _Reader:
    """Reads list after list of records and keeps what is wrong with them. `incomplete` names lists that lack some."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.mistakes: list[str] = []
        self.incomplete: set[str] = set()
        self._lists = {"size_charts", "products", "customers", "orders"}

    def currency(self) -> str:
        """The currency of all amounts, after a look at everything that stands beside the lists."""
        header = {key: value for key, value in self._data.items() if key not in self._lists}
        try:
            return HeaderRecord.model_validate(header).currency
        except ValidationError as error:
            self.mistakes += sentences("the file", error)
            return ""

    def records(self, key: str, noun: str, name: str, model: type[R]) -> tuple[R, ...]:
        """The records of one list that are right."""
        found = self._data.get(key, [])
        if not isinstance(found, list):
            self.mistakes.append(f"the file, {key}: is not a list")
            self.incomplete.add(key)
            return ()
        return tuple(self._right_ones(found, key, noun, name, model))

    def _right_ones(self, found: list[Any], key: str, noun: str, name: str, model: type[R]) -> Iterator[R]:
        for place, record in enumerate(found):
            try:
                yield model.model_validate(record)
            except ValidationError as error:
                named = isinstance(record, Mapping) and isinstance(record.get(name), str)
                self.mistakes += sentences(f"{noun} {record[name]}" if named else f"{key}[{place}]", error)
                self.incomplete.add(key)


def _refuse(mistakes: list[str]) -> None:
    if not mistakes:
        return
    more = [f"and {len(mistakes) - _TOLD} more"] if len(mistakes) > _TOLD else []
    raise ShopFileError("\n".join([*mistakes[:_TOLD], *more]))
