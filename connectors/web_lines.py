"""The lines to the browsers: which socket listens to which conversation, and of which epoch its session is.

What is said goes only to sockets of the conversation's epoch, so that a session from before the shopper showed who they
are hears nothing of what follows. A process knows its own sockets. One of another process is put out once it speaks or
asks for what it missed, or once a newer session speaks there; until then it stays connected and hears nothing.
"""

from __future__ import annotations

from dataclasses import replace

import socketio

from shop.conversations import Conversation


class Lines:
    """The sockets of this process."""

    def __init__(self, sockets: socketio.AsyncServer, namespace: str) -> None:
        self._sockets, self._namespace = sockets, namespace
        self._listening: dict[str, dict[str, Conversation]] = {}
        self._talks: dict[str, str] = {}

    def room(self, conversation_id: str, epoch: int) -> str:
        """Where what is said in an epoch is heard."""
        return f"{conversation_id}.{epoch}"

    def newest_room(self, conversation: Conversation) -> str:
        """Where the newest sessions listen that are known here."""
        here = [each.epoch for each in self._listening.get(conversation.id, {}).values()]
        return self.room(conversation.id, max([conversation.epoch, *here]))

    def conversation(self, sid: str) -> Conversation | None:
        """What a socket listens to; None for one that has left."""
        return self._listening[self._talks[sid]][sid] if sid in self._talks else None

    def epoch(self, sid: str) -> int | None:
        """That of a socket's session."""
        conversation = self.conversation(sid)
        return conversation.epoch if conversation else None

    def older(self, conversation_id: str, epoch: int) -> list[str]:
        """Sockets whose sessions are of an older epoch."""
        return [sid for sid, each in self._listening.get(conversation_id, {}).items() if each.epoch < epoch]

    async def join(self, sid: str, conversation: Conversation) -> None:
        """A socket that listens from now on."""
        room = self.room(conversation.id, conversation.epoch)
        await self._sockets.enter_room(sid, room, namespace=self._namespace)  # raises where it has left meanwhile
        self._talks[sid] = conversation.id
        self._listening.setdefault(conversation.id, {})[sid] = conversation

    async def move(self, sid: str | None, conversation_id: str, epoch: int) -> Conversation | None:
        """Let a socket listen in the epoch after its own; None for one that is not there, or of any other epoch."""
        before = self._listening.get(conversation_id, {}).get(sid or "")
        if before is None or sid is None or before.epoch + 1 != epoch:
            return None
        room = self.room(conversation_id, before.epoch)
        await self.join(sid, replace(before, epoch=epoch))
        await self._sockets.leave_room(sid, room, namespace=self._namespace)
        return self.conversation(sid)

    async def put_out(self, sid: str) -> None:
        """End a socket's line."""
        self.leave(sid)
        await self._sockets.disconnect(sid, namespace=self._namespace)

    def leave(self, sid: str) -> None:
        """A socket that listens no more."""
        conversation_id = self._talks.pop(sid, None)
        if conversation_id is not None:
            listening = self._listening[conversation_id]
            del listening[sid]
            if not listening:
                del self._listening[conversation_id]
