"""What a size in one chart tells about another chart: another brand's size, or what somebody bought before."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from shop.catalog import SizeChart, SizeRow
from shop.commerce import CommerceBackend
from shop.measurements import Body
from shop.orders import Order, OrderLine, ShipmentStatus
from shop.return_terms import Return, ReturnReason, ReturnStatus
from shop.size_labels import Label, rows_named
from shop.size_rule import CHILDREN, deciding
from shop.sized_products import size_of

_LOOKED_AT = 24  # products of a brand
_LOOKED_BACK = 10  # orders


class Fate(StrEnum):
    """What became of a piece that was bought, as far as it tells about sizes."""

    KEPT = "kept"
    TOO_SMALL = "too_small"
    TOO_BIG = "too_big"


_BY_SIZE: dict[str, Fate] = {ReturnReason.TOO_SMALL: Fate.TOO_SMALL, ReturnReason.TOO_BIG: Fate.TOO_BIG}


@dataclass(frozen=True)
class Bought:
    """A piece that a customer bought. `row` is the row of its own chart that is right by its fate.

    What was kept was right; what was sent back as too small tells of the next row, as too big of the one before (our
    own rule).
    """

    line: OrderLine
    size: str
    fate: Fate
    chart: SizeChart
    row: SizeRow


def body_in(row: SizeRow, chart: SizeChart) -> Body:
    """The body to go by in another chart: the middle of what a size is made for (our own rule)."""
    return {
        measure: (row.body[measure].low + row.body[measure].high) / 2
        for measure in deciding(chart)
        if measure in row.body
    }


async def worn_elsewhere(backend: CommerceBackend, chart: SizeChart, usual: Label, brand: str) -> SizeRow | None:
    """That size in a chart of that brand which is measured as this one is, or None where the shop has no such chart."""
    for product in await backend.search_products(brand, limit=_LOOKED_AT):
        other = await backend.size_chart(product.id) if product.brand.casefold() == brand.casefold() else None
        rows = list(rows_named(other, usual)) if other else []
        if other and len(rows) == 1 and rows[0].lower == rows[0].upper:
            row = other.rows[rows[0].lower]
            if _measured_alike(other, row, chart):
                return row
    return None


async def bought_before(backend: CommerceBackend, customer_id: str, chart: SizeChart) -> AsyncIterator[Bought]:
    """What a customer bought that is measured as this chart is, newest first. Children grow: theirs tells nothing."""
    if chart.audience == CHILDREN:
        return
    fates = dict(_fates(await backend.returns_of(customer_id)))
    for summary in await backend.find_orders(customer_id, limit=_LOOKED_BACK):
        order = await backend.get_order(summary.number)
        for line in _delivered_lines(order) if order else []:
            other = await backend.size_chart(line.product_id)
            piece = _piece(line, other, fates.get((summary.number, line.id))) if other else None
            if piece and _measured_alike(piece.chart, piece.row, chart):
                yield piece


def _piece(line: OrderLine, chart: SizeChart, sent_back: Fate | None) -> Bought | None:
    """The piece with its row; None where it was sent back for another reason, or its chart has no such row."""
    fate = sent_back or (Fate.KEPT if line.returned_quantity < line.quantity else None)
    sizes = [row.size for row in chart.rows]
    size = size_of(line.options)
    if fate is None or size not in sizes:
        return None
    place = sizes.index(size) + {Fate.KEPT: 0, Fate.TOO_SMALL: 1, Fate.TOO_BIG: -1}[fate]
    return Bought(line, size, fate, chart, chart.rows[place]) if 0 <= place < len(sizes) else None


def _fates(returns: Iterable[Return]) -> Iterator[tuple[tuple[str, str], Fate]]:
    """Which lines, by order and id, were sent back because of their size."""
    for opened in returns:
        for line in opened.lines if opened.status != ReturnStatus.CANCELLED else ():
            if line.reason in _BY_SIZE:
                yield (opened.order_number, line.line_id), _BY_SIZE[line.reason]


def _measured_alike(other: SizeChart, row: SizeRow, chart: SizeChart) -> bool:
    """Whether a size tells something about another chart: for the same people, and by one of the same measurements."""
    shared = set(deciding(other)) & set(deciding(chart))
    return other.audience == chart.audience and any(measure in row.body for measure in shared)


def _delivered_lines(order: Order) -> list[OrderLine]:
    there = {ShipmentStatus.DELIVERED, ShipmentStatus.RETURNED}
    delivered = {line for parcel in order.shipments if parcel.status in there for line in parcel.contents}
    return [line for line in order.lines if line.id in delivered]
