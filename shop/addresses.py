"""Sending an order elsewhere while it has not left, for a proven customer and their own orders."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shop.commerce import CommerceBackend
from shop.customers import Address, Customer
from shop.errors import NotAllowed
from shop.order_rules import OrderRules
from shop.orders import Order
from shop.own_orders import OwnOrders, act_key, actor
from shop.postal import tidy_address
from shop.verification import Verification


@dataclass(frozen=True)
class AddressChange:
    """What changing an address would do: `new` is written as it will be kept."""

    order: Order
    new: Address

    @property
    def old(self) -> Address:
        """Where the order would go otherwise."""
        return self.order.shipping_address


class Addresses:
    """Every call raises `NotVerified` for nobody proven, and `NotFound` for an order that is not theirs."""

    def __init__(self, backend: CommerceBackend, verification: Verification, rules: OrderRules) -> None:
        self._backend, self._own, self._rules = backend, OwnOrders(backend, verification), rules

    async def why_not(self, conversation_id: str, number: str) -> str | None:
        """Why the order can't go elsewhere any more, or None: a code such as `already_shipped`."""
        _, order = await self._own.order(conversation_id, number)
        return self._rules.why_not_change_address(order)

    async def preview(self, conversation_id: str, number: str, address: Address) -> AddressChange:
        """The change, checked; nothing changes yet.

        Raises `NotAllowed` with a code of `CommerceBackend.change_address` or of `tidy_address`, with `other_country`
        (that would cost other postage and duties: a person's decision), or with `same_address`.
        """
        customer, order = await self._own.order(conversation_id, number)
        new = _checked(customer, order, address)
        refusal = self._rules.why_not_change_address(order)
        if refusal or new == order.shipping_address:
            raise NotAllowed(refusal or "same_address")
        return AddressChange(order, new)

    async def change(self, conversation_id: str, number: str, address: Address, key: str) -> Order:
        """Send the order there, once for each `key` of a conversation. Raises as `preview` but for `same_address`."""
        customer, order = await self._own.order(conversation_id, number)
        return await self._backend.change_address(
            order.number,
            _checked(customer, order, address),
            actor=actor(conversation_id),
            idempotency_key=act_key(conversation_id, key),
        )


def _checked(customer: Customer, order: Order, address: Address) -> Address:
    """The address, tidied. Where no name or country is given, they stay as they were."""
    there = order.shipping_address
    name = address.name or there.name or f"{customer.first_name} {customer.last_name}"
    new = tidy_address(replace(address, name=name, country=address.country or there.country))
    if new.country != there.country:
        raise NotAllowed("other_country")
    return new
