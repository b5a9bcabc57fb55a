"""The records of a shop file. What one of them says of another is checked in `references`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from shop.adapters.shop_file.fields import (
    Amount,
    Audience,
    Count,
    Country,
    Currency,
    Day,
    Email,
    Id,
    Language,
    Link,
    LongText,
    Measurement,
    Name,
    Pieces,
    Span,
    Text,
    Time,
)
from shop.orders import DelayReason, OrderStatus, ShipmentStatus


class Record(BaseModel):
    """A JSON object in which no other fields may stand."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SizeRecord(Record):
    size: Name
    systems: dict[Name, Text] = Field(default_factory=dict)
    body: dict[Measurement, Span] = Field(default_factory=dict)


class SizeChartRecord(Record):
    id: Id
    brand: Text
    audience: Audience
    category: Text
    fit: Text = ""
    rows: list[SizeRecord] = Field(min_length=1)


class VariantRecord(Record):
    sku: Id
    options: dict[Name, Text] = Field(default_factory=dict)
    price: Amount
    stock: Count


class ProductRecord(Record):
    id: Id
    name: Name
    brand: Text = ""
    category: Text = ""
    audience: Audience = "unisex"
    fit: Text = ""
    description: LongText = ""
    url: Link = ""
    final_sale: StrictBool = False
    size_chart_id: Id | None = None
    variants: list[VariantRecord] = Field(min_length=1)


class AddressRecord(Record):
    name: Text
    line1: Text
    line2: Text = ""
    city: Text
    region: Text = ""
    postcode: Text
    country: Country


class PaymentMethodRecord(Record):
    id: Id
    kind: Literal["card", "paypal", "gift_card", "invoice", "store_credit"]
    label: Name


class CustomerRecord(Record):
    id: Id
    first_name: Text
    last_name: Text
    email: Email
    phone: Text = ""
    language: Language = "en"
    address: AddressRecord
    payment_methods: list[PaymentMethodRecord] = Field(default_factory=list)


class LineRecord(Record):
    sku: Id
    quantity: Pieces
    unit_price: Amount
    name: Name | None = None
    options: dict[Name, Text] | None = None
    final_sale: StrictBool | None = None
    returned_quantity: Count = 0


class EventRecord(Record):
    at: Time
    status: ShipmentStatus
    place: Text


class ShipmentRecord(Record):
    carrier: Text
    tracking_number: Text
    tracking_url: Link = ""
    status: ShipmentStatus
    contents: dict[Name, Pieces] = Field(min_length=1)
    shipped_at: Time | None = None
    expected_on: Day | None = None
    delivered_at: Time | None = None
    delay_reason: DelayReason | None = None
    events: list[EventRecord] = Field(default_factory=list)


class PaymentRecord(Record):
    kind: Literal["payment", "refund"]
    method_id: Id
    method: Name | None = None
    amount: Amount
    at: Time


class OrderRecord(Record):
    number: Id
    customer_id: Id
    email: Email | None = None
    placed_at: Time
    status: OrderStatus
    total: Amount
    shipping_address: AddressRecord | None = None
    lines: list[LineRecord] = Field(min_length=1)
    shipments: list[ShipmentRecord] = Field(default_factory=list)
    payments: list[PaymentRecord] = Field(default_factory=list)


class HeaderRecord(Record):
    """What stands beside the lists of records."""

    format: Literal[1]
    currency: Currency


@dataclass(frozen=True)
class ShopRecords:
    """A whole shop file. All amounts are in `currency`."""

    currency: str
    size_charts: tuple[SizeChartRecord, ...]
    products: tuple[ProductRecord, ...]
    customers: tuple[CustomerRecord, ...]
    orders: tuple[OrderRecord, ...]
