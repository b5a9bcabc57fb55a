"""A channel for whatever platform a shop has: a gateway for WhatsApp or SMS, its own app. Both ways are signed posts.

**Signature**, on every post in both directions: `Storehand-Signature: t=<unix seconds>,v1=<hex>`, where hex is the
HMAC-SHA256 of `<t>.<raw body>` with the shared secret, in small letters. It is good for five minutes. Anything else
gets 401 and nothing more. The secret is in the environment variable that `secret_variable` names; two of them parted by
a comma are both taken, and the first one signs. To change it: `new,old` here once the other side takes both, then `new`
there, then `new` here.

**To Storehand**: `POST /webhooks/signed/` with `{"id": the platform's id of the message, "from": the shopper's address,
"text": ...}`, or `"choice": token` instead of `text` when a button was pressed; `"language": "en"` may be added. `id`
and `from` have at most 200 characters, all of it 64 kB. Who may speak for an address is for the platform to know.

| answer | means |
|---|---|
| 202 | stored; it is answered exactly once, whatever happens |
| 200 | a repeat: that `id` from that address was stored before, and nothing was done |
| 400 | not in this form, or nothing readable in it |
| 401 | not signed |
| 408, 413 | the body did not arrive within ten seconds; is too long |
| 409 | the button was never there, or is no longer current |
| 429 | too many messages of this shopper, or all busy: again after `Retry-After` seconds |
| 503 | could not be stored: again after `Retry-After` seconds |

Refusals are `{"ok": false, "error": {"code", "detail": for a developer, "text": for the shopper, "retry_after"}}`.
Messages of one shopper are answered in the order in which they arrived here, whatever their ids.

**From Storehand**: a post to `reply_url` with `{"id": "<conversation>:<seq>", "to", "text", "buttons": [{"title",
"token"}], "seq"}`. Answer with 2xx once you have it. `seq` rises with each line of a conversation, with holes where the
shopper spoke; the next reply comes when the last one was taken. A reply can come twice, so drop those whose `id` you
have seen. Redirects are not followed. How long is tried, and what is lost, stands in `signed_replies.py`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from connectors.intake import Assistant, Intake
from connectors.refusals import explain
from connectors.signatures import HEADER, Signatures
from connectors.signed_messages import Delivery, read
from connectors.signed_replies import SignedReplies
from shop.conversations import Conversation, ConversationStore, Message, Sender, Taken
from shop.errors import (
    ChoiceUnknown,
    MessageTooLong,
    Rejected,
    SetupError,
    StorehandError,
    TooBusy,
    TooManyMessages,
    Unavailable,
)

CHANNEL = "signed"
_LARGEST = 64_000
_ARRIVES_WITHIN_S = 10.0
_COME_BACK_S = 5
_STATUS: dict[type[StorehandError], int] = {
    MessageTooLong: 413,
    ChoiceUnknown: 409,
    TooManyMessages: 429,
    TooBusy: 429,
    Unavailable: 503,
}
_KNOWN = {"secret_variable", "reply_url"}


class SignedWebhook(InputChannel):
    """What credentials.yml says of this channel. Raises `SetupError` without a secret, or an address for replies."""

    def __init__(self, secrets: Sequence[str], reply_url: str) -> None:
        self.signatures, self.reply_url = Signatures(secrets), reply_url

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> SignedWebhook:
        told = credentials or {}
        if unknown := sorted(told.keys() - _KNOWN):
            raise SetupError(
                f"credentials.yml: connectors.signed_webhook.SignedWebhook has no {', '.join(map(str, unknown))}, only "
                "secret_variable and reply_url. The secret itself belongs in the environment."
            )
        return cls(_secrets(str(told.get("secret_variable") or "STOREHAND_WEBHOOK_SECRET")), _url(told))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Rasa's handler does not tell what became of a message, so `SignedWebhookServer` serves this channel."""
        raise SetupError("connectors.signed_webhook.SignedWebhook is served by `storehand serve` only.")


def _secrets(variable: str) -> list[str]:
    secrets = [secret.strip() for secret in os.environ.get(variable, "").split(",") if secret.strip()]
    if not secrets:
        raise SetupError(
            f"The signed web hook has no secret: set {variable} to what `openssl rand -hex 32` prints, here and on the "
            "platform that signs, or take connectors.signed_webhook.SignedWebhook out of credentials.yml."
        )
    return secrets


def _url(told: Mapping[str, Any]) -> str:
    url = str(told.get("reply_url") or "")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise SetupError(
            "credentials.yml: connectors.signed_webhook.SignedWebhook needs a reply_url to which replies are posted, "
            f"such as https://gateway.example.com/replies, not {url!r}."
        )
    return url


class SignedWebhookServer:
    """Takes what a platform delivers to intake, and hands on what was said."""

    def __init__(
        self,
        channel: SignedWebhook,
        intake: Intake,
        store: ConversationStore,
        assistant: Assistant,
        replies: SignedReplies,
    ) -> None:
        self._signatures = channel.signatures
        self._intake, self._store, self._assistant, self.replies = intake, store, assistant, replies
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        intake.connect(CHANNEL, self)

    def blueprint(self) -> Blueprint:
        """`POST /webhooks/signed/`."""
        blueprint = Blueprint("signed_webhook", url_prefix=f"/webhooks/{CHANNEL}")

        @blueprint.post("/", stream=True)
        async def receive(request: Request) -> HTTPResponse:
            try:
                return await self._receive(request)
            except StorehandError as error:
                return self._refused(error)
            except TimeoutError:
                return _refusal({"code": "too_slow"}, 408)

        return blueprint

    async def deliver(self, conversation: Conversation, messages: Sequence[Message]) -> None:
        """Have replies sent. They are stored; nobody waits for them to arrive."""
        if any(message.sender != Sender.SHOPPER for message in messages):
            self.replies.send(conversation.id)

    async def typing(self, conversation: Conversation, on: bool) -> None:
        """Not every platform can show it."""

    async def stream(self, conversation: Conversation, stream_id: str, text: str) -> None:
        """Platforms get the whole answer at once."""

    async def renew(self, conversation: Conversation, epoch: int, sender: str | None) -> None:
        """Who may read there is the platform's own business."""

    async def resume(self) -> None:
        """Send the replies that an earlier process did not bring to anybody."""
        await self.replies.resume(CHANNEL)

    async def close(self) -> None:
        """Let replies that are on their way arrive."""
        await self.replies.close()

    async def _receive(self, request: Request) -> HTTPResponse:
        signature = ",".join(request.headers.getall(HEADER, []))
        if not self._signatures.is_current(signature):
            return _refusal({"code": "not_signed"}, 401)
        body = await _body(request)
        if not self._signatures.is_good(signature, body):
            return _refusal({"code": "not_signed"}, 401)
        conversation, taken = await self._take(read(body))
        told = {"ok": True, "conversation": conversation.id, "seq": taken.message.seq if taken.message else None}
        return json(told, 202 if taken.new else 200)

    async def _take(self, delivery: Delivery) -> tuple[Conversation, Taken]:
        """One after the other from each address, so that none overtakes another between here and the store."""
        async with self._turns.setdefault(delivery.sender, asyncio.Lock()):
            conversation = await self._store.open(CHANNEL, delivery.sender, delivery.language)
            inbound = delivery.inbound(conversation)
            repeated = await self._store.repeated(inbound)  # first, as a repeat is no further message
            return conversation, repeated or await self._intake.receive(conversation, inbound)

    def _refused(self, error: StorehandError) -> HTTPResponse:
        reason = explain(error, self._assistant, max_characters=self._intake.limits.max_characters)
        if isinstance(error, Rejected):
            reason["detail"] = str(error)
        status = _STATUS.get(type(error), 400 if isinstance(error, Rejected) else 500)
        wait = reason["retry_after"] or (_COME_BACK_S if status == 503 else None)
        return _refusal(reason | {"retry_after": wait}, status)


async def _body(request: Request) -> bytes:
    """What was sent, read no further than it may be long."""
    body = bytearray()
    async with asyncio.timeout(_ARRIVES_WITHIN_S):
        async for part in request.stream:
            body += part
            if len(body) > _LARGEST:
                raise MessageTooLong(f"a message has at most {_LARGEST} bytes")
    return bytes(body)


def _refusal(reason: Mapping[str, Any], status: int) -> HTTPResponse:
    """A refusal. The line is closed where the body may not have been read to its end."""
    headers = {"Connection": "close"} if status in {401, 408, 413} else {}
    wait = reason.get("retry_after")
    return json({"ok": False, "error": reason}, status, headers | ({"Retry-After": str(wait)} if wait else {}))
