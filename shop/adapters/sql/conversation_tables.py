"""Tables of conversations: the inbox, the transcript, the buttons, photos, and the dialogue engine's events."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from shop.adapters.sql.schema import RowId, UtcTime, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("address", String(200), nullable=False),
    Column("language", String(20), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("last_seq", Integer, nullable=False, default=0),
    Column("delivered_seq", Integer, nullable=False, default=0, server_default="0"),
    Column("epoch", Integer, nullable=False, server_default="0"),
    UniqueConstraint("channel", "address"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("provider_id", String(200), nullable=False),
    Column("seq", Integer),
    Column("text", Text, nullable=False),
    Column("payload", Text),
    Column("received_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    UniqueConstraint("conversation_id", "provider_id"),
)
Index("ix_inbox_unfinished", inbox.c.conversation_id, inbox.c.id, sqlite_where=inbox.c.finished_at.is_(None),
      postgresql_where=inbox.c.finished_at.is_(None))  # fmt: skip

messages = Table(
    "messages",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("sender", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("client_id", String(200)),
    Column("choices", JSON, nullable=False),
    Column("card", JSON(none_as_null=True)),
    Column("stream_id", String(40)),
    Column("progress", JSON(none_as_null=True)),
    Column("picked", JSON(none_as_null=True)),
)

choices = Table(
    "choices",
    metadata,
    Column("token", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("retired_at", UtcTime),
)

photos = Table(
    "photos",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("added_at", UtcTime, nullable=False),
)

tracker_events = Table(
    "tracker_events",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("conversation_id", String(200), nullable=False),
    Column("session_start", Integer, nullable=False),
    Column("event", JSON, nullable=False),
)
Index("ix_tracker_events_conversation", tracker_events.c.conversation_id, tracker_events.c.id)
Index(
    "ix_tracker_events_beginning",
    tracker_events.c.conversation_id,
    tracker_events.c.session_start,
    tracker_events.c.id,
)
