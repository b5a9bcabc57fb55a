"""The audit log shows every change that is made to it. On SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import delete, insert, update

from shop.adapters.sql.audit import SqlAuditLog, write_audit
from shop.adapters.sql.audit_chain import adopt, audit_head, audit_log, row
from shop.adapters.sql.database import Database
from shop.audit import AuditBroken, AuditEntry, AuditFilter, seal, verify
from tests.fakes import NOW

KEY = b"a key"


def fact(number: int) -> AuditEntry:
    return AuditEntry(NOW, f"shopper:{number}", "order.read", f"order:{number}", {"how": "list", "count": number})


@pytest.fixture
async def log(database: Database) -> SqlAuditLog:
    database.audit_key = KEY
    trail = SqlAuditLog(database)
    for number in range(1, 6):
        await trail.record(fact(number))
    return trail


async def test_a_log_that_nobody_touched_is_whole_and_says_what_was_written(log: SqlAuditLog) -> None:
    seq, newest = await verify(log, KEY)
    assert (seq, newest) == await log.newest()
    assert [each.entry async for each in log.all()] == [fact(number) for number in range(1, 6)]


CHANGES: dict[str, tuple[object, ...]] = {
    "who": (update(audit_log).where(audit_log.c.seq == 2).values(actor="shopper:9"),),
    "what": (update(audit_log).where(audit_log.c.seq == 3).values(action="order.cancel"),),
    "when": (update(audit_log).where(audit_log.c.seq == 3).values(at=NOW.replace(year=2025)),),
    "a detail": (update(audit_log).where(audit_log.c.seq == 5).values(detail={"how": "list", "count": 50}),),
    "one taken out": (delete(audit_log).where(audit_log.c.seq == 3),),
    "the first one taken out": (delete(audit_log).where(audit_log.c.seq == 1),),
    "the last one taken out": (delete(audit_log).where(audit_log.c.seq == 5),),
    "two exchanged": (
        update(audit_log).where(audit_log.c.seq == 2).values(seq=99),
        update(audit_log).where(audit_log.c.seq == 3).values(seq=2),
        update(audit_log).where(audit_log.c.seq == 99).values(seq=3),
    ),
    "one added at the end": (insert(audit_log).values(seq=6, seal="0" * 64, **row(fact(6))),),
    "one added beside": (insert(audit_log).values(**row(fact(6))),),
    "one added with a seal of another key": (
        insert(audit_log).values(seq=6, seal=seal(b"guessed", "0" * 64, 6, fact(6)), **row(fact(6))),
    ),
    "everything": (delete(audit_log),),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_is_found(log: SqlAuditLog, database: Database, change: str) -> None:
    async with database.begin() as connection:
        for statement in CHANGES[change]:
            await connection.execute(statement)  # type: ignore[call-overload]
    with pytest.raises(AuditBroken):
        await verify(log, KEY)


async def test_a_log_cut_short_together_with_its_head_is_found_by_a_seal_that_was_noted(
    log: SqlAuditLog, database: Database
) -> None:
    noted = dict([await log.newest()])
    kept = [each async for each in log.all()][3]
    async with database.begin() as connection:
        await connection.execute(delete(audit_log).where(audit_log.c.seq == 5))
        await connection.execute(update(audit_head).values(seq=kept.seq, seal=kept.seal))
    assert (await verify(log, KEY))[0] == 4
    with pytest.raises(AuditBroken, match="end is missing"):
        await verify(log, KEY, known=noted)


async def test_a_fact_is_kept_with_its_transaction_or_not_at_all(log: SqlAuditLog, database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.begin() as connection:
            write_audit(connection, fact(6))
            raise RuntimeError
    await log.record(fact(7))
    assert [each.entry async for each in log.all()][-1] == fact(7)
    assert (await verify(log, KEY))[0] == 6


async def test_facts_written_at_once_stand_in_one_order(log: SqlAuditLog) -> None:
    await asyncio.gather(*(log.record(fact(number)) for number in range(6, 30)))
    assert (await verify(log, KEY))[0] == 29


async def test_facts_from_before_the_chain_begin_it_and_later_ones_are_not_taken_in(database: Database) -> None:
    database.audit_key = KEY
    log = SqlAuditLog(database)
    async with database.begin() as connection:
        await connection.execute(insert(audit_log), [row(fact(1)), row(fact(2))])
        await adopt(connection, KEY)
    assert (await verify(log, KEY))[0] == 2
    async with database.begin() as connection:
        await connection.execute(insert(audit_log).values(**row(fact(3))))
        await adopt(connection, KEY)
    with pytest.raises(AuditBroken, match="outside"):
        await verify(log, KEY)


async def test_what_is_shown_can_be_narrowed(log: SqlAuditLog) -> None:
    assert [each.seq for each in await log.find(AuditFilter(subject="order:4"))] == [4]
    assert [each.seq for each in await log.find(AuditFilter(actor="shopper:*", limit=2))] == [4, 5]
    assert await log.find(AuditFilter(action="order.c*")) == []
    assert await log.find(AuditFilter(since=NOW.replace(year=2027))) == []
    assert len(await log.find(AuditFilter(since=NOW, until=NOW.replace(year=2027)))) == 5
