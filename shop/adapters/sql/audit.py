"""The audit log in the database: facts are only ever added, and read back as the chain that they are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.audit_chain import audit_head, audit_log, wait_for_commit
from shop.adapters.sql.database import Database
from shop.audit import BEGINNING, AuditBroken, AuditEntry, AuditFilter, Sealed, pseudonym

_AT_ONCE = 1000


def write_audit(connection: AsyncConnection, entry: AuditEntry) -> None:
    """Keep a fact in the transaction of the act it belongs to."""
    wait_for_commit(connection, entry)


class SqlAuditLog:
    """`AuditLog` for facts that stand alone, and `AuditTrail`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, entry: AuditEntry) -> None:
        async with self._database.begin() as connection:
            write_audit(connection, entry)

    async def all(self) -> AsyncIterator[Sealed]:
        outside = select(audit_log).where(audit_log.c.seq.is_(None)).limit(1)
        async with self._database.begin(reading=True) as connection:
            if (await connection.execute(outside)).one_or_none():
                raise AuditBroken("There are facts outside of the chain: somebody has added them.")
        seq = 0
        while page := await self._after(seq):
            for fact in page:
                yield fact
            seq = page[-1].seq

    async def newest(self) -> tuple[int, str]:
        query = select(audit_head.c.seq, audit_head.c.seal).where(audit_head.c.id == 1)
        async with self._database.begin(reading=True) as connection:
            found = (await connection.execute(query)).one_or_none()
        return (int(found.seq), str(found.seal)) if found else (0, BEGINNING)

    async def find(self, wanted: AuditFilter) -> list[Sealed]:
        log = audit_log.c
        fits: list[ColumnElement[bool]] = [log.seq.is_not(None)]
        for column, value in ((log.actor, wanted.actor), (log.action, wanted.action), (log.subject, wanted.subject)):
            if value is not None:
                whom = pseudonym(self._database.audit_key, value)
                begins = whom.removesuffix("*")
                fits.append(column.startswith(begins, autoescape=True) if whom != begins else column == whom)
        if wanted.since:
            fits.append(log.at >= wanted.since)
        if wanted.until:
            fits.append(log.at < wanted.until)
        query = select(audit_log).where(*fits).order_by(log.seq.desc()).limit(wanted.limit)
        async with self._database.begin(reading=True) as connection:
            return [_sealed(row) for row in (await connection.execute(query)).mappings()][::-1]

    async def _after(self, seq: int) -> list[Sealed]:
        query = select(audit_log).where(audit_log.c.seq > seq).order_by(audit_log.c.seq).limit(_AT_ONCE)
        async with self._database.begin(reading=True) as connection:
            return [_sealed(row) for row in (await connection.execute(query)).mappings()]


def _sealed(row: RowMapping | dict[str, Any]) -> Sealed:
    entry = AuditEntry(row["at"], row["actor"], row["action"], row["subject"], row["detail"])
    return Sealed(row["seq"], row["seal"], entry)
