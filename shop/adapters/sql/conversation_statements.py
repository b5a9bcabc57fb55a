"""The statements of every turn, put together once: building them anew took longer than running them.

Parameters: `talk` is a conversation's id; the others are named after what they hold.
"""

from __future__ import annotations

from sqlalchemy import BindParameter, bindparam, exists, func, select, update

from shop.adapters.sql.conversation_tables import choices, conversations, inbox, messages, tracker_events
from shop.conversations import Sender

_TALK: BindParameter[str] = bindparam("talk")

_LAST_SAID = (
    select(messages.c.at)
    .where(messages.c.conversation_id == conversations.c.id, messages.c.seq == conversations.c.last_seq)
    .correlate(conversations)
    .scalar_subquery()
)
LAST_ACTIVE = func.coalesce(_LAST_SAID, conversations.c.created_at)
"""When something was last said in a conversation, or when it was opened."""

CONVERSATION = select(conversations).where(conversations.c.id == _TALK, bindparam("since") <= LAST_ACTIVE)
LATEST_SEQ = select(conversations.c.last_seq).where(conversations.c.id == _TALK)
COUNT_A_LINE = (
    update(conversations)
    .where(conversations.c.id == _TALK)
    .values(last_seq=conversations.c.last_seq + 1)
    .returning(conversations.c.last_seq, conversations.c.epoch)
)
RAISE_EPOCH = (
    update(conversations)
    .where(conversations.c.id == _TALK)
    .values(epoch=conversations.c.epoch + 1)
    .returning(conversations.c.epoch)
)
_EPOCH = select(conversations.c.epoch).where(conversations.c.id == _TALK).scalar_subquery().label("epoch")

HOLD = select(func.pg_advisory_xact_lock(func.hashtextextended(_TALK, 0)))

ADD_MESSAGE = messages.insert()
TRANSCRIPT = (
    select(messages, _EPOCH)
    .where(messages.c.conversation_id == _TALK, messages.c.seq > bindparam("seen"))
    .order_by(messages.c.seq)
    .limit(bindparam("most"))
)

ADD_INBOUND = inbox.insert().returning(inbox.c.id)
TAKEN = (
    select(inbox.c.id.label("work_id"), messages, _EPOCH)
    .outerjoin_from(
        inbox, messages, (messages.c.conversation_id == inbox.c.conversation_id) & (messages.c.seq == inbox.c.seq)
    )
    .where(inbox.c.conversation_id == _TALK, inbox.c.provider_id == bindparam("provider"))
)
_SAID_SINCE = exists().where(
    messages.c.conversation_id == _TALK, messages.c.seq > inbox.c.seq, messages.c.sender != Sender.SHOPPER.value
)
_LATER = inbox.alias("later")
_MORE = exists().where(_LATER.c.conversation_id == _TALK, _LATER.c.finished_at.is_(None), _LATER.c.id > inbox.c.id)
NEXT_WORK = (
    select(inbox, _SAID_SINCE.label("overtaken"), _MORE.label("more"))
    .where(inbox.c.conversation_id == _TALK, inbox.c.finished_at.is_(None))
    .order_by(inbox.c.id)
    .limit(1)
)
FINISH = (
    update(inbox)
    .where(inbox.c.id == bindparam("work"), inbox.c.finished_at.is_(None))
    .values(finished_at=bindparam("now"))
)

ADD_CHOICES = choices.insert()
CURRENT_CHOICES = select(choices.c.title, choices.c.payload).where(
    choices.c.conversation_id == _TALK, choices.c.retired_at.is_(None)
)
RETIRE_CHOICES = (
    update(choices)
    .where(choices.c.conversation_id == _TALK, choices.c.retired_at.is_(None))
    .values(retired_at=bindparam("now"))
)

ADD_EVENTS = tracker_events.insert()
EVERY_EVENT = select(tracker_events.c.event).where(tracker_events.c.conversation_id == _TALK)
EVERY_EVENT = EVERY_EVENT.order_by(tracker_events.c.id)
_BEGINNING = (
    select(func.max(tracker_events.c.id))
    .where(tracker_events.c.conversation_id == _TALK, tracker_events.c.session_start == 1)
    .scalar_subquery()
)
LATEST_EVENTS = EVERY_EVENT.where(tracker_events.c.id >= func.coalesce(_BEGINNING, 0))
