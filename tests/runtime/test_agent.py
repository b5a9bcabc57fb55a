"""Only buttons carry payloads; the model can be talked to by text and by nothing else."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime import lean

lean.install()

from rasa.core.channels.channel import UserMessage  # noqa: E402 - after the placeholders
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import UserUttered  # noqa: E402

from runtime.agent import ShopAgent, load, parse_payload  # noqa: E402
from runtime.in_process import InProcessActions, action_classes  # noqa: E402
from runtime.tracker_store import StorehandTrackerStore  # noqa: E402
from shop.adapters.sql.database import Database  # noqa: E402
from shop.adapters.sql.tracker_events import SqlTrackerEvents  # noqa: E402
from shop.bootstrap import Shop, build  # noqa: E402
from shop.conversations import TurnResult  # noqa: E402
from shop.errors import Unavailable  # noqa: E402
from shop.settings import Settings  # noqa: E402
from shop.turns import Turn, current_turn  # noqa: E402


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return build(Settings.read({"STOREHAND_HOME": str(tmp_path_factory.mktemp("agent"))}))


@pytest.fixture(scope="module")
def agent(shop: Shop, trained_model: Path) -> ShopAgent:
    return load(trained_model, shop)


def parse(agent: ShopAgent, text: str) -> dict[str, Any]:
    return asyncio.run(agent.processor.parse_message(UserMessage(text)))  # type: ignore[union-attr]


SLASHES = st.sampled_from(["/", "\uff0f", " /", "\u00a0/", "\u3000/", "\x1c/", "\n/", "\u200b/", "//", "/ "])
INTENTS = st.sampled_from(["restart", "back", "session_start", "track_order", "affirm", "open_chat", "inform"])
ENTITIES = st.dictionaries(
    st.sampled_from(["order_number", "verified", "one_time_code", "shipment"]), st.text(max_size=9) | st.booleans()
)


@settings(max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(slash=SLASHES, intent=INTENTS, confidence=st.sampled_from(["", "@1.0", "@0.9"]), entities=ENTITIES)
def test_a_typed_payload_is_understood_like_any_text(
    agent: ShopAgent, slash: str, intent: str, confidence: str, entities: dict[str, Any]
) -> None:
    parsed = parse(agent, f"{slash}{intent}{confidence}{json.dumps(entities)}")
    assert parsed["intent"]["confidence"] < 1.0
    assert {entity["extractor"] for entity in parsed["entities"]} <= {"ShopEntityExtractor"}


def test_a_buttons_payload_is_taken_at_its_word(agent: ShopAgent) -> None:
    parsed = parse_payload('/track_order{"order_number": "SH-1"}', agent.domain)  # type: ignore[arg-type]
    assert parsed["intent"] == {"name": "track_order", "confidence": 1.0}
    assert parsed["entities"][0]["value"] == "SH-1"


@pytest.mark.parametrize("payload", ["track_order", "/no_such_intent", ""])
def test_a_payload_that_means_nothing_is_an_error(agent: ShopAgent, payload: str) -> None:
    with pytest.raises(ValueError, match="payload"):
        parse_payload(payload, agent.domain)  # type: ignore[arg-type]


def test_every_custom_action_of_the_domain_exists_and_none_is_left_over(agent: ShopAgent) -> None:
    written = {action().name() for action in action_classes()}  # type: ignore[call-arg]
    assert written == {name for name in agent.domain.user_actions if not name.startswith("utter_")}  # type: ignore[union-attr]


async def test_an_action_that_breaks_is_answered_in_words_and_the_form_asks_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions = InProcessActions(shop)
    call = {
        "next_action": "validate_track_order_form",
        "sender_id": "talk",
        "tracker": {
            "sender_id": "talk", "slots": {"email": "a@b.example"}, "latest_message": {}, "active_loop": {},
            "paused": False, "latest_action_name": None, "latest_input_channel": None, "followup_action": None,
            "events": [{"event": "user"}, {"event": "slot", "name": "email", "value": "a@b.example"}],
        },
    }  # fmt: skip
    for error, response in (
        (Unavailable("locked"), "utter_unavailable"),
        (KeyError("x"), "utter_something_went_wrong"),
    ):

        async def breaks(_call: Any, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(actions._executor, "run", breaks)
        result = await actions.request(json=call)
        assert result["responses"] == [{"response": response}]
        assert [(event["name"], event["value"]) for event in result["events"]] == [("email", None)]


async def test_a_turns_events_are_handed_to_the_turn_and_not_written_by_themselves(database: Database) -> None:
    events = SqlTrackerEvents(database)
    store = StorehandTrackerStore(Domain.empty(), events=events)
    turn = Turn("talk", "en", TurnResult())
    token = current_turn.set(turn)
    tracker = await store.get_or_create_tracker("talk")
    tracker.update(UserUttered("hello"))
    await store.save(tracker)
    current_turn.reset(token)
    assert await events.load_all("talk") == []
    assert [event["event"] for event in turn.result.tracker_events] == ["action", "user"]
    await events.append("talk", turn.result.tracker_events)
    again = await store.retrieve("talk")
    assert again
    again.update(UserUttered("once more"))
    await store.save(again)
    stored = await events.load_all("talk")
    assert [event.get("text") for event in stored if event["event"] == "user"] == ["hello", "once more"]


async def test_a_database_that_is_gone_is_an_error_and_no_amnesia(tmp_path: Path) -> None:
    gone = Database(f"sqlite:///{tmp_path / 'missing' / 'nothing.db'}")
    store = StorehandTrackerStore(Domain.empty(), events=SqlTrackerEvents(gone))
    with pytest.raises(Unavailable):
        await store.retrieve("talk")
    assert ShopAgent(tracker_store=store).tracker_store is store
    await gone.close()
