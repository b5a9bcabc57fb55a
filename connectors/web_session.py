"""The web chat's session: a token from the server says which conversation a browser may speak in.

It also says of which epoch it is. Once who the shopper is has changed, tokens from before are refused, since somebody
may have planted or copied one. The browser by which the shopper showed it gets a new one over its open line. Where that
line breaks in between, or the process ends, or the actions run in a process of their own, this browser begins a new
conversation like any that comes with an old one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

from itsdangerous import BadSignature, URLSafeTimedSerializer

from shop.conversations import Conversation, ConversationStore
from shop.errors import SessionUnknown
from shop.verification import Verification

_WRITTEN_LIKE_OURS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")  # decoding would skip the rest
_LIFE_S = 30 * 24 * 3600


@dataclass(frozen=True)
class WebSession:
    """What a token says: a conversation, and the epoch in which it was issued."""

    conversation_id: str
    epoch: int


class WebSessions:
    """Signed tokens, good for 30 days. A client keeps one; it can neither make nor choose one."""

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="web-session")

    def issue(self, conversation_id: str, epoch: int) -> str:
        """A token for a conversation, good until its epoch ends."""
        return str(self._signer.dumps([conversation_id, epoch]))

    def read(self, token: object) -> WebSession | None:
        """What a token says, or None for one that is forged, foreign, damaged or over."""
        if not isinstance(token, str) or not _WRITTEN_LIKE_OURS.fullmatch(token):
            return None
        try:
            said = self._signer.loads(token, max_age=_LIFE_S)
        except (BadSignature, UnicodeError):
            return None
        return WebSession(*said) if isinstance(said, list) else None  # tokens of the first versions had no epoch


class Pages(Protocol):
    """Which pages may show the chat."""

    def allows(self, origin: str | None, environ: dict[str, Any]) -> bool:
        """Whether a browser may come from there, to a server that it knows as `environ["HTTP_HOST"]`."""
        ...


class WebVisitors:
    """Who is at a browser now, for everything that it asks: the chat's line and its photos."""

    def __init__(
        self, sessions: WebSessions, store: ConversationStore, verification: Verification, pages: Pages
    ) -> None:
        self._sessions, self._store, self._verification, self._pages = sessions, store, verification, pages

    async def conversation(self, token: object, login: str | None) -> Conversation | None:
        """The one that the token names; None without a token, and where somebody else is at the page now.

        Raises `SessionUnknown` for a token that is not ours, or over, or of an older epoch.
        """
        if not token:
            return None
        session = self._sessions.read(token)
        if session is None:
            raise SessionUnknown("a token that is not ours or over")
        conversation = await self._store.get(session.conversation_id)
        if conversation is None:
            return None
        current = session.epoch == conversation.epoch
        if await self._verification.may_open(conversation.id, login, current=current):
            return conversation
        if not current:
            raise SessionUnknown("a token of an older epoch")
        return None

    def come_from_a_known_page(self, origin: str | None, host: str) -> bool:
        """Whether a request comes from a page that may show the chat, or from no browser."""
        return self._pages.allows(origin, {"HTTP_HOST": host})
