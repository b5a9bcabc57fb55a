"""Rasa's own commands, made lean: the same arguments, with actions in the process and the database ready."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from runtime import logs
from runtime.database import migrate
from runtime.lean import explain_missing_components
from shop.bootstrap import the_shop

_TALKS = {"shell", "interactive"}
_PICTURE = Path(".cache/flows.html")


def run_rasa(*arguments: str) -> None:
    """Run `rasa <arguments>` in this process; it exits with Rasa's own code."""
    logs.configure(as_json=False, level="WARNING")
    if arguments[0] in _TALKS:
        _prepare_to_talk()
    from rasa.__main__ import main

    explain_missing_components()
    sys.argv = ["rasa", *arguments, *_own_defaults(arguments)]
    main()


def _own_defaults(arguments: Sequence[str]) -> list[str]:
    """What is said for those who say nothing: Rasa's shell would listen to every network, its picture lie about."""
    command, said = arguments[0], {argument.partition("=")[0] for argument in arguments}
    if command == "shell" and not said & {"-i", "--interface"}:
        return ["--interface", "127.0.0.1"]
    if command == "visualize" and "--out" not in said:
        _PICTURE.parent.mkdir(exist_ok=True)
        return ["--out", str(_PICTURE)]
    return []


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
