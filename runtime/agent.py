"""Rasa's agent with our tracker store and door: what a shopper types is text, whatever it looks like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from runtime.in_process import InProcessActions
from runtime.tracker_store import StorehandTrackerStore
from shop.bootstrap import Shop


class ShopProcessor(MessageProcessor):
    """Understands every text by the NLU pipeline.

    Rasa itself reads a text that starts with a slash as an intent and its entities, so that a shopper could set
    slots by typing. Payloads come from buttons only, as `parse_data`, after intake has checked the button's token.
    """

    def _parse_message_with_graph(
        self, message: UserMessage, tracker: DialogueStateTracker, only_output_properties: bool = True
    ) -> dict[str, Any]:
        target = self._node_before_slash_messages()
        inputs = {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: tracker}
        parsed = self.graph_runner.run(inputs=inputs, targets=[target])[target][0]
        nothing = {TEXT: "", INTENT: {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, ENTITIES: []}
        return nothing | parsed.as_dict(only_output_properties=only_output_properties)

    def _node_before_slash_messages(self) -> str:
        last = self.model_metadata.predict_schema.nodes[self.model_metadata.nlu_target]
        return str(last.needs["messages"])


class ShopAgent(Agent):
    """Rasa's agent, loaded from a trained model, with actions in the process."""

    @staticmethod
    def _create_tracker_store(store: TrackerStore | None, domain: Domain | None) -> TrackerStore:
        """As it is: Rasa would wrap it in one that forgets everything when the database fails."""
        return store or StorehandTrackerStore(domain)

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        self.processor = ShopProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain
        if isinstance(self.nlg, TemplatedNaturalLanguageGenerator):
            self.nlg.responses = self.domain.responses


def load(model: Path, shop: Shop) -> ShopAgent:
    """Load a trained model. Raises Rasa's `ModelNotFound` where there is none."""
    agent = ShopAgent(
        tracker_store=StorehandTrackerStore(events=shop.tracker_events),
        action_endpoint=InProcessActions(shop),  # type: ignore[arg-type]
    )
    agent.load_model(model)
    return agent


def parse_payload(payload: str, domain: Domain) -> dict[str, Any]:
    """What a button stands for (`/track_order{"order_number": "1001"}`), in the shape of a parsed message."""
    if not payload.startswith(INTENT_MESSAGE_PREFIX):
        raise ValueError("a payload starts with a slash and names an intent")
    message = YAMLStoryReader.unpack_regex_message(Message({TEXT: payload}), domain)
    parsed: dict[str, Any] = message.as_dict(only_output_properties=True)
    if INTENT not in parsed:
        raise ValueError(f"the payload {payload.partition('{')[0]!r} names no intent of the domain")
    return parsed
