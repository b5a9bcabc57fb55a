"""What the records of a shop file say of each other: names used once, and nothing named that is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from shop.adapters.shop_file.records import CustomerRecord, LineRecord, OrderRecord, ShipmentRecord, ShopRecords
from shop.customers import email_key
from shop.orders import ShipmentStatus, order_key

_NOT_ARRIVING = {ShipmentStatus.LOST, ShipmentStatus.RETURNED}


def broken_references(shop: ShopRecords, incomplete: Collection[str]) -> Iterator[str]:
    """One sentence a mistake. What a list names is not looked for in a list of which records could not be read."""
    yield from _repeated("size chart", (chart.id for chart in shop.size_charts))
    yield from _repeated("product", (product.id for product in shop.products))
    yield from _repeated("SKU", (variant.sku for product in shop.products for variant in product.variants))
    yield from _repeated("customer", (customer.id for customer in shop.customers))
    yield from _repeated("email", (email_key(customer.email) for customer in shop.customers))
    yield from _repeated("order", (order_key(order.number) for order in shop.orders))
    if "size_charts" not in incomplete:
        yield from _unknown_charts(shop)
    if "products" not in incomplete:
        yield from _unknown_skus(shop)
    if "customers" not in incomplete:
        yield from _unknown_customers(shop)
    for order in shop.orders:
        yield from (f"order {order.number}, {mistake}" for mistake in _inside(order))


def _repeated(noun: str, names: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{noun} {name}: stands {times} times in the file"


def _unknown_charts(shop: ShopRecords) -> Iterator[str]:
    known = {chart.id for chart in shop.size_charts}
    for product in shop.products:
        if product.size_chart_id is not None and product.size_chart_id not in known:
            yield f"product {product.id}, size_chart_id: there is no size chart {product.size_chart_id!r}"


def _unknown_skus(shop: ShopRecords) -> Iterator[str]:
    known = {variant.sku for product in shop.products for variant in product.variants}
    for order in shop.orders:
        for place, line in enumerate(order.lines):
            if line.sku not in known:
                yield f"order {order.number}, lines[{place}].sku: there is no variant {line.sku!r}"


def _unknown_customers(shop: ShopRecords) -> Iterator[str]:
    known = {customer.id: customer for customer in shop.customers}
    for order in shop.orders:
        customer = known.get(order.customer_id)
        if customer is None:
            yield f"order {order.number}, customer_id: there is no customer {order.customer_id!r}"
        else:
            yield from _unlabelled(order, customer)


def _unlabelled(order: OrderRecord, customer: CustomerRecord) -> Iterator[str]:
    known = {method.id for method in customer.payment_methods}
    for place, payment in enumerate(order.payments):
        if payment.method is None and payment.method_id not in known:
            yield (
                f"order {order.number}, payments[{place}].method: is missing, and customer {customer.id} has no "
                f"payment method {payment.method_id!r} to take it from"
            )


def _inside(order: OrderRecord) -> Iterator[str]:
    """What does not add up within one order."""
    if not order_key(order.number):
        yield "number: has neither letters nor digits to find it by"
    for place, line in enumerate(order.lines):
        if line.returned_quantity > line.quantity:
            yield f"lines[{place}].returned_quantity: {line.returned_quantity} is more than {line.quantity} bought"
    for place, shipment in enumerate(order.shipments):
        yield from (f"shipments[{place}].{mistake}" for mistake in _in_parcel(shipment, order.lines))
    yield from _too_many_sent(order)


def _in_parcel(shipment: ShipmentRecord, lines: list[LineRecord]) -> Iterator[str]:
    if shipment.status == ShipmentStatus.DELIVERED and shipment.delivered_at is None:
        yield "delivered_at: is missing from a delivered parcel"
    places = {str(place) for place in range(1, len(lines) + 1)}
    for place in shipment.contents:
        if place not in places:
            yield f"contents: there is no line {place!r}; they count from 1 to {len(lines)}"


def _too_many_sent(order: OrderRecord) -> Iterator[str]:
    sent = Counter[str]()
    for shipment in order.shipments:
        if shipment.status not in _NOT_ARRIVING:
            sent.update(shipment.contents)
    for place, line in enumerate(order.lines, start=1):
        if sent[str(place)] > line.quantity:
            yield f"shipments: {sent[str(place)]} pieces of line {place} are sent, of {line.quantity} bought"
