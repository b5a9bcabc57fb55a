"""Commands that work on a file and need no server: `parse`, `replay`, `load-shop`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from runtime import logs, model
from runtime.database import migrate
from shop.bootstrap import build, use
from shop.errors import SetupError
from shop.settings import Settings
from shop.verification import VerificationRules

_REPLAY_RULES = VerificationRules(codes_in_lock=10_000, same_time=0)


def parse_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """What the model makes of each message: `text`, `route`, `intent`, `confidence`, `entities`."""
    from runtime.assistant import RasaAssistant

    assistant = RasaAssistant.load(_trained(), build(Settings.read()))
    with asyncio.Runner() as runner:
        for line in lines:
            yield runner.run(assistant.understand(line.rstrip("\n")))


def replay_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Hold each scripted conversation through intake, on the configured database; emails stay in the outbox."""
    scripts = [_script(line, number) for number, line in enumerate(lines, 1) if line.strip()]
    from runtime.assistant import RasaAssistant
    from runtime.replay import Replay

    shop = build(replace(Settings.read(), smtp_url=None), rules=_REPLAY_RULES)
    use(shop)
    with asyncio.Runner() as runner:
        runner.run(migrate(shop.database))
        player = Replay(shop, RasaAssistant.load(_trained(), shop))
        for script in scripts:
            yield runner.run(player.play(script))
        runner.run(shop.close())


async def load_shop_file(content: str, *, replace: bool) -> str:
    """Load a shop from JSON, all or nothing. Returns what was loaded, in words."""
    from runtime.demo import forget_demo_shop
    from shop.adapters.shop_file import load_shop

    shop = build(Settings.read())
    await migrate(shop.database)
    try:
        loaded = await load_shop(shop.database, _json(content), replace=replace)
        forget_demo_shop(shop)
    finally:
        await shop.close()
    return (
        f"Loaded {loaded.products} products with {loaded.variants} variants, "
        f"{loaded.customers} customers and {loaded.orders} orders."
    )


def _trained() -> Any:
    logs.configure(as_json=True, level="WARNING")
    return model.MODEL if model.is_current() else model.train()


def _json(content: str) -> Any:
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        raise SetupError(f"The file is not JSON: {error.msg} in line {error.lineno}, column {error.colno}.") from error


def _script(line: str, number: int) -> dict[str, Any]:
    """One conversation to hold: `{"id", "customer": id or null, "say": [text or what is pressed]}`."""
    try:
        script = json.loads(line)
    except json.JSONDecodeError as error:
        raise SetupError(f"Line {number} is not JSON: {error.msg} at column {error.colno}.") from error
    if not isinstance(script, dict) or not isinstance(script.get("say"), list):
        raise SetupError(f'Line {number} needs "say", a list of what the shopper says.')
    for each in script["say"]:
        if not isinstance(each, str) and not (isinstance(each, dict) and _is_press(each)):
            wanted = '{"choose": label} or {"pick": {item: pieces}}'
            raise SetupError(f"Line {number}: {json.dumps(each)} is neither a text nor {wanted}.")
    return script


def _is_press(each: dict[str, Any]) -> bool:
    """Whether this says which button is pressed, or what is picked in an item picker."""
    pieces = each.get("pick")
    if isinstance(pieces, dict):
        return bool(pieces) and all(type(count) is int for count in pieces.values())
    return isinstance(each.get("choose"), str)
