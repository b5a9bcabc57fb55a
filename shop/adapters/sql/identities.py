"""`IdentityStore` in the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.acts import insert_unless_there
from shop.adapters.sql.audit import write_audit
from shop.adapters.sql.conversation_statements import RAISE_EPOCH
from shop.adapters.sql.database import Database
from shop.adapters.sql.schema import RowId, UtcTime, metadata
from shop.audit import AuditEntry
from shop.clock import Clock
from shop.identity import Identity, Level, PendingCode

identities = Table(
    "identities",
    metadata,
    Column("conversation_id", String(200), primary_key=True),
    Column("level", Integer, nullable=False),
    Column("customer_id", String(80)),
    Column("until", UtcTime),
    Column("by_login", Boolean, nullable=False),
)

# Whose conversation it ever was: signing out ends what may be seen, not whose words these are.
customer_conversations = Table(
    "customer_conversations",
    metadata,
    Column("customer_id", String(80), primary_key=True),
    Column("conversation_id", String(200), primary_key=True, index=True),
)

one_time_codes = Table(
    "one_time_codes",
    metadata,
    Column("conversation_id", String(200), primary_key=True),
    Column("customer_id", String(80)),
    Column("digest", String(64), nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
)

verification_tries = Table(
    "verification_tries",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("subject", String(100), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("at", UtcTime, nullable=False),
)
Index("ix_verification_tries", verification_tries.c.subject, verification_tries.c.kind, verification_tries.c.at)


class SqlIdentities:
    """Identities, one-time codes and tries."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._now = clock

    async def get(self, conversation_id: str) -> Identity:
        query = select(identities).where(identities.c.conversation_id == conversation_id)
        async with self._database.begin(reading=True) as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        if row is None:
            return Identity()
        return Identity(Level(row["level"]), row["customer_id"], row["until"], row["by_login"])

    async def put(self, conversation_id: str, identity: Identity, *, how: str) -> int:
        values = {
            "level": int(identity.level),
            "customer_id": identity.customer_id,
            "until": identity.until,
            "by_login": identity.by_login,
        }
        action = "identity.forgotten" if identity.level == Level.UNKNOWN else "identity.shown"
        detail = {"level": identity.level.name.lower(), "how": how}
        async with self._database.begin() as connection:
            await _replace(connection, identities, conversation_id, values)
            if identity.customer_id:
                link = {"customer_id": identity.customer_id, "conversation_id": conversation_id}
                await insert_unless_there(connection, customer_conversations, link)
            who = f"customer:{identity.customer_id}" if identity.customer_id else "-"
            await self._audit(connection, f"shopper:{conversation_id}", action, who, detail)
            return (await connection.execute(RAISE_EPOCH, {"talk": conversation_id})).scalar_one_or_none() or 0

    async def add_try(self, subjects: tuple[str, ...], kind: str) -> None:
        rows = [{"subject": subject, "kind": kind, "at": self._now()} for subject in subjects]
        async with self._database.begin() as connection:
            await connection.execute(verification_tries.insert(), rows)
            actor = subjects[0].replace("conversation:", "shopper:")
            await self._audit(connection, actor, f"verification.{kind}", subjects[-1], {})

    async def tries(self, subjects: tuple[str, ...], kind: str, since: datetime) -> dict[str, list[datetime]]:
        tried = verification_tries.c
        query = select(tried.subject, tried.at).where(tried.subject.in_(subjects), tried.kind == kind, tried.at > since)
        found: dict[str, list[datetime]] = {subject: [] for subject in subjects}
        async with self._database.begin(reading=True) as connection:
            for subject, at in await connection.execute(query.order_by(tried.at)):
                found[subject].append(at)
        return found

    async def put_code(self, conversation_id: str, code: PendingCode) -> None:
        values = {
            "customer_id": code.customer_id,
            "digest": code.digest,
            "expires_at": code.expires_at,
            "used_at": None,
        }
        async with self._database.begin() as connection:
            await _replace(connection, one_time_codes, conversation_id, values)

    async def get_code(self, conversation_id: str) -> PendingCode | None:
        codes = one_time_codes.c
        query = select(one_time_codes).where(codes.conversation_id == conversation_id, codes.used_at.is_(None))
        async with self._database.begin(reading=True) as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return PendingCode(row["customer_id"], row["digest"], row["expires_at"]) if row else None

    async def use_code(self, conversation_id: str, digest: str) -> bool:
        codes = one_time_codes.c
        spend = update(one_time_codes).where(
            codes.conversation_id == conversation_id, codes.digest == digest, codes.used_at.is_(None)
        )
        async with self._database.begin() as connection:
            return (await connection.execute(spend.values(used_at=self._now()))).rowcount == 1

    async def _audit(
        self, connection: AsyncConnection, actor: str, action: str, subject: str, detail: Mapping[str, str | int]
    ) -> None:
        write_audit(connection, AuditEntry(self._now(), actor, action, subject, detail))


async def _replace(
    connection: AsyncConnection, table: Table, conversation_id: str, values: Mapping[str, object]
) -> None:
    """Set a conversation's one row, made where there is none."""
    changed = await connection.execute(update(table).where(table.c.conversation_id == conversation_id).values(**values))
    if changed.rowcount == 0:
        await connection.execute(table.insert().values(conversation_id=conversation_id, **values))
