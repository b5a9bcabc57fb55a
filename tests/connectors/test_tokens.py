"""Tokens that we did not issue for this conversation open and press nothing, whatever is done to a real one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from itsdangerous import URLSafeTimedSerializer

from connectors.web_session import WebSession, WebSessions
from shop.adapters.sql.conversations import SqlConversations
from shop.adapters.sql.database import Database
from shop.conversations import Draft, Inbound, TurnResult
from shop.errors import ChoiceUnknown
from tests.fakes import SettableClock

SESSIONS = WebSessions("the shop's secret")
MINE = SESSIONS.issue("conversation-1", 3)
THOROUGH = settings(max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EDITS = st.tuples(st.integers(0, 200), st.text(max_size=3), st.integers(0, 3))


@pytest.fixture
def database_url(tmp_path: Any, sqlite_with_tables: Any) -> str:
    path = tmp_path / "tokens.db"
    path.write_bytes(sqlite_with_tables.read_bytes())
    return f"sqlite:///{path}"


def edited(token: str, edit: tuple[int, str, int]) -> str:
    """A token with some characters put in at a place, and some taken out."""
    place, added, removed = edit
    place %= len(token) + 1
    return token[:place] + added + token[place + removed :]


@THOROUGH
@given(st.text(max_size=80) | EDITS.map(lambda edit: edited(MINE, edit)) | st.none() | st.integers() | st.binary())
def test_a_session_token_that_is_not_ours_to_the_letter_names_no_conversation(token: Any) -> None:
    if isinstance(token, str) and token[:-1] == MINE[:-1]:
        return  # the last letter stands for more bits than the signature has left
    assert SESSIONS.read(token) is None


def test_a_token_says_its_conversation_and_epoch() -> None:
    assert SESSIONS.read(MINE) == WebSession("conversation-1", 3)


def test_a_token_of_the_first_versions_which_had_no_epoch_names_no_conversation() -> None:
    old = URLSafeTimedSerializer("the shop's secret", salt="web-session").dumps("conversation-1")
    assert SESSIONS.read(old) is None


@THOROUGH
@given(foreign=st.text(min_size=1, max_size=40))
def test_a_session_token_of_another_secret_names_no_conversation(foreign: str) -> None:
    assert SESSIONS.read(WebSessions("the shop's secret" + foreign).issue("conversation-1", 3)) is None


@THOROUGH
@given(edit=EDITS, which=st.sampled_from(["current", "old", "foreign"]), anything=st.none() | st.text(max_size=60))
async def test_a_button_token_that_is_not_a_current_one_changes_nothing(
    database: Database, edit: tuple[int, str, int], which: str, anything: str | None
) -> None:
    store = SqlConversations(database, SettableClock())
    talk, tokens = await _talk_with_buttons(store)
    token = anything if anything is not None else edited(tokens[which], edit)
    if token == tokens["current"] or "\0" in token or any("\ud800" <= each <= "\udfff" for each in token):
        return  # the door turns these characters away before they get here
    before = await store.latest_seq(talk)
    with pytest.raises(ChoiceUnknown):
        await store.take(Inbound(talk, "pressed", choice=token))
    assert await store.latest_seq(talk) == before
    assert await store.next_work(talk) is None


async def _talk_with_buttons(store: SqlConversations) -> tuple[str, dict[str, str]]:
    """A conversation with a button that was shown and retired, one that is shown now, and one of somebody else's."""
    talk, other = (await store.open("test", "me", "en")), (await store.open("test", "somebody else", "en"))
    if not await store.latest_seq(talk.id):
        for conversation in (talk, talk, other):
            taken = await store.take(Inbound(conversation.id, str(await store.latest_seq(conversation.id)), text="hi"))
            work = await store.next_work(conversation.id)
            assert work and work.id == taken.work_id
            await store.finish(work, TurnResult([Draft("Which?", choices=(("This one", "/affirm"),))]))
    shown = [message for message in await store.after(talk.id, 0) if message.choices]
    foreign = [message for message in await store.after(other.id, 0) if message.choices]
    tokens = [message.choices[0].token for message in shown]
    return talk.id, {"old": tokens[0], "current": tokens[-1], "foreign": foreign[0].choices[0].token}
