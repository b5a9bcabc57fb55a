"""Who a shopper has shown to be, as it is kept for each conversation."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Protocol

from shop.customers import email_key
from shop.orders import Order


class Level(IntEnum):
    """How far a shopper is verified: by nothing, by an order's number and email, or as the customer."""

    UNKNOWN = 0
    MATCHED = 1
    PROVEN = 2


@dataclass(frozen=True)
class Identity:
    """What one conversation may see until `until` (UTC). MATCHED shows that customer's orders by number only.

    `by_login`: it was the shop's own login that vouched, so signing out there ends it here.
    """

    level: Level = Level.UNKNOWN
    customer_id: str | None = None
    until: datetime | None = None
    by_login: bool = False

    def owns(self, order: Order) -> bool:
        """Whether the order belongs to whom this is."""
        return self.level > Level.UNKNOWN and self.customer_id == order.customer_id


def email_subject(secret: str, email: str) -> str:
    """How tries against an email are counted without keeping it: a keyed hash, which nobody can guess an email by."""
    return "email:" + hmac.new(secret.encode(), email_key(email).encode(), hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True)
class PendingCode:
    """A one-time code that was asked for. `customer_id` is None when nobody has that email, so that no code fits."""

    customer_id: str | None
    digest: str
    expires_at: datetime


class IdentityStore(Protocol):
    """Where identities, codes and wrong tries are kept."""

    async def get(self, conversation_id: str) -> Identity:
        """What was last shown; UNKNOWN when nothing was."""
        ...

    async def put(self, conversation_id: str, identity: Identity, *, how: str) -> int:
        """Keep an identity; the conversation's epoch from now on, so that sessions from before it are over.

        The audit row that says how it was shown is written in the same transaction, and so is the epoch.
        """
        ...

    async def add_try(self, subjects: tuple[str, ...], kind: str) -> None:
        """Count one try of a kind (`wrong`, `code_sent`) against each subject, with its audit row."""
        ...

    async def tries(self, subjects: tuple[str, ...], kind: str, since: datetime) -> dict[str, list[datetime]]:
        """When each subject had tries of that kind since then, oldest first."""
        ...

    async def put_code(self, conversation_id: str, code: PendingCode) -> None:
        """Keep the newest code of a conversation; an older one is void."""
        ...

    async def get_code(self, conversation_id: str) -> PendingCode | None:
        """The newest code that has not been used."""
        ...

    async def use_code(self, conversation_id: str, digest: str) -> bool:
        """Spend a code. True for exactly one caller."""
        ...


class LoginTokens(Protocol):
    """Tokens by which the shop's own login vouches for a customer."""

    def customer_of(self, token: str) -> str | None:
        """The customer's id, or None for a token that is forged, foreign or over."""
        ...
