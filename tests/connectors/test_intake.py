"""The one door: what comes in is stored first, answered once and in order; what is refused changes nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.intake import Intake, IntakeLimits, clean
from shop.adapters.sql.conversations import SqlConversations
from shop.adapters.sql.database import Database
from shop.conversations import Conversation, Draft, Inbound, Message, Work
from shop.errors import MessageEmpty, MessageMalformed, MessageTooLong, Rejected, TooBusy, TooManyMessages, Unavailable
from shop.turns import Turn, current_turn
from tests.connectors.scripted import RecordingChannel, ScriptedAssistant, echo
from tests.fakes import SettableClock

UNLIMITED = IntakeLimits(rates=())


@pytest.fixture
def database_url(tmp_path: Any, sqlite_with_tables: Any) -> str:
    """The door is the same on every database; its store has contract tests of its own."""
    path = tmp_path / "door.db"
    path.write_bytes(sqlite_with_tables.read_bytes())
    return f"sqlite:///{path}"


class Door:
    """An intake with all its parts."""

    def __init__(
        self, database: Database, assistant: ScriptedAssistant | None = None, limits: IntakeLimits = UNLIMITED
    ) -> None:
        self.store = SqlConversations(database, SettableClock())
        self.assistant, self.channel = assistant or ScriptedAssistant(), RecordingChannel()
        self.intake = Intake(self.store, self.assistant, limits)
        self.intake.connect("test", self.channel)

    async def talk(self) -> Conversation:
        return await self.store.open("test", "someone", "en")

    async def say(self, talk: Conversation, text: str, provider_id: str = "1") -> None:
        await self.intake.receive(talk, Inbound(talk.id, provider_id, text=text))

    async def transcript(self, talk: Conversation) -> list[str]:
        await self.intake.settled(talk.id)
        return [message.text for message in await self.store.after(talk.id, 0)]


async def test_a_message_is_stored_before_anyone_answers(database: Database) -> None:
    stored: list[str] = []

    async def look(work: Work, turn: Turn) -> None:
        stored.extend(message.text for message in await door.store.after(turn.conversation_id, 0))
        turn.result.replies.append(Draft("hi"))

    door = Door(database, ScriptedAssistant(look))
    talk = await door.talk()
    await door.say(talk, "hello")
    assert await door.transcript(talk) == ["hello", "hi"]
    assert stored == ["hello"]


async def test_answers_come_in_the_order_of_the_questions_however_fast_they_come(database: Database) -> None:
    door = Door(database)
    talk = await door.talk()
    await asyncio.gather(*(door.say(talk, f"q{n}", str(n)) for n in range(10)))
    transcript = await door.transcript(talk)
    asked = [line for line in transcript if line.startswith("q")]
    assert [line.removeprefix("you said ") for line in transcript if line.startswith("you")] == asked
    assert [message.seq for message in door.channel.shown if message.sender == "bot"] == sorted(
        message.seq for message in door.channel.shown if message.sender == "bot"
    )


async def test_five_deliveries_of_one_message_are_one_turn(database: Database) -> None:
    door = Door(database)
    talk = await door.talk()
    await asyncio.gather(*(door.say(talk, "hello", "webhook-7") for _ in range(5)))
    assert await door.transcript(talk) == ["hello", "you said hello"]


async def test_fifty_deliveries_at_once_and_one_more_are_one_turn_and_count_as_one_message(database: Database) -> None:
    door = Door(database, limits=IntakeLimits(rates=("2 per minute",)))
    talk = await door.talk()
    await asyncio.gather(*(door.say(talk, "hello", "webhook-7") for _ in range(50)))
    await door.intake.settled(talk.id)
    await door.say(talk, "and this", "webhook-8")
    await door.say(talk, "hello", "webhook-7")
    assert await door.transcript(talk) == ["hello", "you said hello", "and this", "you said and this"]


async def test_a_killed_process_leaves_the_message_and_the_next_one_answers_it(database: Database) -> None:
    async def never(work: Work, turn: Turn) -> None:
        await asyncio.Event().wait()

    first = Door(database, ScriptedAssistant(never))
    talk = await first.talk()
    await first.say(talk, "hello")
    await asyncio.sleep(0.05)
    first.intake._working[talk.id].cancel()  # what kill -9 leaves behind
    second = Door(database)
    await second.intake.resume()
    assert await second.transcript(talk) == ["hello", "you said hello"]


async def test_a_turn_that_breaks_ends_in_a_sentence_and_the_next_message_works(database: Database) -> None:
    async def breaks(work: Work, turn: Turn) -> None:
        turn.result.replies.append(Draft("half of it"))
        raise ZeroDivisionError

    door = Door(database, ScriptedAssistant(breaks))
    talk = await door.talk()
    await door.say(talk, "one")
    assert await door.transcript(talk) == ["one", "utter_something_went_wrong"]
    door.assistant.answer_with = ScriptedAssistant().answer_with
    await door.say(talk, "two", "2")
    assert (await door.transcript(talk))[-1] == "you said two"


async def test_a_turn_that_hangs_ends_in_a_sentence(database: Database) -> None:
    async def hangs(work: Work, turn: Turn) -> None:
        await asyncio.sleep(60)

    door = Door(database, ScriptedAssistant(hangs), IntakeLimits(rates=(), turn_timeout=0.05))
    talk = await door.talk()
    await door.say(talk, "one")
    assert await door.transcript(talk) == ["one", "utter_something_went_wrong"]


async def test_a_database_that_stumbles_while_a_turn_is_written_loses_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door(database)
    talk = await door.talk()
    finish, calls = door.store.finish, []

    async def stumbling(work: Work, result: Any) -> Any:
        calls.append(work)
        if len(calls) < 3:
            raise Unavailable("locked")
        return await finish(work, result)

    monkeypatch.setattr(door.store, "finish", stumbling)
    await door.say(talk, "hello")
    assert await door.transcript(talk) == ["hello", "you said hello"]
    assert door.assistant.answered == ["hello"]


async def test_a_turn_that_could_not_be_written_is_taken_up_again_without_a_further_message(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Door(database, limits=IntakeLimits(rates=(), tries=1, again_after=0.05))
    talk = await door.talk()
    finish, calls = door.store.finish, []

    async def gone_for_a_while(work: Work, result: Any) -> Any:
        calls.append(work)
        if len(calls) < 4:
            raise Unavailable("gone")
        return await finish(work, result)

    monkeypatch.setattr(door.store, "finish", gone_for_a_while)
    await door.say(talk, "hello")
    async with asyncio.timeout(10):
        while await door.transcript(talk) != ["hello", "you said hello"]:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)


async def test_an_action_can_speak_before_it_is_done(database: Database) -> None:
    async def streams(work: Work, turn: Turn) -> None:
        running = current_turn.get()
        assert running is turn
        stream = running.stream()
        for piece in ("It is ", "on its way."):
            await stream.write(piece)
        turn.result.replies.append(Draft(stream.text, stream_id=stream.id))

    door = Door(database, ScriptedAssistant(streams))
    talk = await door.talk()
    await door.say(talk, "where?")
    await door.transcript(talk)
    assert door.channel.streamed == ["It is ", "It is on its way."]
    assert door.channel.shown[-1].stream_id
    assert door.channel.dots == [True, False]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", MessageEmpty),
        (" \n\t \u00a0", MessageEmpty),
        ("\x00\x07", MessageEmpty),
        ("x" * 2001, MessageTooLong),
        ("x" * 100_000, MessageTooLong),
    ],
)
async def test_what_is_refused_is_not_stored(database: Database, text: str, error: type[Rejected]) -> None:
    door = Door(database)
    talk = await door.talk()
    with pytest.raises(error):
        await door.say(talk, text)
    assert await door.transcript(talk) == []
    await door.say(talk, "👋")
    assert await door.transcript(talk) == ["👋", "you said 👋"]


@pytest.mark.parametrize("provider_id", ["", "x" * 201, "a\x00b", "\ud800"])
async def test_an_id_that_is_none_is_refused(database: Database, provider_id: str) -> None:
    door = Door(database)
    with pytest.raises(MessageMalformed):
        await door.say(await door.talk(), "hello", provider_id)


async def test_who_writes_too_fast_is_told_when_to_go_on_and_others_are_not_held_up(database: Database) -> None:
    door = Door(database, limits=IntakeLimits(rates=("3 per minute",)))
    talk, other = await door.talk(), await door.store.open("test", "somebody else", "en")
    for n in range(3):
        await door.say(talk, "hello", str(n))
    with pytest.raises(TooManyMessages) as refusal:
        await door.say(talk, "hello", "4")
    assert 0 < refusal.value.retry_after <= 60
    await door.say(other, "hello")
    assert await door.transcript(other) == ["hello", "you said hello"]


async def test_who_comes_when_too_many_wait_is_asked_to_come_back_and_the_others_are_all_answered(
    database: Database,
) -> None:
    going_on = asyncio.Event()

    async def slow(work: Work, turn: Turn) -> None:
        await going_on.wait()
        await echo(work, turn)

    door = Door(database, ScriptedAssistant(slow), IntakeLimits(rates=(), turns_at_once=2, waiting=5))
    talks = [await door.store.open("test", f"shopper {n}", "en") for n in range(6)]
    for talk in talks[:5]:
        await door.say(talk, "hello")
    with pytest.raises(TooBusy) as refusal:
        await door.say(talks[5], "hello")
    assert refusal.value.retry_after > 0
    await door.say(talks[0], "and one more", "2")
    going_on.set()
    assert await door.transcript(talks[5]) == []
    for talk in talks[1:5]:
        assert await door.transcript(talk) == ["hello", "you said hello"]
    assert (await door.transcript(talks[0]))[-1] == "you said and one more"
    await door.say(talks[5], "hello")
    assert await door.transcript(talks[5]) == ["hello", "you said hello"]


async def test_who_writes_much_does_not_keep_others_waiting(database: Database) -> None:
    order: list[str] = []

    async def note(work: Work, turn: Turn) -> None:
        await asyncio.sleep(0.005)
        order.append(work.text)
        await echo(work, turn)

    door = Door(database, ScriptedAssistant(note), IntakeLimits(rates=(), turns_at_once=1))
    talk, other = await door.talk(), await door.store.open("test", "somebody else", "en")
    for n in range(20):
        await door.say(talk, "again", str(n))
    await door.say(other, "me too")
    before = len(order)
    await door.transcript(other)
    assert order.index("me too") <= before + 2
    await door.transcript(talk)
    assert len(order) == 21


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text())
def test_a_cleaned_text_can_be_kept_and_shown_anywhere(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not any(ord(character) < 32 and character not in "\n\t" for character in cleaned)
    assert clean(cleaned) == cleaned


async def test_closing_lets_a_turn_finish(database: Database) -> None:
    async def slow(work: Work, turn: Turn) -> None:
        await asyncio.sleep(0.1)
        turn.result.replies.append(Draft("done"))

    door = Door(database, ScriptedAssistant(slow))
    talk = await door.talk()
    await door.say(talk, "hello")
    await door.intake.close()
    assert isinstance(door.channel.shown[-1], Message)
    assert door.channel.shown[-1].text == "done"
    with pytest.raises(TooBusy):
        await door.say(talk, "and now?", "2")
    assert [message.text for message in await door.store.after(talk.id, 0)] == ["hello", "done"]
