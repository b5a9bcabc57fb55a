"""Cards: what the web chat shows beside the words. Codes and figures only; their labels are in data/web/."""

from __future__ import annotations

from typing import Any

from shop.money import Money
from shop.orders import Order, OrderSummary, Shipment
from shop.sized_products import SizedProduct


def order_card(order: Order) -> dict[str, Any]:
    """An order with its parcels, each with its way so far."""
    names = {line.id: line.name for line in order.lines}
    return {
        "type": "order",
        "number": order.number,
        "status": order.status.value,
        "placed_on": order.placed_at.date().isoformat(),
        "total": amount(order.total),
        "items": [
            {"name": line.name, "options": dict(line.options), "quantity": line.quantity} for line in order.lines
        ],
        "parcels": [_parcel(parcel, names) for parcel in order.shipments],
    }


def orders_card(orders: list[OrderSummary]) -> dict[str, Any]:
    """A list of orders to choose from. Row n stands for the message's button n."""
    rows = [
        {
            "number": order.number,
            "placed_on": order.placed_at.date().isoformat(),
            "status": order.status.value,
            "total": amount(order.total),
            "items": list(order.items),
            "choice": position,
        }
        for position, order in enumerate(orders)
    ]
    return {"type": "orders", "orders": rows}


def _parcel(parcel: Shipment, names: dict[str, str]) -> dict[str, Any]:
    return {
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "tracking_url": parcel.tracking_url,
        "status": parcel.status.value,
        "expected_on": parcel.expected_on.isoformat() if parcel.expected_on else None,
        "delivered_on": parcel.delivered_at.date().isoformat() if parcel.delivered_at else None,
        "delay_reason": parcel.delay_reason.value if parcel.delay_reason else None,
        "contents": [{"name": names.get(line, ""), "quantity": quantity} for line, quantity in parcel.contents.items()],
        "events": [
            {"at": event.at.isoformat(), "status": event.status.value, "place": event.place} for event in parcel.events
        ],
    }


def amount(value: Money) -> dict[str, str]:
    """A sum as cards have it."""
    return {"amount": f"{value.amount:.2f}", "currency": value.currency}


def product_card(sized: SizedProduct) -> dict[str, Any]:
    """A product by itself."""
    return {"type": "product", **_product(sized), "url": sized.product.url, "colours": sized.colours}


def products_card(products: list[SizedProduct]) -> dict[str, Any]:
    """Products to choose from. Row n stands for the message's button n."""
    rows = [{**_product(each), "choice": position} for position, each in enumerate(products)]
    return {"type": "products", "products": rows}


def size_table_card(sized: SizedProduct, recommended: str | None = None) -> dict[str, Any]:
    """A product's size chart. `in_stock` is None for a size that the product is not made in."""
    rows = sized.chart.rows if sized.chart else ()
    return {
        "type": "size_table",
        "title": sized.product.name,
        "unit": "cm",
        "columns": list(dict.fromkeys(measure for row in rows for measure in row.body)),
        "systems": list(dict.fromkeys(system for row in rows for system in row.systems)),
        "rows": [
            {
                "size": row.size,
                "systems": dict(row.systems),
                "body": {measure: [f"{span.low:f}", f"{span.high:f}"] for measure, span in row.body.items()},
                "recommended": row.size == recommended,
                "in_stock": sized.has(row.size) if sized.comes_in(row.size) else None,
            }
            for row in rows
        ],
    }


def _product(sized: SizedProduct) -> dict[str, Any]:
    cheapest = min((variant.price for variant in sized.variants), key=lambda price: price.amount, default=None)
    return {
        "id": sized.product.id,
        "name": sized.product.name,
        "brand": sized.product.brand,
        "price": amount(cheapest) if cheapest else None,
        "in_stock": sized.is_in_stock,
    }
