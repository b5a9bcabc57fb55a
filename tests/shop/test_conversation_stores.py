"""Conversations in the database: numbered without holes, stored once, answered once. On SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from shop.adapters.sql.conversations import SqlConversations
from shop.adapters.sql.database import Database
from shop.adapters.sql.identities import SqlIdentities
from shop.adapters.sql.tracker_events import SqlTrackerEvents
from shop.conversations import Conversation, Draft, Inbound, Progress, Sender, TurnResult, Work
from shop.errors import ChoiceUnknown, SessionUnknown
from shop.identity import Identity, Level, PendingCode
from tests.fakes import NOW, SettableClock


@pytest.fixture
def store(database: Database) -> SqlConversations:
    return SqlConversations(database, SettableClock())


@pytest.fixture
async def talk(store: SqlConversations) -> Conversation:
    return await store.open("web", uuid4().hex, "en")


def says(talk: Conversation, text: str, provider_id: str | None = None) -> Inbound:
    return Inbound(talk.id, provider_id or uuid4().hex, text=text)


async def answer(store: SqlConversations, talk: Conversation, *replies: Draft) -> Work:
    work = await store.next_work(talk.id)
    assert work
    await store.finish(work, TurnResult(replies=list(replies)))
    return work


async def test_an_address_has_one_conversation_even_when_asked_for_at_once(store: SqlConversations) -> None:
    opened = await asyncio.gather(*(store.open("sms", "+49421", "en") for _ in range(8)))
    assert len({each.id for each in opened}) == 1
    assert (await store.open("web", "+49421", "en")).id != opened[0].id


async def test_a_message_delivered_fifty_times_at_once_is_one_message(
    store: SqlConversations, talk: Conversation
) -> None:
    taken = await asyncio.gather(*(store.take(says(talk, "hello", "same-id")) for _ in range(50)))
    assert sum(each.new for each in taken) == 1
    assert {each.message.seq for each in taken if each.message} == {1}
    assert [message.text for message in await store.after(talk.id, 0)] == ["hello"]


async def test_the_same_id_in_another_conversation_is_another_message(store: SqlConversations) -> None:
    for name in ("a", "b"):
        other = await store.open("sms", name, "en")
        assert (await store.take(says(other, "hello", "1"))).new


async def test_lines_are_numbered_without_holes_when_many_write_at_once(
    store: SqlConversations, talk: Conversation
) -> None:
    await asyncio.gather(*(store.take(says(talk, f"line {n}")) for n in range(20)))
    assert [message.seq for message in await store.after(talk.id, 0)] == list(range(1, 21))
    assert await store.latest_seq(talk.id) == 20


async def test_work_is_done_in_the_order_it_came(store: SqlConversations, talk: Conversation) -> None:
    for text in ("one", "two", "three"):
        await store.take(says(talk, text))
    assert [(await answer(store, talk, Draft(f"re {n}"))).text for n in range(3)] == ["one", "two", "three"]
    assert await store.next_work(talk.id) is None
    assert await store.unfinished() == []


async def test_only_one_of_two_processes_finishes_a_turn(store: SqlConversations, talk: Conversation) -> None:
    await store.take(says(talk, "hello"))
    work = await store.next_work(talk.id)
    assert work
    done = await asyncio.gather(*(store.finish(work, TurnResult(replies=[Draft("hi")])) for _ in range(2)))
    assert sorted(len(each) for each in done) == [0, 1]
    assert [message.text for message in await store.after(talk.id, 0)] == ["hello", "hi"]


async def test_a_turn_that_fails_while_it_is_written_leaves_nothing(
    store: SqlConversations, talk: Conversation, database: Database
) -> None:
    await store.take(says(talk, "hello"))
    work = await store.next_work(talk.id)
    assert work
    replies = [Draft("hi"), Draft("x", card={"no": object()})]
    unwritable = TurnResult(replies=replies, tracker_events=[{"event": "user"}])
    with pytest.raises(Exception, match="serializable"):
        await store.finish(work, unwritable)
    assert [message.text for message in await store.after(talk.id, 0)] == ["hello"]
    assert await SqlTrackerEvents(database).load_all(talk.id) == []
    assert await store.next_work(talk.id) == work


async def test_a_button_stands_for_its_payload_in_its_own_conversation_only(
    store: SqlConversations, talk: Conversation
) -> None:
    await store.take(says(talk, "hello"))
    await answer(store, talk, Draft("Which?", choices=(("Red", '/pick{"colour": "red"}'),)))
    token = (await store.after(talk.id, 1))[0].choices[0].token
    other = await store.open("web", "somebody-else", "en")
    for wrong in (Inbound(other.id, "1", choice=token), Inbound(talk.id, "2", choice="made-up")):
        with pytest.raises(ChoiceUnknown):
            await store.take(wrong)
    pressed = await store.take(Inbound(talk.id, "3", choice=token))
    assert pressed.message
    assert (pressed.message.text, pressed.message.sender) == ("Red", Sender.SHOPPER)
    work = await store.next_work(talk.id)
    assert work
    assert work.payload == '/pick{"colour": "red"}'


async def test_a_button_is_pressed_once_and_not_after_something_else_was_said(
    store: SqlConversations, talk: Conversation
) -> None:
    await store.take(says(talk, "hello"))
    await answer(store, talk, Draft("Sure?", choices=(("Yes", "/affirm"), ("No", "/deny"))))
    yes, no = (choice.token for choice in (await store.after(talk.id, 1))[0].choices)
    pressed = await asyncio.gather(
        *(store.take(Inbound(talk.id, f"tab-{n}", choice=yes)) for n in range(4)), return_exceptions=True
    )
    assert sum(isinstance(each, ChoiceUnknown) for each in pressed) == 3
    with pytest.raises(ChoiceUnknown):
        await store.take(Inbound(talk.id, "late", choice=no))


async def test_the_words_of_a_current_button_count_as_that_button(store: SqlConversations, talk: Conversation) -> None:
    await store.take(says(talk, "hello"))
    both = Draft("Which?", choices=(("Yes, please", "/affirm"), ("Red", "/red"), ("red!", "/other")))
    await answer(store, talk, both)
    await store.take(says(talk, "YES please!"))
    typed = await store.next_work(talk.id)
    assert typed and (typed.text, typed.payload) == ("YES please!", "/affirm")
    await answer(store, talk, both)
    await store.take(says(talk, "red"))
    unclear = await store.next_work(talk.id)
    assert unclear and unclear.payload is None
    await answer(store, talk, Draft("Well then."))
    await store.take(says(talk, "yes, please"))
    too_late = await store.next_work(talk.id)
    assert too_late and too_late.payload is None


async def test_a_refused_button_leaves_no_trace(store: SqlConversations, talk: Conversation) -> None:
    with pytest.raises(ChoiceUnknown):
        await store.take(Inbound(talk.id, "1", choice="made-up"))
    assert await store.latest_seq(talk.id) == 0
    assert await store.next_work(talk.id) is None


async def test_a_card_names_its_buttons(store: SqlConversations, talk: Conversation) -> None:
    await store.take(says(talk, "hello"))
    card = {"type": "orders", "orders": [{"number": "1", "choice": 0}, {"number": "2", "choice": 1}]}
    await answer(store, talk, Draft("", choices=(("1", "/a"), ("2", "/b")), card=card))
    shown = (await store.after(talk.id, 1))[0]
    assert shown.card
    assert [row["token"] for row in shown.card["orders"]] == [choice.token for choice in shown.choices]


async def test_a_question_keeps_its_place_in_its_form(store: SqlConversations, talk: Conversation) -> None:
    await store.take(says(talk, "return"))
    await answer(store, talk, Draft("Why?", progress=Progress(2, 5)))
    assert [line.progress for line in await store.after(talk.id, 0)] == [None, Progress(2, 5)]


async def test_an_item_picker_takes_what_it_showed_and_nothing_else(
    store: SqlConversations, talk: Conversation
) -> None:
    await store.take(says(talk, "return"))
    items = [{"id": "l1", "name": "Shirt", "max": 2}, {"id": "l2", "name": "Belt", "max": 0}]
    picker = Draft("Which?", choices=(("Continue", '/inform{"lines": "$picked"}'),),
                   card={"type": "items", "items": items, "choice": 0})  # fmt: skip
    await answer(store, talk, picker)
    token = (await store.after(talk.id, 1))[0].choices[0].token
    for n, wrong in enumerate([None, {}, {"l1": 3}, {"l1": 0}, {"l1": -1}, {"l2": 1}, {"l1": 1, "other": 1}]):
        with pytest.raises(ChoiceUnknown):
            await store.take(Inbound(talk.id, f"wrong-{n}", choice=token, values=wrong))
    picked = await store.take(Inbound(talk.id, "right", choice=token, values={"l1": 2}))
    work = await store.next_work(talk.id)
    assert picked.message
    assert work
    assert (picked.message.text, work.payload) == ("2 × Shirt", '/inform{"lines": "l1=2"}')
    assert picked.message.values == {"l1": 2}
    assert [line.values for line in await store.after(talk.id, 0)] == [None, None, {"l1": 2}]


async def test_a_plain_button_takes_no_values(store: SqlConversations, talk: Conversation) -> None:
    await store.take(says(talk, "hello"))
    await answer(store, talk, Draft("Sure?", choices=(("Yes", "/affirm"),)))
    token = (await store.after(talk.id, 1))[0].choices[0].token
    with pytest.raises(ChoiceUnknown):
        await store.take(Inbound(talk.id, "1", choice=token, values={"l1": 1}))


async def test_an_event_is_work_but_no_line(store: SqlConversations, talk: Conversation) -> None:
    opened = Inbound(talk.id, "opened", event="/open_chat")
    assert (await store.take(opened)).message is None
    assert not (await store.take(opened)).new
    assert await store.latest_seq(talk.id) == 0
    assert [(await answer(store, talk, Draft("Welcome"))).payload] == ["/open_chat"]


async def test_tracker_events_of_the_latest_session_are_read_and_all_are_kept(
    store: SqlConversations, talk: Conversation, database: Database
) -> None:
    events = SqlTrackerEvents(database)
    await events.append(talk.id, [{"event": "session_started"}, {"event": "user", "text": "old"}])
    await events.append(talk.id, [{"event": "session_started"}, {"event": "user", "text": "new"}])
    assert [each.get("text") for each in await events.load(talk.id)] == [None, "new"]
    assert [each.get("text") for each in await events.load_all(talk.id)] == [None, "old", None, "new"]
    assert await events.load("nobody") == []
    assert await events.conversations() == [talk.id]


async def test_the_epoch_rises_with_the_identity_and_what_comes_by_an_older_session_is_not_taken(
    store: SqlConversations, talk: Conversation, database: Database
) -> None:
    first = await store.take(Inbound(talk.id, "1", text="it is me", epoch=0))
    assert first.message and first.message.epoch == talk.epoch == 0
    identities = SqlIdentities(database, SettableClock())
    other = await store.open("web", "somebody else", "en")
    assert [await identities.put(talk.id, Identity(), how="code") for _ in range(2)] == [1, 2]
    with pytest.raises(SessionUnknown):
        await store.take(Inbound(talk.id, "2", text="tell me", epoch=1))
    taken = await store.take(Inbound(talk.id, "3", text="tell me", epoch=2))
    assert taken.message and (taken.message.seq, taken.message.epoch) == (2, 2), "the refused one left no line"
    assert [each.epoch for each in await store.after(talk.id, 0)] == [2, 2], "as it is when they are read"
    repeated = await store.repeated(Inbound(talk.id, "1", text="it is me"))
    assert repeated and repeated.message and repeated.message.epoch == 2
    work = await store.next_work(talk.id)
    assert work and [each.epoch for each in await store.finish(work, TurnResult(replies=[Draft("yes")]))] == [2]
    assert [each and each.epoch for each in (await store.get(talk.id), await store.get(other.id))] == [2, 0]
    assert (await store.open("web", talk.address, "en")).epoch == 2


async def test_an_identity_that_could_not_be_kept_leaves_the_epoch(
    store: SqlConversations, talk: Conversation, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("shop.adapters.sql.identities.write_audit", fails)
    with pytest.raises(RuntimeError):
        await SqlIdentities(database, SettableClock()).put(talk.id, Identity(Level.MATCHED, "c-ada", NOW), how="match")
    unchanged = await store.get(talk.id)
    assert unchanged and unchanged.epoch == 0


async def test_identities_tries_and_codes(database: Database) -> None:
    clock = SettableClock()
    store = SqlIdentities(database, clock)
    assert await store.get("talk") == Identity()
    proven = Identity(Level.PROVEN, "c-ada", NOW)
    await store.put("talk", Identity(Level.MATCHED, "c-ada", NOW), how="match")
    await store.put("talk", proven, how="code")
    assert await store.get("talk") == proven
    await store.add_try(("conversation:talk", "order:1"), "wrong")
    clock.pass_minutes(5)
    await store.add_try(("conversation:talk", "order:2"), "wrong")
    tried = await store.tries(("conversation:talk", "order:1"), "wrong", NOW)
    assert {subject: len(when) for subject, when in tried.items()} == {"conversation:talk": 1, "order:1": 0}
    await store.put_code("talk", PendingCode("c-ada", "digest", NOW))
    spent = await asyncio.gather(*(store.use_code("talk", "digest") for _ in range(5)))
    assert sorted(spent) == [False] * 4 + [True]
    assert await store.get_code("talk") is None
