"""What a turn has read of an identity, so that its many checks ask the database once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime
from typing import TypeVar, cast

from shop.identity import Identity, IdentityStore, PendingCode
from shop.turns import current_turn

Result = TypeVar("Result")


class IdentitiesOfOneTurn:
    """An `IdentityStore` in front of another: a turn reads the same thing once; what it writes makes it read anew.

    When who the shopper is has changed, the turn hears of it at once.
    Outside of a turn nothing is remembered, nor from one turn to the next. A turn takes milliseconds, so what another
    tab shows or signs out meanwhile counts from the next message on.
    """

    def __init__(self, store: IdentityStore) -> None:
        self._store = store

    async def get(self, conversation_id: str) -> Identity:
        return await self._once(("identity", conversation_id), lambda: self._store.get(conversation_id))

    async def tries(self, subjects: tuple[str, ...], kind: str, since: datetime) -> dict[str, list[datetime]]:
        return await self._once(("tries", subjects, kind), lambda: self._store.tries(subjects, kind, since))

    async def get_code(self, conversation_id: str) -> PendingCode | None:
        return await self._store.get_code(conversation_id)

    async def put(self, conversation_id: str, identity: Identity, *, how: str) -> int:
        epoch = await self._anew(self._store.put(conversation_id, identity, how=how))
        turn = current_turn.get()
        if turn is not None and turn.conversation_id == conversation_id:
            await turn.renew(epoch)
        return epoch

    async def add_try(self, subjects: tuple[str, ...], kind: str) -> None:
        await self._anew(self._store.add_try(subjects, kind))

    async def put_code(self, conversation_id: str, code: PendingCode) -> None:
        await self._anew(self._store.put_code(conversation_id, code))

    async def use_code(self, conversation_id: str, digest: str) -> bool:
        return await self._anew(self._store.use_code(conversation_id, digest))

    async def _once(self, key: Hashable, read: Callable[[], Awaitable[Result]]) -> Result:
        turn = current_turn.get()
        if turn is None:
            return await read()
        if key not in turn.read:
            turn.read[key] = await read()
        return cast(Result, turn.read[key])

    async def _anew(self, write: Awaitable[Result]) -> Result:
        turn = current_turn.get()
        try:
            return await write
        finally:
            if turn is not None:
                turn.read.clear()
