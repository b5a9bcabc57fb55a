"""`LoginTokens` as JSON Web Tokens (RFC 7519) signed with a secret that the shop's own server shares."""

from __future__ import annotations

import time

import jwt

_AUDIENCE = "storehand"
_LONGEST_LIFE_S = 24 * 3600


class JwtLoginTokens:
    """HS256 tokens with `sub` (the customer's id), `aud` = `storehand`, `iat` and `exp` (at most 24 h after `iat`)."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def customer_of(self, token: str) -> str | None:
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=["HS256"],
                audience=_AUDIENCE,
                options={"require": ["sub", "aud", "iat", "exp"]},
            )
        except (jwt.PyJWTError, UnicodeError):
            return None
        lives_long = claims["exp"] - claims["iat"] > _LONGEST_LIFE_S
        return None if lives_long else str(claims["sub"])

    def issue(self, customer_id: str, *, life_s: int = 3600) -> str:
        """A token as the shop's own server would make one."""
        now = int(time.time())
        claims = {"sub": customer_id, "aud": _AUDIENCE, "iat": now, "exp": now + life_s}
        return jwt.encode(claims, self._secret, algorithm="HS256")
