"""`ConversationStore` in the database."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from sqlalchemy import RowMapping, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.conversation_statements import (
    ADD_CHOICES,
    ADD_INBOUND,
    ADD_MESSAGE,
    CONVERSATION,
    COUNT_A_LINE,
    CURRENT_CHOICES,
    FINISH,
    HOLD,
    LATEST_SEQ,
    NEXT_WORK,
    RETIRE_CHOICES,
    TAKEN,
    TRANSCRIPT,
)  # fmt: skip
from shop.adapters.sql.conversation_tables import choices, conversations, inbox, messages
from shop.adapters.sql.database import Database
from shop.adapters.sql.old_records import erase_conversations
from shop.adapters.sql.photos import add_photo
from shop.adapters.sql.tracker_events import append_events
from shop.clock import Clock
from shop.conversations import (
    PHOTO_SENT,
    PICKED,
    Choice,
    Conversation,
    Draft,
    Inbound,
    Message,
    Progress,
    Sender,
    Taken,
    TurnResult,
    Work,
    title_key,
)
from shop.errors import ChoiceUnknown, SessionUnknown
from shop.retention import Retention

_LATEST = 10  # lines in which a current picker can stand


class SqlConversations:
    """Conversations, transcript and inbox. One short transaction a call."""

    def __init__(self, database: Database, clock: Clock, retention: Retention | None = None) -> None:
        self._database = database
        self._now = clock
        self._retention = retention or Retention()

    async def open(self, channel: str, address: str, language: str) -> Conversation:
        found = await self._by_address(channel, address)
        if found and await self.get(found.id):
            return found
        if found:  # overdue: hidden already, and now in the way
            async with self._database.begin() as connection:
                await erase_conversations(connection, [found.id])
        made = Conversation(uuid4().hex, channel, address, language, self._now())
        row = {"id": made.id, "channel": channel, "address": address, "language": language, "last_seq": 0}
        try:
            async with self._database.begin() as connection:
                await connection.execute(conversations.insert().values(**row, created_at=made.created_at))
        except IntegrityError:  # the same address came in twice at once: the other one was first
            found = await self._by_address(channel, address)
            if found is None:
                raise
            return found
        return made

    async def get(self, conversation_id: str) -> Conversation | None:
        asked = {"talk": conversation_id, "since": self._retention.conversations_since(self._now())}
        async with self._database.begin(reading=True) as connection:
            row = (await connection.execute(CONVERSATION, asked)).mappings().one_or_none()
        return _conversation(row) if row else None

    async def take(self, inbound: Inbound) -> Taken:
        try:
            async with self._database.begin() as connection:
                return await self._take(connection, inbound)
        except (IntegrityError, ChoiceUnknown):  # delivered again: what the first delivery pressed is retired
            repeated = await self.repeated(inbound)
            if repeated is None:
                raise
            return repeated

    async def repeated(self, inbound: Inbound) -> Taken | None:
        asked = {"talk": inbound.conversation_id, "provider": inbound.provider_id}
        async with self._database.begin(reading=True) as connection:
            row = (await connection.execute(TAKEN, asked)).mappings().one_or_none()
        if row is None:
            return None
        return Taken(row["work_id"], _message(row) if row["seq"] else None, new=False)

    @asynccontextmanager
    async def hold(self, conversation_id: str) -> AsyncIterator[None]:
        """On PostgreSQL a lock that ends with its connection, so a killed process holds up nobody.

        A SQLite file belongs to one process, whose intake takes the turns of a conversation one by one.
        """
        if self._database.is_sqlite:
            yield
            return
        async with self._database.begin() as connection:
            await connection.execute(HOLD, {"talk": conversation_id})
            yield

    async def next_work(self, conversation_id: str) -> Work | None:
        async with self._database.begin(reading=True) as connection:
            row = (await connection.execute(NEXT_WORK, {"talk": conversation_id})).mappings().one_or_none()
        if row is None:
            return None
        return Work(
            row["id"], conversation_id, row["text"], row["payload"], row["received_at"],
            overtaken=bool(row["overtaken"]), more=bool(row["more"]),
        )  # fmt: skip

    async def unfinished(self) -> Sequence[str]:
        query = select(inbox.c.conversation_id).where(inbox.c.finished_at.is_(None)).distinct()
        async with self._database.begin(reading=True) as connection:
            return list((await connection.execute(query)).scalars())

    async def finish(self, work: Work, result: TurnResult) -> Sequence[Message]:
        async with self._database.begin() as connection:
            if (await connection.execute(FINISH, {"work": work.id, "now": self._now()})).rowcount != 1:
                return []
            await append_events(connection, work.conversation_id, result.tracker_events)
            return [await self._write(connection, work.conversation_id, draft) for draft in result.replies]

    async def after(self, conversation_id: str, seq: int, *, limit: int = 200) -> Sequence[Message]:
        asked = {"talk": conversation_id, "seen": seq, "most": limit}
        async with self._database.begin(reading=True) as connection:
            return [_message(row) for row in (await connection.execute(TRANSCRIPT, asked)).mappings()]

    async def latest_seq(self, conversation_id: str) -> int:
        async with self._database.begin(reading=True) as connection:
            return (await connection.execute(LATEST_SEQ, {"talk": conversation_id})).scalar_one_or_none() or 0

    async def _by_address(self, channel: str, address: str) -> Conversation | None:
        query = select(conversations).where(conversations.c.channel == channel, conversations.c.address == address)
        async with self._database.begin(reading=True) as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return _conversation(row) if row else None

    async def _take(self, connection: AsyncConnection, inbound: Inbound) -> Taken:
        text, payload = inbound.text or "", inbound.event or (PHOTO_SENT if inbound.photo else None)
        if inbound.choice is not None:
            text, payload = await self._press(connection, inbound.conversation_id, inbound.choice)
            if PICKED in payload or inbound.values is not None:
                text, payload = await self._pick(connection, inbound, payload)
        elif inbound.text is not None:
            payload = await self._typed_choice(connection, inbound)
        message = None
        if inbound.event is None:
            await self._retire_choices(connection, inbound.conversation_id)
            card = await self._photo_card(connection, inbound)
            draft = Draft(text, card=card, sender=Sender.SHOPPER, values=inbound.values)
            message = await self._write(connection, inbound.conversation_id, draft, inbound.provider_id)
            if inbound.epoch not in {None, message.epoch}:
                raise SessionUnknown("who the shopper is has changed since this session was opened")
        row = {
            "conversation_id": inbound.conversation_id,
            "provider_id": inbound.provider_id,
            "seq": message.seq if message else None,
            "text": text,
            "payload": payload,
            "received_at": self._now(),
        }
        inserted = await connection.execute(ADD_INBOUND, row)
        return Taken(inserted.scalar_one(), message, new=True)

    async def _photo_card(self, connection: AsyncConnection, inbound: Inbound) -> dict[str, Any] | None:
        """Keep the photo of an inbound; what its line shows of it."""
        if inbound.photo is None:
            return None
        photo_id = await add_photo(connection, inbound.conversation_id, inbound.photo, self._now())
        return {"type": "photo", "id": photo_id, "width": inbound.photo.width, "height": inbound.photo.height}

    async def _press(self, connection: AsyncConnection, conversation_id: str, token: str) -> tuple[str, str]:
        query = (
            select(choices)
            .where(choices.c.token == token, choices.c.conversation_id == conversation_id)
            .where(choices.c.retired_at.is_(None))
            .with_for_update()  # pressed in two tabs at once, the second one finds it retired
        )
        row = (await connection.execute(query)).mappings().one_or_none()
        if row is None:
            raise ChoiceUnknown("no current button of this conversation has that token")
        return row["title"], row["payload"]

    async def _typed_choice(self, connection: AsyncConnection, inbound: Inbound) -> str | None:
        """The payload of the one current button whose words were typed, for those who type what they could press."""
        shown = await connection.execute(CURRENT_CHOICES, {"talk": inbound.conversation_id})
        typed = title_key(inbound.text or "")
        meant = {payload for title, payload in shown if typed and title_key(title) == typed}
        return meant.pop() if len(meant) == 1 else None

    async def _pick(self, connection: AsyncConnection, inbound: Inbound, payload: str) -> tuple[str, str]:
        """What was chosen in an item picker, in words and as its payload. Only what the picker showed can be chosen."""
        shown = await self._picker(connection, inbound)
        values = inbound.values or {}
        items = {item["id"]: item for item in shown if 0 < values.get(item["id"], 0) <= item["max"]}
        if PICKED not in payload or not items or items.keys() != values.keys():
            raise ChoiceUnknown("the picker did not offer that")
        chosen = ",".join(f"{item}={values[item]}" for item in items)
        return ", ".join(f"{values[id]} × {item['name']}" for id, item in items.items()), payload.replace(
            PICKED, chosen
        )

    async def _picker(self, connection: AsyncConnection, inbound: Inbound) -> list[dict[str, Any]]:
        query = select(messages).where(messages.c.conversation_id == inbound.conversation_id)
        newest = (await connection.execute(query.order_by(messages.c.seq.desc()).limit(_LATEST))).mappings()
        cards = [row["card"] for row in newest if row["card"] and row["card"].get("token") == inbound.choice]
        return list(cards[0].get("items", [])) if cards else []

    async def _retire_choices(self, connection: AsyncConnection, conversation_id: str) -> None:
        await connection.execute(RETIRE_CHOICES, {"talk": conversation_id, "now": self._now()})

    async def _write(
        self, connection: AsyncConnection, conversation_id: str, draft: Draft, client_id: str | None = None
    ) -> Message:
        """Give a line the next number. The counter's row lock keeps numbers in order and without holes."""
        counted = (await connection.execute(COUNT_A_LINE, {"talk": conversation_id})).one_or_none()
        if counted is None:
            raise SessionUnknown("this conversation is gone, as after an erasure")
        seq, epoch = counted
        issued = tuple(Choice(secrets.token_urlsafe(16), title) for title, _ in draft.choices)
        message = Message(
            conversation_id, seq, draft.sender, draft.text, self._now(), client_id, issued,
            _with_tokens(draft.card, issued), draft.stream_id, draft.progress, draft.values, epoch,
        )  # fmt: skip
        await connection.execute(ADD_MESSAGE, _message_row(message))
        rows = [
            {"token": choice.token, "conversation_id": conversation_id, "title": choice.title, "payload": payload}
            for choice, (_, payload) in zip(issued, draft.choices, strict=True)
        ]
        if rows:
            await connection.execute(ADD_CHOICES, rows)
        return message


def _with_tokens(card: Any, issued: tuple[Choice, ...]) -> Any:
    """A card's rows that can be pressed name their button by position (`"choice": 0`); give each its token."""
    if isinstance(card, dict):
        filled = {key: _with_tokens(value, issued) for key, value in card.items() if key != "choice"}
        return filled | ({"token": issued[card["choice"]].token} if "choice" in card else {})
    if isinstance(card, list):
        return [_with_tokens(value, issued) for value in card]
    return card


def _conversation(row: RowMapping) -> Conversation:
    return Conversation(row["id"], row["channel"], row["address"], row["language"], row["created_at"], row["epoch"])


def _message(row: RowMapping) -> Message:
    return Message(
        conversation_id=row["conversation_id"],
        seq=row["seq"],
        sender=Sender(row["sender"]),
        text=row["text"],
        at=row["at"],
        client_id=row["client_id"],
        choices=tuple(Choice(token, title) for token, title in row["choices"]),
        card=row["card"],
        stream_id=row["stream_id"],
        progress=Progress(**row["progress"]) if row["progress"] else None,
        values=row["picked"],
        epoch=row["epoch"],
    )


def _message_row(message: Message) -> dict[str, Any]:
    return {
        "conversation_id": message.conversation_id,
        "seq": message.seq,
        "sender": message.sender.value,
        "text": message.text,
        "at": message.at,
        "client_id": message.client_id,
        "choices": [[choice.token, choice.title] for choice in message.choices],
        "card": message.card,
        "stream_id": message.stream_id,
        "progress": asdict(message.progress) if message.progress else None,
        "picked": message.values,
    }
