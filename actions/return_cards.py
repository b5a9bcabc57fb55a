"""Cards of a return: the item picker, the draft to say yes to, and the return as it was opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.cards import amount
from shop.money import Money
from shop.orders import OrderLine
from shop.return_quotes import ReturnQuote
from shop.return_terms import ReturnableLine
from shop.returns import ReturnReport


def items_card(number: str, lines: Sequence[ReturnableLine]) -> dict[str, Any]:
    """What may be chosen. It stands for the message's first button."""
    items = [
        {
            "id": each.line.id,
            "name": each.line.name,
            "options": dict(each.line.options),
            "quantity": each.line.quantity,
            "max": 0 if each.refusal else each.quantity,
            "refusal": each.refusal,
            "until": each.until.isoformat() if each.until else None,
        }
        for each in lines
    ]
    return {"type": "items", "order_number": number, "items": items, "choice": 0}


def draft_card(quote: ReturnQuote) -> dict[str, Any]:
    """A return that waits for a yes."""
    rows = [_row(each.bought, each.quantity, each.reason, each.instead) for each in quote.lines]
    return _card(None, quote.order_number, "draft", rows, quote.refund, quote.to_pay) | {
        "method": quote.way.label or quote.way.id,
        "send_by": quote.send_by.isoformat(),
    }


def return_card(report: ReturnReport, label_url: str | None) -> dict[str, Any]:
    """A return as it stands."""
    found = report.found
    rows = [_row(each.bought, each.quantity, each.reason, each.instead) for each in report.items]
    back = found.balance if found.balance.amount > 0 else None
    pay = found.balance * -1 if found.balance.amount < 0 else None
    status = "opened" if found.status == "open" else found.status.value
    return _card(found.number, found.order_number, status, rows, back, pay) | {
        "method": report.label or found.refund_method_id,
        "send_by": found.send_by.isoformat() if found.send_by else None,
        "label_url": label_url,
    }


def _card(
    number: str | None, order: str, status: str, rows: list[dict[str, Any]], refund: Money | None, to_pay: Money | None
) -> dict[str, Any]:
    return {
        "type": "return",
        "number": number,
        "order_number": order,
        "status": status,
        "lines": rows,
        "refund": amount(refund) if refund else None,
        "to_pay": amount(to_pay) if to_pay else None,
        "label_url": None,
    }


def _row(bought: OrderLine, quantity: int, reason: str, instead: Any) -> dict[str, Any]:
    wanted = {"name": bought.name, "options": dict(instead.options)} if instead else None
    row = {"name": bought.name, "options": dict(bought.options), "quantity": quantity}
    return row | {"reason": reason, "exchange_for": wanted}
