"""The acts that `kill_points` kills, on a shop of three orders, and two that it must find fault with."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from shop.bootstrap import Shop
from shop.customers import Address
from shop.return_terms import ReturnLine, ReturnRequest
from tests.shop.small_shop import delivered, line, order, parcel, payment

TALK = "talk"  # Ada is proven in it

Do = Callable[[Shop, str], Awaitable[object]]

ELSEWHERE = Address("Ada Okafor", "9 Quay Street", "Flat 2", "Leeds", "", "LS2 7EE", "GB")
MONEY = ReturnRequest("SH-1", (ReturnLine("SH-1-2", 4, "damaged"), ReturnLine("SH-1-1", 2, "other")), "original")
EXCHANGE = ReturnRequest(
    "SH-1",
    (ReturnLine("SH-1-1", 1, "too_small", "1001-GOLD-M"), ReturnLine("SH-1-2", 2, "changed_mind")),
    "ada-card",
)


@dataclass(frozen=True)
class Scenario:
    """An act, what must have been done before it, and how many rows it adds to which tables."""

    name: str
    act: Do
    adds: dict[str, int]
    first: Do | None = None


def _open_for_money(shop: Shop, key: str) -> Awaitable[object]:
    return shop.returns.open(TALK, MONEY, key)


def _open_exchange(shop: Shop, key: str) -> Awaitable[object]:
    return shop.returns.open(TALK, EXCHANGE, key)


def _cancel_return(shop: Shop, key: str) -> Awaitable[object]:
    return shop.returns.cancel(TALK, "SH-1-R1", key)


def _mark_sent(shop: Shop, key: str) -> Awaitable[object]:
    return shop.returns.mark_sent(TALK, "SH-1-R1", key, tracking_number="QP77")


def _cancel_order(shop: Shop, key: str) -> Awaitable[object]:
    return shop.cancelling.cancel(TALK, "SH-2", key, reason="ordered_by_mistake")


def _change_address(shop: Shop, key: str) -> Awaitable[object]:
    return shop.addresses.change(TALK, "SH-2", ELSEWHERE, key)


def _open_claim(shop: Shop, _: str) -> Awaitable[object]:
    return shop.claims.open(TALK, "SH-3", None)


_ONE_ACT = {"acts": 1, "audit_log": 1}
SCENARIOS = (
    Scenario("open_return", _open_for_money, {"returns": 1, **_ONE_ACT}),
    Scenario("open_exchange", _open_exchange, {"returns": 1, **_ONE_ACT}),
    Scenario("cancel_return", _cancel_return, _ONE_ACT, first=_open_exchange),
    Scenario("mark_return_sent", _mark_sent, _ONE_ACT, first=_open_exchange),
    Scenario("cancel_order", _cancel_order, {"payments": 2, **_ONE_ACT}),
    Scenario("change_address", _change_address, _ONE_ACT),
    Scenario("open_claim", _open_claim, {"claims": 1, **_ONE_ACT}),
)


def _open_with_a_new_key(shop: Shop, _: str) -> Awaitable[object]:
    return _open_exchange(shop, f"the key of process {os.getpid()}")


async def _open_then_cancel(shop: Shop, key: str) -> None:
    await _open_exchange(shop, key)
    await _cancel_order(shop, key)


# What the harness must find fault with: a key that is not kept, and an act in two transactions.
CARELESS = (
    Scenario("a new key each time", _open_with_a_new_key, {"returns": 1, **_ONE_ACT}),
    Scenario("two transactions", _open_then_cancel, {"returns": 1, "payments": 2, "acts": 2, "audit_log": 2}),
)


def orders() -> tuple[dict[str, Any], ...]:
    came = {"shipments": [delivered("2026-05-05", 1, pieces=2), delivered("2026-05-05", 2, pieces=4)]}
    bought = {"lines": [line("1001-SAGE-S", "59.90", 2), line("1002-42", "99.50", 4)]}
    split = {"payments": [payment("ada-gift", "50.00"), payment("ada-card", "467.80")], "total": "517.80"}
    return (
        order("SH-1", **came, **bought, **split),
        order("SH-2", "paid", **bought, **split),
        order("SH-3", "lost", shipments=[parcel("lost")]),
    )
