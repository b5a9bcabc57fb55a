"""The whole demo shop."""

from __future__ import annotations

from datetime import date
from typing import Any

from shop.adapters.demo.catalog import products
from shop.adapters.demo.days import Days
from shop.adapters.demo.orders import Orders
from shop.adapters.demo.people import customers
from shop.adapters.demo.sizes import size_charts
from shop.adapters.demo.source import dice, read_list

_CUSTOMERS = 300


def demo_shop(today: date, *, seed: int = 1) -> dict[str, Any]:
    """A shop file's JSON: clothes, shoes and accessories, 300 customers and 1,500 orders in every situation.

    The same for the same seed and day. Nothing in it happens later than the first hour (UTC) of `today`, except what
    carriers expect.
    """
    families, bases = read_list("products"), read_list("sizes")
    goods = products(families, bases, dice(seed, "products"))
    people = customers(read_list("people"), _CUSTOMERS, dice(seed, "customers"))
    orders = Orders(goods, people, read_list("carriers"), Days(today, dice(seed, "orders")))
    return {
        "format": 1,
        "currency": "EUR",
        "size_charts": size_charts(families, bases),
        "products": goods,
        "customers": people,
        "orders": orders.records(),
    }
