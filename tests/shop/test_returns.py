"""Returns in a conversation: for a proven customer, for their own orders, and what the summary says is what is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from shop.adapters.sql.commerce_tables import acts, orders, returns, variants
from shop.adapters.sql.database import Database
from shop.commerce import CommerceBackend
from shop.errors import NotAllowed, NotFound, NotVerified
from shop.return_rules import RefundTo, ReturnRules
from shop.return_terms import ReturnLine, ReturnStatus
from shop.returns import Returns
from shop.verification import Verification
from tests.fakes import SettableClock
from tests.shop.contract import NOON, Count, Load, back, euros, returned, stock
from tests.shop.proven import TALK, prove, verification
from tests.shop.small_shop import delivered, line, order, parcel, payment

BOTH = ["ada-card", "ada-gift"]
SHIRT = ReturnLine("SH-1-1", 1, "too_small")
GOLD = ReturnLine("SH-1-1", 1, "too_small", "1001-GOLD-M")

BOUGHT = order(
    "SH-1",
    lines=[line("1001-SAGE-S", "59.90", 2), line("1003-L", "40.00"), line("1002-42", "99.50")],
    shipments=[delivered("2026-05-05", 1, pieces=2), delivered("2026-05-05", 2), parcel("shipped", 3)],
    payments=[payment("ada-card", "200.00"), payment("ada-gift", "59.30")],
)
BOS = order("SH-2", customer_id="C-2", payments=[payment("bo-card", "59.90")])


@dataclass(frozen=True)
class Scene:
    """Ada is proven and has SH-1; SH-2 is Bo's."""

    shop: CommerceBackend
    who: Verification
    clock: SettableClock

    def service(self, rules: ReturnRules | None = None) -> Returns:
        return Returns(self.shop, self.who, rules or ReturnRules(), self.clock)


@pytest.fixture
async def scene(load: Load, clock: SettableClock) -> Scene:
    shop = await load(BOUGHT, BOS)
    who = verification(shop, clock)
    await prove(who)
    return Scene(shop, who, clock)


async def test_only_a_proven_customer_is_told_or_may_do_anything(scene: Scene, count: Count) -> None:
    service = scene.service()
    found = await service.open(TALK, back(SHIRT), "k")
    await scene.who.match_order("matched", "SH-1", "ada.okafor@example.org")
    await prove(scene.who, "C-2", "bo")
    for talk, error in (("matched", NotVerified), ("nobody", NotVerified), ("bo", NotFound)):
        for ask in (
            service.lines(talk, "SH-1"),
            service.exchange_options(talk, "SH-1", "SH-1-1"),
            service.refund_ways(talk, "SH-1", [SHIRT]),
            service.preview(talk, back(SHIRT)),
            service.open(talk, back(SHIRT), "k2"),
            service.reports(talk, "SH-1"),
            service.report(talk, found.number),
            service.mark_sent(talk, found.number, "k3"),
            service.cancel(talk, found.number, "k4"),
        ):
            with pytest.raises(error):
                await ask
    assert await count(acts) == 1


async def test_a_return_that_there_is_not_is_refused_like_anothers(scene: Scene) -> None:
    service = scene.service()
    await prove(scene.who, "C-2", "bo")
    await service.open("bo", back(ReturnLine("SH-2-1", 1, "other"), number="SH-2", to="bo-card"), "k")
    for number in ("SH-2-R1", "SH-9-R1", "SH-1-R1", "", "banana"):
        with pytest.raises(NotFound):
            await service.report(TALK, number)


async def test_every_line_says_whether_it_may_come_back_and_why_not(scene: Scene) -> None:
    lines = await scene.service().lines(TALK, "sh1")
    assert [(each.line.id, each.quantity, each.refusal) for each in lines] == [
        ("SH-1-1", 2, None), ("SH-1-2", 0, "final_sale"), ("SH-1-3", 0, "not_delivered")
    ]  # fmt: skip


async def test_an_exchange_is_for_what_is_in_stock_at_todays_price(scene: Scene) -> None:
    options = await scene.service().exchange_options(TALK, "SH-1", "SH-1-1")
    assert [(each.variant.sku, each.difference, each.same) for each in options] == [
        ("1001-SAGE-S", euros("0.00"), True),
        ("1001-SAGE-M", euros("0.00"), False),
        ("1001-GOLD-M", euros("-20.10"), False),
    ]
    with pytest.raises(NotFound):
        await scene.service().exchange_options(TALK, "SH-1", "SH-2-1")
    assert await scene.service(ReturnRules(exchanges=False)).exchange_options(TALK, "SH-1", "SH-1-1") == ()


@pytest.mark.parametrize(
    ("lines", "rules", "ways"),
    [
        ([SHIRT], ReturnRules(), ["ada-card", "ada-gift", "store_credit"]),
        ([SHIRT], ReturnRules(refund_to=(RefundTo.ORIGINAL,)), ["ada-card"]),
        ([SHIRT], ReturnRules(refund_to=(RefundTo.STORE_CREDIT,)), ["store_credit"]),
        ([SHIRT], ReturnRules(refund_to=(RefundTo.STORE_CREDIT, RefundTo.OWN)), [*BOTH, "store_credit"]),
        ([GOLD], ReturnRules(), ["ada-card", "ada-gift"]),  # 20.10 to pay
        ([replace(SHIRT, exchange_for="1001-SAGE-M")], ReturnRules(), ["original", "ada-card", "ada-gift"]),  # even
    ],
)  # fmt: skip
async def test_the_money_goes_the_ways_that_the_shop_allows(
    scene: Scene, lines: list[ReturnLine], rules: ReturnRules, ways: list[str]
) -> None:
    found = await scene.service(rules).refund_ways(TALK, "SH-1", lines)
    assert [way.id for way in found] == ways
    labels = {"ada-card": "Visa ending in 4242", "ada-gift": "Gift card ending in 0815"}
    assert all(way.label == labels.get(way.id) for way in found)


async def test_what_was_paid_by_several_methods_goes_back_to_each_no_more_than_it_gave(
    load: Load, clock: SettableClock
) -> None:
    paid = [payment("ada-gift", "30.00"), payment("ada-card", "70.00")]
    shop = await load(order("SH-1", lines=[line("1001-SAGE-S", "100.00")], payments=paid))
    who = verification(shop, clock)
    await prove(who)
    service = Returns(shop, who, ReturnRules(refund_to=(RefundTo.ORIGINAL,)), clock)
    (way,) = await service.refund_ways(TALK, "SH-1", [SHIRT])
    assert (way.id, [(part.label, part.amount) for part in way.parts]) == (
        "original", [("Visa ending in 4242", euros("70.00")), ("Gift card ending in 0815", euros("30.00"))]
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="refund_method"):
        await service.preview(TALK, back(SHIRT, to="ada-card"))
    assert (await service.preview(TALK, back(SHIRT, to="original"))).way == way


async def test_the_summary_says_all_that_opening_does_and_changes_nothing(scene: Scene, count: Count) -> None:
    service, request = scene.service(), back(GOLD, ReturnLine("SH-1-1", 1, "changed_mind"), to="ada-gift")
    before = await stock(scene.shop)
    summary = await service.preview(TALK, request)
    assert [(each.bought.id, each.quantity, each.reason, each.balance) for each in summary.lines] == [
        ("SH-1-1", 1, "too_small", euros("-20.10")), ("SH-1-1", 1, "changed_mind", euros("59.90"))
    ]  # fmt: skip
    assert [each.instead and each.instead.options["colour"] for each in summary.lines] == ["gold", None]
    assert (summary.refund, summary.to_pay) == (euros("39.80"), None)
    assert (summary.way.label, summary.send_by, summary.free_shipping) == (
        "Gift card ending in 0815", date(2026, 5, 24), True
    )  # fmt: skip
    assert (await stock(scene.shop), await returned(scene.shop), await count(returns)) == (before, [0, 0, 0], 0)

    found = await service.open(TALK, replace(request, agreed=summary.balance), "k")
    assert (found.balance, found.send_by, found.refund_method_id) == (summary.balance, summary.send_by, "ada-gift")
    assert await service.open(TALK, request, "k") == found  # pressed twice
    assert (await returned(scene.shop), await count(returns)) == ([2, 0, 0], 1)


async def test_what_is_to_be_paid_is_said_as_such(scene: Scene) -> None:
    summary = await scene.service().preview(TALK, back(GOLD))
    assert (summary.refund, summary.to_pay) == (None, euros("20.10"))
    (part,) = summary.way.parts
    assert (part.label, part.amount) == ("Visa ending in 4242", euros("20.10"))


@pytest.mark.parametrize(
    ("lines", "to", "reason"),
    [
        ([], "ada-card", "no_lines"),
        ([replace(SHIRT, quantity=0)], "ada-card", "quantity"),
        ([replace(SHIRT, quantity=99)], "ada-card", "quantity"),
        ([SHIRT, SHIRT, SHIRT], "ada-card", "quantity"),
        ([ReturnLine("SH-1-2", 1, "other")], "ada-card", "final_sale"),
        ([ReturnLine("SH-1-3", 1, "other")], "ada-card", "not_delivered"),
        ([replace(SHIRT, reason="banana")], "ada-card", "reason"),
        ([SHIRT], "bo-card", "refund_method"),
        ([GOLD], "store_credit", "refund_method"),  # nothing can be paid by it
        ([replace(SHIRT, exchange_for="1002-42")], "ada-card", "other_product"),
        ([replace(SHIRT, exchange_for="1001-CLAY-M")], "ada-card", "out_of_stock"),
        ([replace(SHIRT, exchange_for="1001-SAGE-M", quantity=2)], "ada-card", "out_of_stock"),
        ([replace(SHIRT, exchange_for="1001-SAGE-M")] * 2, "ada-card", "out_of_stock"),
    ],
)
async def test_summary_and_opening_refuse_alike_and_nothing_changes(
    scene: Scene, count: Count, lines: list[ReturnLine], to: str, reason: str
) -> None:
    service, request = scene.service(), back(*lines, to=to)
    before = await stock(scene.shop)
    for ask in (service.preview(TALK, request), service.open(TALK, request, "k")):
        with pytest.raises(NotAllowed) as refused:
            await ask
        assert refused.value.reason == reason
    assert (await stock(scene.shop), await returned(scene.shop)) == (before, [0, 0, 0])
    assert (await count(returns), await count(acts)) == (0, 0)


async def test_a_line_of_another_order_is_not_found(scene: Scene) -> None:
    request = back(ReturnLine("SH-2-1", 1, "other"))
    for ask in (scene.service().preview(TALK, request), scene.service().open(TALK, request, "k")):
        with pytest.raises(NotFound):
            await ask


@pytest.mark.parametrize("change", ["price", "stock", "status", "window", "another tab"])
async def test_an_order_that_changes_while_the_shopper_talks(
    scene: Scene, database: Database, count: Count, change: str
) -> None:
    service, request = scene.service(), back(replace(SHIRT, quantity=2, exchange_for="1001-GOLD-M"))
    summary = await service.preview(TALK, request)
    gold = variants.c.sku == "1001-GOLD-M"
    async with database.begin() as connection:
        if change == "price":
            await connection.execute(update(variants).where(gold).values(price="99.00"))
        elif change == "stock":
            await connection.execute(update(variants).where(gold).values(stock=1))
        elif change == "status":
            await connection.execute(update(orders).where(orders.c.number == "SH-1").values(status="refunded"))
    if change == "window":
        scene.clock.now += timedelta(days=40)
        await prove(scene.who)
    if change == "another tab":
        await service.open(TALK, back(SHIRT), "other tab")
    before = await count(returns), await stock(scene.shop)
    with pytest.raises(NotAllowed) as refused:
        await service.open(TALK, replace(request, agreed=summary.balance), "k")
    assert refused.value.reason == {
        "price": "price_changed", "stock": "out_of_stock", "status": "already_returned", "window": "window_closed",
        "another tab": "quantity",
    }[change]  # fmt: skip
    assert (await count(returns), await stock(scene.shop)) == before


async def test_where_is_my_refund(scene: Scene, database: Database) -> None:
    service = scene.service()
    assert await service.reports(TALK) == ()
    await service.open(TALK, back(GOLD, to="ada-card"), "k1")
    scene.clock.now += timedelta(minutes=30)
    await service.open(TALK, back(SHIRT, to="store_credit"), "k2")
    newest, first = await service.reports(TALK)
    assert [report.found.number for report in (newest, first)] == ["SH-1-R2", "SH-1-R1"]
    assert (first.label, newest.label) == ("Visa ending in 4242", None)
    (item,) = first.items
    assert (item.bought.name, item.quantity, item.reason) == ("Hazel Linen Shirt", 1, "too_small")
    assert item.instead and item.instead.sku == "1001-GOLD-M"

    sent_at = scene.clock.now
    sent = await service.mark_sent(TALK, "sh1r2", "k3", tracking_number=" qp 123-4 ")
    assert (sent.status, sent.sent_at, sent.tracking_number) == (ReturnStatus.SENT, sent_at, "QP123-4")
    for status, name in (("received", "received_at"), ("refunded", "refunded_at")):
        async with database.begin() as connection:
            mine = returns.c.number == "SH-1-R2"
            await connection.execute(update(returns).where(mine).values({"status": status, name: NOON}))
    told = (await service.report(TALK, "SH-1-R2")).found
    assert (told.status, told.sent_at, told.received_at, told.refunded_at) == ("refunded", sent_at, NOON, NOON)


@pytest.mark.parametrize("number", ["", "ab", "x" * 41, "https://evil.example", "12\x003456", "ＱＰ１２３４"])
async def test_a_tracking_number_that_can_not_be_one_is_refused(scene: Scene, number: str) -> None:
    service = scene.service()
    found = await service.open(TALK, back(SHIRT), "k")
    with pytest.raises(NotAllowed, match="tracking_number"):
        await service.mark_sent(TALK, found.number, "k2", tracking_number=number)
    assert (await service.report(TALK, found.number)).found.status == ReturnStatus.OPEN


async def test_a_return_is_called_off_while_it_was_not_sent(scene: Scene) -> None:
    service = scene.service()
    before = await stock(scene.shop)
    for key in ("k1", "k2"):
        await service.open(TALK, back(GOLD), key)
    cancelled = await service.cancel(TALK, "SH-1-R1", "k3")
    assert (cancelled.status, await returned(scene.shop)) == (ReturnStatus.CANCELLED, [1, 0, 0])
    await service.mark_sent(TALK, "SH-1-R2", "k4")
    for number, reason in (("SH-1-R1", "already_cancelled"), ("SH-1-R2", "already_sent")):
        with pytest.raises(NotAllowed, match=reason):
            await service.cancel(TALK, number, "k5")
    assert (await stock(scene.shop))["1001-GOLD-M"] == before["1001-GOLD-M"] - 1


async def test_a_key_is_of_its_conversation(scene: Scene) -> None:
    """Two conversations may use the same key, as forms that count their runs do."""
    await prove(scene.who, "C-1", "phone")
    service = scene.service()
    numbers = {(await service.open(talk, back(SHIRT), "run-1")).number for talk in (TALK, "phone", TALK, "phone")}
    assert numbers == {"SH-1-R1", "SH-1-R2"}


async def test_a_verification_that_ends_in_the_middle_stops_the_act(scene: Scene, count: Count) -> None:
    service = scene.service()
    await service.preview(TALK, back(SHIRT))
    scene.clock.pass_minutes(61)
    with pytest.raises(NotVerified):
        await service.open(TALK, back(SHIRT), "k")
    assert await count(returns) == 0
    await prove(scene.who)
    assert (await service.open(TALK, back(SHIRT), "k")).number == "SH-1-R1"
