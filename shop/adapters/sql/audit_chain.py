"""The audit log's tables, and how a transaction's facts are added to the chain: last of all, just before it commits.

Facts wait in the transaction until then, so that the chain's one lock is always the last that anybody takes, and is
held no longer than the commit.
"""

from __future__ import annotations

from dataclasses import replace
from weakref import WeakKeyDictionary

from sqlalchemy import JSON, Column, Connection, Integer, String, Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.schema import RowId, UtcTime, metadata
from shop.audit import BEGINNING, AuditEntry, pseudonym, seal

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("seq", Integer, unique=True),
    Column("seal", String(64)),
    Column("at", UtcTime, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(100), nullable=False, index=True),
    Column("detail", JSON, nullable=False),
)
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("seal", String(64), nullable=False),
)
_HEAD = select(audit_head.c.seq, audit_head.c.seal).where(audit_head.c.id == 1)
_waiting: WeakKeyDictionary[Connection, list[AuditEntry]] = WeakKeyDictionary()


def wait_for_commit(connection: AsyncConnection, entry: AuditEntry) -> None:
    """Keep a fact with the transaction that it belongs to."""
    assert connection.sync_connection, "facts are written inside of a transaction"
    _waiting.setdefault(connection.sync_connection, []).append(entry)


async def add_waiting(connection: AsyncConnection, key: bytes) -> None:
    """Add the transaction's facts to the chain."""
    facts = _waiting.pop(connection.sync_connection, []) if connection.sync_connection else []
    if facts:
        seq, last = await _locked_head(connection)
        rows = []
        for spoken in facts:
            fact = replace(spoken, actor=pseudonym(key, spoken.actor), subject=pseudonym(key, spoken.subject))
            seq, last = seq + 1, seal(key, last, seq + 1, fact)
            rows.append({"seq": seq, "seal": last} | row(fact))
        await connection.execute(audit_log.insert(), rows)
        await connection.execute(update(audit_head).where(audit_head.c.id == 1).values(seq=seq, seal=last))


async def adopt(connection: AsyncConnection, key: bytes) -> None:
    """Begin the chain with the facts that were written before there was one."""
    if await _locked_head(connection) != (0, BEGINNING):
        return
    seq, last = 0, BEGINNING
    found = await connection.execute(select(audit_log).where(audit_log.c.seq.is_(None)).order_by(audit_log.c.id))
    for old in found.mappings().all():
        fact = AuditEntry(old["at"], old["actor"], old["action"], old["subject"], old["detail"])
        seq, last = seq + 1, seal(key, last, seq + 1, fact)
        await connection.execute(update(audit_log).where(audit_log.c.id == old["id"]).values(seq=seq, seal=last))
    await connection.execute(update(audit_head).where(audit_head.c.id == 1).values(seq=seq, seal=last))


def row(fact: AuditEntry) -> dict[str, object]:
    """A fact as its columns."""
    return {
        "at": fact.at,
        "actor": fact.actor,
        "action": fact.action,
        "subject": fact.subject,
        "detail": dict(fact.detail),
    }


async def _locked_head(connection: AsyncConnection) -> tuple[int, str]:
    """The end of the chain. Whoever reads it is the only one to write until its transaction is over."""
    found = (await connection.execute(_HEAD.with_for_update())).one_or_none()
    if found is None:  # nothing was ever written
        await connection.execute(insert(audit_head).values(id=1, seq=0, seal=BEGINNING))
        return 0, BEGINNING
    return int(found.seq), str(found.seal)
