"""Plays scripts through the whole stack, from intake to the database; each in a fresh copy of a shop."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from runtime import lean

lean.install()

from runtime.assistant import RasaAssistant  # noqa: E402 - after the placeholders
from runtime.replay import Replay  # noqa: E402
from shop.bootstrap import Shop, build  # noqa: E402
from shop.settings import Settings  # noqa: E402
from shop.verification import VerificationRules  # noqa: E402
from tests.bench.tau_retail_tasks import NOON, TAU  # noqa: E402
from tests.fakes import SettableClock  # noqa: E402


@dataclass(frozen=True)
class Player:
    """A shop under tau-retail's rules, with the trained model. Each script begins with a copy of `loaded`."""

    shop: Shop
    replay: Replay
    loaded: Path

    async def play(self, script: dict[str, Any]) -> dict[str, Any]:
        """Hold one conversation in a fresh copy. Its database stays until the next one."""
        await self._begin_afresh()
        return await self.replay.play(script)

    async def _begin_afresh(self) -> None:
        home = self.shop.settings.home
        await self.shop.verification.close()
        await self.shop.database.close()
        for left in home.glob("shop.db*"):
            left.unlink()
        shutil.rmtree(home / "outbox", ignore_errors=True)
        shutil.copy(self.loaded, home / "shop.db")


@asynccontextmanager
async def player(loaded: Path, model: Path, home: Path) -> AsyncIterator[Player]:
    """A player with a home of its own. What the merchant may set is set in the merchant's file."""
    data = _designers_files(home)
    given = {"STOREHAND_HOME": str(home), "STOREHAND_DATA": str(data)}
    settings = replace(Settings.read(given), smtp_url=None, database_url=f"sqlite:///{home / 'shop.db'}")
    shop = build(settings, clock=SettableClock(NOON), rules=VerificationRules(same_time=0))
    assert (shop.returns.rules, shop.cancelling.rules) == (TAU.returns, TAU.orders)
    try:
        yield Player(shop, Replay(shop, RasaAssistant.load(model, shop)), loaded)
    finally:
        await shop.close()


def _designers_files(home: Path) -> Path:
    """The designers' files with tau-retail's rules in place of the demo shop's."""
    data = home / "data"
    shutil.copytree("data", data)
    path = data / "shop" / "returns.yml"
    rules = yaml.safe_load(path.read_text("utf-8"))
    returns, orders = TAU.returns, TAU.orders
    rules["returns"] |= {
        "days": returns.days,
        "final_sale_excluded": returns.final_sale_excluded,
        "once_per_order": returns.once_per_order,
        "refund_to": [str(each) for each in returns.refund_to],
    }
    rules["exchanges"]["difference_to"] = [str(each) for each in returns.difference_to]
    rules["cancelling"] = {"until": str(orders.cancel_until), "reasons": [str(each) for each in orders.cancel_reasons]}
    rules["changing_the_address"] = {"until": str(orders.change_address_until)}
    path.write_text(yaml.safe_dump(rules), "utf-8")
    return data
