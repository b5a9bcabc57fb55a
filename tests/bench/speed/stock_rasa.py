"""Stock Rasa's side: its own environment, `rasa train`, `rasa run` and `rasa run actions`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import aiohttp

from tests.bench.speed.paths import BOT, MADE, ROOT, STOCK, free_port
from tests.bench.speed.processes import Processes
from tests.bench.speed.side import Talk

_ENVIRONMENT = MADE / "stock"
_RASA = _ENVIRONMENT / ".venv" / "bin" / "rasa"
_TRAIN_S = 1800
_ANSWER = aiohttp.ClientTimeout(total=60)
_ENDPOINTS = """\
action_endpoint:
  url: http://127.0.0.1:{port}/webhook
tracker_store:
  type: SQL
  dialect: sqlite
  db: tracker.db
"""


def install() -> None:
    """Build stock Rasa's environment, unless it is there as described in stock/pyproject.toml."""
    _ENVIRONMENT.mkdir(parents=True, exist_ok=True)
    shutil.copy(STOCK / "pyproject.toml", _ENVIRONMENT)
    command = [ROOT / ".tools/uv/bin/uv", "sync", "--quiet", "--python", "3.11"]
    subprocess.run(command, cwd=_ENVIRONMENT, check=True)


class StockRasa:
    """Two processes, asked over the REST channel."""

    name = "stock Rasa 3.6.21"
    packages = _ENVIRONMENT / ".venv/lib/python3.11/site-packages"

    def __init__(self) -> None:
        self._folder = MADE / "work-stock"
        self.model = self._folder / "models" / "bench.tar.gz"
        self._url = ""

    def train(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(BOT, self._folder, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(STOCK / "config.yml", self._folder)
        (self._folder / "credentials.yml").write_text("rest:\n", "utf-8")
        processes = self._processes()
        processes.start("train", [_RASA, "train", "--fixed-model-name", "bench"])
        processes.wait(_TRAIN_S)

    def start(self) -> Processes:
        (self._folder / "tracker.db").unlink(missing_ok=True)
        port, actions_port = free_port(), free_port()
        (self._folder / "endpoints.yml").write_text(_ENDPOINTS.format(port=actions_port), "utf-8")
        self._url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
        processes = self._processes()
        processes.start("actions", [_RASA, "run", "actions", "--port", str(actions_port)])
        processes.start("serve", [_RASA, "run", "-i", "127.0.0.1", "--port", str(port), "--model", self.model])
        return processes

    @asynccontextmanager
    async def talk(self) -> AsyncIterator[Talk]:
        async with aiohttp.ClientSession(timeout=_ANSWER) as session:
            chat = _Chat(session, self._url)
            await chat.say("/open_chat")
            yield chat

    def _processes(self) -> Processes:
        return Processes(self._folder, {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"})


class _Chat:
    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url, self._sender = session, url, uuid4().hex

    async def say(self, text: str) -> str:
        message = {"sender": self._sender, "message": text}
        async with self._session.post(self._url, json=message) as answer:
            answer.raise_for_status()
            return "\n".join(each.get("text", "") for each in await answer.json())
