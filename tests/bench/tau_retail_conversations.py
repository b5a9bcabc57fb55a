"""tau-retail's tasks as scripted conversations, in the format of `storehand replay`.

Each change is asked for as a shopper would: an opener, what shows who they are, answers, and a yes. A round has words
and ways of its own: the order's number at once or when it is asked for, items picked or typed, buttons or sentences.
The same round always says the same.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from shop.adapters.shop_file.rows import line_id
from tests.bench import tau_retail_words as words
from tests.bench.tau_retail_tasks import CANCEL, RETURN, Act
from tests.bench.tau_retail_typed import typed_items, typed_variant
from tests.bench.tau_retail_words import REASON, RESOLUTION, Opener

Say = str | dict[str, Any]
_SIGNED_IN = 0.2  # of the shoppers


def script(data: Mapping[str, Any], task_id: str, acts: Sequence[Act], round_: int) -> dict[str, Any]:
    """One task, told in one conversation."""
    chance = random.Random(f"{task_id} in round {round_}")
    customer = data["orders"][acts[0].order_number]["user_id"]
    signed_in = chance.random() < _SIGNED_IN
    say: list[Say] = []
    for place, act in enumerate(acts):
        say += _Wish(data, act, chance).told(known=signed_in or place > 0, first=place == 0)
    return {"id": task_id, "customer": customer if signed_in else None, "say": say}


class _Wish:
    """One change, put into words."""

    def __init__(self, data: Mapping[str, Any], act: Act, chance: random.Random) -> None:
        self._data, self._act, self._chance = data, act, chance
        self._order = data["orders"][act.order_number]
        self._customer = data["users"][self._order["user_id"]]

    def told(self, *, known: bool, first: bool) -> list[Say]:
        """All that is said: an opener (naming the order where others came before), who it is, answers, a yes."""
        opener = self._opener(first)
        who = self._who(opener.text, known)
        return [self._filled(opener.text), *who, *self._answers(opener.tells), self._yes()]

    def _opener(self, first: bool) -> Opener:
        if self._act.name == CANCEL:
            every = words.CANCELLATIONS + words.WITH_A_REASON[self._act.reason or ""]
        else:
            every = words.RETURNS if self._act.name == RETURN else words.EXCHANGES
        return self._chance.choice([each for each in every if first or "{number}" in each.text])

    def _who(self, opener: str, known: bool) -> list[Say]:
        number = [] if "{number}" in opener else [self._chance.choice(words.NUMBER_ANSWERS)]
        email = [] if known or "{email}" in opener else [self._chance.choice(words.EMAIL_ANSWERS)]
        code: list[Say] = [] if known else [self._chance.choice(words.CODE_ANSWERS)]
        return [*map(self._filled, [*number, *email]), *code]

    def _answers(self, told: frozenset[str]) -> list[Say]:
        if self._act.name == CANCEL:
            return [] if REASON in told else [self._button_or_text(words.CANCEL_REASONS[self._act.reason or ""])]
        items = self._items()
        reason: list[Say] = [] if REASON in told else [self._button_or_text(words.REASONS)]
        wish = words.MONEY_BACK if self._act.name == RETURN else words.ANOTHER_ONE
        resolution: list[Say] = [] if RESOLUTION in told else [self._button_or_text(wish)]
        return [items, *reason, *resolution, *self._variants(), *self._method()]

    def _items(self) -> Say:
        """The items, picked or typed."""
        typed = typed_items(self._order, self._act.item_ids, self._chance)
        if typed and self._chance.random() < 0.7:
            return typed
        bought = self._bought()
        pieces = {sku: self._act.item_ids.count(sku) for sku in self._act.item_ids}
        return {"pick": {line_id(self._order["order_id"], bought.index(sku) + 1): pieces[sku] for sku in pieces}}

    def _variants(self) -> list[Say]:
        """What is wanted instead, in the order of the order's lines."""
        items = {item["item_id"]: item for item in self._order["items"]}
        instead = dict(zip(self._act.item_ids, self._act.new_item_ids, strict=False))
        return [self._variant(items[sku], instead[sku]) for sku in self._bought() if sku in instead]

    def _variant(self, item: Mapping[str, Any], new_sku: str) -> Say:
        options = self._data["products"][item["product_id"]]["variants"][new_sku]["options"]
        if self._chance.random() < 0.4:
            return {"choose": " · ".join(options.values())}
        return typed_variant(item["options"], options, self._chance)

    def _method(self) -> list[Say]:
        """How the money moves, where there are several ways."""
        labels = self._ways()
        if len(labels) < 2:
            return []
        label = labels[self._act.payment_method_id or ""]
        if self._chance.random() < 0.5:
            return [{"choose": label}]
        return [self._chance.choice(words.METHODS).format(label=label)]

    def _ways(self) -> dict[str, str]:
        """The customer's methods that tau-retail allows here, with what they are called."""
        own = self._customer["payment_methods"]
        paid = {payment["payment_method_id"] for payment in self._order["payment_history"]}
        gifts = {each for each in own if own[each]["source"] == "gift_card"}
        every = paid | gifts if self._act.name == RETURN else set(own)
        return {each: _label(own[each]) for each in own if each in every}

    def _yes(self) -> Say:
        yes = words.YES_TO_CANCELLING if self._act.name == CANCEL else words.YES_TO_A_RETURN
        return self._button_or_text(yes)

    def _button_or_text(self, ways: Sequence[str]) -> Say:
        """One of these; as a button where it is the title of one."""
        chosen = self._chance.choice(ways)
        return {"choose": chosen} if chosen in words.BUTTONS else chosen

    def _filled(self, text: str) -> str:
        bare = self._order["order_id"].removeprefix("#")
        number = self._chance.choice(words.NUMBERS).format(bare=bare, lower=bare.lower())
        return text.format(number=number, email=self._customer["email"])

    def _bought(self) -> list[str]:
        """The items as the lines of our order: each once."""
        return list(dict.fromkeys(item["item_id"] for item in self._order["items"]))


def _label(method: Mapping[str, str]) -> str:
    labels = {"paypal": "PayPal", "gift_card": "Gift card"}
    return labels.get(method["source"]) or f"{method['brand']} ending in {method['last_four']}"
