"""The records of a shop file as rows of the tables, with what the file leaves to other records filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table

from shop.adapters.shop_file.records import (
    CustomerRecord,
    OrderRecord,
    ProductRecord,
    ShopRecords,
    SizeChartRecord,
)
from shop.adapters.sql import commerce_tables as tables
from shop.customers import email_key
from shop.orders import order_key

Row = dict[str, Any]


class ShopRows:
    """A shop's rows by table."""

    def __init__(self, shop: ShopRecords) -> None:
        self._shop = shop
        self._customers = {customer.id: customer for customer in shop.customers}
        self._sold = {variant.sku: (product, variant) for product in shop.products for variant in product.variants}

    def by_table(self) -> Iterator[tuple[Table, list[Row]]]:
        """Every table with its rows, those that others point to first."""
        shop = self._shop
        yield tables.customers, [_customer(customer) for customer in shop.customers]
        yield tables.size_charts, [_chart(chart) for chart in shop.size_charts]
        yield tables.products, [product.model_dump(exclude={"variants"}) for product in shop.products]
        yield tables.variants, [row for product in shop.products for row in self._variants(product)]
        yield tables.orders, [self._order(order) for order in shop.orders]
        yield tables.order_lines, [row for order in shop.orders for row in self._lines(order)]
        yield tables.shipments, [row for order in shop.orders for row in _shipments(order)]
        yield tables.tracking_events, [row for order in shop.orders for row in _events(order)]
        yield tables.payments, [row for order in shop.orders for row in self._payments(order)]

    def _variants(self, product: ProductRecord) -> Iterator[Row]:
        for position, variant in enumerate(product.variants, start=1):
            row = {"product_id": product.id, "position": position, "currency": self._shop.currency}
            yield {**row, **variant.model_dump()}

    def _order(self, order: OrderRecord) -> Row:
        customer = self._customers[order.customer_id]
        return {
            "number": order.number,
            "order_key": order_key(order.number),
            "customer_id": order.customer_id,
            "email": order.email or customer.email,
            "placed_at": order.placed_at,
            "status": order.status.value,
            "total": order.total,
            "currency": self._shop.currency,
            "shipping_address": (order.shipping_address or customer.address).model_dump(),
        }

    def _lines(self, order: OrderRecord) -> Iterator[Row]:
        for position, line in enumerate(order.lines, start=1):
            product, variant = self._sold[line.sku]
            yield {
                "id": line_id(order.number, position),
                "order_number": order.number,
                "position": position,
                "sku": line.sku,
                "product_id": product.id,
                "name": line.name or product.name,
                "options": variant.options if line.options is None else line.options,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "currency": self._shop.currency,
                "final_sale": product.final_sale if line.final_sale is None else line.final_sale,
                "returned_quantity": line.returned_quantity,
            }

    def _payments(self, order: OrderRecord) -> Iterator[Row]:
        labels = {method.id: method.label for method in self._customers[order.customer_id].payment_methods}
        for position, payment in enumerate(order.payments, start=1):
            method = payment.method or labels[payment.method_id]
            row = {"order_number": order.number, "position": position, "currency": self._shop.currency}
            yield {**row, **payment.model_dump(), "method": method}


def line_id(number: str, place: int) -> str:
    """What the line of an order is known by: `SH-10234-1` for its first."""
    return f"{number}-{place}"


def shipment_id(number: str, place: int) -> str:
    """What a parcel is known by: `SH-10234-P1` for an order's first."""
    return f"{number}-P{place}"


def _customer(customer: CustomerRecord) -> Row:
    return {**customer.model_dump(), "email_key": email_key(customer.email)}


def _chart(chart: SizeChartRecord) -> Row:
    """Centimetres are kept as text, which is exact where JSON's numbers may not be."""
    row = chart.model_dump()
    for size in row["rows"]:
        size["body"] = {name: {"low": str(low), "high": str(high)} for name, (low, high) in size["body"].items()}
    return row


def _shipments(order: OrderRecord) -> Iterator[Row]:
    for position, shipment in enumerate(order.shipments, start=1):
        lines = {line_id(order.number, int(place)): pieces for place, pieces in shipment.contents.items()}
        yield {
            "id": shipment_id(order.number, position),
            "order_number": order.number,
            "position": position,
            **shipment.model_dump(exclude={"events", "contents"}),
            "contents": lines,
        }


def _events(order: OrderRecord) -> Iterator[Row]:
    for position, shipment in enumerate(order.shipments, start=1):
        for event in shipment.events:
            yield {"shipment_id": shipment_id(order.number, position), **event.model_dump()}
