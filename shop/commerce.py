"""The port to the system that holds orders, stock and customers (the demo shop, Shopify and so on)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from shop.catalog import Product, SizeChart, Variant
from shop.claims import Claim, ClaimReason
from shop.customers import Address, Customer
from shop.orders import Order, OrderSummary
from shop.return_terms import Return, ReturnableLine, ReturnRequest


class CommerceBackend(Protocol):
    """What Storehand asks of a shop.

    Every call may raise `Unavailable`. Reading returns None or an empty sequence for what is not there. An act
    takes an `idempotency_key`: called again with the same key it changes nothing and returns the first result.
    Acts write their audit row in their own transaction; `actor` says who caused it (`shopper:<conversation>`,
    `agent:<name>`). The backend does not ask who may see what: `shop.verification` does that before.
    """

    async def find_orders(self, customer_id: str, *, limit: int = 10) -> Sequence[OrderSummary]:
        """A customer's orders, newest first."""
        ...

    async def get_order(self, number: str) -> Order | None:
        """One order with its parcels and tracking, by a number in any spelling that `order_key` folds."""
        ...

    async def get_customer(self, customer_id: str) -> Customer | None:
        """A customer by id."""
        ...

    async def find_customer(self, email: str) -> Customer | None:
        """A customer by email, whatever its case."""
        ...

    async def search_products(self, query: str, *, limit: int = 5) -> Sequence[Product]:
        """Products whose name, brand or SKU is most like `query`, best first; misspelling allowed."""
        ...

    async def get_product(self, product_id: str) -> Product | None:
        """A product by id."""
        ...

    async def variants(self, product_id: str) -> Sequence[Variant]:
        """All variants of a product with their stock."""
        ...

    async def size_chart(self, product_id: str) -> SizeChart | None:
        """The chart that a product's page shows, or None."""
        ...

    async def returnable(self, order_number: str) -> Sequence[ReturnableLine]:
        """Every line of an order with what may come back of it today. Raises `NotFound`."""
        ...

    async def get_return(self, number: str) -> Return | None:
        """One return by its number, in any spelling that `order_key` folds."""
        ...

    async def returns_of(self, customer_id: str, *, order_number: str | None = None) -> Sequence[Return]:
        """A customer's returns, newest first; only those of one order where it is given."""
        ...

    async def open_return(self, request: ReturnRequest, *, actor: str, idempotency_key: str) -> Return:
        """Open a return or exchange; the pieces wanted instead are set aside from stock at once.

        Raises `NotFound` for an order, or a line, that there is not. Raises `NotAllowed` with a code of
        `ReturnableLine.refusal`, or `no_lines`, `quantity` (below 1 or more than may come back), `reason` (not offered
        here), `no_exchanges`, `other_product` (the piece wanted is no variant of the same product), `out_of_stock`,
        `refund_method` (not a way that the rules leave open for this sum) or `price_changed` (the balance is no longer
        `ReturnRequest.agreed`). Then nothing changed.
        """
        ...

    async def mark_return_sent(
        self, number: str, *, tracking_number: str | None = None, actor: str, idempotency_key: str
    ) -> Return:
        """Keep that the shopper has sent the parcel. Raises `NotFound`, or `NotAllowed` as `cancel_return` does."""
        ...

    async def cancel_return(self, number: str, *, actor: str, idempotency_key: str) -> Return:
        """Call off a return that is not on its way; what was set aside for it goes back to stock.

        Raises `NotFound`, or `NotAllowed` with `already_sent`, `already_received`, `already_refunded` or
        `already_cancelled`.
        """
        ...

    async def cancel_order(self, number: str, *, reason: str, actor: str, idempotency_key: str) -> Order:
        """Cancel a whole order, put its pieces back in stock and book its refund to where the money came from.

        Raises `NotFound`, or `NotAllowed` with `already_packed` (where the rules end there), `already_shipped`,
        `already_delivered`, `already_cancelled`, `already_returned` or `already_refunded`.
        """
        ...

    async def change_address(self, number: str, address: Address, *, actor: str, idempotency_key: str) -> Order:
        """Send an order that has not left to another address. Raises as `cancel_order` does."""
        ...

    async def open_claim(
        self, order_number: str, shipment_id: str, reason: ClaimReason, *, actor: str, idempotency_key: str
    ) -> Claim:
        """Open a claim for a parcel, or return the one already open for it. Raises `NotFound`."""
        ...
