"""A person's data, out and gone: nothing is left in any table, nor in the database's file. On SQLite and PostgreSQL."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from shop.adapters.outbox_mailer import OutboxMailer
from shop.adapters.shop_file import load_shop
from shop.adapters.sql.audit import SqlAuditLog
from shop.adapters.sql.consents import SqlConsents
from shop.adapters.sql.conversations import SqlConversations
from shop.adapters.sql.database import Database
from shop.adapters.sql.identities import SqlIdentities
from shop.adapters.sql.personal_data import SqlPersonalData
from shop.adapters.sql.schema import metadata
from shop.audit import AuditFilter, verify
from shop.consent import Consent, Decision, Notice, Purpose
from shop.conversations import Draft, Inbound, TurnResult
from shop.errors import NotFound, SessionUnknown
from shop.identity import Identity, Level, email_subject
from shop.mail import Email
from shop.personal_data import ErasureList, PersonalData
from shop.photos import Photo
from tests.fakes import NOW, SettableClock
from tests.shop.small_shop import delivered, order, payment, small_shop

KEY, SECRET = b"a key", "a secret"


class Office:
    """The service, and a customer who has talked."""

    def __init__(self, database: Database, home: Path) -> None:
        database.audit_key = KEY
        self.database, self.home, self.clock = database, home, SettableClock()
        self.mailer, self.audit = OutboxMailer(home / "outbox"), SqlAuditLog(database)
        self.records = SqlPersonalData(database, SECRET)
        self.erasures = ErasureList(home / "erasures.jsonl")
        self.service = PersonalData(self.records, self.erasures, self.mailer, self.audit, self.clock, SECRET)

    async def talked(self, customer_id: str, email: str, *words: str) -> str:
        """A conversation with all that one can leave behind; its id."""
        store, identities = SqlConversations(self.database, self.clock), SqlIdentities(self.database, self.clock)
        talk = await store.open("web", f"address of {customer_id}", "en")
        identity = Identity(Level.PROVEN, customer_id, self.clock())
        await identities.put(talk.id, identity, how="code")
        await identities.add_try((f"conversation:{talk.id}", email_subject(SECRET, email)), "wrong")
        for number, text in enumerate(words):
            await store.take(Inbound(talk.id, f"{customer_id}-{number}", text=text))
            work = await store.next_work(talk.id)
            assert work
            reply = Draft(f"You said: {text}", choices=((text, f"/inform{text}"),), card={"type": "x", "text": text})
            await store.finish(work, TurnResult([reply], [{"event": "user", "text": text}]))
        await store.take(
            Inbound(talk.id, f"{customer_id}-photo", photo=Photo(b"what the camera saw " + email.encode(), 4, 3))
        )
        notice = Notice(Purpose.LANGUAGE_MODEL, "1", "en", "May it?")
        await SqlConsents(self.database).add(
            Consent(talk.id, customer_id, notice.purpose, Decision.GIVEN, notice, "web", NOW, 1)
        )
        await identities.put(talk.id, Identity(), how="sign_out")
        await self.mailer.send(Email(email, "Your code", f"Hello {email}"))
        return talk.id


TRACES = (
    "Okafor", "ada.okafor", "Ada.Okafor@Example.org", "+447700900123", "4 Mill Road", "Leeds", "LS1 4DY", "C-1",
    "4242", "ada-card", "my dog ate it", "QP1", "A secret of hers",
)  # fmt: skip
WORDS = ("my dog ate it", "A secret of hers, sent from Ada.Okafor@Example.org")


@pytest.fixture
async def office(database: Database, tmp_path: Path) -> Office:
    await load_shop(database, two_people())
    return Office(database, tmp_path)


def two_people() -> dict[str, Any]:
    """Ada and Bo, who have nothing in common, each with an order."""
    bos_parcel = delivered("2026-05-05") | {"tracking_number": "ZZ9"}
    bos = order("SH-2", customer_id="C-2", payments=[payment("bo-card", "59.90")], shipments=[bos_parcel])
    shop = small_shop(order("SH-1"), bos)
    away = {"name": "Bo Lind", "line1": "Sjøgata 1", "city": "Bodø", "postcode": "8006", "country": "NO"}
    shop["customers"] = [shop["customers"][0], shop["customers"][1] | {"address": away}]
    return shop


async def everything(database: Database) -> str:
    """All rows of all tables, as one text."""
    async with database.begin(reading=True) as connection:
        rows = [
            [str(row) for row in (await connection.execute(select(table))).all()] for table in metadata.sorted_tables
        ]
    return json.dumps(rows, ensure_ascii=False)


async def test_everything_is_handed_out_to_an_operator_and_noted(office: Office) -> None:
    talk = await office.talked("C-1", "Ada.Okafor@Example.org", *WORDS)
    await office.talked("C-2", "bo@example.com", "Bo's own words")
    found = json.loads(json.dumps(await office.service.export("C-1", actor="operator:kim", why="ticket 7")))
    assert found["format"] == "storehand-personal-data-1"
    assert found["customer"]["email"] == "Ada.Okafor@Example.org"
    assert found["customer"]["address"]["line1"] == "4 Mill Road"
    (placed,) = found["orders"]
    assert (placed["number"], placed["lines"][0]["sku"], placed["payments"][0]["amount"]) == (
        "SH-1",
        "1001-SAGE-S",
        "59.90",
    )
    (said,) = found["conversations"]
    assert (said["id"], said["channel"]) == (talk, "web")
    assert [line["text"] for line in said["messages"] if line["from"] == "shopper"][:2] == list(WORDS)
    assert said["photos"][0]["jpeg_base64"]
    assert found["consents"][0]["text"] == "May it?"
    assert "Bo" not in json.dumps(found)
    (fact,) = await office.audit.find(AuditFilter(action="privacy.export"))
    assert (fact.entry.actor, fact.entry.detail) == ("operator:kim", {"why": "ticket 7"})


async def test_nothing_of_a_person_is_left_and_everything_of_the_others(office: Office) -> None:
    await office.talked("C-1", "Ada.Okafor@Example.org", *WORDS)
    await office.talked("C-2", "bo@example.com", "Bo's own words")
    before = await office.records.export("C-2")
    erasure = await office.service.erase("C-1", actor="operator:kim", why="asked for")
    assert (erasure.removed["conversations"], erasure.removed["orders unlinked"], erasure.removed["emails"]) == (
        1,
        1,
        1,
    )
    left = await everything(office.database)
    assert [trace for trace in TRACES if trace.lower() in left.lower()] == []
    assert await office.records.export("C-2") == before
    files = "".join(path.read_text() for path in office.home.rglob("*") if path.suffix in {".json", ".jsonl"})
    assert [trace for trace in TRACES if trace in files] == []
    assert "bo@example.com" in files


async def test_the_order_stays_for_the_books_and_the_consent_as_proof(office: Office) -> None:
    await office.talked("C-1", "Ada.Okafor@Example.org", *WORDS)
    erasure = await office.service.erase("C-1", actor="operator:kim", why="asked for")
    pseudonym = f"erased-{erasure.person[:24]}"
    kept = await office.records.export(pseudonym)
    assert kept and (kept["orders"][0]["number"], kept["orders"][0]["total"]) == ("SH-1", "59.90")
    assert kept["orders"][0]["shipping_address"]["country"] == "GB"
    (proof,) = await SqlConsents(office.database).of(pseudonym, pseudonym)
    assert (proof.decision, proof.notice.text, proof.at) == (Decision.GIVEN, "May it?", NOW)


async def test_the_audit_log_stays_whole_and_knows_only_a_pseudonym(office: Office) -> None:
    await office.talked("C-1", "Ada.Okafor@Example.org", *WORDS)
    await office.service.erase("C-1", actor="operator:kim", why="asked for")
    await verify(office.audit, KEY)
    actions = [fact.entry.action for fact in await office.audit.find(AuditFilter(subject="customer:C-1"))]
    assert actions == ["identity.shown", "privacy.erase"]


async def test_a_database_file_holds_no_trace_either(office: Office) -> None:
    if not office.database.is_sqlite:
        pytest.skip("PostgreSQL's files are its own business: VACUUM frees what was deleted")
    await office.talked("C-1", "Ada.Okafor@Example.org", *WORDS)
    await office.service.erase("C-1", actor="operator:kim", why="asked for")
    await office.database.close()
    file = Path(str(make_url(office.database.url).database))
    sqlite3.connect(file).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = b"".join(path.read_bytes() for path in file.parent.glob(file.name + "*"))
    assert [trace for trace in TRACES if trace.encode() in content] == []


async def test_a_backup_that_is_put_back_is_erased_again(office: Office) -> None:
    await office.service.erase("C-1", actor="operator:kim", why="asked for")
    await office.talked("C-2", "bo@example.com", "Bo's own words")
    await load_shop(office.database, small_shop(order("SH-1")), replace=True)
    assert await office.service.replay() == 1
    assert await office.records.export("C-1") is None
    assert await office.records.export("C-2")
    assert await office.service.replay() == 0


async def test_a_turn_that_is_under_way_brings_nothing_back_and_the_next_message_is_refused(office: Office) -> None:
    talk = await office.talked("C-1", "Ada.Okafor@Example.org", *WORDS)
    store = SqlConversations(office.database, office.clock)
    await store.take(Inbound(talk, "under way", text="my dog ate it again"))
    work = await store.next_work(talk)
    assert work
    await office.service.erase("C-1", actor="operator:kim", why="asked for")
    said = [{"event": "user", "text": "my dog ate it again"}]
    assert await store.finish(work, TurnResult([Draft("You said: my dog ate it again")], said)) == []
    with pytest.raises(SessionUnknown):
        await store.take(Inbound(talk, "one more", text="my dog ate it again"))
    assert "my dog" not in await everything(office.database)


async def test_nobody_is_nobody(office: Office) -> None:
    for ask in (office.service.export, office.service.erase):
        with pytest.raises(NotFound):
            await ask("C-9", actor="operator:kim", why="")
    assert not office.erasures.people()


async def test_a_long_history_is_gone_within_the_minute(office: Office) -> None:
    talk = await office.talked("C-1", "Ada.Okafor@Example.org", "hello")
    store = SqlConversations(office.database, office.clock)
    for number in range(1000):
        await store.take(Inbound(talk, f"more-{number}", text=f"my dog ate it {number}"))
    begun = time.monotonic()
    erasure = await office.service.erase("C-1", actor="operator:kim", why="asked for")
    assert time.monotonic() - begun < 60
    assert erasure.removed["messages"] > 1000
    assert "my dog" not in await everything(office.database)
