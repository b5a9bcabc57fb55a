"""Signatures of web hooks: who sent a body, that nobody changed it, and that it is not an old one sent anew.

`Storehand-Signature: t=<unix seconds>,v1=<HMAC-SHA256 over "<t>.<body>", in hex>`
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Sequence

HEADER = "Storehand-Signature"
_OLDEST_S = 300
_WRITTEN_LIKE_OURS = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


class Signatures:
    """Signs with the first of the secrets; takes what was signed with any of them, so that they can be changed."""

    def __init__(self, secrets: Sequence[str], now: Callable[[], float] = time.time) -> None:
        self._keys = [secret.encode() for secret in secrets]
        self._now = now

    def sign(self, body: bytes) -> str:
        """The header's value for a body that is sent now."""
        moment = str(int(self._now()))
        return f"t={moment},v1={_digest(self._keys[0], moment, body)}"

    def is_current(self, header: str) -> bool:
        """Whether this can be a signature at all: written like ours, and from the last (or next) five minutes."""
        written = _WRITTEN_LIKE_OURS.fullmatch(header)
        return written is not None and abs(self._now() - int(written[1])) <= _OLDEST_S

    def is_good(self, header: str, body: bytes) -> bool:
        """Whether it is one, of this body. Takes the same time for every wrong one."""
        written = _WRITTEN_LIKE_OURS.fullmatch(header)
        if written is None or not self.is_current(header):
            return False
        return any([hmac.compare_digest(_digest(key, written[1], body), written[2]) for key in self._keys])  # noqa: C419


def _digest(key: bytes, moment: str, body: bytes) -> str:
    return hmac.new(key, moment.encode() + b"." + body, hashlib.sha256).hexdigest()
