"""Kill the process at every step of every act, do the act again, and see that it happened exactly once.

    python -m tests.shop.kill_points [--sample N]

Each act runs as the application runs it, in a process of its own on a SQLite file, and that process ends by SIGKILL at
its n-th step, for every n until the act gets through. A step is: the act is about to wait, it goes on after waiting,
SQLite starts a statement, or SQLite is in the middle of one. What is then on disk must be all of the act or nothing.
Another process does the act again with the same key; after it, the file must be the same, row by row, as after an act
that nobody disturbed. The processes are forks of this one, so that none has to import anything.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import event

from runtime.database import migrate
from shop.adapters.shop_file import load_shop
from shop.bootstrap import Shop, build
from shop.customers import Address
from shop.return_terms import ReturnLine, ReturnRequest
from shop.settings import Settings
from tests.shop.contract import NOON
from tests.shop.small_shop import delivered, line, order, parcel, payment, small_shop

TALK = "talk"
_INSIDE_A_STATEMENT = 40  # a step for each so many instructions of SQLite's virtual machine
_NEVER = 10**9
_TABLES = ("orders", "order_lines", "payments", "returns", "claims", "variants", "acts", "audit_log")

Dump = dict[str, list[tuple[object, ...]]]
Do = Callable[[Shop, str], Awaitable[object]]

ELSEWHERE = Address("Ada Okafor", "9 Quay Street", "Flat 2", "Leeds", "", "LS2 7EE", "GB")
EXCHANGE = ReturnRequest(
    "SH-1",
    (ReturnLine("SH-1-1", 1, "too_small", "1001-GOLD-M"), ReturnLine("SH-1-2", 2, "changed_mind")),
    "ada-card",
)


@dataclass(frozen=True)
class Scenario:
    """An act, what must have been done before it, and how many rows it adds to which tables."""

    name: str
    act: Do
    adds: dict[str, int]
    first: Do | None = None


def _open(shop: Shop, key: str) -> Awaitable[object]:
    return shop.returns.open(TALK, EXCHANGE, key)


def _cancel_return(shop: Shop, key: str) -> Awaitable[object]:
    return shop.returns.cancel(TALK, "SH-1-R1", key)


def _mark_sent(shop: Shop, key: str) -> Awaitable[object]:
    return shop.returns.mark_sent(TALK, "SH-1-R1", key, tracking_number="QP77")


def _cancel_order(shop: Shop, key: str) -> Awaitable[object]:
    return shop.cancelling.cancel(TALK, "SH-2", key, reason="ordered_by_mistake")


def _change_address(shop: Shop, key: str) -> Awaitable[object]:
    return shop.addresses.change(TALK, "SH-2", ELSEWHERE, key)


def _open_claim(shop: Shop, _: str) -> Awaitable[object]:
    return shop.claims.open(TALK, "SH-3", None)


_ONE_ACT = {"acts": 1, "audit_log": 1}
SCENARIOS = (
    Scenario("open_return", _open, {"returns": 1, **_ONE_ACT}),
    Scenario("cancel_return", _cancel_return, _ONE_ACT, first=_open),
    Scenario("mark_return_sent", _mark_sent, _ONE_ACT, first=_open),
    Scenario("cancel_order", _cancel_order, {"payments": 2, **_ONE_ACT}),
    Scenario("change_address", _change_address, _ONE_ACT),
    Scenario("open_claim", _open_claim, {"claims": 1, **_ONE_ACT}),
)
# An act whose key is another one each time: what the harness must find fault with.
CARELESS = Scenario("careless", lambda shop, _: _open(shop, uuid4().hex), {"returns": 1, **_ONE_ACT})


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
        added = {table: len(after[table]) - len(self._before[table]) for table in _TABLES}
        assert {table: count for table, count in added.items() if count} == self._scenario.adds, added
        return after

    def _fork(self, kill_at: int, steps: Path | None = None) -> int:
        """Do the act in a process of its own. Returns its exit code, negative for the signal that ended it."""
        assert threading.active_count() == 1, "a fork takes one thread only"
        child = os.fork()
        if child == 0:
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
        await load_shop(shop.database, small_shop(*_orders()))
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
    """Drives a coroutine, with a step before each time it waits and one when it goes on."""

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
            self._countdown.step()
            sent, failed = None, None
            try:
                sent = yield waits_for
            except BaseException as error:
                failed = error
            self._countdown.step()


async def _coroutine(act: Awaitable[object]) -> object:
    return await act


def _orders() -> tuple[dict[str, Any], ...]:
    came = {"shipments": [delivered("2026-05-05", 1), delivered("2026-05-05", 2, pieces=2)]}
    bought = {"lines": [line("1001-SAGE-S", "59.90"), line("1002-42", "99.50", 2)]}
    split = {"payments": [payment("ada-gift", "50.00"), payment("ada-card", "208.90")], "total": "258.90"}
    return (
        order("SH-1", **came, **bought, **split),
        order("SH-2", "paid", **bought, **split),
        order("SH-3", "lost", shipments=[parcel("lost")]),
    )


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
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in _TABLES}
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
    changed = (table for table in _TABLES if expected[table] != found[table])
    return ", ".join(f"{table} has {len(found[table])} rows, not {len(expected[table])}" if
                     len(found[table]) != len(expected[table]) else f"{table} differs" for table in changed)  # fmt: skip


def _files(path: Path) -> list[Path]:
    return [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]


def _move(path: Path, to: Path) -> None:
    assert not any(each.exists() for each in _files(path)[1:]), f"somebody still has {path} open"
    path.replace(to)


def run(scenarios: Sequence[Scenario], sample: int | None = None) -> list[Report]:
    """Kill every act. `sample` is how many steps to try in all."""
    each = None if sample is None else -(-sample // len(scenarios))
    reports = []
    for scenario in scenarios:
        with tempfile.TemporaryDirectory(prefix="storehand-") as folder:
            reports.append(Bench(scenario, Path(folder)).run(each))
    return reports


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, help="try so many steps in all instead of every one")
    parser.add_argument("--careless", action="store_true", help="show that an act without a key of its own is caught")
    arguments = parser.parse_args()
    reports = run((CARELESS,) if arguments.careless else SCENARIOS, arguments.sample)
    for report in reports:
        print(f"{report.name:18} {report.points:5} kills: {report.undone} before it was done, {report.done} after; "
              f"{len(report.faults)} faults; {report.seconds:.1f} s")  # fmt: skip
        print(*(f"  {fault}" for fault in report.faults[:5]), sep="\n", end="\n" if report.faults else "")
    points, faults = Counter[str](), 0
    for report in reports:
        points[report.name] = report.points
        faults += len(report.faults)
    print(f"{points.total()} kill points, {faults} faults, {sum(report.seconds for report in reports):.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
