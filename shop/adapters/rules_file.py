"""The merchant's rules out of `data/shop/returns.yml`: all of them are there, and each is one that may be."""

from __future__ import annotations

from collections.abc import Hashable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
)

from shop.customers import Address
from shop.errors import SetupError
from shop.order_rules import CancelReason, OrderRules
from shop.orders import OrderStatus
from shop.return_rules import RefundTo, ReturnRules
from shop.return_terms import ReturnReason
from shop.rules import ShopRules

_Code = TypeVar("_Code", bound=StrEnum)


def read_rules(path: Path) -> ShopRules:
    """Read the file. Raises `SetupError` with one line a mistake: the file, the key and what may stand there."""
    content = _load(path)
    try:
        file = _File.model_validate(content)
    except ValidationError as error:
        mistakes = [f"{path}: {_mistake(each['loc'], each['type'], each['input'])}" for each in error.errors()]
        raise SetupError("\n".join(mistakes)) from error
    return file.rules()


def _each_once(codes: tuple[_Code, ...]) -> tuple[_Code, ...]:
    if len(set(codes)) < len(codes):
        raise ValueError("named twice")
    return codes


def _list_of(codes: type[StrEnum]) -> Any:
    return Field(min_length=1, description=f"a list in brackets with some of these, each once: {', '.join(codes)}")


_Days = Annotated[StrictInt, Field(ge=0, le=3650, description="a whole number from 0 to 3650")]
_YesOrNo = Annotated[StrictBool, Field(description="yes or no")]
_Until = Annotated[Literal["paid", "packed"], Field(description="paid or packed")]
_Refunds = Annotated[tuple[RefundTo, ...], _list_of(RefundTo), AfterValidator(_each_once)]
_ReturnReasons = Annotated[tuple[ReturnReason, ...], _list_of(ReturnReason), AfterValidator(_each_once)]
_CancelReasons = Annotated[tuple[CancelReason, ...], _list_of(CancelReason), AfterValidator(_each_once)]
_Short = StringConstraints(strip_whitespace=True, max_length=60)
_Line = Annotated[str, _Short, Field(description='up to 60 characters in quotes, or ""')]
_Needed = Annotated[str, _Short, Field(min_length=1, description="1 to 60 characters, in quotes if all are digits")]
_Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description='two capital letters in quotes, such as "NO"')]


class _Section(BaseModel):
    """Names with values, and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Returns(_Section):
    days: _Days
    final_sale_excluded: _YesOrNo
    once_per_order: _YesOrNo
    reasons: _ReturnReasons
    refund_to: _Refunds


class _Exchanges(_Section):
    allowed: _YesOrNo
    difference_to: _Refunds


class _Address(_Section):
    name: _Needed
    line1: _Needed
    line2: _Line
    city: _Needed
    region: _Line
    postcode: _Needed
    country: _Country


class _SendingBack(_Section):
    free: _YesOrNo
    within_days: _Days
    address: _Address


class _Cancelling(_Section):
    until: _Until
    reasons: _CancelReasons


class _ChangingTheAddress(_Section):
    until: _Until


class _File(_Section):
    returns: _Returns
    exchanges: _Exchanges
    sending_back: _SendingBack
    cancelling: _Cancelling
    changing_the_address: _ChangingTheAddress

    def rules(self) -> ShopRules:
        return ShopRules(self._return_rules(), self._order_rules(), Address(**self.sending_back.address.model_dump()))

    def _return_rules(self) -> ReturnRules:
        return ReturnRules(
            **self.returns.model_dump(),
            exchanges=self.exchanges.allowed,
            difference_to=self.exchanges.difference_to,
            free_shipping=self.sending_back.free,
            send_within_days=self.sending_back.within_days,
        )

    def _order_rules(self) -> OrderRules:
        return OrderRules(
            cancel_until=OrderStatus(self.cancelling.until),
            cancel_reasons=self.cancelling.reasons,
            change_address_until=OrderStatus(self.changing_the_address.until),
        )


def _mistake(place: tuple[str | int, ...], kind: str, value: object) -> str:
    """A sentence about the value at a place such as `("returns", "reasons", 2)`."""
    names = [str(part) for part in place if isinstance(part, str)]
    key = ".".join(names) or "the file"
    section, expected = _expected(names)
    if kind == "extra_forbidden":
        return f"{key} is not known. What may stand there: {', '.join(section.model_fields)}."
    if kind == "missing":
        return f"{key} is missing. Write {expected}."
    return f"{key} must be {expected}, not {value!r}."


def _expected(names: list[str]) -> tuple[type[_Section], str]:
    """The section that a key stands in, and what may stand after the key."""
    section: type[_Section] = _File
    for name in names:
        field = section.model_fields.get(name)
        inside = field.annotation if field else None
        if not (isinstance(inside, type) and issubclass(inside, _Section)):
            return section, str(field.description) if field else ""
        section = inside
    return section, f"these with values under it: {', '.join(section.model_fields)}"


def _load(path: Path) -> object:
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - it is a safe one
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SetupError(f"{path}:{line}: this is not YAML: {error.problem}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SetupError(f"{path}: this is not YAML: {error}.") from error
    except OSError as error:
        raise SetupError(f"{path}, with the shop's rules for returns, can't be read: {error.strerror}.") from error


class _Loader(yaml.SafeLoader):
    """YAML in which a key stands once: of two, YAML would silently take the second."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                twice = f"{key.value} stands here a second time"
                raise yaml.MarkedYAMLError(problem=twice, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)
