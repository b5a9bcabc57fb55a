"""`ConsentLedger` in the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.acts import insert_unless_there
from shop.adapters.sql.audit import write_audit
from shop.adapters.sql.database import Database
from shop.adapters.sql.schema import RowId, UtcTime, metadata
from shop.audit import AuditEntry
from shop.consent import Consent, Decision, Notice, Purpose

consent_notices = Table(
    "consent_notices",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("purpose", String(40), nullable=False),
    Column("version", String(40), nullable=False),
    Column("language", String(20), nullable=False),
    Column("text", Text, nullable=False),
)
consents = Table(
    "consents",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("conversation_id", String(200), nullable=False, index=True),
    Column("customer_id", String(80), index=True),
    Column("purpose", String(40), nullable=False),
    Column("decision", String(20), nullable=False),
    Column("notice_id", ForeignKey("consent_notices.id"), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("message", Integer),
)


class SqlConsents:
    """Answers, and the words that were shown, each kept once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, consent: Consent) -> None:
        async with self._database.begin() as connection:
            await _keep_words(connection, consent.notice)
            row = {
                "conversation_id": consent.conversation_id,
                "customer_id": consent.customer_id,
                "purpose": consent.purpose.value,
                "decision": consent.decision.value,
                "notice_id": consent.notice.digest,
                "channel": consent.channel,
                "at": consent.at,
                "message": consent.message,
            }
            await connection.execute(consents.insert().values(row))
            shopper, fact = f"shopper:{consent.conversation_id}", f"consent.{consent.decision.value}"
            detail = {"version": consent.notice.version, "language": consent.notice.language}
            write_audit(connection, AuditEntry(consent.at, shopper, fact, f"consent:{consent.purpose.value}", detail))

    async def of(self, conversation_id: str, customer_id: str | None) -> Sequence[Consent]:
        theirs = consents.c.conversation_id == conversation_id
        if customer_id is not None:
            theirs = or_(theirs, consents.c.customer_id == customer_id)
        query = select(consents, consent_notices.c.version, consent_notices.c.language, consent_notices.c.text)
        query = query.join(consent_notices).where(theirs).order_by(consents.c.id)
        async with self._database.begin(reading=True) as connection:
            found = (await connection.execute(query)).mappings().all()
        return [
            Consent(
                row["conversation_id"], row["customer_id"], Purpose(row["purpose"]), Decision(row["decision"]),
                Notice(Purpose(row["purpose"]), row["version"], row["language"], row["text"]),
                row["channel"], row["at"], row["message"],
            )
            for row in found
        ]  # fmt: skip


async def _keep_words(connection: AsyncConnection, notice: Notice) -> None:
    row = {"id": notice.digest, "purpose": notice.purpose.value, "version": notice.version}
    await insert_unless_there(connection, consent_notices, row | {"language": notice.language, "text": notice.text})
