"""Several processes on one PostgreSQL: a conversation has one turn at a time, and each message one."""

from __future__ import annotations

import asyncio

from connectors.intake import Intake, IntakeLimits
from shop.adapters.sql.conversations import SqlConversations
from shop.adapters.sql.database import Database
from shop.conversations import Draft, Inbound, Sender, Work
from shop.turns import Turn
from tests.connectors.scripted import RecordingChannel, ScriptedAssistant
from tests.fakes import SettableClock


async def test_each_message_is_answered_once_and_in_order_whichever_process_got_it(postgres_with_tables: str) -> None:
    under_way: list[str] = []

    async def slow(work: Work, turn: Turn) -> None:
        under_way.append(work.text)
        assert len(under_way) == 1, "two turns at once in one conversation"
        await asyncio.sleep(0.01)
        under_way.remove(work.text)
        turn.result.replies.append(Draft(f"you said {work.text}"))

    databases = [Database(postgres_with_tables) for _ in range(2)]
    assistants = [ScriptedAssistant(slow) for _ in databases]
    stores = [SqlConversations(database, SettableClock()) for database in databases]
    intakes = [
        Intake(store, assistant, IntakeLimits(rates=())) for store, assistant in zip(stores, assistants, strict=True)
    ]
    try:
        for intake in intakes:
            intake.connect("test", RecordingChannel())
        talk = await stores[0].open("test", "somebody at two replicas", "en")
        said = [f"message {n}" for n in range(20)]
        for n, text in enumerate(said):
            await intakes[n % 2].receive(talk, Inbound(talk.id, text, text=text))
        for intake in (*intakes, *intakes):
            await intake.settled(talk.id)
        answered = [line.text for line in await stores[0].after(talk.id, 0) if line.sender == Sender.BOT]
    finally:
        for database in databases:
            await database.close()
    assert answered == [f"you said {text}" for text in said]
    assert sorted(assistants[0].answered + assistants[1].answered) == sorted(said)
