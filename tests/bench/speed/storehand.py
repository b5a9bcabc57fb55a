"""Storehand's side: `storehand train` and `storehand serve` in a folder with the bench bot's files."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import socketio

from tests.bench.speed.paths import BOT, MADE, ROOT, free_port
from tests.bench.speed.processes import Processes
from tests.bench.speed.side import Talk
from tests.shopper import Shopper, texts

_ENVIRONMENT = MADE / "storehand"
_COMMAND = (_ENVIRONMENT / "bin" / "python", "-m", "tests.bench.speed.storehand_bot")
_TRAIN_S = 600


def install() -> None:
    """Build the environment that a shop would have: what Storehand needs to run, without what its developers use."""
    command = [ROOT / ".tools/uv/bin/uv", "sync", "--frozen", "--no-dev", "--quiet", "--python", sys.executable]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"UV_PROJECT_ENVIRONMENT": str(_ENVIRONMENT)}, check=True)


class Storehand:
    """One process, asked over its web chat."""

    name = "Storehand"
    packages = _ENVIRONMENT / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"

    def __init__(self) -> None:
        self._folder = MADE / "work-storehand"
        self.model = self._folder / "models" / "storehand.tar.gz"
        self._port = 0

    def train(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(BOT / "data", self._folder / "data")
        for source in (BOT / "domain.yml", ROOT / "config.yml", ROOT / "credentials.yml"):
            shutil.copy(source, self._folder)
        self._run("train", "--force")

    def train_own_data(self) -> None:
        """Train Storehand's own flows, from an empty folder: many times the bench bot's examples."""
        folder = MADE / "work-own"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(ROOT / "data", folder / "data")
        for name in ("domain.yml", "config.yml"):
            shutil.copy(ROOT / name, folder)
        self._run("train", "--force", folder=folder)

    def start(self) -> Processes:
        shutil.rmtree(self._folder / "home", ignore_errors=True)
        self._port = free_port()
        processes = Processes(self._folder, self._environment())
        processes.start("serve", [*_COMMAND, "serve", "--port", str(self._port)])
        return processes

    @asynccontextmanager
    async def talk(self) -> AsyncIterator[Talk]:
        _, knock = await asyncio.open_connection("127.0.0.1", self._port)
        knock.close()
        shopper = Shopper(f"http://127.0.0.1:{self._port}")
        try:
            await shopper.connect()
        except socketio.exceptions.ConnectionError as error:
            raise OSError(str(error)) from error
        try:
            await shopper.replies()
            yield _Chat(shopper)
        finally:
            await shopper.disconnect()

    def _run(self, *arguments: str, folder: Path | None = None) -> None:
        where = folder or self._folder
        processes = Processes(where, self._environment())
        processes.start("train", [*_COMMAND, *arguments])
        processes.wait(_TRAIN_S)

    def _environment(self) -> dict[str, str]:
        return {
            "PYTHONPATH": str(ROOT),
            "STOREHAND_DATA": str(ROOT / "data"),  # the words of its own pages and emails
            "STOREHAND_HOME": str(self._folder / "home"),
            "STOREHAND_MESSAGE_RATES": "100000 per second",
        }


class _Chat:
    def __init__(self, shopper: Shopper) -> None:
        self._shopper = shopper

    async def say(self, text: str) -> str:
        return texts(await self._shopper.say(text))
