"""The return that a shopper is putting together: the form's slots, and what the shop says to what is in them."""

from __future__ import annotations

from decimal import Decimal

from rasa_sdk import Tracker

from actions.base import ForShop, conversation_of
from actions.return_answers import picked
from shop.errors import NotAllowed, NotFound, NotVerified
from shop.money import Money
from shop.orders import OrderLine
from shop.refund_ways import RefundWay
from shop.return_quotes import ReturnQuote
from shop.return_terms import ORIGINAL, ReturnableLine, ReturnLine, ReturnRequest
from shop.returns import ExchangeOption

LINES, REASON, RESOLUTION = "return_item_lines", "return_item_reason", "return_item_resolution"
EXCHANGE, METHOD, CONFIRMED = "return_item_exchange", "return_item_method", "return_item_confirmed"
SO_FAR, AGREED, NAMED = "return_item_exchange_so_far", "return_item_agreed", "return_item_named"
ANSWERS = (LINES, REASON, RESOLUTION, EXCHANGE, METHOD, CONFIRMED, SO_FAR, AGREED, NAMED)

LINE_REFUSALS = {  # why a line may not come back
    "window_closed": "utter_return_item_line_window_closed",
    "final_sale": "utter_return_item_line_final_sale",
    "already_returned": "utter_return_item_line_already_returned",
    "one_return_only": "utter_return_item_line_already_returned",
    "not_delivered": "utter_return_item_line_not_delivered",
}


async def returnable(action: ForShop, tracker: Tracker) -> tuple[ReturnableLine, ...]:
    """What may come back of the order in question; nothing while it is not known to be theirs."""
    try:
        return await action.shop.returns.lines(conversation_of(tracker), order_of(tracker))
    except (NotVerified, NotFound):
        return ()


async def chosen_lines(action: ForShop, tracker: Tracker) -> list[OrderLine]:
    """The order lines of which something comes back."""
    chosen = picked(tracker.get_slot(LINES) or "")
    return [line.line for line in await returnable(action, tracker) if line.line.id in chosen]


async def next_to_exchange(action: ForShop, tracker: Tracker) -> OrderLine | None:
    """The first chosen line for which nothing has been chosen instead."""
    if not tracker.get_slot(LINES):
        return None
    chosen = wanted(tracker.get_slot(SO_FAR))
    return next((line for line in await chosen_lines(action, tracker) if line.id not in chosen), None)


async def exchange_options(action: ForShop, tracker: Tracker, line: OrderLine) -> tuple[ExchangeOption, ...]:
    """What may be had instead of a line; the very same again only where it came damaged or wrong."""
    options = await action.shop.returns.exchange_options(conversation_of(tracker), order_of(tracker), line.id)
    again = tracker.get_slot(REASON) in {"damaged", "wrong_item", "not_as_described"}
    return tuple(option for option in options if again or not option.same)


async def ways(action: ForShop, tracker: Tracker) -> tuple[RefundWay, ...]:
    """The ways that are open for the money of this return."""
    try:
        return await action.shop.returns.refund_ways(conversation_of(tracker), order_of(tracker), return_lines(tracker))
    except (NotAllowed, NotVerified, NotFound):
        return ()


async def quoted(action: ForShop, tracker: Tracker) -> ReturnQuote:
    """The return as it would be opened now."""
    request = request_of(tracker, await ways(action, tracker))
    return await action.shop.returns.preview(conversation_of(tracker), request)


def request_of(tracker: Tracker, open_ways: tuple[RefundWay, ...]) -> ReturnRequest:
    """What the shopper has said, as a request. Where there is one way for the money, it need not be asked for."""
    method = tracker.get_slot(METHOD) or (open_ways[0].id if open_ways else ORIGINAL)
    amount, _, currency = (tracker.get_slot(AGREED) or "").partition(" ")
    agreed = Money(Decimal(amount), currency) if currency else None
    return ReturnRequest(order_of(tracker), return_lines(tracker), method, agreed)


def return_lines(tracker: Tracker) -> tuple[ReturnLine, ...]:
    """What has been chosen so far, as lines of a return."""
    instead = wanted(tracker.get_slot(EXCHANGE)) if tracker.get_slot(RESOLUTION) == "exchange" else {}
    reason = tracker.get_slot(REASON) or "other"
    pieces = picked(tracker.get_slot(LINES) or "")
    return tuple(ReturnLine(line, count, reason, instead.get(line)) for line, count in pieces.items())


def wanted(slot: str | None) -> dict[str, str]:
    """SKUs by line from a slot (`line-1=SKU`); nothing from words that were not checked yet."""
    return dict(part.split("=", 1) for part in (slot or "").split(",") if "=" in part)


def order_of(tracker: Tracker) -> str:
    """The number of the order that it is about."""
    return str(tracker.get_slot("order_number") or "")
