"""A shop file small enough to know by heart, and the pieces to put orders into it."""

from __future__ import annotations

from typing import Any

CHART = {
    "id": "mirrowick-tops",
    "brand": "Mirrowick",
    "audience": "women",
    "category": "tops",
    "fit": "relaxed",
    "rows": [
        {"size": "S", "systems": {"EU": "36-38"}, "body": {"chest": [82, "90.5"]}},
        {"size": "M", "systems": {"EU": "40-42"}, "body": {"chest": ["90.5", 98]}},
    ],
}

SHIRT = {
    "id": "1001",
    "name": "Hazel Linen Shirt",
    "brand": "Mirrowick",
    "category": "shirts",
    "audience": "women",
    "fit": "relaxed",
    "description": "Washed linen.",
    "url": "https://shop.example.com/1001",
    "size_chart_id": "mirrowick-tops",
    "variants": [
        {"sku": "1001-SAGE-S", "options": {"colour": "sage", "size": "S"}, "price": "59.90", "stock": 5},
        {"sku": "1001-SAGE-M", "options": {"colour": "sage", "size": "M"}, "price": "59.90", "stock": 1},
        {"sku": "1001-CLAY-M", "options": {"colour": "clay", "size": "M"}, "price": "64.95", "stock": 0},
        {"sku": "1001-GOLD-M", "options": {"colour": "gold", "size": "M"}, "price": "80.00", "stock": 9},
    ],
}

SHOES = {
    "id": "1002",
    "name": "Strider Running Shoes",
    "brand": "Lopewell",
    "variants": [
        {"sku": "1002-42", "options": {"size": "42"}, "price": "120.00", "stock": 3},
        {"sku": "1002-43", "options": {"size": "43"}, "price": "120.00", "stock": 3},
    ],
}

HOODIE = {
    "id": "1003",
    "name": "Quarry Hoodie",
    "brand": "Lopewell",
    "final_sale": True,
    "variants": [{"sku": "1003-L", "price": "40.00", "stock": 2}],
}

ADDRESS = {"name": "Ada Okafor", "line1": "4 Mill Road", "city": "Leeds", "postcode": "LS1 4DY", "country": "GB"}

ADA = {
    "id": "C-1",
    "first_name": "Ada",
    "last_name": "Okafor",
    "email": "Ada.Okafor@Example.org",
    "phone": "+447700900123",
    "language": "en-GB",
    "address": ADDRESS,
    "payment_methods": [
        {"id": "ada-card", "kind": "card", "label": "Visa ending in 4242"},
        {"id": "ada-gift", "kind": "gift_card", "label": "Gift card ending in 0815"},
    ],
}

BO = {
    "id": "C-2",
    "first_name": "Bo",
    "last_name": "Lind",
    "email": "bo@example.com",
    "address": {**ADDRESS, "name": "Bo Lind"},
    "payment_methods": [{"id": "bo-card", "kind": "card", "label": "Visa ending in 1111"}],
}


def small_shop(*orders: dict[str, Any]) -> dict[str, Any]:
    """Three products, two customers and the given orders."""
    return {
        "format": 1,
        "currency": "EUR",
        "size_charts": [CHART],
        "products": [SHIRT, SHOES, HOODIE],
        "customers": [ADA, BO],
        "orders": list(orders),
    }


def line(sku: str, price: str, quantity: int = 1, **more: Any) -> dict[str, Any]:
    return {"sku": sku, "unit_price": price, "quantity": quantity, **more}


def delivered(day: str, *places: int, pieces: int = 1) -> dict[str, Any]:
    """A parcel that came on a day, with pieces of the lines in those places."""
    return parcel("delivered", *places, pieces=pieces, delivered_at=f"{day}T23:30:00Z")


def parcel(status: str, *places: int, pieces: int = 1, **more: Any) -> dict[str, Any]:
    contents = {str(place): pieces for place in places or (1,)}
    return {"carrier": "Quillpost", "tracking_number": "QP1", "status": status, "contents": contents, **more}


def order(number: str, status: str = "delivered", **more: Any) -> dict[str, Any]:
    """An order of Ada's: by default one shirt, paid by card and delivered on the 5th of May 2026."""
    if status == "delivered":
        more.setdefault("shipments", [delivered("2026-05-05")])
    return {
        "number": number,
        "customer_id": "C-1",
        "placed_at": "2026-05-01T09:30:00Z",
        "status": status,
        "total": "59.90",
        "lines": [line("1001-SAGE-S", "59.90")],
        "payments": [payment("ada-card", "59.90")],
        **more,
    }


def payment(method_id: str, amount: str, kind: str = "payment") -> dict[str, Any]:
    return {"kind": kind, "method_id": method_id, "amount": amount, "at": "2026-05-01T09:30:00Z"}
