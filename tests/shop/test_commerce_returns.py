"""What every `CommerceBackend` promises of returns and exchanges."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shop.adapters.sql.audit import audit_log
from shop.adapters.sql.commerce import SqlCommerce
from shop.adapters.sql.commerce_tables import acts, returns
from shop.adapters.sql.database import Database
from shop.errors import NotAllowed, NotFound
from shop.return_rules import RefundTo, ReturnRules
from shop.return_terms import Return, ReturnLine, ReturnReason, ReturnStatus
from shop.rules import ShopRules
from tests.fakes import SettableClock
from tests.shop.contract import NOON, Count, Load, back, euros, returned, stock
from tests.shop.small_shop import delivered, line, order, parcel, payment


@pytest.mark.parametrize(
    ("given", "quantity", "refusal", "until"),
    [
        ({"lines": [line("1001-SAGE-S", "59.90", 2)], "shipments": [delivered("2026-05-05", 1, pieces=2)]},
         2, None, date(2026, 6, 4)),
        ({"shipments": [delivered("2026-04-10")]}, 1, None, date(2026, 5, 10)),
        ({"shipments": [delivered("2026-04-09")]}, 0, "window_closed", date(2026, 5, 9)),
        ({"lines": [line("1003-L", "40.00")]}, 0, "final_sale", None),
        ({"lines": [line("1001-SAGE-S", "59.90", returned_quantity=1)]}, 0, "already_returned", None),
        ({"lines": [line("1001-SAGE-S", "59.90", returned_quantity=1)], "shipments": [delivered("2026-01-09")]},
         0, "already_returned", None),
        ({"lines": [line("1001-SAGE-S", "59.90", 3, returned_quantity=1)],
          "shipments": [delivered("2026-05-05", 1, pieces=3)]}, 2, None, date(2026, 6, 4)),
        ({"status": "shipped", "shipments": [parcel("shipped")]}, 0, "not_delivered", None),
        ({"status": "paid", "shipments": []}, 0, "not_delivered", None),
        ({"status": "cancelled", "shipments": []}, 0, "not_delivered", None),
        ({"status": "returned", "shipments": [delivered("2026-05-05")]}, 0, "already_returned", None),
        ({"status": "refunded", "shipments": [delivered("2026-05-05")]}, 0, "already_returned", None),
        # one of two pieces has come; it has gone back; the other is still on its way
        ({"status": "shipped", "lines": [line("1001-SAGE-S", "59.90", 2)],
          "shipments": [delivered("2026-05-05"), parcel("shipped")]}, 1, None, date(2026, 6, 4)),
        ({"status": "shipped", "lines": [line("1001-SAGE-S", "59.90", 2, returned_quantity=1)],
          "shipments": [delivered("2026-05-05"), parcel("shipped")]}, 0, "not_delivered", None),
        # two pieces came on different days: one in time, and the nearest deadline counts while both are
        ({"lines": [line("1001-SAGE-S", "59.90", 2)],
          "shipments": [delivered("2026-04-01"), delivered("2026-05-05")]}, 1, None, date(2026, 6, 4)),
        ({"lines": [line("1001-SAGE-S", "59.90", 2)],
          "shipments": [delivered("2026-05-01"), delivered("2026-05-05")]}, 2, None, date(2026, 5, 31)),
        ({"lines": [line("1001-SAGE-S", "59.90", 2)],
          "shipments": [delivered("2026-03-01"), delivered("2026-04-01")]}, 0, "window_closed", date(2026, 5, 1)),
    ],
)  # fmt: skip
async def test_what_may_come_back(
    load: Load, given: dict[str, Any], quantity: int, refusal: str | None, until: date | None
) -> None:
    shop = await load(order("SH-1", **given))
    (found,) = await shop.returnable("sh1")
    assert (found.quantity, found.refusal, found.until) == (quantity, refusal, until)
    assert found.line == (await shop.get_order("SH-1")).lines[0]  # type: ignore[union-attr]


async def test_the_shop_says_how_long_its_window_is(load: Load, database: Database, clock: SettableClock) -> None:
    await load(order("SH-1", shipments=[delivered("2026-05-05")]))
    (found,) = await SqlCommerce(database, clock, ShopRules(ReturnRules(days=4))).returnable("SH-1")
    assert (found.refusal, found.until) == ("window_closed", date(2026, 5, 9))


async def test_nothing_may_come_back_of_an_unknown_order(load: Load) -> None:
    shop = await load()
    with pytest.raises(NotFound):
        await shop.returnable("SH-1")


async def test_a_return_pays_back_what_was_paid(load: Load, database: Database) -> None:
    shop = await load(
        order("SH-1", lines=[line("1001-SAGE-S", "48.00", 3), line("1002-42", "99.50")],
              shipments=[delivered("2026-05-05", 1, pieces=3), delivered("2026-05-05", 2)])
    )  # fmt: skip
    request = back(ReturnLine("SH-1-1", 2, "too_small"), ReturnLine("SH-1-2", 1, "changed_mind"), to="ada-gift")
    opened = await shop.open_return(request, actor="shopper:c1", idempotency_key="k1")
    assert opened == Return(
        "SH-1-R1", "SH-1", NOON, ReturnStatus.OPEN, request.lines, "ada-gift", euros("195.50"), date(2026, 5, 24)
    )
    assert await shop.get_return("SH-1-R1") == opened
    assert await returned(shop) == [2, 1]
    assert (await stock(shop))["1001-SAGE-S"] == 5  # not here yet
    async with database.begin(reading=True) as connection:
        facts = (await connection.execute(select(audit_log))).mappings().all()
    assert [(fact["at"], fact["actor"], fact["action"], fact["subject"], fact["detail"]) for fact in facts] == [
        (NOON, "shopper:c1", "return.open", "order:SH-1", {"lines": 2})
    ]


async def test_the_same_key_returns_the_first_result_and_changes_nothing(
    load: Load, clock: SettableClock, count: Count
) -> None:
    shop = await load(
        order("SH-1", lines=[line("1001-SAGE-S", "48.00", 2)], shipments=[delivered("2026-05-05", pieces=2)])
    )
    first = await shop.open_return(back(ReturnLine("SH-1-1", 1, "too_big")), actor="a", idempotency_key="k")
    clock.now += timedelta(hours=1)
    again = await shop.open_return(back(ReturnLine("SH-1-1", 1, "too_big")), actor="a", idempotency_key="k")
    assert again == first
    assert await returned(shop) == [1]
    assert (await count(returns), await count(acts), await count(audit_log)) == (1, 1, 1)


async def test_another_key_is_another_return(load: Load) -> None:
    shop = await load(
        order("SH-1", lines=[line("1001-SAGE-S", "48.00", 2)], shipments=[delivered("2026-05-05", pieces=2)])
    )
    one = back(ReturnLine("SH-1-1", 1, "too_big"))
    numbers = [(await shop.open_return(one, actor="a", idempotency_key=key)).number for key in ("k1", "k2")]
    assert numbers == ["SH-1-R1", "SH-1-R2"]
    with pytest.raises(NotAllowed, match="already_returned"):
        await shop.open_return(one, actor="a", idempotency_key="k3")


async def test_an_exchange_sets_the_new_pieces_aside_and_balances_the_prices(load: Load) -> None:
    shop = await load(
        order("SH-1", lines=[line("1001-SAGE-S", "48.00", 3)], shipments=[delivered("2026-05-05", pieces=3)])
    )
    dearer = back(
        ReturnLine("SH-1-1", 1, "too_small", exchange_for="1001-GOLD-M"), ReturnLine("SH-1-1", 1, "changed_mind")
    )
    opened = await shop.open_return(dearer, actor="a", idempotency_key="k1")
    assert opened.balance == euros("16.00")  # twice 48.00 back, less 80.00
    same = await shop.open_return(
        back(ReturnLine("SH-1-1", 1, "too_small", exchange_for="1001-SAGE-M")), actor="a", idempotency_key="k2"
    )
    assert same.balance == euros("-11.90")
    assert await stock(shop) == {"1001-SAGE-S": 5, "1001-SAGE-M": 0, "1001-CLAY-M": 0, "1001-GOLD-M": 8}


@pytest.mark.parametrize(
    ("lines", "to", "reason"),
    [
        ([], "ada-card", "no_lines"),
        ([ReturnLine("SH-1-1", 0, "too_big")], "ada-card", "quantity"),
        ([ReturnLine("SH-1-1", -1, "too_big")], "ada-card", "quantity"),
        ([ReturnLine("SH-1-1", 3, "too_big")], "ada-card", "quantity"),
        ([ReturnLine("SH-1-1", 2, "too_big"), ReturnLine("SH-1-1", 1, "too_big")], "ada-card", "quantity"),
        ([ReturnLine("SH-1-1", 1, "too_big"), ReturnLine("SH-1-2", 1, "too_big")], "ada-card", "final_sale"),
        ([ReturnLine("SH-1-1", 1, "too_big"), ReturnLine("SH-1-3", 1, "too_big")], "ada-card", "not_delivered"),
        ([ReturnLine("SH-1-1", 1, "too_big")], "bo-card", "refund_method"),
        ([ReturnLine("SH-1-1", 1, "too_big")], "", "refund_method"),
        ([ReturnLine("SH-1-1", 1, "too_big", "1001-CLAY-M")], "ada-card", "out_of_stock"),
        ([ReturnLine("SH-1-1", 2, "too_big", "1001-SAGE-M")], "ada-card", "out_of_stock"),
        ([ReturnLine("SH-1-1", 1, "too_big", "1001-SAGE-M"), ReturnLine("SH-1-1", 1, "too_big", "1001-CLAY-M")],
         "ada-card", "out_of_stock"),
        ([ReturnLine("SH-1-1", 1, "too_big", "1001-GOLD-M"), ReturnLine("SH-1-1", 1, "too_big", "1002-42")],
         "ada-card", "other_product"),
        ([ReturnLine("SH-1-1", 1, "too_big", "9999")], "ada-card", "other_product"),
    ],
)  # fmt: skip
async def test_a_refused_return_changes_nothing(
    load: Load, count: Count, lines: list[ReturnLine], to: str, reason: str
) -> None:
    bought = [line("1001-SAGE-S", "48.00", 2), line("1003-L", "40.00"), line("1002-42", "99.50")]
    sent = [delivered("2026-05-05", 1, 2), delivered("2026-05-05", 1), parcel("shipped", 3)]
    shop = await load(order("SH-1", lines=bought, shipments=sent))
    before = await stock(shop)
    with pytest.raises(NotAllowed) as refused:
        await shop.open_return(back(*lines, to=to), actor="a", idempotency_key="k")
    assert refused.value.reason == reason
    assert (await stock(shop), await returned(shop)) == (before, [0, 0, 0])
    assert (await count(returns), await count(acts), await count(audit_log)) == (0, 0, 0)
    opened = await shop.open_return(back(ReturnLine("SH-1-1", 1, "too_big")), actor="a", idempotency_key="k")
    assert opened.number == "SH-1-R1"


@pytest.mark.parametrize(
    ("price", "to", "accepted"),
    [
        ("39.90", "ada-card", True),
        ("39.90", "original", False),  # the card can take it all
        ("39.90", "old-voucher", False),  # it gave 20.00
        ("20.00", "old-voucher", True),
        ("59.90", "ada-card", False),
        ("59.90", "original", True),
        ("59.90", "ada-gift", True),
        ("59.90", "store_credit", True),
        ("60.00", "original", False),  # more than was paid
    ],
)
async def test_no_method_gets_back_more_than_it_gave(load: Load, price: str, to: str, accepted: bool) -> None:
    used = [payment("ada-card", "39.90"), {**payment("old-voucher", "20.00"), "method": "Voucher"}]
    shop = await load(order("SH-1", lines=[line("1001-SAGE-S", price)], payments=used))
    request = back(ReturnLine("SH-1-1", 1, "too_big"), to=to)
    if accepted:
        opened = await shop.open_return(request, actor="a", idempotency_key="k")
        assert (opened.refund_method_id, opened.balance) == (to, euros(price))
    else:
        with pytest.raises(NotAllowed, match="refund_method"):
            await shop.open_return(request, actor="a", idempotency_key="k")


async def test_each_line_is_exchanged_for_its_own_product(load: Load, count: Count) -> None:
    both = [line("1001-SAGE-S", "59.90"), line("1002-42", "120.00")]
    shop = await load(order("SH-1", lines=both, shipments=[delivered("2026-05-05", 1, 2)]))
    swapped = back(ReturnLine("SH-1-1", 1, "other", "1002-43"), ReturnLine("SH-1-2", 1, "other", "1001-SAGE-M"))
    with pytest.raises(NotAllowed, match="other_product"):
        await shop.open_return(swapped, actor="a", idempotency_key="k")
    assert await count(returns) == 0
    right = back(ReturnLine("SH-1-1", 1, "other", "1001-SAGE-M"), ReturnLine("SH-1-2", 1, "other", "1002-43"))
    assert await shop.open_return(right, actor="a", idempotency_key="k")


async def test_a_balance_that_was_not_agreed_to_is_not_booked(load: Load, count: Count) -> None:
    shop = await load(order("SH-1"))
    request = back(ReturnLine("SH-1-1", 1, "too_big", "1001-GOLD-M"))
    with pytest.raises(NotAllowed, match="price_changed"):
        await shop.open_return(replace(request, agreed=euros("-10.00")), actor="a", idempotency_key="k")
    assert (await count(returns), await count(acts), (await stock(shop))["1001-GOLD-M"]) == (0, 0, 9)
    opened = await shop.open_return(replace(request, agreed=euros("-20.10")), actor="a", idempotency_key="k")
    assert opened.balance == euros("-20.10")


@pytest.mark.parametrize(
    ("rules", "line_back", "reason"),
    [
        (ReturnRules(reasons=(ReturnReason.DAMAGED,)), ReturnLine("SH-1-1", 1, "too_big"), "reason"),
        (ReturnRules(), ReturnLine("SH-1-1", 1, "ugly"), "reason"),
        (ReturnRules(exchanges=False), ReturnLine("SH-1-1", 1, "too_big", "1001-SAGE-M"), "no_exchanges"),
        (ReturnRules(refund_to=(RefundTo.STORE_CREDIT,)), ReturnLine("SH-1-1", 1, "too_big"), "refund_method"),
        (ReturnRules(final_sale_excluded=False), ReturnLine("SH-1-2", 1, "too_big"), None),
        (ReturnRules(), ReturnLine("SH-1-2", 1, "too_big"), "final_sale"),
    ],
)
async def test_the_shop_says_what_may_be_done(
    load: Load, database: Database, clock: SettableClock, rules: ReturnRules, line_back: ReturnLine, reason: str | None
) -> None:
    await load(order("SH-1", lines=[line("1001-SAGE-S", "59.90"), line("1003-L", "40.00")],
                     shipments=[delivered("2026-05-05", 1, 2)]))  # fmt: skip
    shop = SqlCommerce(database, clock, ShopRules(rules))
    if reason is None:
        assert await shop.open_return(back(line_back), actor="a", idempotency_key="k")
    else:
        with pytest.raises(NotAllowed, match=reason):
            await shop.open_return(back(line_back), actor="a", idempotency_key="k")


async def test_a_shop_may_allow_one_return_for_each_order(load: Load, database: Database, clock: SettableClock) -> None:
    await load(order("SH-1", lines=[line("1001-SAGE-S", "59.90"), line("1002-42", "39.00")],
                     shipments=[delivered("2026-05-05", 1, 2)]))  # fmt: skip
    shop = SqlCommerce(database, clock, ShopRules(ReturnRules(once_per_order=True)))
    first = await shop.open_return(back(ReturnLine("SH-1-1", 1, "other")), actor="a", idempotency_key="k1")
    assert {one.refusal for one in await shop.returnable("SH-1")} == {"one_return_only"}
    with pytest.raises(NotAllowed, match="one_return_only"):
        await shop.open_return(back(ReturnLine("SH-1-2", 1, "other")), actor="a", idempotency_key="k2")
    await shop.cancel_return(first.number, actor="a", idempotency_key="k3")
    assert (await shop.open_return(back(ReturnLine("SH-1-2", 1, "other")), actor="a", idempotency_key="k4")).number


async def test_only_lines_of_the_order_come_back(load: Load) -> None:
    shop = await load(order("SH-1"), order("SH-2"))
    with pytest.raises(NotFound):
        await shop.open_return(back(ReturnLine("SH-2-1", 1, "too_big")), actor="a", idempotency_key="k")
    with pytest.raises(NotFound):
        await shop.open_return(back(ReturnLine("SH-3-1", 1, "too_big"), number="SH-3"), actor="a", idempotency_key="k")


async def test_a_key_belongs_to_one_order(load: Load) -> None:
    shop = await load(order("SH-1"), order("SH-2"))
    await shop.open_return(back(ReturnLine("SH-1-1", 1, "too_big")), actor="a", idempotency_key="k")
    with pytest.raises(ValueError, match="SH1"):
        await shop.open_return(back(ReturnLine("SH-2-1", 1, "too_big"), number="SH-2"), actor="a", idempotency_key="k")
    assert await returned(shop, "SH-2") == [0]


async def test_the_same_return_pressed_many_times_at_once_is_one(load: Load, count: Count) -> None:
    shop = await load(
        order("SH-1", lines=[line("1001-SAGE-S", "48.00", 9)], shipments=[delivered("2026-05-05", pieces=9)])
    )
    exchange = back(ReturnLine("SH-1-1", 1, "too_big", "1001-GOLD-M"))
    opened = await asyncio.gather(*(shop.open_return(exchange, actor="a", idempotency_key="k") for _ in range(8)))
    assert {(one.number, one.balance) for one in opened} == {("SH-1-R1", euros("-32.00"))}
    assert (await returned(shop), (await stock(shop))["1001-GOLD-M"]) == ([1], 8)
    assert (await count(returns), await count(audit_log)) == (1, 1)


async def test_the_last_piece_goes_to_one_of_many_exchanges(load: Load) -> None:
    numbers = [f"SH-{place}" for place in range(1, 7)]
    shop = await load(*(order(number) for number in numbers))
    tries = [
        shop.open_return(
            back(ReturnLine(f"{number}-1", 1, "too_big", "1001-SAGE-M"), number=number),
            actor="a",
            idempotency_key=number,
        )
        for number in numbers
    ]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, NotAllowed)]
    assert [refusal.reason for refusal in refused] == ["out_of_stock"] * 5
    assert (await stock(shop))["1001-SAGE-M"] == 0


async def test_the_same_piece_comes_back_once_from_two_tabs(load: Load) -> None:
    shop = await load(order("SH-1"))
    once = back(ReturnLine("SH-1-1", 1, "too_big"))
    tries = [shop.open_return(once, actor="a", idempotency_key=f"tab{tab}") for tab in range(6)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(str(outcome) for outcome in outcomes if isinstance(outcome, Exception)) == ["already_returned"] * 5
    assert await returned(shop) == [1]
