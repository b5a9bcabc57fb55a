"""Items and variants of tau-retail's shop as a shopper would type them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

_LOOKS = ("color", "material")  # options by which people tell things apart
_BARE = {"yes", "no", "none", "full", "half"}  # say nothing without the option's name


def typed_items(order: Mapping[str, Any], item_ids: Sequence[str], chance: random.Random) -> str | None:
    """These items of an order, in words; None where words would not tell them apart."""
    items: list[Mapping[str, Any]] = order["items"]
    chosen = [item for item in items if item["item_id"] in item_ids]
    rest = [item for item in items if item["item_id"] not in item_ids]
    if len(chosen) != len(item_ids):
        return None
    ways = [_listed(chosen, items, chance)]
    if not rest and len(items) > 1:
        ways.append(chance.choice(["everything", "all of it", "all of them"]))
    if len(rest) == 1 and len(chosen) > 1:
        ways.append(f"everything {chance.choice(['except', 'but'])} {_phrase(rest[0], items, chance)}")
    return chance.choice(ways)


def typed_variant(bought: Mapping[str, str], wanted: Mapping[str, str], chance: random.Random) -> str:
    """Another variant, by what is to be different or by all that it is."""
    named = {name: value for name, value in wanted.items() if chance.random() < 0.2 or bought.get(name) != value}
    parts = [_option(name, value, chance) for name, value in named.items()]
    start = chance.choice(["", "", "the one with ", "I'd like "])
    return start + (", ".join(parts) if chance.random() < 0.5 else " and ".join(parts))


def _listed(chosen: Sequence[Mapping[str, Any]], items: Sequence[Mapping[str, Any]], chance: random.Random) -> str:
    names = [item["name"] for item in chosen]
    if len(chosen) == 2 and len(set(names)) == 1 and _count(names[0], items) == 2 and chance.random() < 0.5:
        return f"both {names[0].lower()}s"
    phrases = [_phrase(item, items, chance) for item in chosen]
    return ", ".join(phrases[:-1]) + (f"{chance.choice([',', ' and', ' &'])} " if phrases[1:] else "") + phrases[-1]


def _phrase(item: Mapping[str, Any], items: Sequence[Mapping[str, Any]], chance: random.Random) -> str:
    """One item: by its name, the name's last word, or what it looks like, as far as that fits no other."""
    name = item["name"].lower()
    last = name.split()[-1]
    special = _special(item, items)
    if _count(item["name"], items) > 1:
        return f"the {chance.choice(special)} {name}"
    ways = [name, f"the {name}", f"my {name}", f"1 {name}"]
    ways += [f"the {value} {name}" for value in special]
    if sum(last in other["name"].lower() for other in items) == 1:
        ways += [f"the {last}", last]
    looks = [value for option, value in item["options"].items() if any(look in option for look in _LOOKS)]
    ways += [f"the {value} one" for value in looks if value in special]
    return chance.choice(ways)


def _special(item: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> list[str]:
    """What only this item of the order is."""
    others = {value for other in items if other["item_id"] != item["item_id"] for value in other["options"].values()}
    return [value for value in item["options"].values() if value not in others | _BARE and not value.isdecimal()]


def _option(name: str, value: str, chance: random.Random) -> str:
    ways = [f"{name} {value}"]
    if value not in _BARE:
        ways += [value, value]
    return chance.choice(ways)


def _count(name: str, items: Sequence[Mapping[str, Any]]) -> int:
    return sum(item["name"] == name for item in items)
