"""Acts that happen once, whatever is pressed twice, delivered twice or repeated after a crash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.audit import write_audit
from shop.adapters.sql.commerce_tables import acts
from shop.audit import AuditEntry
from shop.orders import Order, order_key

_INSERT: Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


async def insert_unless_there(connection: AsyncConnection, table: Table, row: Mapping[str, object]) -> bool:
    """Add a row unless one with the same key is there; whether it was added. Waits for another that adds it now."""
    add = _INSERT[connection.dialect.name](table).values(row).on_conflict_do_nothing()
    return (await connection.execute(add)).rowcount == 1


@dataclass(frozen=True)
class Act:
    """Something that changes an order. `kind` is its code in the audit log, such as `order.cancel`."""

    kind: str
    key: str
    order_number: str
    actor: str
    at: datetime

    async def first_result(self, connection: AsyncConnection) -> str | None:
        """Take the key for this transaction and return None; or return what the act made when it was done before.

        Waits for another transaction that has taken the same key. Raises `ValueError` for a key that was used for
        another order: the caller's mistake, which would tell a shopper of an act that was never done.
        """
        if await self._take_key(connection):
            return None
        query = select(acts.c.subject, acts.c.result).where(acts.c.key == self.key, acts.c.kind == self.kind)
        subject, result = (await connection.execute(query)).one()
        if subject != self._subject:
            raise ValueError(f"the key {self.key!r} was used for {subject}, not for {self._subject}")
        return str(result)

    async def keep(self, connection: AsyncConnection, order: Order, result: str, **detail: str | int) -> None:
        """Keep the number of what the act made, and the fact that it was done."""
        mine = (acts.c.key == self.key, acts.c.kind == self.kind)
        await connection.execute(update(acts).where(*mine).values(result=result))
        fact = AuditEntry(self.at, self.actor, self.kind, f"order:{order.number}", detail)
        write_audit(connection, fact)

    async def _take_key(self, connection: AsyncConnection) -> bool:
        row = {"key": self.key, "kind": self.kind, "subject": self._subject, "at": self.at}
        return await insert_unless_there(connection, acts, row)

    @property
    def _subject(self) -> str:
        return order_key(self.order_number)
