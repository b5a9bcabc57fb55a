"""Any other Rasa channel, through the same door: its messages are stored and answered like those of the web chat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Sanic

from connectors.intake import Assistant, Intake
from connectors.refusals import explain
from shop.conversations import Conversation, ConversationStore, Inbound, Message, Sender
from shop.errors import StorehandError

_BUTTON = "button:"


class RasaChannels:
    """Gives Rasa's input channels a handler that goes through intake, and replies through their output channel."""

    def __init__(self, intake: Intake, store: ConversationStore, assistant: Assistant) -> None:
        self._intake, self._store, self._assistant = intake, store, assistant
        self._outputs: dict[str, OutputChannel] = {}

    def register(self, channels: Sequence[InputChannel], app: Sanic) -> None:
        """Serve each channel's web hooks below `/webhooks/<channel>`."""
        for channel in channels:
            self._intake.connect(channel.name(), self)
            prefix = urljoin("/webhooks/", channel.url_prefix())
            app.blueprint(channel.blueprint(self.receive), url_prefix=prefix)

    async def receive(self, message: UserMessage) -> None:
        """Take one message in and wait until it has been answered, as Rasa's channels expect."""
        channel = str(message.input_channel or message.output_channel.name())
        conversation = await self._store.open(channel, message.sender_id, "en")
        self._outputs[conversation.id] = message.output_channel
        try:
            await self._intake.receive(conversation, _inbound(conversation, message))
        except StorehandError as error:
            await self._refuse(conversation, error)
            return
        await self._intake.settled(conversation.id)
        self._outputs.pop(conversation.id, None)

    async def deliver(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        """Send replies; the shopper's own lines are on their screen already."""
        output = self._outputs.get(conversation.id)
        for message in messages:
            if output and message.sender != Sender.SHOPPER:
                await output.send_response(conversation.address, _response(message))

    async def typing(self, conversation: Conversation, on: bool) -> None:
        """Not every channel can show it."""

    async def stream(self, conversation: Conversation, stream_id: str, text: str) -> None:
        """These channels get the whole answer at once."""

    async def renew(self, conversation: Conversation, epoch: int, sender: str | None) -> None:
        """Who may read there is the messenger's own business."""

    async def _refuse(self, conversation: Conversation, error: StorehandError) -> None:
        output = self._outputs.pop(conversation.id, None)
        if output:
            limit = self._intake.limits.max_characters
            refusal = explain(error, self._assistant, max_characters=limit)
            await output.send_text_message(conversation.address, refusal["text"])


def _inbound(conversation: Conversation, message: UserMessage) -> Inbound:
    """A pressed button comes back as its payload, which these channels send like a text."""
    text = message.text or ""
    if text.startswith(_BUTTON):
        return Inbound(conversation.id, message.message_id, choice=text.removeprefix(_BUTTON))
    return Inbound(conversation.id, message.message_id, text=text)


def _response(message: Message) -> dict[str, Any]:
    buttons = [{"title": choice.title, "payload": _BUTTON + choice.token} for choice in message.choices]
    return {"text": message.text} | ({"buttons": buttons} if buttons else {})
