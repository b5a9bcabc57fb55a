"""The audit log as a table that is only ever added to."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.database import Database
from shop.adapters.sql.schema import RowId, UtcTime, metadata
from shop.audit import AuditEntry

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(100), nullable=False, index=True),
    Column("detail", JSON, nullable=False),
)


async def write_audit(connection: AsyncConnection, entry: AuditEntry) -> None:
    """Keep a fact in the transaction of the act it belongs to."""
    await connection.execute(
        audit_log.insert().values(
            at=entry.at, actor=entry.actor, action=entry.action, subject=entry.subject, detail=dict(entry.detail)
        )
    )


class SqlAuditLog:
    """`AuditLog` for facts that stand alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, entry: AuditEntry) -> None:
        async with self._database.begin() as connection:
            await write_audit(connection, entry)
