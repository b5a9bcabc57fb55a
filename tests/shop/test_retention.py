"""What is no longer needed is hidden in time and removed. On SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest

from shop.adapters.outbox_mailer import OutboxMailer
from shop.adapters.retention_file import read_retention
from shop.adapters.sql.conversations import SqlConversations
from shop.adapters.sql.database import Database
from shop.adapters.sql.identities import SqlIdentities
from shop.adapters.sql.old_records import SqlOldRecords
from shop.adapters.sql.tracker_events import SqlTrackerEvents
from shop.conversations import Conversation, Inbound, TurnResult
from shop.errors import SetupError
from shop.identity import Identity, Level, PendingCode
from shop.mail import Email
from shop.retention import Purge, Retention
from tests.fakes import NOW, SettableClock

DAYS = Retention(conversations=30, verification=7, kept_emails=3)


class Keeper:
    """A store with retention, and its purge."""

    def __init__(self, database: Database, home: Path) -> None:
        self.database, self.clock, self.mailer = database, SettableClock(), OutboxMailer(home / "outbox")
        self.store = SqlConversations(database, self.clock, DAYS)
        self.purge = Purge(SqlOldRecords(database), self.mailer, DAYS, self.clock)

    async def talk(self, address: str, text: str = "hello") -> Conversation:
        talk = await self.store.open("web", address, "en")
        await self.store.take(Inbound(talk.id, f"{text} at {self.clock()}", text=text))
        work = await self.store.next_work(talk.id)
        assert work
        await self.store.finish(work, TurnResult([], [{"event": "user", "text": text}]))
        return talk

    def pass_days(self, days: float) -> None:
        self.clock.now += timedelta(days=days)


@pytest.fixture
def keeper(database: Database, tmp_path: Path) -> Keeper:
    return Keeper(database, tmp_path)


async def test_a_conversation_is_hidden_when_it_is_overdue_and_removed_by_the_purge(keeper: Keeper) -> None:
    talk = await keeper.talk("a")
    keeper.pass_days(29)
    assert await keeper.store.get(talk.id)
    keeper.pass_days(2)
    assert await keeper.store.get(talk.id) is None, "hidden before anything is removed"
    assert await keeper.store.after(talk.id, 0)
    removed = await keeper.purge.run()
    assert removed["conversations"] == 1
    assert not await keeper.store.after(talk.id, 0)
    assert not await SqlTrackerEvents(keeper.database).load_all(talk.id)


async def test_a_message_keeps_its_conversation(keeper: Keeper) -> None:
    talk = await keeper.talk("a")
    keeper.pass_days(29)
    await keeper.talk("a", "still here")
    keeper.pass_days(29)
    assert (await keeper.purge.run())["conversations"] == 0
    found = await keeper.store.get(talk.id)
    assert found and found.id == talk.id


async def test_somebody_who_comes_back_too_late_begins_anew_also_before_the_purge(keeper: Keeper) -> None:
    old = await keeper.talk("the same address")
    keeper.pass_days(31)
    new = await keeper.talk("the same address", "I am back")
    assert new.id != old.id
    assert [line.text for line in await keeper.store.after(new.id, 0)] == ["I am back"]
    assert not await keeper.store.after(old.id, 0)


async def test_running_it_twice_or_at_once_from_several_processes_is_harmless(keeper: Keeper) -> None:
    for number in range(250):
        await keeper.store.open("web", f"shopper {number}", "en")
    keeper.pass_days(31)
    young = await keeper.talk("young")
    await asyncio.gather(*(keeper.purge.run() for _ in range(3)))
    assert (await keeper.purge.run())["conversations"] == 0
    assert await keeper.store.get(young.id)


async def test_codes_tries_and_kept_emails_go_in_their_own_time(keeper: Keeper) -> None:
    identities = SqlIdentities(keeper.database, keeper.clock)
    talk = await keeper.talk("a")
    await identities.put_code(talk.id, PendingCode("c-ada", "digest", NOW + timedelta(minutes=10)))
    await identities.add_try((f"conversation:{talk.id}",), "wrong")
    await identities.put(talk.id, Identity(Level.PROVEN, "c-ada", NOW), how="code")
    await keeper.mailer.send(Email("a@example.com", "Your code", "123456"))
    (kept,) = (keeper.mailer._folder).glob("*.json")
    os.utime(kept, (NOW.timestamp(), NOW.timestamp()))
    assert not any((await keeper.purge.run()).values())
    keeper.pass_days(4)
    assert (await keeper.purge.run())["emails"] == 1
    keeper.pass_days(4)
    removed = await keeper.purge.run()
    assert (removed["codes"], removed["tries"], removed["conversations"]) == (1, 1, 0)
    assert await keeper.store.get(talk.id)


def test_the_file_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    assert read_retention(Path("data/shop/retention.yml")) == Retention()
    path = tmp_path / "retention.yml"
    for content, says in (
        ("conversations: 90\nverification: 30\n", "kept_emails"),
        ("conversations: soon\nverification: 30\nkept_emails: 7\n", "'soon'"),
        ("conversations: 0\nverification: 30\nkept_emails: 7\n", "from 1 to"),
        ("conversations: 90\nverification: 30\nkept_emails: 7\naudit: 1\n", "no other"),
        ("- 1\n", "a line for each"),
        (": :", "can't be read"),
    ):
        path.write_text(content)
        with pytest.raises(SetupError, match=says):
            read_retention(path)
