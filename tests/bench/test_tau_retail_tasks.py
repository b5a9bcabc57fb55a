"""tau-retail through our services: its tasks end as it says, and what an order's status forbids is refused."""

from __future__ import annotations

import collections
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from shop.adapters.sql.commerce import SqlCommerce
from shop.adapters.sql.commerce_tables import acts as done_acts
from shop.adapters.sql.database import Database
from shop.addresses import Addresses
from shop.cancelling import Cancelling
from shop.errors import NotAllowed
from shop.orders import Order
from shop.return_terms import ReturnLine, ReturnReason, ReturnRequest
from shop.returns import Returns
from shop.verification import Verification
from tests.bench.tau_retail_tasks import (
    CANCEL,
    NOON,
    TASKS_THAT_REMAIN,
    TAU,
    Act,
    before,
    chosen,
    expected,
    read_tasks,
    request_for,
    rows_of,
    state_of,
)
from tests.fakes import SettableClock
from tests.shop.proven import prove, verification

# STOREHAND_BENCH=full tries all that each order's status forbids (two minutes); otherwise one thing an order.
EVERY_ACT = os.environ.get("STOREHAND_BENCH") == "full"

# What an order's status forbids, and why. `requested` is one that was asked back: to us it is still delivered.
REFUSALS = {
    ("pending", "return"): "not_delivered",
    ("pending", "exchange"): "not_delivered",
    ("processed", "return"): "not_delivered",
    ("processed", "exchange"): "not_delivered",
    ("processed", "cancel"): "already_packed",
    ("processed", "address"): "already_packed",
    ("delivered", "cancel"): "already_delivered",
    ("delivered", "address"): "already_delivered",
    ("cancelled", "return"): "not_delivered",
    ("cancelled", "exchange"): "not_delivered",
    ("cancelled", "cancel"): "already_cancelled",
    ("cancelled", "address"): "already_cancelled",
    ("requested", "return"): "one_return_only",
    ("requested", "exchange"): "one_return_only",
}


@dataclass(frozen=True)
class Counter:
    """Our services over a copy of tau-retail's shop, under its rules. A customer's talk is named after them."""

    database: Database
    who: Verification
    commerce: SqlCommerce
    returns: Returns
    cancelling: Cancelling
    addresses: Addresses

    async def do(self, act: Act, key: str) -> None:
        """Do what tau-retail's act asks, as the customer who bought it, after looking at the summary."""
        order = await self.order(act.order_number)
        if act.name == CANCEL:
            assert act.reason
            summary = await self.cancelling.preview(order.customer_id, order.number)
            assert summary.refusal is None
            await self.cancelling.cancel(order.customer_id, order.number, key, reason=act.reason.replace(" ", "_"))
        else:
            request = request_for(order, act)
            quote = await self.returns.preview(order.customer_id, request)
            agreed = ReturnRequest(request.order_number, request.lines, request.refund_method_id, quote.balance)
            await self.returns.open(order.customer_id, agreed, key)

    async def attempt(self, kind: str, order: Order, key: str = "k") -> None:
        """One of the four things that somebody may want of an order."""
        talk, number, line = order.customer_id, order.number, order.lines[0]
        if kind == "cancel":
            await self.cancelling.cancel(talk, number, f"{key} {number}", reason="no_longer_needed")
        elif kind == "address":
            await self.addresses.change(talk, number, order.shipping_address, f"{key} {number}")
        else:
            instead = (await self.commerce.variants(line.product_id))[0].sku if kind == "exchange" else None
            back = ReturnLine(line.id, 1, ReturnReason.OTHER, instead)
            method = order.payments[0].method_id
            await self.returns.open(talk, ReturnRequest(number, (back,), method), f"{key} {number}")

    async def order(self, number: str) -> Order:
        """An order, whose customer is proven from now on."""
        found = await self.commerce.get_order(number)
        assert found, number
        await prove(self.who, found.customer_id, conversation_id=found.customer_id)
        return found


@asynccontextmanager
async def counter(loaded: Path, folder: Path) -> AsyncIterator[Counter]:
    """The services over a fresh copy."""
    shutil.copy(loaded, folder / "copy.db")
    database, clock = Database(f"sqlite:///{folder / 'copy.db'}"), SettableClock(NOON)
    commerce = SqlCommerce(database, clock, TAU)
    who = verification(commerce, clock)
    try:
        yield Counter(
            database,
            who,
            commerce,
            Returns(commerce, who, TAU.returns, clock),
            Cancelling(commerce, who, TAU.orders),
            Addresses(commerce, who, TAU.orders),
        )
    finally:
        await database.close()


async def test_every_task_ends_as_tau_retail_says(tau: dict[str, Any], loaded: Path, tmp_path: Path) -> None:
    tasks = chosen(read_tasks())
    assert len(tasks) == TASKS_THAT_REMAIN
    wrong: dict[str, object] = {}
    async with counter(loaded, tmp_path) as fresh:
        untouched = await rows_of(fresh.database)
    for task_id, acts in tasks.items():
        async with counter(loaded, tmp_path) as desk:
            for place, act in enumerate(acts):
                await desk.do(act, f"{task_id}-{place}")
            wanted = expected(tau, acts)
            got = {number: await state_of(desk.commerce, number) for number in wanted}
            changed = {number for number, rows in (await rows_of(desk.database)).items() if rows != untouched[number]}
        if got != wanted or changed != set(wanted):
            wrong[task_id] = (wanted, got, changed)
    assert wrong == {}


async def test_what_an_orders_status_forbids_is_refused(tau: dict[str, Any], loaded: Path, tmp_path: Path) -> None:
    refused = collections.Counter[tuple[str, str]]()
    async with counter(loaded, tmp_path) as desk:
        untouched = await rows_of(desk.database)
        for place, theirs in enumerate(tau["orders"].values()):
            refused += await _refused(desk, theirs, theirs["status"], place)
        assert await rows_of(desk.database) == untouched
        async with desk.database.begin(reading=True) as connection:
            assert (await connection.execute(select(done_acts))).all() == []
        for theirs in list(tau["orders"].values())[::10]:
            assert await state_of(desk.commerce, theirs["order_id"]) == before(theirs)
    assert refused.keys() == {case for case in REFUSALS if case[0] != "requested"}
    assert refused.total() == (423 * 2 + 102 * 4 + 373 * 2 + 102 * 4 if EVERY_ACT else 1000)


async def test_an_order_comes_back_once(tau: dict[str, Any], loaded: Path, tmp_path: Path) -> None:
    delivered = [theirs for theirs in tau["orders"].values() if theirs["status"] == "delivered"]
    refused = collections.Counter[tuple[str, str]]()
    async with counter(loaded, tmp_path) as desk:
        for place, theirs in enumerate(delivered):
            await desk.attempt("return", await desk.order(theirs["order_id"]), "first")
            refused += await _refused(desk, theirs, "requested", place)
    assert refused.keys() == {case for case in REFUSALS if case[0] == "requested"}
    assert refused.total() == len(delivered) * (2 if EVERY_ACT else 1)


async def _refused(
    desk: Counter, theirs: dict[str, Any], status: str, place: int
) -> collections.Counter[tuple[str, str]]:
    """Try what a status forbids: one thing after another from order to order, or each of each. Counts refusals."""
    order = await desk.order(theirs["order_id"])
    forbidden = sorted(kind for of, kind in REFUSALS if of == status)
    tried = forbidden if EVERY_ACT else [forbidden[place % len(forbidden)]]
    for kind in tried:
        with pytest.raises(NotAllowed) as refused:
            await desk.attempt(kind, order)
        assert refused.value.reason == REFUSALS[status, kind], (order.number, kind)
    return collections.Counter((status, kind) for kind in tried)
