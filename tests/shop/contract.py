"""What the contract suite of `CommerceBackend` is written in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from shop.commerce import CommerceBackend
from shop.money import Money
from shop.return_terms import ReturnLine, ReturnRequest

NOON = datetime(2026, 5, 10, 12, tzinfo=UTC)

Load = Callable[..., Awaitable[CommerceBackend]]
Count = Callable[[Any], Awaitable[int]]


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def back(*lines: ReturnLine, number: str = "SH-1", to: str = "ada-card") -> ReturnRequest:
    return ReturnRequest(number, lines, to)


async def stock(shop: CommerceBackend, product_id: str = "1001") -> dict[str, int]:
    return {variant.sku: variant.stock for variant in await shop.variants(product_id)}


async def returned(shop: CommerceBackend, number: str = "SH-1") -> list[int]:
    """How many pieces of each line have come back."""
    found = await shop.get_order(number)
    assert found
    return [bought.returned_quantity for bought in found.lines]
