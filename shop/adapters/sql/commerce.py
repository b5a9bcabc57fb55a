"""`CommerceBackend` in Storehand's own database: the demo shop, or one that `load-shop` brought in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from shop.adapters.sql import catalog_reading, customers_reading, orders_reading
from shop.adapters.sql.acts import Act
from shop.adapters.sql.cancelling import book_cancellation
from shop.adapters.sql.claims_writing import book_claim, read_claim
from shop.adapters.sql.database import Database
from shop.adapters.sql.product_search import ProductIndex
from shop.adapters.sql.readdressing import book_address
from shop.adapters.sql.returns_reading import hold_return, read_return, read_returns
from shop.adapters.sql.returns_writing import book_return, book_return_cancelled, book_sent
from shop.catalog import Product, SizeChart, Variant
from shop.claims import Claim, ClaimReason
from shop.clock import Clock
from shop.customers import Address, Customer
from shop.errors import NotAllowed, NotFound
from shop.orders import Order, OrderSummary
from shop.return_terms import Return, ReturnableLine, ReturnRequest
from shop.rules import ShopRules

_INDEX_LASTS = timedelta(minutes=1)


class SqlCommerce:
    """Orders, stock and customers, under the merchant's rules."""

    def __init__(self, database: Database, clock: Clock, rules: ShopRules | None = None) -> None:
        self._database = database
        self._now = clock
        self._rules = rules or ShopRules()
        self._index: tuple[datetime, ProductIndex] | None = None

    async def find_orders(self, customer_id: str, *, limit: int = 10) -> Sequence[OrderSummary]:
        async with self._database.begin(reading=True) as connection:
            return await orders_reading.read_summaries(connection, customer_id, limit)

    async def get_order(self, number: str) -> Order | None:
        async with self._database.begin(reading=True) as connection:
            return await orders_reading.read_order(connection, number)

    async def get_customer(self, customer_id: str) -> Customer | None:
        async with self._database.begin(reading=True) as connection:
            return await customers_reading.read_customer(connection, customer_id)

    async def find_customer(self, email: str) -> Customer | None:
        async with self._database.begin(reading=True) as connection:
            return await customers_reading.read_customer_by_email(connection, email)

    async def search_products(self, query: str, *, limit: int = 5) -> Sequence[Product]:
        return (await self._fresh_index()).search(query, limit)

    async def get_product(self, product_id: str) -> Product | None:
        async with self._database.begin(reading=True) as connection:
            return await catalog_reading.read_product(connection, product_id)

    async def variants(self, product_id: str) -> Sequence[Variant]:
        async with self._database.begin(reading=True) as connection:
            return await catalog_reading.read_variants(connection, product_id)

    async def size_chart(self, product_id: str) -> SizeChart | None:
        async with self._database.begin(reading=True) as connection:
            return await catalog_reading.read_size_chart(connection, product_id)

    async def returnable(self, order_number: str) -> Sequence[ReturnableLine]:
        order = await self.get_order(order_number)
        if order is None:
            raise NotFound(f"no order {order_number!r}")
        return self._rules.returns.returnable(order, self._now().date())

    async def get_return(self, number: str) -> Return | None:
        async with self._database.begin(reading=True) as connection:
            return await read_return(connection, number)

    async def returns_of(self, customer_id: str, *, order_number: str | None = None) -> Sequence[Return]:
        async with self._database.begin(reading=True) as connection:
            return await read_returns(connection, customer_id, order_number)

    async def open_return(self, request: ReturnRequest, *, actor: str, idempotency_key: str) -> Return:
        act = Act("return.open", idempotency_key, request.order_number, actor, self._now())
        async with self._database.begin() as connection:
            first = await act.first_result(connection)
            if first is not None:
                return (await hold_return(connection, first))[1]
            order = await orders_reading.hold_order(connection, request.order_number)
            opened = await book_return(connection, self._rules.returns, order, request, act.at)
            await act.keep(connection, order, opened.number, lines=len(request.lines))
            return opened

    async def mark_return_sent(
        self, number: str, *, tracking_number: str | None = None, actor: str, idempotency_key: str
    ) -> Return:
        act = Act("return.sent", idempotency_key, number, actor, self._now())
        async with self._database.begin() as connection:
            if await act.first_result(connection) is None:
                order, found = await hold_return(connection, number)
                await book_sent(connection, found, tracking_number, act.at)
                await act.keep(connection, order, found.number, of=found.number)
            return (await hold_return(connection, number))[1]

    async def cancel_return(self, number: str, *, actor: str, idempotency_key: str) -> Return:
        act = Act("return.cancel", idempotency_key, number, actor, self._now())
        async with self._database.begin() as connection:
            if await act.first_result(connection) is None:
                order, found = await hold_return(connection, number)
                await book_return_cancelled(connection, found, act.at)
                await act.keep(connection, order, found.number, of=found.number)
            return (await hold_return(connection, number))[1]

    async def cancel_order(self, number: str, *, reason: str, actor: str, idempotency_key: str) -> Order:
        act = Act("order.cancel", idempotency_key, number, actor, self._now())
        async with self._database.begin() as connection:
            if await act.first_result(connection) is None:
                order = await orders_reading.hold_order(connection, number)
                _refuse(self._rules.orders.why_not_cancel(order))
                refunds = await book_cancellation(connection, order, reason, act.at)
                await act.keep(connection, order, order.number, refunds=refunds)
            return await orders_reading.hold_order(connection, number)

    async def change_address(self, number: str, address: Address, *, actor: str, idempotency_key: str) -> Order:
        act = Act("order.change_address", idempotency_key, number, actor, self._now())
        async with self._database.begin() as connection:
            if await act.first_result(connection) is None:
                order = await orders_reading.hold_order(connection, number)
                _refuse(self._rules.orders.why_not_change_address(order))
                await book_address(connection, order, address)
                await act.keep(connection, order, order.number)
            return await orders_reading.hold_order(connection, number)

    async def open_claim(
        self, order_number: str, shipment_id: str, reason: ClaimReason, *, actor: str, idempotency_key: str
    ) -> Claim:
        act = Act("claim.open", idempotency_key, order_number, actor, self._now())
        async with self._database.begin() as connection:
            first = await act.first_result(connection)
            if first is not None:
                return await read_claim(connection, first)
            order = await orders_reading.hold_order(connection, order_number)
            claim, new = await book_claim(connection, order, shipment_id, reason, act.at)
            await act.keep(connection, order, claim.number, new=int(new), reason=reason.value)
            return claim

    async def _fresh_index(self) -> ProductIndex:
        """Every product's words, read again after a minute since `load-shop` may have brought others."""
        now = self._now()
        if self._index is None or not timedelta(0) <= now - self._index[0] < _INDEX_LASTS:
            async with self._database.begin(reading=True) as connection:
                products = await catalog_reading.read_products(connection)
                skus = await catalog_reading.read_skus(connection)
            self._index = now, ProductIndex(products, skus)
        return self._index[1]


def _refuse(reason: str | None) -> None:
    if reason is not None:
        raise NotAllowed(reason)
