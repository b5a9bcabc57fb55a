"""One card of each kind, as connectors/web/README.md has them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

_EUR = "EUR"
SEND_BY = datetime.now(UTC).date() + timedelta(days=12)
_SHIRT = {"name": "Linen shirt", "options": {"size": "M", "colour": "Sand"}}


def _money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": _EUR}


ORDER: dict[str, Any] = {
    "type": "order",
    "number": "SH-15510",
    "status": "partly_shipped",
    "placed_on": "2026-11-17",
    "total": _money("168.90"),
    "items": [{**_SHIRT, "quantity": 2}, {"name": "Merino scarf", "options": {}, "quantity": 1}],
    "parcels": [
        {
            "carrier": "Brightmoor Express",
            "tracking_number": "BX172695379",
            "tracking_url": "https://carrier.example/BX172695379",
            "status": "delayed",
            "expected_on": SEND_BY.isoformat(),
            "delivered_on": None,
            "delay_reason": "weather",
            "contents": [{"name": "Linen shirt", "quantity": 2}],
            "events": [{"at": "2026-11-18T08:00:00+00:00", "status": "shipped", "place": "Leipzig"}],
        },
        {
            "carrier": "Kite Post",
            "tracking_number": None,
            "tracking_url": None,
            "status": "packed",
            "expected_on": None,
            "delivered_on": None,
            "delay_reason": None,
            "contents": [{"name": "Merino scarf", "quantity": 1}],
            "events": [],
        },
    ],
}

ORDERS: dict[str, Any] = {
    "type": "orders",
    "orders": [
        {
            "number": number,
            "placed_on": "2026-11-17",
            "status": status,
            "total": _money("84.50"),
            "items": ["Linen shirt", "Merino scarf"],
            "token": f"order-{number}",
        }
        for number, status in [("SH-15510", "delivered"), ("SH-15002", "shipped"), ("SH-14877", "cancelled")]
    ],
}

ITEMS: dict[str, Any] = {
    "type": "items",
    "order_number": "SH-15510",
    "token": "picker",
    "items": [
        {"id": "l1", **_SHIRT, "max": 3, "quantity": 3, "refusal": None, "until": "2026-12-04"},
        {
            "id": "l2",
            "name": "Linen shirt",
            "options": {"size": "L", "colour": "Sand"},
            "max": 1,
            "quantity": 2,
            "refusal": None,
            "until": "2026-12-04",
        },
        {
            "id": "l3",
            "name": "Belt",
            "options": {"length": "95"},
            "max": 1,
            "quantity": 1,
            "refusal": None,
            "until": None,
        },
        {
            "id": "l4",
            "name": "Merino scarf",
            "options": {},
            "max": 0,
            "quantity": 1,
            "refusal": "final_sale",
            "until": None,
        },
        {
            "id": "l5",
            "name": "Corduroy trousers with a very long name that takes more than one line",
            "options": {"size": "32", "colour": "Moss"},
            "max": 0,
            "quantity": 1,
            "refusal": "window_closed",
            "until": "2026-10-30",
        },
    ],
}

DRAFT: dict[str, Any] = {
    "type": "return",
    "number": None,
    "order_number": "SH-15510",
    "status": "draft",
    "lines": [
        {**_SHIRT, "quantity": 2, "reason": "too_small", "exchange_for": None},
        {
            "name": "Belt",
            "options": {"length": "95"},
            "quantity": 1,
            "reason": "changed_mind",
            "exchange_for": {"name": "Belt", "options": {"length": "105"}},
        },
    ],
    "refund": _money("119.80"),
    "to_pay": None,
    "method": "Visa ending in 4242",
    "send_by": SEND_BY.isoformat(),
    "label_url": None,
}

RETURN: dict[str, Any] = DRAFT | {"number": "R-20417", "status": "opened", "label_url": "/labels/R-20417.pdf"}

PRODUCT: dict[str, Any] = {
    "type": "product",
    "name": "Linen shirt",
    "brand": "Mirrowick",
    "price": _money("59.90"),
    "url": "https://shop.example/products/linen-shirt",
    "options": {"size": ["S", "M", "L"], "colour": "Sand"},
    "in_stock": True,
}

PRODUCTS: dict[str, Any] = {
    "type": "products",
    "products": [
        {
            "id": id,
            "name": name,
            "brand": brand,
            "price": _money(price),
            "in_stock": in_stock,
            "token": f"product-{id}",
        }
        for id, name, brand, price, in_stock in [
            ("p1", "Linen shirt", "Mirrowick", "59.90", True),
            ("p2", "Linen shirt dress with a belt of the same cloth", "Tollen & Daughters", "119.00", False),
            ("p3", "Oxford shirt", "Mirrowick", "64.90", True),
        ]
    ],
}

SIZE_TABLE: dict[str, Any] = {
    "type": "size_table",
    "title": "Mirrowick, women’s tops",
    "unit": "cm",
    "columns": ["chest", "waist", "hips"],
    "systems": ["EU", "UK", "US"],
    "rows": [
        {
            "size": size,
            "systems": {"EU": eu, "UK": uk, "US": us},
            "body": {"chest": chest, "waist": waist, "hips": hips},
            "recommended": size == "M",
            "in_stock": stock,
        }
        for size, eu, uk, us, chest, waist, hips, stock in [
            ("XS", "32-34", "4-6", "0-2", ["74", "82"], ["58", "66"], ["82", "90"], None),
            ("S", "36-38", "8-10", "4-6", ["82", "90"], ["66", "74"], ["90", "98"], True),
            ("M", "40-42", "12-14", "8-10", ["90", "98"], ["74", "82"], ["98", "106"], True),
            ("L", "44-46", "16-18", "12-14", ["98", "107"], ["82", "92"], ["106", "115"], False),
        ]
    ],
}

EVERY: dict[str, tuple[str, dict[str, Any]]] = {
    "order": ("Your order is coming in two parcels.", ORDER),
    "orders": ("Which order is it about?", ORDERS),
    "items": ("Which items do you want to send back?", ITEMS),
    "return-draft": ("Please check. Shall I open this return?", DRAFT),
    "return": ("Your return is open. Here is the label.", RETURN),
    "product": ("This is the one you mean, I think.", PRODUCT),
    "products": ("I know several of that name. Which one?", PRODUCTS),
    "size-table": ("For those measurements I recommend M.", SIZE_TABLE),
}
