"""Products, their variants and stock, and size charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from shop.money import Money


@dataclass(frozen=True)
class Variant:
    """One thing that can be bought: a product in one size and colour. `stock` counts pieces."""

    sku: str
    product_id: str
    options: Mapping[str, str]
    price: Money
    stock: int


@dataclass(frozen=True)
class Product:
    """A product page. `audience` is women, men, kids or unisex; `size_chart_id` is None where there is no chart."""

    id: str
    name: str
    brand: str
    category: str
    audience: str
    fit: str
    description: str
    url: str
    final_sale: bool
    size_chart_id: str | None


@dataclass(frozen=True)
class Span:
    """A range of a body measurement in centimetres, both ends included."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class SizeRow:
    """One size: its names by system (`{"EU": "42", "UK": "8"}`) and the body it fits, by measurement."""

    size: str
    systems: Mapping[str, str]
    body: Mapping[str, Span]


@dataclass(frozen=True)
class SizeChart:
    """A brand's sizes for one audience, category and fit, smallest first."""

    id: str
    brand: str
    audience: str
    category: str
    fit: str
    rows: tuple[SizeRow, ...]
