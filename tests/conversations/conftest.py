"""The demo shop and the trained model, loaded once for all conversations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from runtime import lean

lean.install()

from runtime.assistant import RasaAssistant  # noqa: E402 - after the placeholders
from runtime.database import migrate  # noqa: E402
from runtime.demo import orders_to_try, seed_demo_shop  # noqa: E402
from shop.bootstrap import Shop, build  # noqa: E402
from shop.settings import Settings  # noqa: E402
from shop.verification import VerificationRules  # noqa: E402
from tests.conversations.orders import Orders  # noqa: E402
from tests.conversations.talk import Talk  # noqa: E402

Begin = Callable[..., Awaitable[Talk]]


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    """A demo shop in a database of its own."""
    home = tmp_path_factory.mktemp("conversations")
    settings = replace(Settings.read({"STOREHAND_HOME": str(home)}), smtp_url=None)
    shop = build(settings, rules=VerificationRules(same_time=0, codes_in_lock=1000))
    await migrate(shop.database)
    await seed_demo_shop(shop)
    yield shop
    await shop.close()


@pytest.fixture(scope="package")
def assistant(demo: Shop, trained_model: Path) -> RasaAssistant:
    """The trained model."""
    return RasaAssistant.load(trained_model, demo)


@pytest.fixture(scope="package")
def some(demo: Shop) -> Orders:
    """Orders that no other test has used."""
    return Orders(demo)


@pytest.fixture
def begin(demo: Shop, assistant: RasaAssistant) -> Begin:
    """Begins a conversation, signed in where a customer's id is given."""

    async def begin(customer_id: str | None = None, channel: str = "test") -> Talk:
        return await Talk.begin(demo, assistant, customer_id, channel)

    return begin


@pytest_asyncio.fixture(loop_scope="package")
async def orders(demo: Shop) -> dict[str, dict[str, str]]:
    """An order in each situation."""
    return {each["situation"]: each for each in await orders_to_try(demo)}
