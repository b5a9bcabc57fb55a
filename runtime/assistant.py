"""The assistant as intake sees it: it answers a stored inbound with what Rasa makes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog
from rasa.core.channels.channel import UserMessage

from connectors.replies import TurnReplies
from runtime.agent import ShopAgent, load, parse_payload
from runtime.routes import OPEN, Routes
from shop.bootstrap import Shop
from shop.conversations import Conversation, Draft, Work
from shop.turns import Turn

_log = structlog.get_logger(__name__)


class RasaAssistant:
    """A loaded model, with the words of its domain."""

    def __init__(self, agent: ShopAgent, shop: Shop, routes: Routes) -> None:
        self.agent, self.shop, self.routes = agent, shop, routes

    @classmethod
    def load(cls, model: Path, shop: Shop) -> RasaAssistant:
        """Load a trained model for a shop."""
        agent = load(model, shop)
        return cls(agent, shop, Routes.read(shop.settings.data))

    async def answer(self, conversation: Conversation, work: Work, turn: Turn) -> None:
        """Take a turn. A payload is taken at its word; a text is understood first."""
        message = UserMessage(
            text=work.text or work.payload,
            output_channel=TurnReplies(turn, conversation.channel),
            sender_id=conversation.id,
            parse_data=self._parsed(work),
            input_channel=conversation.channel,
            message_id=str(work.id),
        )
        await self.agent.handle_message(message)
        if not turn.result.replies:
            _log.error("turn.silent", conversation=conversation.id)
            turn.result.replies.append(Draft(self.words("utter_default")))
        elif _asks(turn):
            turn.result.replies[-1] = replace(turn.result.replies[-1], progress=turn.progress)

    def words(self, response: str, **values: object) -> str:
        """The text of a response, for what is said outside of a turn."""
        said = self.agent.nlg.generate_from_slots(response, dict(values), "", **values)  # type: ignore[attr-defined]
        return str(said["text"]) if said else response

    async def understand(self, text: str) -> dict[str, Any]:
        """What the model makes of an opening message: route, intent, confidence (0 to 1), entities."""
        parsed = await self.agent.processor.parse_message(UserMessage(text))  # type: ignore[union-attr]
        intent = parsed["intent"]
        return {
            "text": text,
            "route": self.routes.of_intent(intent["name"]),
            "intent": intent.get("full_retrieval_intent_name") or intent["name"],
            "confidence": intent["confidence"],
            "entities": parsed["entities"],
        }

    async def slots(self, conversation_id: str) -> dict[str, Any]:
        """The slots that hold something."""
        tracker = await self.agent.tracker_store.retrieve(conversation_id)
        values = tracker.current_slot_values() if tracker else {}
        return {name: value for name, value in values.items() if value is not None}

    async def flow(self, conversation_id: str) -> str:
        """The flow that the latest turn belongs to."""
        tracker = await self.agent.tracker_store.retrieve(conversation_id)
        return self.routes.of_turn(tracker) if tracker else OPEN

    def _parsed(self, work: Work) -> dict[str, Any] | None:
        if work.payload is None:
            return None
        return parse_payload(work.payload, self.agent.domain) | {"text": work.text or work.payload}


def _asks(turn: Turn) -> bool:
    """Whether the turn ends with a form's question; an action may have ended the form after it had chosen one."""
    asked = (event["value"] for event in reversed(turn.result.tracker_events) if event.get("name") == "requested_slot")
    return next(asked, None) is not None
