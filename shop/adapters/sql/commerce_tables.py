"""The tables of the demo shop, and of any shop that `load-shop` brought in.

Prices and what was bought are copied into an order's lines: changing a product does not change what was paid for it.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from shop.adapters.sql.schema import Amount, RowId, UtcTime, metadata

ID = String(64)
LONG_ID = String(80)  # an order number and what is counted within the order
CODE = String(24)
CURRENCY = String(3)

customers = Table(
    "customers",
    metadata,
    Column("id", ID, primary_key=True),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("email_key", Text, nullable=False, unique=True),
    Column("phone", Text, nullable=False),
    Column("language", String(35), nullable=False),
    Column("address", JSON, nullable=False),
    Column("payment_methods", JSON, nullable=False),
)

size_charts = Table(
    "size_charts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("brand", Text, nullable=False),
    Column("audience", CODE, nullable=False),
    Column("category", Text, nullable=False),
    Column("fit", Text, nullable=False),
    Column("rows", JSON, nullable=False),
)

products = Table(
    "products",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("brand", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("audience", CODE, nullable=False),
    Column("fit", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("final_sale", Boolean, nullable=False),
    Column("size_chart_id", ID, ForeignKey("size_charts.id")),
)

variants = Table(
    "variants",
    metadata,
    Column("sku", ID, primary_key=True),
    Column("product_id", ID, ForeignKey("products.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("options", JSON, nullable=False),
    Column("price", Amount, nullable=False),
    Column("currency", CURRENCY, nullable=False),
    Column("stock", Integer, nullable=False),
    CheckConstraint("stock >= 0", name="ck_variants_stock"),
)

orders = Table(
    "orders",
    metadata,
    Column("number", ID, primary_key=True),
    Column("order_key", ID, nullable=False, unique=True),
    Column("customer_id", ID, ForeignKey("customers.id"), nullable=False),
    Column("email", Text, nullable=False),
    Column("placed_at", UtcTime, nullable=False),
    Column("status", CODE, nullable=False, index=True),
    Column("total", Amount, nullable=False),
    Column("currency", CURRENCY, nullable=False),
    Column("shipping_address", JSON, nullable=False),
    Column("cancel_reason", Text),
    Index(None, "customer_id", "placed_at"),
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("id", LONG_ID, primary_key=True),
    Column("order_number", ID, ForeignKey("orders.number"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("sku", ID, ForeignKey("variants.sku"), nullable=False, index=True),
    Column("product_id", ID, nullable=False),
    Column("name", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price", Amount, nullable=False),
    Column("currency", CURRENCY, nullable=False),
    Column("final_sale", Boolean, nullable=False),
    Column("returned_quantity", Integer, nullable=False),
    CheckConstraint("returned_quantity BETWEEN 0 AND quantity", name="ck_order_lines_returned"),
)

shipments = Table(
    "shipments",
    metadata,
    Column("id", LONG_ID, primary_key=True),
    Column("order_number", ID, ForeignKey("orders.number"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("carrier", Text, nullable=False),
    Column("tracking_number", Text, nullable=False),
    Column("tracking_url", Text, nullable=False),
    Column("status", CODE, nullable=False),
    Column("contents", JSON, nullable=False),
    Column("shipped_at", UtcTime),
    Column("expected_on", Date),
    Column("delivered_at", UtcTime),
    Column("delay_reason", CODE),
)

tracking_events = Table(
    "tracking_events",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("shipment_id", LONG_ID, ForeignKey("shipments.id"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("status", CODE, nullable=False),
    Column("place", Text, nullable=False),
)

payments = Table(
    "payments",
    metadata,
    Column("order_number", ID, ForeignKey("orders.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", CODE, nullable=False),
    Column("method_id", ID, nullable=False),
    Column("method", Text, nullable=False),
    Column("amount", Amount, nullable=False),
    Column("currency", CURRENCY, nullable=False),
    Column("at", UtcTime, nullable=False),
)

returns = Table(
    "returns",
    metadata,
    Column("number", LONG_ID, primary_key=True),
    Column("order_number", ID, ForeignKey("orders.number"), nullable=False, index=True),
    Column("opened_at", UtcTime, nullable=False),
    Column("status", CODE, nullable=False),
    Column("lines", JSON, nullable=False),
    Column("refund_method_id", ID, nullable=False),
    Column("balance", Amount, nullable=False),
    Column("currency", CURRENCY, nullable=False),
    Column("send_by", Date),
    Column("sent_at", UtcTime),
    Column("received_at", UtcTime),
    Column("refunded_at", UtcTime),
    Column("cancelled_at", UtcTime),
    Column("tracking_number", Text),
)

claims = Table(
    "claims",
    metadata,
    Column("number", LONG_ID, primary_key=True),
    Column("order_number", ID, ForeignKey("orders.number"), nullable=False, index=True),
    Column("shipment_id", LONG_ID, ForeignKey("shipments.id"), nullable=False),
    Column("reason", CODE, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
)

Index(
    "uq_claims_open",
    claims.c.shipment_id,
    unique=True,
    sqlite_where=claims.c.closed_at.is_(None),
    postgresql_where=claims.c.closed_at.is_(None),
)

# One row for each act that was done. Asked again with the same key, it is answered from `result`, the number of what it
# made; `subject` is the order it was about, so that a key used for two orders is noticed.
acts = Table(
    "acts",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("kind", CODE, primary_key=True),
    Column("subject", String(100), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("result", LONG_ID),
)

# Each after what it points to, so that rows can be put in; the other way round to take them out.
COMMERCE_TABLES = (
    customers,
    size_charts,
    products,
    variants,
    orders,
    order_lines,
    shipments,
    tracking_events,
    payments,
    returns,
    claims,
    acts,
)
