"""Sizing: which product is meant, what to go by, and what the service answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from shop.adapters.sql.product_search import ProductIndex
from shop.catalog import Product, SizeChart, Variant
from shop.errors import NotVerified
from shop.measurements import Doubt, Measurement, Trouble
from shop.money import Money
from shop.orders import Order, ShipmentStatus
from shop.product_mentions import best_named, names_something
from shop.return_terms import ORIGINAL, Return, ReturnLine, ReturnStatus
from shop.size_comparison import Fate
from shop.size_labels import Label
from shop.size_rule import Outcome
from shop.sized_products import SizedProduct
from shop.sizing import Advice, Basis, By, NoSuchSize, NothingBought, Sizing
from tests.fakes import ADA, NOW, FakeAudit, FakeCommerce, SettableClock, order, parcel
from tests.shop.proven import TALK, prove, verification
from tests.shop.size_charts import chart, demo_charts

SHIRT_CHART = chart({"S": {"chest": (82, 90)}, "M": {"chest": (90, 98)}, "L": {"chest": (98, 106)}}, brand="Mirrowick")
OWN_CHART = chart({"S": {"chest": (78, 86)}, "M": {"chest": (86, 94)}, "L": {"chest": (94, 102)}}, brand="Verdelha")
KIDS_CHART = chart({"98": {"height": (92, 98)}, "104": {"height": (98, 104)}}, audience="kids", brand="Pebblekin")
NO_BODIES = chart({"S": {}, "M": {}})


def a_product(number: int, name: str, brand: str, audience: str = "women", chart_id: str | None = "x") -> Product:
    page = f"https://shop.example.com/products/{number}"
    return Product(str(number), name, brand, "", audience, "", "", page, False, chart_id)


HAZEL = a_product(1001, "Hazel Linen Shirt", "Mirrowick")
MAREN = a_product(1002, "Maren Linen Shirt", "Mirrowick")
TUNDE = a_product(1003, "Tunde Linen Shirt", "Okonwa", "men")
WREN = a_product(1004, "Wren Shirt Dress", "Mirrowick", chart_id=None)
ALBA = a_product(1005, "Alba Cotton Blouse", "Verdelha")
OTTER = a_product(1006, "Otter T-Shirt", "Pebblekin", "kids")
BRAMBLE = a_product(1007, "Bramble Tote Bag", "Fernhollow", "unisex", None)
PRODUCTS = [HAZEL, MAREN, TUNDE, WREN, ALBA, OTTER, BRAMBLE]
CHARTS = {HAZEL.id: SHIRT_CHART, MAREN.id: SHIRT_CHART, ALBA.id: OWN_CHART, OTTER.id: KIDS_CHART, TUNDE.id: NO_BODIES}


def variant(of: Product, size: str | None, colour: str = "white", stock: int = 5) -> Variant:
    options = {"colour": colour, **({"size": size} if size else {})}
    return Variant(f"{of.id}-{colour}-{size}".upper(), of.id, options, Money(Decimal(50), "EUR"), stock)


@dataclass
class FakeCatalogue(FakeCommerce):
    """A few products with charts beside the orders, and returns."""

    returned: list[Return] = field(default_factory=list)

    async def search_products(self, query: str, *, limit: int = 5) -> Sequence[Product]:
        skus = {each.sku: each.product_id for product in PRODUCTS for each in await self.variants(product.id)}
        return ProductIndex(PRODUCTS, skus).search(query, limit)

    async def get_product(self, product_id: str) -> Product | None:
        return next((each for each in PRODUCTS if each.id == product_id), None)

    async def variants(self, product_id: str) -> Sequence[Variant]:
        found = await self.get_product(product_id)
        sizes = [row.size for row in CHARTS[product_id].rows] if product_id in CHARTS else [None]
        return [variant(found, size) for size in sizes] if found else []

    async def size_chart(self, product_id: str) -> SizeChart | None:
        return CHARTS.get(product_id)

    async def returns_of(self, customer_id: str, *, order_number: str | None = None) -> Sequence[Return]:
        return self.returned


class Desk:
    """The service over such a catalogue."""

    def __init__(self, *orders: Order, returned: Sequence[Return] = ()) -> None:
        self.audit, clock = FakeAudit(), SettableClock()
        self.backend = FakeCatalogue(list(orders), returned=list(returned))
        self.who = verification(self.backend, clock)  # type: ignore[arg-type]
        self.sizing = Sizing(self.backend, self.who, self.audit, clock)  # type: ignore[arg-type]

    async def names(self, text: str, among: Sequence[Product] = ()) -> list[str]:
        return [each.name.partition(" ")[0] for each in await self.sizing.find(text, [each.id for each in among])]

    async def advise(self, product: Product, basis: Basis) -> Any:
        sized = await self.sizing.sized(product.id)
        assert sized
        return await self.sizing.advise(TALK, sized, basis)


def bought(number: str, product: Product, size: str, days_ago: int = 4, sent_back: int = 0) -> Order:
    made = order(number, placed_at=NOW - timedelta(days=days_ago), shipments=(parcel(ShipmentStatus.DELIVERED),))
    line = replace(
        made.lines[0], product_id=product.id, name=product.name, options={"size": size}, returned_quantity=sent_back
    )
    return replace(made, lines=(line,))


def returned(number: str, reason: str, status: ReturnStatus = ReturnStatus.OPEN) -> Return:
    line = ReturnLine("l1", 1, reason)
    return Return("RT-1", number, NOW, status, (line,), ORIGINAL, Money(Decimal(50), "EUR"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("what size for the Hazel linen shirt?", {"Hazel"}),
        ("which sise in the hasel linnen shirt pls", {"Hazel"}),
        ("What size for the linen shirt?", {"Hazel", "Maren", "Tunde"}),
        ("the linen shirt for my husband", {"Tunde"}),
        ("women's linen shirts", {"Hazel", "Maren"}),
        ("a Mirrowick linen shirt", {"Hazel", "Maren"}),
        ("shirt by mirrowick", {"Hazel", "Maren"}),
        ("1002-WHITE-M", {"Maren"}),
        ("what size do I take in 1004?", {"Wren"}),
        ("https://shop.example.com/products/1001?utm_source=mail", {"Hazel"}),
        ("www.shop.example.com/products/1005/ which size", {"Alba"}),
        ("https://elsewhere.example.com/products/1001", set()),
        ("what size should I take?", set()),
        ("please help me choose the right size, I have no idea", set()),
        ("which size of skirt", set()),
        ("the Gucci loafers", set()),
        ("I need it for a wedding next week", set()),
        ("", set()),
    ],
)
async def test_a_product_is_found_by_what_it_is_called_and_nothing_is_guessed(text: str, names: set[str]) -> None:
    assert set(await Desk().names(text)) == names


async def test_of_offered_products_one_is_named_by_a_word_or_by_whom_it_is_for() -> None:
    offered = [HAZEL, MAREN, TUNDE]
    assert await Desk().names("Maren", offered) == ["Maren"]
    assert await Desk().names("the men's one", offered) == ["Tunde"]
    assert await Desk().names("the Alba blouse", offered) == ["Alba"]


@pytest.mark.parametrize(("text", "named"), [("in the Gucci loafers", True), ("which size should I take", False)])
def test_a_name_that_nothing_has_is_told_from_no_name(text: str, named: bool) -> None:
    assert names_something(text) is named


def test_the_kind_of_a_product_stands_last_in_its_name() -> None:
    assert best_named([WREN, HAZEL], "a shirt") == [HAZEL]
    assert best_named([WREN, HAZEL], "a shirt dress") == [WREN]


async def test_measurements_lead_to_a_size() -> None:
    advice = await Desk().advise(HAZEL, Basis((Measurement(Decimal(36)), Measurement(Decimal(92)))))
    assert isinstance(advice, Doubt)
    advice = await Desk().advise(HAZEL, Basis((Measurement(Decimal(92)),)))
    assert isinstance(advice, Advice)
    assert (advice.by, advice.choice.lower.size) == (By.MEASUREMENT, "M")
    assert [str(each) for each in advice.basis.measurements] == ["chest 92 cm"]


async def test_a_measurement_that_does_not_decide_is_told() -> None:
    said = Measurement.read("height 175 cm")
    assert said
    doubt = await Desk().advise(HAZEL, Basis((said,)))
    assert isinstance(doubt, Doubt)
    assert doubt.trouble == Trouble.OTHER


async def test_a_size_of_another_brand_of_the_shop_goes_through_both_charts() -> None:
    advice = await Desk().advise(ALBA, Basis(usual=(Label("M"),), brand="mirrowick"))
    assert isinstance(advice, Advice)
    assert advice.by == By.OTHER_BRAND
    assert (advice.choice.outcome, advice.choice.lower.size, advice.choice.upper.size) == (Outcome.BETWEEN, "M", "L")


async def test_a_size_of_a_brand_without_a_chart_goes_by_the_label_and_says_so() -> None:
    advice = await Desk().advise(HAZEL, Basis(usual=(Label("M"),), brand="Norrland"))
    assert isinstance(advice, Advice)
    assert (advice.by, advice.choice.lower.size) == (By.UNKNOWN_BRAND, "M")


async def test_two_usual_sizes_are_between_two_sizes() -> None:
    advice = await Desk().advise(HAZEL, Basis(usual=(Label("S"), Label("M"))))
    assert isinstance(advice, Advice)
    assert (advice.choice.outcome, advice.choice.lower.size, advice.choice.upper.size) == (Outcome.BETWEEN, "S", "M")


async def test_a_size_that_the_chart_has_not_is_no_answer() -> None:
    assert await Desk().advise(HAZEL, Basis(usual=(Label("banana"),))) == NoSuchSize(Label("banana"))


async def test_purchases_are_read_for_a_proven_customer_only_and_that_is_audited() -> None:
    desk = Desk(bought("SH-1", HAZEL, "M"))
    with pytest.raises(NotVerified):
        await desk.advise(MAREN, Basis())
    assert not desk.audit.entries
    await desk.who.match_order(TALK, "SH-1", ADA.email)
    with pytest.raises(NotVerified):
        await desk.advise(MAREN, Basis())
    await prove(desk.who, ADA.id)
    advice = await desk.advise(MAREN, Basis())
    assert (advice.by, advice.choice.lower.size, advice.bought.fate) == (By.PURCHASE, "M", Fate.KEPT)
    assert [(each.action, each.subject) for each in desk.audit.entries] == [("order.read", f"customer:{ADA.id}")]


async def test_what_was_kept_in_another_brand_is_compared_through_both_charts() -> None:
    desk = Desk(bought("SH-1", ALBA, "S"))
    await prove(desk.who, ADA.id)
    assert (await desk.advise(HAZEL, Basis())).choice.outcome == Outcome.FITS
    assert (await desk.advise(HAZEL, Basis())).choice.lower.size == "S"


async def test_the_same_chart_goes_before_a_newer_purchase_of_another() -> None:
    desk = Desk(bought("SH-2", ALBA, "L", days_ago=1), bought("SH-1", HAZEL, "S", days_ago=90))
    await prove(desk.who, ADA.id)
    assert (await desk.advise(MAREN, Basis())).choice.lower.size == "S"


@pytest.mark.parametrize(("reason", "size"), [("too_small", "L"), ("too_big", "S")])
async def test_what_went_back_because_of_its_size_tells_of_the_next_one(reason: str, size: str) -> None:
    desk = Desk(bought("SH-1", HAZEL, "M", sent_back=1), returned=[returned("SH-1", reason)])
    await prove(desk.who, ADA.id)
    advice = await desk.advise(MAREN, Basis())
    assert (advice.choice.lower.size, advice.bought.fate, advice.bought.size) == (size, Fate(reason), "M")


@pytest.mark.parametrize(
    "desk",
    [
        Desk(),
        Desk(bought("SH-1", HAZEL, "M", sent_back=1), returned=[returned("SH-1", "changed_mind")]),
        Desk(bought("SH-1", HAZEL, "M", sent_back=1)),
        Desk(bought("SH-1", HAZEL, "L", sent_back=1), returned=[returned("SH-1", "too_small")]),
        Desk(bought("SH-1", BRAMBLE, "")),
        Desk(order("SH-1")),
    ],
)
async def test_other_purchases_tell_nothing(desk: Desk) -> None:
    await prove(desk.who, ADA.id)
    assert await desk.advise(HAZEL, Basis()) == NothingBought()


async def test_a_return_that_was_called_off_was_kept() -> None:
    called_off = returned("SH-1", "too_small", ReturnStatus.CANCELLED)
    desk = Desk(bought("SH-1", HAZEL, "M"), returned=[called_off])
    await prove(desk.who, ADA.id)
    assert (await desk.advise(HAZEL, Basis())).bought.fate == Fate.KEPT


async def test_children_grow_out_of_what_they_kept() -> None:
    desk = Desk(bought("SH-1", OTTER, "98"))
    await prove(desk.who, ADA.id)
    assert await desk.advise(OTTER, Basis()) == NothingBought()


async def test_a_product_without_a_usable_chart_has_none() -> None:
    for product, has_sizes in ((TUNDE, True), (WREN, False), (BRAMBLE, False)):
        sized = await Desk().sizing.sized(product.id)
        assert sized
        assert sized.chart is None
        assert bool(sized.sizes) is has_sizes
    assert await Desk().sizing.sized("nothing") is None


def test_what_is_near_when_a_size_is_sold_out() -> None:
    variants = [variant(HAZEL, "S", stock=2), variant(HAZEL, "M", stock=0), variant(HAZEL, "M", "sage", 0)]
    there = [variant(HAZEL, "L", "sage", 1), variant(HAZEL, "L", stock=0)]
    sized = SizedProduct(HAZEL, (*variants, *there), SHIRT_CHART)
    assert sized.nearest_in_stock("M") == "L"
    assert sized.colours_in_stock("L") == ["sage"]
    assert (sized.has("M"), sized.comes_in("M"), sized.comes_in("XS")) == (False, True, False)
    assert SizedProduct(HAZEL, tuple(variants[1:]), SHIRT_CHART).nearest_in_stock("M") is None
    assert SizedProduct(HAZEL, tuple(variants), SHIRT_CHART).nearest_in_stock("M") == "S"


def test_every_demo_chart_has_something_that_decides() -> None:
    assert all(SizedProduct(HAZEL, (), made).chart for made in demo_charts())
