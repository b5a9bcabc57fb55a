"""The web chat's session: a token from the server says which conversation a browser may speak in."""

from __future__ import annotations

import re
from typing import Any, Protocol

from itsdangerous import BadSignature, URLSafeTimedSerializer

from shop.conversations import Conversation, ConversationStore
from shop.verification import Verification

_WRITTEN_LIKE_OURS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")  # decoding would skip the rest
_LIFE_S = 30 * 24 * 3600


class WebSessions:
    """Signed tokens, good for 30 days. A client keeps one; it can neither make nor choose one."""

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="web-session")

    def issue(self, conversation_id: str) -> str:
        """A token for a conversation."""
        return str(self._signer.dumps(conversation_id))

    def conversation_of(self, token: object) -> str | None:
        """The conversation's id, or None for a token that is forged, foreign, damaged or over."""
        if not isinstance(token, str) or not _WRITTEN_LIKE_OURS.fullmatch(token):
            return None
        try:
            conversation_id = self._signer.loads(token, max_age=_LIFE_S)
        except (BadSignature, UnicodeError):
            return None
        return conversation_id if isinstance(conversation_id, str) else None


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
        """The one that the token names, unless somebody else is at the page now."""
        known = self._sessions.conversation_of(token)
        conversation = await self._store.get(known) if known else None
        if conversation and await self._verification.still_theirs(conversation.id, login):
            return conversation
        return None

    def come_from_a_known_page(self, origin: str | None, host: str) -> bool:
        """Whether a request comes from a page that may show the chat, or from no browser."""
        return self._pages.allows(origin, {"HTTP_HOST": host})
