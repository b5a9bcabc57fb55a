"""Rasa's record of a conversation, kept in Storehand's own database as rows that are only ever added to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from runtime.checkpoints import checkpoint
from shop.bootstrap import the_shop
from shop.conversations import TrackerEvents, checkpoint_row
from shop.turns import current_turn

_STORED = "_storehand_stored"


class StorehandTrackerStore(TrackerStore):
    """A turn reads the latest session, from its last checkpoint on, and adds its own events.

    Inside a turn the events are handed to it, so that they are written together with the replies they led to, or not
    at all. A database error is raised: a bot that forgot would be worse than one that says it can't answer.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        events: TrackerEvents | None = None,
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._given = events

    @property
    def _events(self) -> TrackerEvents:
        return self._given or the_shop().tracker_events

    async def save(self, tracker: DialogueStateTracker) -> None:
        new = list(tracker.events)[getattr(tracker, _STORED, 0) :]
        rows = [event.as_dict() for event in new]
        if shorter := checkpoint(tracker, self.domain):
            rows.append(checkpoint_row([event.as_dict() for event in shorter]))
            tracker.events.clear()
            tracker.events.extend(shorter)
        turn = current_turn.get()
        if turn and turn.conversation_id == tracker.sender_id:
            turn.result.tracker_events.extend(rows)
        else:
            await self._events.append(tracker.sender_id, rows)
        setattr(tracker, _STORED, len(tracker.events))
        if self.event_broker:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return self._rebuild(sender_id, await self._events.load(sender_id))

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        return self._rebuild(conversation_id, await self._events.load_all(conversation_id))

    async def keys(self) -> Iterable[str]:
        return await self._events.conversations()

    def _rebuild(self, sender_id: str, events: Iterable[dict[str, Any]]) -> DialogueStateTracker | None:
        rows = list(events)
        if not rows:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, rows, self.domain.slots)
        setattr(tracker, _STORED, len(tracker.events))
        return tracker
