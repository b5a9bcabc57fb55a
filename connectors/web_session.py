"""The web chat's session: a token from the server says which conversation a browser may speak in."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeTimedSerializer

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
        if not isinstance(token, str):
            return None
        try:
            conversation_id = self._signer.loads(token, max_age=_LIFE_S)
        except (BadSignature, UnicodeError):
            return None
        return conversation_id if isinstance(conversation_id, str) else None
