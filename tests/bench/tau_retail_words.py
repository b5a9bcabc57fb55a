"""How shoppers say what tau-retail's tasks want: openers and answers, each in several ways. The words are ours.

An opener names what it says besides the wish, so that the script does not answer what is not asked any more.
"""

from __future__ import annotations

from dataclasses import dataclass

REASON, RESOLUTION = "reason", "resolution"


@dataclass(frozen=True)
class Opener:
    """A first sentence. `{number}` and `{email}` stand for the order's; `tells` names what else it answers."""

    text: str
    tells: frozenset[str] = frozenset()


def _openers(*texts: str, tells: str = "") -> tuple[Opener, ...]:
    return tuple(Opener(text, frozenset(tells.split())) for text in texts)


RETURNS = (
    *_openers(
        "I want to return something from order {number}",
        "Hello! How do I send back part of order {number}?",
        "hi, i'd like to return an item",
        "return",
        "retrun from {number} pls",
        "I would like to give back something I bought from you. My email is {email}",
        "Order {number}: I have to send something back, my email is {email}",
    ),
    *_openers(
        "I'd like a refund for something in order {number}, please",
        "Can I return something from {number} and get my money back?",
        tells=RESOLUTION,
    ),
    *_openers("I changed my mind about something in order {number} and want to send it back", tells=REASON),
    *_openers("Something in my order {number} is broken, I want to return it and get my money back",
              tells=f"{REASON} {RESOLUTION}"),
)  # fmt: skip
EXCHANGES = (
    *_openers(
        "I'd like to exchange something from order {number}",
        "exchange",
        "can I swap an item from {number} for another one?",
        "hey, need to exchange something i bought. mail is {email}",
        "Please exchange an item of order {number}, my email address is {email}",
        tells=RESOLUTION,
    ),
    *_openers(
        "I want to send something from {number} back",
        "return something from order {number}",
    ),
    *_openers(
        "Something from order {number} is too small, I want to exchange it",
        "I don't like it any more, can I swap something from order {number}?",
        tells=f"{REASON} {RESOLUTION}",
    ),
)  # fmt: skip
CANCELLATIONS = (
    *_openers(
        "Please cancel order {number}",
        "cancel my order",
        "can I still cancel {number}?",
        "I'd like to call off an order. My email is {email}",
        "hi! I want to cancel order {number}, email {email}",
        "cancle {number} pls",
    ),
)
WITH_A_REASON = {
    "no longer needed": _openers(
        "I don't need order {number} any more, please cancel it",
        "cancel order {number}, no longer needed",
        "Changed my mind, cancel {number} please",
        tells=REASON,
    ),
    "ordered by mistake": _openers(
        "I placed order {number} by mistake, please cancel it",
        "cancel order {number}, i ordered it accidentally",
        "Order {number} was an accident, can you cancel it?",
        tells=REASON,
    ),
}
NUMBERS = ("#{bare}", "{bare}", "{lower}", "# {bare}")
NUMBER_ANSWERS = ("{number}", "it's {number}", "the order number is {number}", "order {number}")
EMAIL_ANSWERS = ("{email}", "my email is {email}", "it's {email}", "That would be {email}.")
CODE_ANSWERS = ("{code}", "the code is {code}", "it says {code}", "{code} is what I got")
REASONS = (
    "It's too small", "It's too big", "I changed my mind", "Another reason",
    "too small", "it's a bit too big", "it came broken", "I just don't like it", "it's not as described",
    "you sent the wrong item", "changed my mind", "it's damaged",
)  # fmt: skip
CANCEL_REASONS = {
    "no longer needed": ("I don't need it any more", "no longer needed", "I don't want it anymore", "changed my mind"),
    "ordered by mistake": ("I ordered it by mistake", "it was a mistake", "by accident", "ordered it accidentally"),
}
MONEY_BACK = ("Money back", "money back please", "I want a refund", "my money back")
ANOTHER_ONE = ("Exchange it", "exchange", "I'd like to swap it", "a replacement please")
YES_TO_A_RETURN = ("Yes, open the return", "yes", "yes please", "that's right", "ok", "Yes, everything is right")
YES_TO_CANCELLING = ("Yes, cancel it", "yes", "yes please", "ok", "sure", "yes, cancel it")
METHODS = ("{label}", "{label} please", "my {label}", "use {label}", "to the {label}")
BUTTONS = {
    "It's too small", "It's too big", "I changed my mind", "Another reason", "I don't need it any more",
    "I ordered it by mistake", "Money back", "Exchange it", "Yes, open the return", "Yes, cancel it",
}  # fmt: skip
