"""A product with its sizes, its stock and its size chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shop.catalog import Product, SizeChart, Variant

_SIZE = {"size"}
_COLOUR = {"colour", "color"}


@dataclass(frozen=True)
class SizedProduct:
    """A product with what is needed to speak of its sizes. `chart` is None where it has none, or none with bodies."""

    product: Product
    variants: tuple[Variant, ...]
    chart: SizeChart | None

    @property
    def sizes(self) -> list[str]:
        """The sizes that it comes in, in the order of its page; none for a product of one size."""
        return list(dict.fromkeys(size for variant in self.variants if (size := size_of(variant.options))))

    @property
    def colours(self) -> list[str]:
        """The colours that it comes in."""
        return list(dict.fromkeys(colour for variant in self.variants if (colour := _colour_of(variant.options))))

    @property
    def is_in_stock(self) -> bool:
        """Whether there is a piece of it in any size and colour."""
        return any(variant.stock > 0 for variant in self.variants)

    def comes_in(self, size: str) -> bool:
        """Whether it is made in that size at all, sold out or not."""
        return size in self.sizes

    def has(self, size: str) -> bool:
        """Whether there is a piece of that size."""
        return any(variant.stock > 0 for variant in self.variants if size_of(variant.options) == size)

    def colours_in_stock(self, size: str) -> list[str]:
        """The colours in which there are pieces of a size."""
        pieces = [each.options for each in self.variants if size_of(each.options) == size and each.stock > 0]
        return [colour for options in pieces if (colour := _colour_of(options))]

    def nearest_in_stock(self, size: str) -> str | None:
        """The size beside one in the chart, or next but one and so on, of which there are pieces: the higher first."""
        order = [row.size for row in self.chart.rows] if self.chart else self.sizes
        here = order.index(size)
        by_distance = sorted(range(len(order)), key=lambda place: (abs(place - here), -place))
        return next((order[place] for place in by_distance if place != here and self.has(order[place])), None)


def size_of(options: Mapping[str, str]) -> str | None:
    """The size among a variant's options."""
    return next((value for name, value in options.items() if name.casefold() in _SIZE), None)


def _colour_of(options: Mapping[str, str]) -> str | None:
    return next((value for name, value in options.items() if name.casefold() in _COLOUR), None)
