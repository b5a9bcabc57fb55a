"""Orders of the demo shop for conversations that change them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from shop.adapters.sql.commerce_tables import orders as order_rows
from shop.bootstrap import Shop
from shop.orders import Order, OrderStatus


class Orders:
    """Hands out orders of a kind, each once, so that one test does not spoil another's."""

    def __init__(self, shop: Shop, *, kept: Iterable[str] = ()) -> None:
        """`kept`: numbers of orders that are for other tests."""
        self._shop, self._used = shop, set(kept)

    async def fresh(
        self, status: OrderStatus, *, returnable: int = 0, lines: int = 1, pieces: int | None = None
    ) -> Order:
        """An order with at least so many lines, of different goods, so many of them returnable.

        `pieces` is the most that it has of one line.
        """
        query = select(order_rows.c.number).where(order_rows.c.status == status.value)
        query = query.order_by(order_rows.c.placed_at.desc())
        async with self._shop.database.begin(reading=True) as connection:
            numbers = [number for (number,) in await connection.execute(query)]
        for number in (each for each in numbers if each not in self._used):
            order = await self._shop.commerce.get_order(number)
            assert order
            words = [word for line in order.lines for word in set(line.name.split())]
            fits = len(words) == len(set(words)) and len(order.lines) >= lines
            if not fits or pieces not in {None, max(line.quantity for line in order.lines)}:
                continue
            if sum(each.refusal is None for each in await self._shop.commerce.returnable(number)) >= returnable:
                self._used.add(number)
                return order
        raise AssertionError(f"the demo shop has no more {status} orders like that")

    async def two_of_one_customer(self) -> tuple[Order, Order]:
        """Two delivered orders of which something may come back."""
        seen: dict[str, Order] = {}
        while True:
            order = await self.fresh(OrderStatus.DELIVERED, returnable=1)
            if order.customer_id in seen:
                return seen[order.customer_id], order
            seen[order.customer_id] = order
