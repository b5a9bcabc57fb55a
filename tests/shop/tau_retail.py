"""tau-retail's whole shop (tau2-bench, MIT) as a shop file. It is read from the shared data, never kept here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "tau-retail"

_STATUSES = {"pending": "paid", "processed": "packed", "delivered": "delivered", "cancelled": "cancelled"}
_KINDS = {"credit_card": "card", "gift_card": "gift_card", "paypal": "paypal"}
_STOCK = 25  # pieces of what tau-retail calls available


def read_tau_retail() -> dict[str, Any]:
    """tau-retail's own JSON. Skips the test where the shared data are not at hand."""
    path = FOLDER / "db.json"
    if not path.exists():
        pytest.skip("tau-retail's shop is not at hand: ../shared/data/tau-retail/db.json is missing.")
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def as_shop_file(data: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The shop file. tau-retail has no dates: its orders are placed, and delivered, in the weeks before `today`."""
    return {
        "format": 1,
        "currency": "USD",
        "products": [_product(product) for product in data["products"].values()],
        "customers": [_customer(user) for user in data["users"].values()],
        "orders": [
            _order(order, today - timedelta(days=6 + place % 20)) for place, order in enumerate(data["orders"].values())
        ],
    }


def _product(product: Mapping[str, Any]) -> dict[str, Any]:
    variants = [
        {
            "sku": variant["item_id"],
            "options": variant["options"],
            "price": _exact(variant["price"]),
            "stock": _STOCK if variant["available"] else 0,
        }
        for variant in product["variants"].values()
    ]
    return {"id": product["product_id"], "name": product["name"], "variants": variants}


def _customer(user: Mapping[str, Any]) -> dict[str, Any]:
    first, last = user["name"]["first_name"], user["name"]["last_name"]
    return {
        "id": user["user_id"],
        "first_name": first,
        "last_name": last,
        "email": user["email"],
        "address": _address(f"{first} {last}", user["address"]),
        "payment_methods": [_method(method) for method in user["payment_methods"].values()],
    }


def _method(method: Mapping[str, Any]) -> dict[str, str]:
    labels = {"paypal": "PayPal", "gift_card": "Gift card"}
    label = labels.get(method["source"]) or f"{method['brand']} ending in {method['last_four']}"
    return {"id": method["id"], "kind": _KINDS[method["source"]], "label": label}


def _address(name: str, address: Mapping[str, str]) -> dict[str, str]:
    return {
        "name": name,
        "line1": address["address1"],
        "line2": address["address2"],
        "city": address["city"],
        "region": address["state"],
        "postcode": address["zip"],
        "country": "US",
    }


def _order(order: Mapping[str, Any], placed_on: date) -> dict[str, Any]:
    """An order; the same item bought twice is one line of two pieces."""
    items = {item["item_id"]: item for item in order["items"]}
    pieces = Counter(item["item_id"] for item in order["items"])
    placed_at = f"{placed_on}T10:00:00Z"
    return {
        "number": order["order_id"],
        "customer_id": order["user_id"],
        "placed_at": placed_at,
        "status": _STATUSES[order["status"]],
        "total": str(sum(Decimal(_exact(item["price"])) for item in order["items"])),
        "shipping_address": _address("", order["address"]),
        "lines": [
            {"sku": sku, "quantity": pieces[sku], "unit_price": _exact(item["price"]), "options": item["options"]}
            for sku, item in items.items()
        ],
        "shipments": [
            _shipment(shipment, list(items), order["status"], placed_on) for shipment in order["fulfillments"]
        ],
        "payments": [
            {
                "kind": payment["transaction_type"],
                "method_id": payment["payment_method_id"],
                "amount": _exact(payment["amount"]),
                "at": placed_at,
            }
            for payment in order["payment_history"]
        ],
    }


def _shipment(shipment: Mapping[str, Any], skus: list[str], status: str, placed_on: date) -> dict[str, Any]:
    """A parcel. One of an order that is not delivered has been packed and not yet left."""
    (tracking_number,) = shipment["tracking_id"]
    contents = Counter(str(skus.index(item) + 1) for item in shipment["item_ids"])
    parcel = {"carrier": "", "tracking_number": tracking_number, "status": "packed", "contents": dict(contents)}
    if status != "delivered":
        return parcel
    sent, came = placed_on + timedelta(days=1), placed_on + timedelta(days=4)
    return {
        **parcel,
        "status": "delivered",
        "shipped_at": f"{sent}T08:00:00Z",
        "expected_on": came.isoformat(),
        "delivered_at": f"{came}T15:00:00Z",
    }


def _exact(amount: float) -> str:
    """An amount that was a binary fraction, to the cent."""
    return f"{amount:.2f}"
