"""`make bench`, or `make bench BENCH="latency memory"` for some parts. The README is written when all were measured."""

from __future__ import annotations

import argparse
import asyncio
import os
import time

from tests.bench.speed import measures, report, stock_rasa, storehand
from tests.bench.speed.measures import Figures
from tests.bench.speed.paths import BOT
from tests.bench.speed.side import Side
from tests.bench.speed.stock_rasa import StockRasa
from tests.bench.speed.storehand import Storehand

SERVING = {"start", "latency", "throughput", "memory", "long"}
PARTS = ("size", "training", "start", "latency", "throughput", "memory", "long", "oversized", "delivery")


def main() -> None:
    """Measure both sides, one after the other, and report."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all when none is named")
    chosen = parser.parse_args().parts or list(PARTS)
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    load = os.getloadavg()[0]  # what others do on this machine
    stock_rasa.install()
    storehand.install()
    stock, ours = StockRasa(), Storehand()
    figures = {side.name: _measure(side, chosen) for side in (stock, ours)}
    if "training" in chosen:
        started = time.monotonic()
        ours.train_own_data()
        figures[ours.name][report.OWN_TRAINING] = time.monotonic() - started
    for name, measure in (("oversized", measures.oversized), ("delivery", measures.delivery)):
        if name in chosen:
            figures[ours.name] |= measure()
    table = report.table(figures[stock.name], figures[ours.name], load)
    print(table)
    if set(chosen) == set(PARTS):
        report.write(table)


def _measure(side: Side, chosen: list[str]) -> Figures:
    found: Figures = {}
    if "size" in chosen:
        found |= measures.installed(side)
    if "training" in chosen:
        found |= measures.training(side)
    elif not _is_current(side):
        side.train()
    if SERVING & set(chosen):
        found |= asyncio.run(_serve(side, chosen))
    print(f"{side.name}: {found}", flush=True)
    return found


def _is_current(side: Side) -> bool:
    if not side.model.is_file():
        return False
    return all(each.stat().st_mtime < side.model.stat().st_mtime for each in BOT.rglob("*.yml"))


async def _serve(side: Side, chosen: list[str]) -> Figures:
    started = time.monotonic()
    processes = side.start()
    try:
        found = await measures.first_reply(side, started, processes.check)
        await measures.answers(side)
        processes.check()
        for name, measure in (("latency", measures.latency), ("throughput", measures.throughput)):
            if name in chosen:
                found |= await measure(side)
        if "memory" in chosen:
            found["resident memory, MB"] = processes.resident_mb()
        if "long" in chosen:
            found |= await measures.long_talk(side)
        return found
    finally:
        processes.stop()


if __name__ == "__main__":
    main()
