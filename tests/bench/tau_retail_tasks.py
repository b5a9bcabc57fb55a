"""tau-retail's tasks: what each leaves its orders like, and whether ours are like that.

Only tasks whose changes are returns, exchanges and cancellations; look-ups and sums change nothing. The data are read
from the shared folder, never kept here (see `tests.shop.tau_retail`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from shop.adapters.sql.commerce_tables import order_lines, orders, payments, returns
from shop.adapters.sql.database import Database
from shop.commerce import CommerceBackend
from shop.money import Money
from shop.order_rules import CancelReason, OrderRules
from shop.orders import Order, OrderStatus
from shop.return_rules import RefundTo, ReturnRules
from shop.return_terms import Return, ReturnLine, ReturnReason, ReturnRequest, ReturnStatus
from shop.rules import ShopRules
from tests.shop.tau_retail import FOLDER

RETURN, EXCHANGE, CANCEL = "return_delivered_order_items", "exchange_delivered_order_items", "cancel_pending_order"
_CHANGE_NOTHING = {"calculate", "transfer_to_human_agents"}
_READS = ("get_", "find_", "list_")
_STATUSES = {OrderStatus.PAID: "pending", OrderStatus.PACKED: "processed"}

NOON = datetime(2026, 5, 10, 12, tzinfo=UTC)  # of the day on which the tasks are done
TASKS_THAT_REMAIN = 43  # of 74

# tau-retail's rules. It knows no dates and no final sale, and one return or exchange for each order.
TAU = ShopRules(
    ReturnRules(
        days=3650,
        final_sale_excluded=False,
        once_per_order=True,
        refund_to=(RefundTo.ORIGINAL, RefundTo.GIFT_CARD),
        difference_to=(RefundTo.ORIGINAL, RefundTo.OWN),
    ),
    OrderRules(
        cancel_until=OrderStatus.PAID,
        cancel_reasons=(CancelReason.NO_LONGER_NEEDED, CancelReason.ORDERED_BY_MISTAKE),
        change_address_until=OrderStatus.PAID,
    ),
)


@dataclass(frozen=True)
class Act:
    """One change: `name` is tau-retail's, and so are the arguments."""

    name: str
    order_number: str
    item_ids: tuple[str, ...] = ()
    new_item_ids: tuple[str, ...] = ()
    payment_method_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class State:
    """An order in tau-retail's terms. Items are sorted; `money` lists (kind, method, amount), oldest first.

    `asked` are the items to come back, `wanted` those wanted instead, `method` where the money goes or comes from, and
    `difference` what an exchange costs more (less where negative).
    """

    status: str
    items: tuple[str, ...]
    money: tuple[tuple[str, str, Decimal], ...]
    asked: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    method: str | None = None
    difference: Decimal | None = None
    cancel_reason: str | None = None


def read_tasks() -> list[dict[str, Any]]:
    """All training tasks. Skips the test where the shared data are not at hand."""
    path = FOLDER / "tasks-train.json"
    if not path.exists():
        pytest.skip("tau-retail's tasks are not at hand: ../shared/data/tau-retail/tasks-train.json is missing.")
    tasks: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return tasks


def acts_of(task: Mapping[str, Any]) -> tuple[Act, ...] | None:
    """A task's changes in their order; None where there are none, or others than the three kinds."""
    acts: list[Act] = []
    for action in task["evaluation_criteria"]["actions"]:
        name = action["name"]
        if name in {RETURN, EXCHANGE, CANCEL}:
            acts.append(_act(name, action["arguments"]))
        elif not name.startswith(_READS) and name not in _CHANGE_NOTHING:
            return None
    return tuple(acts) or None


def chosen(tasks: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Act, ...]]:
    """The tasks that remain, by id, each with its changes."""
    found = {str(task["id"]): acts_of(task) for task in tasks}
    return {task_id: acts for task_id, acts in found.items() if acts}


def expected(data: Mapping[str, Any], acts: Sequence[Act]) -> dict[str, State]:
    """What tau-retail's own tools leave the orders like that these acts are about, by order number."""
    states: dict[str, State] = {}
    for act in acts:
        order = data["orders"][act.order_number]
        states[act.order_number] = _after(data, order, states.get(act.order_number) or before(order), act)
    return states


def before(order: Mapping[str, Any]) -> State:
    """An order of tau-retail's JSON as it is."""
    money = tuple(
        (payment["transaction_type"], payment["payment_method_id"], _exact(payment["amount"]))
        for payment in order["payment_history"]
    )
    return State(order["status"], _sorted(item["item_id"] for item in order["items"]), money)


async def state_of(commerce: CommerceBackend, order_number: str) -> State:
    """An order of ours in the same terms."""
    order = await commerce.get_order(order_number)
    assert order is not None, order_number
    found = await commerce.returns_of(order.customer_id, order_number=order_number)
    standing = [one for one in found if one.status != ReturnStatus.CANCELLED]
    assert len(standing) <= 1, f"{order_number} has {len(standing)} returns"
    state = State(
        status=_STATUSES.get(order.status, order.status.value),
        items=_sorted(line.sku for line in order.lines for _ in range(line.quantity)),
        money=tuple((payment.kind, payment.method_id, payment.amount.amount) for payment in order.payments),
        cancel_reason=order.cancel_reason.replace("_", " ") if order.cancel_reason else None,
    )
    return _with_return(state, order, standing[0]) if standing else state


async def rows_of(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything kept of every order, by its number."""
    kept: dict[str, list[tuple[Any, ...]]] = {}
    async with database.begin(reading=True) as connection:
        for table in (orders, order_lines, payments, returns):
            number = "number" if table is orders else "order_number"
            for row in (await connection.execute(select(table).order_by(*table.primary_key))).mappings():
                kept.setdefault(row[number], []).append((table.name, *map(str, row.values())))
    return kept


def request_for(order: Order, act: Act) -> ReturnRequest:
    """A return or an exchange of tau-retail as a request of ours: each item is a piece of its line."""
    lines = {line.sku: line.id for line in order.lines}
    instead = act.new_item_ids or (None,) * len(act.item_ids)
    wanted = tuple(
        ReturnLine(lines[item_id], 1, ReturnReason.OTHER, new_id)
        for item_id, new_id in zip(act.item_ids, instead, strict=True)
    )
    return ReturnRequest(order.number, wanted, act.payment_method_id or "")


def _act(name: str, arguments: Mapping[str, Any]) -> Act:
    return Act(
        name,
        arguments["order_id"],
        tuple(arguments.get("item_ids", ())),
        tuple(arguments.get("new_item_ids", ())),
        arguments.get("payment_method_id"),
        arguments.get("reason"),
    )


def _after(data: Mapping[str, Any], order: Mapping[str, Any], state: State, act: Act) -> State:
    if act.name == CANCEL:
        assert state.status == "pending", f"{act} is not what tau-retail allows"
        refunds = tuple(("refund", method, amount) for _, method, amount in state.money)
        return replace(state, status="cancelled", money=state.money + refunds, cancel_reason=act.reason)
    assert state.status == "delivered", f"{act} is not what tau-retail allows"
    asked = replace(state, asked=_sorted(act.item_ids), method=act.payment_method_id)
    if act.name == RETURN:
        return replace(asked, status="return requested")
    difference = _difference(data, order, act)
    return replace(asked, status="exchange requested", wanted=_sorted(act.new_item_ids), difference=difference)


def _difference(data: Mapping[str, Any], order: Mapping[str, Any], act: Act) -> Decimal:
    bought = {item["item_id"]: item for item in order["items"]}
    difference = Decimal(0)
    for item_id, new_id in zip(act.item_ids, act.new_item_ids, strict=True):
        variant = data["products"][bought[item_id]["product_id"]]["variants"][new_id]
        difference += _exact(variant["price"]) - _exact(bought[item_id]["price"])
    return difference


def _with_return(state: State, order: Order, found: Return) -> State:
    skus = {line.id: line.sku for line in order.lines}
    wanted = _sorted(line.exchange_for for line in found.lines for _ in range(line.quantity) if line.exchange_for)
    return replace(
        state,
        status="exchange requested" if wanted else "return requested",
        asked=_sorted(skus[line.line_id] for line in found.lines for _ in range(line.quantity)),
        wanted=wanted,
        method=found.refund_method_id,
        difference=_difference_of(found.balance) if wanted else None,
    )


def _difference_of(balance: Money) -> Decimal:
    return -balance.amount


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(ids))


def _exact(amount: float) -> Decimal:
    """An amount that was a binary fraction, to the cent."""
    return Decimal(f"{amount:.2f}")
