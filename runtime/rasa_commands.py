"""Rasa's own commands, made lean: the same arguments, with actions in the process and the database ready."""

from __future__ import annotations

import asyncio
import sys

from runtime import logs
from runtime.database import migrate
from runtime.lean import explain_missing_components
from shop.bootstrap import the_shop

_TALKS = {"shell", "interactive"}


def run_rasa(*arguments: str) -> None:
    """Run `rasa <arguments>` in this process; it exits with Rasa's own code."""
    logs.configure(as_json=False, level="WARNING")
    if arguments[0] in _TALKS:
        _prepare_to_talk()
    from rasa.__main__ import main

    explain_missing_components()
    sys.argv = ["rasa", *arguments]
    main()


def _prepare_to_talk() -> None:
    """Give Rasa our actions where it would ask an action server."""
    from rasa.core.utils import AvailableEndpoints

    from runtime.in_process import InProcessActions

    shop = the_shop()
    asyncio.run(_migrate_and_let_go())
    read = AvailableEndpoints.read_endpoints.__func__  # type: ignore[attr-defined]

    def with_our_actions(cls: type, path: str) -> AvailableEndpoints:
        endpoints: AvailableEndpoints = read(cls, path)
        endpoints.action = InProcessActions(shop)  # type: ignore[assignment]
        return endpoints

    AvailableEndpoints.read_endpoints = classmethod(with_our_actions)  # type: ignore[method-assign,assignment]


async def _migrate_and_let_go() -> None:
    """Connections belong to the loop that opened them; Rasa brings its own."""
    shop = the_shop()
    await migrate(shop.database)
    await shop.close()
