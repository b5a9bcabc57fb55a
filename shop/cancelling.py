"""Calling an order off while it has not left, for a proven customer and their own orders."""

from __future__ import annotations

from dataclasses import dataclass

from shop.commerce import CommerceBackend
from shop.errors import NotAllowed
from shop.order_rules import CancelReason, OrderRules
from shop.orders import Order
from shop.own_orders import OwnOrders, act_key, actor
from shop.refunds import MoneyBack, left_of_payments
from shop.verification import Verification


@dataclass(frozen=True)
class Cancellation:
    """What cancelling an order would do. `refusal` is None where it may be; else a code such as `already_shipped`.

    `money_back` says how much each payment method gets back; nothing where the order may not be cancelled.
    """

    order: Order
    refusal: str | None
    money_back: tuple[MoneyBack, ...]


class Cancelling:
    """Every call raises `NotVerified` for nobody proven, and `NotFound` for an order that is not theirs."""

    def __init__(self, backend: CommerceBackend, verification: Verification, rules: OrderRules) -> None:
        self._backend, self._own = backend, OwnOrders(backend, verification)
        self.rules = rules

    async def preview(self, conversation_id: str, number: str) -> Cancellation:
        """Whether an order may still be cancelled, and how its money would go back. Nothing changes."""
        _, order = await self._own.order(conversation_id, number)
        refusal = self.rules.why_not_cancel(order)
        return Cancellation(order, refusal, () if refusal else left_of_payments(order))

    async def cancel(self, conversation_id: str, number: str, key: str, *, reason: str = CancelReason.OTHER) -> Order:
        """Cancel the order, once for each `key` of a conversation.

        Raises `NotAllowed` with `reason` for one that is not offered here, or as `CommerceBackend.cancel_order` does.
        """
        _, order = await self._own.order(conversation_id, number)
        if reason not in {*self.rules.cancel_reasons, CancelReason.OTHER}:
            raise NotAllowed("reason")
        return await self._backend.cancel_order(
            order.number,
            reason=reason,
            actor=actor(conversation_id),
            idempotency_key=act_key(conversation_id, key),
        )
