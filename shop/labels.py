"""The label for a return's parcel: a link to it that can't be guessed and runs out, and what stands on it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from shop.clock import Clock
from shop.commerce import CommerceBackend
from shop.customers import Address, Customer
from shop.errors import NotFound
from shop.orders import Order
from shop.own_orders import OwnOrders
from shop.return_terms import Return, ReturnStatus
from shop.rules import ShopRules
from shop.verification import Verification

_LINK_LASTS = timedelta(days=3)
_NO_LABEL_FOR = {ReturnStatus.CANCELLED, ReturnStatus.REFUNDED}


@dataclass(frozen=True)
class Label:
    """What stands on a label. `language` is an IETF tag; `free` says that the shop pays for the parcel."""

    return_number: str
    order_number: str
    sender: Address
    recipient: Address
    send_by: date | None
    free: bool
    language: str


class LabelPrinter(Protocol):
    """Makes labels that can be printed."""

    async def print(self, label: Label) -> bytes:
        """A PDF of one page, with the return number as words and as a Code 128 barcode."""
        ...


class ReturnLabels:
    """Hands out links to labels, and the labels behind them."""

    def __init__(
        self,
        backend: CommerceBackend,
        verification: Verification,
        printer: LabelPrinter,
        rules: ShopRules,
        clock: Clock,
        secret: str,
    ) -> None:
        self._backend, self._own = backend, OwnOrders(backend, verification)
        self._printer, self._rules, self._now = printer, rules, clock
        self._secret = hashlib.sha256(f"return label:{secret}".encode()).digest()

    async def token(self, conversation_id: str, return_number: str) -> str:
        """A token that opens the label for three days, to whoever has it.

        Raises `NotVerified` unless the customer is proven, and `NotFound` for a return that is not theirs or is over.
        """
        _, _, found = await self._own.returned(conversation_id, return_number)
        _refuse_over(found)
        until = int((self._now() + _LINK_LASTS).timestamp())
        text = f"{until}:{found.number}".encode()
        return f"{_encode(text)}.{_encode(self._signature(text))}"

    async def resolve(self, token: str) -> Return:
        """The return that a token opens. Raises `NotFound` where it is forged or has run out, or the return is over."""
        until, number = self._read(token)
        if until <= self._now():
            raise NotFound("this label's link has run out")
        found = await self._backend.get_return(number)
        if found is None:
            raise NotFound("this label's return is gone")
        _refuse_over(found)
        return found

    async def pdf(self, token: str) -> bytes:
        """The label that a token opens. Raises `NotFound` as `resolve` does."""
        found = await self.resolve(token)
        order = await self._backend.get_order(found.order_number)
        customer = await self._backend.get_customer(order.customer_id) if order else None
        if order is None or customer is None:
            raise NotFound("this label's order is gone")
        return await self._printer.print(self._label(found, order, customer))

    def _label(self, found: Return, order: Order, customer: Customer) -> Label:
        return Label(
            return_number=found.number,
            order_number=order.number,
            sender=order.shipping_address,
            recipient=self._rules.return_address,
            send_by=found.send_by,
            free=self._rules.returns.free_shipping,
            language=customer.language,
        )

    def _read(self, token: str) -> tuple[datetime, str]:
        text, _, signature = token.partition(".")
        try:
            plain, signed = _decode(text), _decode(signature)
        except (binascii.Error, ValueError) as error:
            raise NotFound("not a label's link") from error
        if not hmac.compare_digest(signed, self._signature(plain)):
            raise NotFound("not a label's link of this shop")
        until, _, number = plain.decode().partition(":")
        return datetime.fromtimestamp(int(until), UTC), number

    def _signature(self, text: bytes) -> bytes:
        return hmac.new(self._secret, text, hashlib.sha256).digest()


def _refuse_over(found: Return) -> None:
    if found.status in _NO_LABEL_FOR:
        raise NotFound(f"return {found.number} needs no label: {found.status}")


def _encode(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
