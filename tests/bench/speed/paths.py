"""Where the bench finds and makes things."""

from __future__ import annotations

import socket
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
BOT = HERE / "bot"
STOCK = HERE / "stock"
MADE = ROOT / ".cache" / "bench"


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
