"""Which size of a product to take: from its size chart and what the shopper tells, never by a guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from shop.audit import AuditEntry, AuditLog
from shop.catalog import Product, SizeChart
from shop.clock import Clock
from shop.commerce import CommerceBackend
from shop.measurements import Doubt, Measurement, Trouble, body_of, understood
from shop.orders import order_key
from shop.product_mentions import best_named, link_in, same_page, telling_words
from shop.size_comparison import Bought, body_in, bought_before, worn_elsewhere
from shop.size_labels import Label, Row, rows_named
from shop.size_rule import Choice, choose, deciding, named_choice
from shop.sized_products import SizedProduct
from shop.verification import Verification

_LOOKED_AT = 12  # products that a search may bring
_SHORTEST_SKU = 4
_SAME_SKU = 0.9  # of the characters: a SKU with one slip


class By(StrEnum):
    """What a recommendation goes by."""

    MEASUREMENT = "measurement"
    LABEL = "label"  # a size of this product's own chart
    OTHER_BRAND = "other_brand"  # a size of another brand of the shop, by its chart
    UNKNOWN_BRAND = "unknown_brand"  # a size of a brand with whose chart nothing can be compared
    PURCHASE = "purchase"  # something that a proven customer kept, or sent back because of its size


@dataclass(frozen=True)
class Basis:
    """What a shopper gives to go by: measurements before all, else usual sizes, else what was bought before."""

    measurements: tuple[Measurement, ...] = ()
    usual: tuple[Label, ...] = ()
    brand: str | None = None


@dataclass(frozen=True)
class Advice:
    """What the chart says, and by what: `basis` as it was understood, or the piece that was `bought`."""

    by: By
    choice: Choice
    basis: Basis = Basis()
    bought: Bought | None = None


@dataclass(frozen=True)
class NoSuchSize:
    """The chart has no such size, or several: then `meant` are the labels to choose from."""

    usual: Label
    meant: tuple[Label, ...] = ()


@dataclass(frozen=True)
class NothingBought:
    """No purchase tells anything about this product's sizes."""


Answer = Advice | Doubt | NoSuchSize | NothingBought


class Sizing:
    """Finds the product that a shopper means and says which size its chart gives."""

    def __init__(self, backend: CommerceBackend, verification: Verification, audit: AuditLog, clock: Clock) -> None:
        self._backend, self._verification, self._audit, self._now = backend, verification, audit, clock

    async def find(self, text: str, among: Sequence[str] = ()) -> list[Product]:
        """The products that a text names, best first: one where it is plain which, none where nothing is named.

        `among` are products to choose from, by id; where the text names none of them, all others are looked through.
        """
        offered = [product for each in among if (product := await self._backend.get_product(each))]
        if chosen := best_named(offered, text):
            return chosen
        link = link_in(text)
        if link:
            return await self._by_link(link)
        by_sku = await self._by_sku(text)
        if by_sku:
            return [by_sku]
        query = " ".join(telling_words(text))
        return best_named(await self._backend.search_products(query, limit=_LOOKED_AT), text) if query else []

    async def sized(self, product_id: str) -> SizedProduct | None:
        """A product with its variants and chart, or None where there is no such product."""
        product = await self._backend.get_product(product_id)
        if product is None:
            return None
        chart = await self._backend.size_chart(product_id)
        variants = tuple(await self._backend.variants(product_id))
        return SizedProduct(product, variants, chart if chart and deciding(chart) else None)

    async def advise(self, conversation_id: str, sized: SizedProduct, basis: Basis) -> Answer:
        """What the product's chart says, or what to ask back. Raises `NotVerified` to look at purchases."""
        chart = sized.chart
        if chart is None:
            raise ValueError(f"product {sized.product.id} has no size chart")
        if basis.measurements:
            return by_measurements(chart, basis.measurements)
        if basis.usual:
            return await self._by_usual(sized.product, chart, basis)
        bought = await self.bought(conversation_id, chart)
        choice = choose(chart, body_in(bought.row, chart)) if bought else None
        return Advice(By.PURCHASE, choice, bought=bought) if choice else NothingBought()

    async def bought(self, conversation_id: str, chart: SizeChart) -> Bought | None:
        """The newest piece with this very chart that a proven customer bought, else the newest that is measured alike.

        Only what was kept, or sent back because of its size. Raises `NotVerified`.
        """
        customer = await self._verification.proven_customer(conversation_id)
        entry = AuditEntry(self._now(), f"shopper:{conversation_id}", "order.read", f"customer:{customer.id}")
        await self._audit.record(entry)
        alike: Bought | None = None
        async for piece in bought_before(self._backend, customer.id, chart):
            if piece.chart.id == chart.id:
                return piece
            alike = alike or piece
        return alike

    async def _by_usual(self, product: Product, chart: SizeChart, basis: Basis) -> Advice | NoSuchSize:
        """By another brand's size through the body that its own chart makes it for; else by the label."""
        own = basis.brand is None or basis.brand.casefold() == product.brand.casefold()
        if basis.brand and not own and len(basis.usual) == 1:
            worn = await worn_elsewhere(self._backend, chart, basis.usual[0], basis.brand)
            choice = choose(chart, body_in(worn, chart)) if worn else None
            if choice:
                return Advice(By.OTHER_BRAND, choice, basis)
        rows = [_row_named(chart, label) for label in basis.usual]
        for row in rows:
            if isinstance(row, NoSuchSize):
                return row
        places = [place for row in rows if isinstance(row, Row) for place in (row.lower, row.upper)]
        return Advice(By.LABEL if own else By.UNKNOWN_BRAND, named_choice(chart, min(places), max(places)), basis)

    async def _by_link(self, link: str) -> list[Product]:
        """The product whose page it is, looked for by the link's last parts."""
        for part in reversed(link.partition("?")[0].rstrip("/").split("/")):
            found = await self._backend.search_products(part.replace("-", " "), limit=_LOOKED_AT)
            if page := [product for product in found if same_page(product, link)]:
                return page[:1]
        return []

    async def _by_sku(self, text: str) -> Product | None:
        """The product whose id or SKU stands in the text."""
        for word in text.split():
            key = order_key(word)
            if len(key) < _SHORTEST_SKU or not any(character.isdigit() for character in key):
                continue
            for product in await self._backend.search_products(word, limit=1):
                skus = [order_key(variant.sku) for variant in await self._backend.variants(product.id)]
                if any(
                    SequenceMatcher(None, key, known).ratio() >= _SAME_SKU for known in [order_key(product.id), *skus]
                ):
                    return product
        return None


def by_measurements(chart: SizeChart, said: Sequence[Measurement]) -> Advice | Doubt:
    """What a chart says of measurements, or what to ask back about them."""
    known = understood(said, chart, deciding(chart))
    if isinstance(known, Doubt):
        return known
    choice = choose(chart, body_of(known))
    return Advice(By.MEASUREMENT, choice, Basis(known)) if choice else Doubt(Trouble.OTHER, tuple(said))


def _row_named(chart: SizeChart, label: Label) -> Row | NoSuchSize:
    rows = rows_named(chart, label)
    if len(rows) == 1:
        return next(iter(rows))
    return NoSuchSize(label, tuple(Label(label.name, systems[0]) for systems in rows.values()))
