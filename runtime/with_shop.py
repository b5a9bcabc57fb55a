"""A shop for the length of one command."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from runtime.database import migrate
from shop.bootstrap import Shop, build
from shop.settings import Settings

Result = TypeVar("Result")


def with_shop(ask: Callable[[Shop], Awaitable[Result]]) -> Result:
    """Build the shop that the environment describes, ask it, and give its database back."""

    async def run() -> Result:
        shop = build(Settings.read())
        try:
            await migrate(shop.database)
            return await ask(shop)
        finally:
            await shop.close()

    return asyncio.run(run())
