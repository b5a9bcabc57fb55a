"""Stand-ins that keep everything in memory, for tests of services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from shop.audit import AuditEntry
from shop.claims import Claim, ClaimReason
from shop.customers import Address, Customer
from shop.errors import Unavailable
from shop.identity import Identity, PendingCode
from shop.mail import Email
from shop.money import Money
from shop.orders import Order, OrderLine, OrderStatus, OrderSummary, Shipment, ShipmentStatus, order_key

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
HOME = Address("Ada Nowak", "Am Hang 3", "", "Bremen", "", "28195", "DE")
ADA = Customer("c-ada", "Ada", "Nowak", "Ada.Nowak@example.com", "+4942100000", "en", HOME, ())
BEN = Customer("c-ben", "Ben", "Osei", "ben.osei@example.org", "+4942100001", "en", HOME, ())


class SettableClock:
    """A clock that tests move."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


def parcel(status: ShipmentStatus = ShipmentStatus.SHIPPED, **changes: Any) -> Shipment:
    """A parcel with one piece of line `l1`."""
    values: dict[str, Any] = {
        "id": "p1", "carrier": "Otterway", "tracking_number": "OT1", "tracking_url": "https://otterway.example.com/OT1",
        "status": status, "contents": {"l1": 1}, "shipped_at": NOW - timedelta(days=2),
        "expected_on": date(2026, 3, 12),
        "delivered_at": NOW - timedelta(days=1) if status == ShipmentStatus.DELIVERED else None, "delay_reason": None,
        "events": (),
    }  # fmt: skip
    return Shipment(**(values | changes))


def order(number: str = "SH-1001", customer: Customer = ADA, **changes: Any) -> Order:
    """An order of one shirt."""
    line = OrderLine(
        "l1", "S-M", "shirt", "Linen shirt", {"size": "M"}, 1, Money(Decimal("59.90"), "EUR"), False, 0
    )  # fmt: skip
    values: dict[str, Any] = {
        "number": number, "customer_id": customer.id, "email": customer.email, "placed_at": NOW - timedelta(days=4),
        "status": OrderStatus.SHIPPED, "total": Money(Decimal("59.90"), "EUR"), "shipping_address": HOME,
        "lines": (line,), "shipments": (parcel(),), "payments": (),
    }  # fmt: skip
    return Order(**(values | changes))


@dataclass
class FakeCommerce:
    """Orders and customers in memory. Only what verification, tracking and claims ask for."""

    orders: list[Order] = field(default_factory=lambda: [order(), order("SH-2002", BEN)])
    customers: list[Customer] = field(default_factory=lambda: [ADA, BEN])
    claims: dict[str, Claim] = field(default_factory=dict)
    down: bool = False

    async def get_order(self, number: str) -> Order | None:
        if self.down:
            raise Unavailable("the shop does not answer")
        return next((each for each in self.orders if order_key(each.number) == order_key(number)), None)

    async def find_orders(self, customer_id: str, *, limit: int = 10) -> list[OrderSummary]:
        own = [each for each in self.orders if each.customer_id == customer_id]
        return [
            OrderSummary(each.number, each.placed_at, each.status, each.total, ("Linen shirt",)) for each in own[:limit]
        ]

    async def get_customer(self, customer_id: str) -> Customer | None:
        return next((each for each in self.customers if each.id == customer_id), None)

    async def find_customer(self, email: str) -> Customer | None:
        return next((each for each in self.customers if each.email.casefold() == email.strip().casefold()), None)

    async def open_claim(
        self, order_number: str, shipment_id: str, reason: ClaimReason, *, actor: str, idempotency_key: str
    ) -> Claim:
        claim = Claim(f"CL-{len(self.claims) + 1}", order_number, shipment_id, reason, NOW)
        return self.claims.setdefault(idempotency_key, claim)


@dataclass
class FakeIdentities:
    """`IdentityStore` in memory."""

    clock: SettableClock
    identities: dict[str, Identity] = field(default_factory=dict)
    tried: list[tuple[str, str, datetime]] = field(default_factory=list)
    codes: dict[str, PendingCode] = field(default_factory=dict)
    epochs: dict[str, int] = field(default_factory=dict)

    async def get(self, conversation_id: str) -> Identity:
        return self.identities.get(conversation_id, Identity())

    async def put(self, conversation_id: str, identity: Identity, *, how: str) -> int:
        self.identities[conversation_id] = identity
        self.epochs[conversation_id] = self.epochs.get(conversation_id, 0) + 1
        return self.epochs[conversation_id]

    async def add_try(self, subjects: tuple[str, ...], kind: str) -> None:
        self.tried += [(subject, kind, self.clock()) for subject in subjects]

    async def tries(self, subjects: tuple[str, ...], kind: str, since: datetime) -> dict[str, list[datetime]]:
        return {
            subject: [at for known, what, at in self.tried if known == subject and what == kind and at > since]
            for subject in subjects
        }

    async def put_code(self, conversation_id: str, code: PendingCode) -> None:
        self.codes[conversation_id] = code

    async def get_code(self, conversation_id: str) -> PendingCode | None:
        return self.codes.get(conversation_id)

    async def use_code(self, conversation_id: str, digest: str) -> bool:
        code = self.codes.get(conversation_id)
        return code is not None and code.digest == digest and self.codes.pop(conversation_id) is code


@dataclass
class FakeMailer:
    """Keeps what was sent; fails as often as `failures` says."""

    sent: list[Email] = field(default_factory=list)
    failures: int = 0

    async def send(self, email: Email) -> None:
        if self.failures:
            self.failures -= 1
            raise Unavailable("no mail server")
        self.sent.append(email)


@dataclass
class FakeLogin:
    """`LoginTokens` for tokens that read `login:<customer id>`."""

    def customer_of(self, token: str) -> str | None:
        return token.removeprefix("login:") if token.startswith("login:") else None


@dataclass
class FakeAudit:
    """Keeps every entry."""

    entries: list[AuditEntry] = field(default_factory=list)

    async def record(self, entry: AuditEntry) -> None:
        self.entries.append(entry)
