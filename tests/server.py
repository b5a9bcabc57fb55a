"""A real Storehand in a process of its own, on a free port, with a home that is gone afterwards."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

_START_S = 120


class Server:
    """`start`, `kill` (as kill -9 does) and `stop` may follow each other; the home with its database stays."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {"STOREHAND_HOME": str(home), "STOREHAND_MESSAGE_RATES": "1000 per second"} | environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> Server:
        log = (self.home / "log").open("ab")
        command = [sys.executable, "-m", "runtime.cli", "serve", "--port", str(self.port), "--log-json", *arguments]
        self._process = subprocess.Popen(command, env=os.environ | self._environment, stdout=log, stderr=log)
        deadline = time.monotonic() + _START_S
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log()[-3000:]}")
            time.sleep(0.1)
        return self

    def kill(self) -> None:
        """End it without a word."""
        self._end(signal.SIGKILL)

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Ask it to end, as Ctrl+C does, or as a supervisor does with SIGTERM; its exit code."""
        return self._end(how)

    def log(self) -> str:
        """All that it printed so far."""
        return (self.home / "log").read_text("utf-8", errors="replace")

    def get(self, path: str) -> str:
        """What a browser gets at a path."""
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return str(answer.read().decode())

    def demo(self) -> dict[str, dict[str, str]]:
        """The demo orders by their situation."""
        return {each["situation"]: each for each in json.loads(self.get("/demo/shop.json"))["orders"]}

    def newest_code(self, to: str) -> str:
        """The code in the newest email to somebody."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            for path in sorted((self.home / "outbox").glob("*.json"), reverse=True):
                email = json.loads(path.read_text("utf-8"))
                if email["to"] == to:
                    return re.search(r"\d{6}", email["subject"])[0]  # type: ignore[index]
            time.sleep(0.05)
        raise AssertionError("no email came")

    def _is_ready(self) -> bool:
        try:
            return '"ready"' in self.get("/readyz")
        except OSError:
            return False

    def _end(self, how: signal.Signals) -> int:
        if self._process and self._process.poll() is None:
            self._process.send_signal(how)
            return self._process.wait(timeout=30)
        return 0


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """The model, trained anew where the data has changed."""
    subprocess.run([sys.executable, "-m", "runtime.cli", "train"], check=True)
    return Path("models/storehand.tar.gz")


@pytest.fixture(scope="session")
def server(trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that only talk to it."""
    running = Server(tmp_path_factory.mktemp("home")).start()
    yield running
    running.stop()
