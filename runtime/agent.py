"""Rasa's agent with our tracker store and door: what a shopper types is text, whatever it looks like."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.agenda import AGENDA
from runtime import faster  # noqa: F401 - takes effect when imported
from runtime.agenda import begun, left_open, own_slots, put_off, set_aside
from runtime.in_process import InProcessActions
from runtime.tracker_store import StorehandTrackerStore
from runtime.wishes import Wishes, wishes
from shop.bootstrap import Shop


class ShopProcessor(MessageProcessor):
    """Understands every text by the NLU pipeline.

    Rasa itself reads a text that starts with a slash as an intent and its entities, so that a shopper could set
    slots by typing. Payloads come from buttons only, as `parse_data`, after intake has checked the button's token.

    A message with two wishes is taken in two steps, and once a flow is done, what was set aside for it goes on.
    """

    async def handle_message(self, message: UserMessage) -> None:
        """Take one message whole: each of its wishes, then what is on the agenda and can go on now."""
        channel = message.output_channel
        tracker = await self.fetch_tracker_and_update_session(message.sender_id, channel, message.metadata)
        parts = self._wishes(message, tracker)
        for text in parts.now:
            await self._take(message if text == message.text else _saying(message, text), tracker)
        if parts.waiting:
            tracker.update(SlotSet(AGENDA, put_off(tracker.get_slot(AGENDA), parts.waiting)), self.domain)
        await self._work_off_agenda(message, tracker)
        await self.save_tracker(tracker)

    def _wishes(self, message: UserMessage, tracker: DialogueStateTracker) -> Wishes:
        text = message.text or ""
        if message.parse_data:
            return Wishes((text,))
        flows = [form.removesuffix("_form") for form in self.domain.form_names]
        return wishes(text, self._understood, flows, in_form=bool(tracker.active_loop_name))

    def _understood(self, text: str) -> dict[str, Any]:
        return self._parse_message_with_graph(UserMessage(text), DialogueStateTracker("", self.domain.slots))

    async def _take(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        """Let the model understand a message, and the rules answer it. A form that is left for another is set aside."""
        form, answers, before = tracker.active_loop_name, tracker.current_slot_values(), len(tracker.events)
        await self._handle_message_with_tracker(message, tracker)
        await self.run_action_extract_slots(message.output_channel, tracker)
        await self._run_prediction_loop(message.output_channel, tracker)
        agenda = begun(tracker.get_slot(AGENDA), tracker.active_loop_name)
        if form and left_open(form, list(tracker.events)[before:]):
            agenda = set_aside(agenda, form, answers)
            own = [slot for slot in own_slots(form, answers) if tracker.get_slot(slot) is not None]
            tracker.update_with_events([SlotSet(slot, None) for slot in own], self.domain)
        if agenda != tracker.get_slot(AGENDA):
            tracker.update(SlotSet(AGENDA, agenda), self.domain)

    async def _work_off_agenda(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        """Go back to what was set aside, one after the other, until a question is asked."""
        for _ in tracker.get_slot(AGENDA) or []:
            agenda = tracker.get_slot(AGENDA)
            if tracker.active_loop_name or not agenda:
                return
            wish = agenda[0].get("wish")
            name = "action_take_up_wish" if wish else "action_resume_flow"
            prediction = PolicyPrediction.for_action_name(self.domain, name)
            action = self._get_action(name)
            await self._run_action(action, tracker, message.output_channel, self.nlg, prediction)
            if wish:
                await self._take(_saying(message, wish), tracker)
            else:
                await self._run_prediction_loop(message.output_channel, tracker)

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


def _saying(message: UserMessage, text: str) -> UserMessage:
    """The same message with other words, to be understood anew."""
    other = copy(message)
    other.text, other.parse_data = text, None
    return other


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
