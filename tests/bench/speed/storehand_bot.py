"""Storehand's command line with the bench bot's action among its own."""

from __future__ import annotations

import actions
from runtime.cli import main
from tests.bench.speed.paths import BOT

actions.__path__.append(str(BOT / "actions"))

if __name__ == "__main__":
    main()
