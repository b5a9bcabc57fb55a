"""Finding the product that a message names, without taking other talk for a name."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.answers import intent_of
from actions.size_basis import ANSWERS
from shop.bootstrap import Shop
from shop.product_mentions import link_in, names_something

_NEVER = {"affirm", "deny", "stop_flow", "request_human", "lack_measurements", "forget_order_number", "ask_help"}
_WISHES = {"find_size", "give_measurements"}
_LONGEST_NAME = 6  # words of an answer that was understood as something else


async def mentioned(shop: Shop, tracker: Tracker, *, asked: bool) -> list[str] | None:
    """The ids of the products that the newest message names: several to choose from, none for an unknown name.

    None where the message says nothing about a product. `asked` says that the form asks for one; else only a wish for
    a size names one, and in the middle of the form it takes a single other product to change what it is about.
    """
    text, intent = _without_entities(tracker.latest_message), intent_of(tracker)
    if not _may_name_one(text, intent, asked):
        return None
    among = tracker.get_slot("find_size_candidates") or [] if asked else []
    found = [product.id for product in await shop.sizing.find(text, among)]
    current = tracker.get_slot("find_size_product")
    if current and (tracker.get_slot("requested_slot") or intent == "give_measurements"):
        return found if len(found) == 1 and found != [current] else None
    if found:
        return found
    is_answer = asked and intent in ANSWERS - _WISHES
    is_named = names_something(text) and (intent == "find_size" or (asked and intent in _WISHES))
    return [] if is_answer or is_named else None


def _may_name_one(text: str, intent: str | None, asked: bool) -> bool:
    if link_in(text) or intent in _WISHES:
        return bool(text.strip())
    if not asked or intent in _NEVER or "?" in text or not text.strip():
        return False
    return intent in ANSWERS or len(text.split()) <= _LONGEST_NAME


def _without_entities(message: dict[str, Any]) -> str:
    """The message without measurements and sizes, so that a worn brand or a number is no product."""
    text = str(message.get("text") or "")
    spans = [(each["start"], each["end"]) for each in message.get("entities", []) if "start" in each]
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
