"""How far a conversation was delivered: kept, never taken back, and of each channel alone. On SQLite and PostgreSQL."""

from __future__ import annotations

from uuid import uuid4

import pytest

from shop.adapters.sql.conversations import SqlConversations
from shop.adapters.sql.database import Database
from shop.adapters.sql.deliveries import SqlDeliveries
from shop.conversations import Conversation, Inbound
from tests.fakes import SettableClock


@pytest.fixture
def store(database: Database) -> SqlConversations:
    return SqlConversations(database, SettableClock())


async def talk_of(store: SqlConversations, channel: str, lines: int) -> Conversation:
    talk = await store.open(channel, uuid4().hex, "en")
    for line in range(lines):
        await store.take(Inbound(talk.id, str(line), text="hello"))
    return talk


async def test_a_mark_is_kept_and_never_taken_back(database: Database, store: SqlConversations) -> None:
    deliveries = SqlDeliveries(database)
    talk = await talk_of(store, "sms", 3)
    assert await deliveries.up_to(talk.id) == 0
    for seq in (2, 1):
        await deliveries.mark(talk.id, seq)
    assert await deliveries.up_to(talk.id) == 2
    assert await deliveries.up_to("none such") == 0


async def test_behind_is_what_has_lines_after_its_mark_on_the_channel_that_asks(
    database: Database, store: SqlConversations
) -> None:
    deliveries = SqlDeliveries(database)
    late, done, _silent = [await talk_of(store, "sms", lines) for lines in (2, 2, 0)]
    await talk_of(store, "web", 2)
    await deliveries.mark(late.id, 1)
    await deliveries.mark(done.id, 2)
    assert await deliveries.behind("sms") == [late.id]
