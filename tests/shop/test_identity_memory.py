"""What a turn remembers of an identity, and what it must not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shop.identity import Identity, Level
from shop.identity_memory import IdentitiesOfOneTurn
from shop.turns import Turn, current_turn

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ANNA = Identity(Level.PROVEN, "anna", NOW + timedelta(hours=1))


class Counting:
    """Two facts, and how often they were asked for."""

    def __init__(self) -> None:
        self.identity, self.wrong, self.reads = Identity(), 0, 0

    async def get(self, conversation_id: str) -> Identity:
        self.reads += 1
        return self.identity

    async def put(self, conversation_id: str, identity: Identity, *, how: str) -> int:
        self.identity = identity
        return 7

    async def add_try(self, subjects: tuple[str, ...], kind: str) -> None:
        self.wrong += 1

    async def tries(self, subjects: tuple[str, ...], kind: str, since: datetime) -> dict[str, list[datetime]]:
        self.reads += 1
        return {subject: [NOW] * self.wrong for subject in subjects}


async def test_a_turn_asks_once_and_sees_what_it_wrote() -> None:
    store = Counting()
    identities = IdentitiesOfOneTurn(store)  # type: ignore[arg-type]
    token = current_turn.set(Turn("talk", "en"))
    try:
        assert [await identities.get("talk") for _ in range(5)] == [Identity()] * 5
        assert store.reads == 1
        await identities.put("talk", ANNA, how="code")
        assert await identities.get("talk") == ANNA
        assert await identities.get("another talk") == ANNA, "asked for by itself"
        assert store.reads == 3
    finally:
        current_turn.reset(token)


async def test_a_turn_hears_at_once_that_the_sessions_of_its_conversation_are_over() -> None:
    identities, heard = IdentitiesOfOneTurn(Counting()), []  # type: ignore[arg-type]

    async def hear(epoch: int) -> None:
        heard.append((epoch, await identities.get("talk")))

    token = current_turn.set(Turn("talk", "en", renew=hear))
    try:
        assert await identities.put("talk", ANNA, how="code") == 7
        await identities.put("another talk", Identity(), how="code")
    finally:
        current_turn.reset(token)
    assert heard == [(7, ANNA)]


async def test_a_wrong_try_counts_at_once() -> None:
    identities = IdentitiesOfOneTurn(Counting())  # type: ignore[arg-type]
    token = current_turn.set(Turn("talk", "en"))
    try:
        for count in range(3):
            assert len((await identities.tries(("talk",), "wrong", NOW))["talk"]) == count
            await identities.add_try(("talk",), "wrong")
    finally:
        current_turn.reset(token)


async def test_the_next_turn_and_what_is_outside_of_turns_ask_anew() -> None:
    store = Counting()
    identities = IdentitiesOfOneTurn(store)  # type: ignore[arg-type]
    for _ in range(2):
        token = current_turn.set(Turn("talk", "en"))
        await identities.get("talk")
        current_turn.reset(token)
    await identities.get("talk")
    await identities.get("talk")
    assert store.reads == 4
