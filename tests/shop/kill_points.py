"""Kill the process at every step of every act, do the act again, and see that it happened exactly once.

    python -m tests.shop.kill_points [--sample N]

Each act runs as the application runs it, in a process of its own on a SQLite file, and that process ends by SIGKILL at
its n-th step, for every n until the act gets through. A step is: the act goes on after an await, SQLite starts a
statement, or SQLite is in the middle of one. What is then on disk must be all of the act or nothing.
Another process does the act again with the same key; after it, the file must be the same, row by row, as after an act
that nobody disturbed. The processes are forks of this one, so that none has to import anything.

A killed process is not a power cut: what it wrote is on disk for the next one, so the file may lie in memory.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Coroutine, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import event

from runtime.database import migrate
from shop.adapters.shop_file import load_shop
from shop.bootstrap import build
from shop.settings import Settings
from tests.shop.contract import NOON
from tests.shop.kill_scenarios import CARELESS, SCENARIOS, TALK, Scenario, orders
from tests.shop.small_shop import small_shop

_INSIDE_A_STATEMENT = 40  # a step for each so many instructions of SQLite's virtual machine
_NEVER = 10**9
_MEMORY = Path("/dev/shm")
_ROWS = {
    table: f"SELECT {columns} FROM {table} ORDER BY 1, 2"
    for table, columns in {
        "orders": "*",
        "order_lines": "*",
        "payments": "*",
        "returns": "*",
        "claims": "*",
        "variants": "*",
        "acts": "kind, subject, result",
        "audit_log": "*",
    }.items()
}

Dump = dict[str, list[tuple[object, ...]]]


@dataclass
class Report:
    """How one act stood it. `undone` and `done`: what was on disk after the kill; `faults` say what was wrong."""

    name: str
    undone: int
    done: int
    faults: list[str]
    seconds: float

    @property
    def points(self) -> int:
        return self.undone + self.done + len(self.faults)


class Bench:
    """One scenario on one file. Everything is built here once; each run of the act is a fork."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        self._scenario, self._folder = scenario, folder
        settings = Settings.read({"STOREHAND_HOME": str(folder), "STOREHAND_SECRET": "s" * 32})
        self._path = folder / "storehand.db"
        self._shop = build(settings, clock=lambda: NOON)
        self._start = folder / "start.db"
        asyncio.run(self._prepare())
        _move(self._path, self._start)
        self._before = _dump(self._start)
        self._steps = self._count()
        self._after = self._undisturbed()

    def run(self, sample: int | None) -> Report:
        """Kill it at every step, or at so many steps spread over all of them."""
        began = time.monotonic()
        report = Report(self._scenario.name, 0, 0, [], 0.0)
        for step in _spread(self._steps, sample):
            self._kill_at(step, report)
        report.seconds = time.monotonic() - began
        return report

    def _kill_at(self, step: int, report: Report) -> None:
        self._reset()
        if self._fork(step) != -signal.SIGKILL:
            return report.faults.append(f"step {step}: the act was over before it could be killed")
        on_disk = _dump_of_copy(self._path)
        if on_disk not in (self._before, self._after):
            return report.faults.append(f"step {step}: half done: {_difference(self._before, on_disk)}")
        if self._fork(_NEVER) != 0:
            return report.faults.append(f"step {step}: the act could not be done again")
        again = _dump(self._path)
        if again != self._after:
            return report.faults.append(f"step {step}: lost or doubled: {_difference(self._after, again)}")
        if on_disk == self._before:
            report.undone += 1
        else:
            report.done += 1
        return None

    def _count(self) -> int:
        """How many steps the act has."""
        self._reset()
        steps = self._folder / "steps"
        assert self._fork(_NEVER, steps) == 0, f"{self._scenario.name} fails even when it is left alone"
        return int(steps.read_text("ascii"))

    def _undisturbed(self) -> Dump:
        """What an act that nobody disturbs leaves behind."""
        after = _dump(self._path)
        added = {table: len(rows) - len(self._before[table]) for table, rows in after.items()}
        assert {table: count for table, count in added.items() if count} == self._scenario.adds, added
        return after

    def _fork(self, kill_at: int, steps: Path | None = None) -> int:
        """Do the act in a process of its own. Returns its exit code, negative for the signal that ended it."""
        _wait_for_threads()
        child = os.fork()
        if child == 0:
            gc.disable()
            code = 1
            try:
                taken = asyncio.run(self._act(Countdown(kill_at)))
                if steps:
                    steps.write_text(str(taken), "ascii")
                code = 0
            finally:
                os._exit(code)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    async def _act(self, countdown: Countdown) -> int:
        """The act, with every step counted, up to its result; as in the application, connections stay open."""

        @event.listens_for(self._shop.database.engine.sync_engine, "connect")
        def _listen(connection: Any, _record: object) -> None:
            connection.run_async(lambda driver: driver.set_trace_callback(lambda _sql: countdown.step()))
            connection.run_async(lambda driver: driver.set_progress_handler(countdown.step, _INSIDE_A_STATEMENT))

        await Stepped(_coroutine(self._scenario.act(self._shop, "the key")), countdown)
        return countdown.taken

    async def _prepare(self) -> None:
        """The shop's file, with Ada proven; then the act once, elsewhere, so that forks find everything warmed up."""
        shop = self._shop
        await migrate(shop.database)
        await load_shop(shop.database, small_shop(*orders()))
        assert await shop.verification.accept_login(TALK, shop.login_tokens.issue("C-1"))
        if self._scenario.first:
            await self._scenario.first(shop, "an earlier key")
        await shop.database.close()
        shutil.copy(self._path, self._folder / "kept.db")
        await self._scenario.act(shop, "a rehearsal")
        await shop.database.close()
        _move(self._folder / "kept.db", self._path)

    def _reset(self) -> None:
        for path in _files(self._path):
            path.unlink(missing_ok=True)
        shutil.copy(self._start, self._path)


def _wait_for_threads() -> None:
    """A fork takes one thread only, and those of connections that were closed end a moment later."""
    deadline = time.monotonic() + 10
    while threading.active_count() > 1:
        assert time.monotonic() < deadline, threading.enumerate()
        time.sleep(0.001)


class Countdown:
    """Ends the process, as `kill -9` does, at a given step."""

    def __init__(self, kill_at: int) -> None:
        self._kill_at, self.taken = kill_at, 0

    def step(self) -> None:
        self.taken += 1
        if self.taken == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(60)  # a thread that isn't the main one lives a moment longer: it must not go on


class Stepped:
    """Drives a coroutine, with a step each time that it goes on after waiting."""

    def __init__(self, coroutine: Coroutine[Any, Any, object], countdown: Countdown) -> None:
        self._coroutine, self._countdown = coroutine, countdown

    def __await__(self) -> Generator[Any, Any, object]:
        sent: Any = None
        failed: BaseException | None = None
        while True:
            try:
                waits_for = self._coroutine.throw(failed) if failed else self._coroutine.send(sent)
            except StopIteration as result:
                return result.value
            sent, failed = None, None
            try:
                sent = yield waits_for
            except BaseException as error:
                failed = error
            self._countdown.step()


async def _coroutine(act: Awaitable[object]) -> object:
    return await act


def _spread(steps: int, sample: int | None) -> Iterator[int]:
    """Every step, or so many of them, from the first to the last."""
    if sample is None or sample >= steps:
        yield from range(1, steps + 1)
    else:
        yield from (1 + place * (steps - 1) // max(1, sample - 1) for place in range(sample))


def _dump(path: Path) -> Dump:
    """All rows of the tables that an act may change."""
    connection = sqlite3.connect(path)
    try:
        return {table: connection.execute(query).fetchall() for table, query in _ROWS.items()}
    finally:
        connection.close()


def _dump_of_copy(path: Path) -> Dump:
    """The same without touching the file, whose recovery is left to the process that does the act again."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        for each in _files(path)[:2]:
            if each.exists():
                shutil.copy(each, folder)
        return _dump(Path(folder) / path.name)


def _difference(expected: Dump, found: Dump) -> str:
    changed = [table for table in _ROWS if expected[table] != found[table]]
    return ", ".join(f"{table} ({len(found[table])} rows, not {len(expected[table])})" for table in changed)


def _files(path: Path) -> list[Path]:
    return [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]


def _move(path: Path, to: Path) -> None:
    assert not any(each.exists() for each in _files(path)[1:]), f"somebody still has {path} open"
    path.replace(to)


def run(scenarios: Sequence[Scenario], sample: int | None = None) -> list[Report]:
    """Kill every act. `sample` is how many steps to try in all."""
    each = None if sample is None else -(-sample // len(scenarios))
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork")) as pool:
        return list(pool.map(_run_one, scenarios, [each] * len(scenarios)))


def _run_one(scenario: Scenario, sample: int | None) -> Report:
    memory = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="storehand-", dir=memory) as folder:
        bench = Bench(scenario, Path(folder))
        gc.collect()
        gc.freeze()  # what was there before the forks is not looked at again, so that they share its memory
        return bench.run(sample)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="try so many steps in all instead of every one")
    parser.add_argument("--careless", action="store_true", help="show that acts which are not done once are caught")
    arguments, began = parser.parse_args(), time.monotonic()
    reports = run(CARELESS if arguments.careless else SCENARIOS, arguments.sample)
    for report in reports:
        print(f"{report.name:18} {report.points:5} kills: {report.undone} before it was done, {report.done} after; "
              f"{len(report.faults)} faults; {report.seconds:.1f} s")  # fmt: skip
        print(*(f"  {fault}" for fault in report.faults[:5]), sep="\n", end="\n" if report.faults else "")
    points, faults = sum(report.points for report in reports), sum(len(report.faults) for report in reports)
    print(f"{points} kill points, {faults} faults, {time.monotonic() - began:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
