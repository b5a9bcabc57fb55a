"""What belongs to a proven customer: their orders and returns, and how their acts are signed."""

from __future__ import annotations

from shop.commerce import CommerceBackend
from shop.customers import Customer
from shop.errors import NotFound
from shop.orders import Order
from shop.return_terms import Return
from shop.verification import Verification


class OwnOrders:
    """Finds what a shopper asks about. Raises `NotVerified` unless proven, and `NotFound` for what is not theirs."""

    def __init__(self, backend: CommerceBackend, verification: Verification) -> None:
        self._backend, self._verification = backend, verification

    async def customer(self, conversation_id: str) -> Customer:
        """Who this is."""
        return await self._verification.proven_customer(conversation_id)

    async def order(self, conversation_id: str, number: str) -> tuple[Customer, Order]:
        """An order of theirs. A wrong guess is counted."""
        customer = await self._verification.proven_customer(conversation_id)
        return customer, await self._verification.order(conversation_id, number)

    async def returned(self, conversation_id: str, number: str) -> tuple[Customer, Order, Return]:
        """A return of theirs, with its order. A wrong guess is counted, whether there is such a return or not."""
        found = await self._backend.get_return(number)
        customer, order = await self.order(conversation_id, found.order_number if found else number)
        if found is None:
            raise NotFound(f"no return {number!r}")
        return customer, order, found


def actor(conversation_id: str) -> str:
    """Who did it, for the audit log."""
    return f"shopper:{conversation_id}"


def act_key(conversation_id: str, key: str) -> str:
    """An act's idempotency key: a form's run, within its conversation."""
    return f"{conversation_id}:{key}"
