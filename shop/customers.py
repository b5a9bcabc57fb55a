"""The people who buy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Address:
    """Where a parcel goes. `country` is an ISO 3166 two-letter code; `region` is a state or province."""

    name: str
    line1: str
    line2: str
    city: str
    region: str
    postcode: str
    country: str


@dataclass(frozen=True)
class PaymentMethod:
    """How a customer can pay: card, paypal, gift_card, invoice or store_credit. `label` hides full numbers."""

    id: str
    kind: str
    label: str


@dataclass(frozen=True)
class Customer:
    """A customer's file. `language` is an IETF tag such as `en`."""

    id: str
    first_name: str
    last_name: str
    email: str
    phone: str
    language: str
    address: Address
    payment_methods: tuple[PaymentMethod, ...]


def email_key(email: str) -> str:
    """The form in which emails are compared: `Ada@Example.org ` and `ada@example.org` are one mailbox."""
    return email.strip().casefold()
