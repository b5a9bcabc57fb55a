"""Processes that are measured: started together, looked at, and ended whatever happens."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_END_S = 20


class Processes:
    """What one side needs to serve. Each process leads a group of its own, so that its children end with it."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder, self._environment = folder, {**os.environ, **environment}
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, name: str, command: Sequence[str | Path]) -> None:
        """Start a command in the folder; what it prints goes to `<name>.log` there."""
        with (self._folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=self._folder, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        self._running.append(process)

    def check(self) -> None:
        """Raises `RuntimeError` when one has ended by itself."""
        for process in self._running:
            if process.poll() is not None:
                raise RuntimeError(f"{process.args!r} ended with {process.returncode}; see the logs in {self._folder}")

    def wait(self, seconds: float) -> None:
        """Wait for them to end by themselves. Raises `RuntimeError` when one fails or takes longer."""
        try:
            for process in self._running:
                if process.wait(seconds) != 0:
                    raise RuntimeError(f"{process.args!r} failed; see the logs in {self._folder}")
        except subprocess.TimeoutExpired as error:
            raise RuntimeError(f"{error.cmd!r} took more than {seconds} s") from error
        finally:
            self.stop()

    def resident_mb(self) -> float:
        """Memory held by all of them and their children, in MB (10^6 bytes): the sum of each one's VmRSS."""
        return sum(_rss_kb(pid) for process in self._running for pid in _tree(process.pid)) * 1024 / 1e6

    def stop(self) -> None:
        """End them all: asked first, made to then."""
        for process in self._running:
            _signal(process, signal.SIGINT)
        for process in self._running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_END_S)
            _signal(process, signal.SIGKILL)
            process.wait(_END_S)
        self._running.clear()


def _signal(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, how)


def _tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = [int(each) for each in children.read_text().split()] if children.exists() else []
    return [pid, *(each for child in below for each in _tree(child))]


def _rss_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
