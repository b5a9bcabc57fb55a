"""The table, and its place in the README."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.speed.measures import Figures
from tests.bench.speed.paths import ROOT

OWN_TRAINING = "training of its own flows, s"
_BEGIN, _END = "<!-- bench -->", "<!-- /bench -->"
_TURN_10, _TURN_300 = "turn 10 of one conversation, ms", "turn 300 of one conversation, ms"


@dataclass(frozen=True)
class Target:
    """What was promised of a figure, in words, and whether it is kept by (stock's, ours)."""

    words: str
    kept: Callable[[Figures, Figures], bool]


def _times(name: str, factor: float) -> Target:
    return Target(f"≤ {factor:g} × stock", lambda stock, ours: ours[name] <= factor * stock[name])


_TARGETS = {
    "turn p50, ms": _times("turn p50, ms", 0.4),
    "turn p99, ms": _times("turn p99, ms", 0.5),
    "messages/s, 20 at once": Target(
        "≥ 3 × stock", lambda stock, ours: ours["messages/s, 20 at once"] >= 3 * stock["messages/s, 20 at once"]
    ),
    _TURN_300: Target("≤ 1.2 × its turn 10", lambda _, ours: ours[_TURN_300] <= 1.2 * ours[_TURN_10]),
    "start to first reply, s": _times("start to first reply, s", 0.2),
    "resident memory, MB": _times("resident memory, MB", 0.3),
    "installed size, MB": _times("installed size, MB", 0.35),
    "training, s": Target("≤ 30 s", lambda _, ours: ours["training, s"] <= 30),
    "longest delay beside 5 MB, ms": Target("< 50", lambda _, ours: ours["longest delay beside 5 MB, ms"] < 50),
    "of 10,000 messages lost": Target("0", lambda _, ours: ours["of 10,000 messages lost"] == 0),
    "of 10,000 messages doubled": Target("0", lambda _, ours: ours["of 10,000 messages doubled"] == 0),
    "of 10,000 messages reordered": Target("0", lambda _, ours: ours["of 10,000 messages reordered"] == 0),
    OWN_TRAINING: Target("≤ 30 s", lambda _, ours: ours[OWN_TRAINING] <= 30),
}


def table(stock: Figures, ours: Figures, load: float) -> str:
    """A Markdown table with a line for each figure, and one on the machine and its `load` before the run."""
    rows = [_row(name, stock, ours) for name in ours]
    head = ["| | stock Rasa 3.6.21 | Storehand | stock ÷ Storehand | target |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows, "", _machine(load)])


def write(text: str) -> None:
    """Put the table between its marks in the README."""
    readme = ROOT / "README.md"
    before, _, rest = readme.read_text("utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    readme.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", "utf-8")


def _row(name: str, stock: Figures, ours: Figures) -> str:
    target, own, theirs = _TARGETS.get(name), ours[name], stock.get(name)
    ratio = f"{theirs / own:.1f}" if theirs is not None else ""
    verdict = f"{target.words}: {'kept' if target.kept(stock, ours) else 'missed'}" if target else ""
    return f"| {name} | {_figure(theirs)} | {_figure(own)} | {ratio} | {verdict} |"


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 or value == 0 else f"{value:.1f}"


def _machine(load: float) -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown CPU")
    today = datetime.now(UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}, {platform.system()}"
    return f"{today}, {machine}; load average before the run {load:.1f}."
