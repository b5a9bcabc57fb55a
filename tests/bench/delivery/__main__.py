"""Thousands of messages over a line that is cut and to a server that is killed; in the end nothing may be missing.

python -m tests.bench.delivery --messages 10000 --cuts 180 --kills 20
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import yaml

from tests.bench.delivery.line import Line
from tests.bench.delivery.page import Page
from tests.bench.delivery.verdict import KINDS, Verdict, judge
from tests.server import Server

_SHARE = 0.25  # of the connections, in each cut
_PATIENCE_S = 90.0
_LOOK_S = 0.02


@dataclass
class Run:
    """One run. `pages` are the conversations that were had, by all clients."""

    messages: int
    at_once: int
    length: int
    trouble: list[str]
    pages: list[Page] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        """Messages so far."""
        return sum(len(page.acknowledged) for page in self.pages)


async def _talk(run: Run, url: str, messages: int) -> None:
    """One conversation: bursts of one to three messages, then a look at the answers."""
    page = Page(url)
    run.pages.append(page)
    await page.open()
    await page.has_shown(1, timeout=_PATIENCE_S)
    texts = itertools.islice(itertools.cycle(KINDS), random.randrange(len(KINDS)), None)
    while len(page.sent) < messages:
        for text in itertools.islice(texts, min(random.randint(1, 3), messages - len(page.sent))):
            await page.say(text)
        if not await page.has_shown(1 + 2 * len(page.sent), timeout=_PATIENCE_S):
            break
    await page.close()


async def _keep_talking(run: Run, url: str, lengths: list[int]) -> None:
    while lengths:
        await _talk(run, url, lengths.pop())


async def _trouble(run: Run, line: Line, server: Server) -> None:
    """Cut and kill, spread evenly over the messages."""
    for number, what in enumerate(run.trouble, 1):
        due = run.messages * number / (len(run.trouble) + 1)
        while run.acknowledged < due:  # noqa: ASYNC110 (the count is nobody's event)
            await asyncio.sleep(_LOOK_S)
        if what == "cut":
            line.cut(_SHARE)
        else:
            server.kill()
            await asyncio.to_thread(server.start)


async def _judged(run: Run, url: str) -> Verdict:
    answers = _answers()
    total = Verdict()
    for page in run.pages:
        fresh = Page(url, page.token)
        await fresh.open()
        transcript = await fresh.read_all(timeout=30)
        await fresh.close()
        total += judge(page.sent, page.acknowledged, page.shown, transcript, answers)
    return total


def _answers() -> dict[str, str]:
    """The designers' words, with the name of their response."""
    responses = yaml.safe_load(Path("data/smalltalk.yml").read_text("utf-8"))["responses"]
    return {text["text"]: name for name in KINDS.values() for text in responses[name]}


def _lengths(run: Run) -> list[int]:
    full, rest = divmod(run.messages, run.length)
    return [run.length] * full + ([rest] if rest else [])


async def _bench(run: Run) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as home:
        server = await asyncio.to_thread(Server(Path(home)).start)
        try:
            async with Line(server.port) as line:
                begun = time.monotonic()
                trouble = asyncio.create_task(_trouble(run, line, server))
                lengths = _lengths(run)
                async with asyncio.TaskGroup() as group:
                    for _ in range(run.at_once):
                        group.create_task(_keep_talking(run, line.url, lengths))
                await asyncio.wait_for(trouble, timeout=_PATIENCE_S)
                seconds = time.monotonic() - begun
            verdict = await _judged(run, server.url)
        finally:
            server.kill()
    return asdict(verdict) | {
        "conversations": len(run.pages),
        "cuts": line.cuts,
        "connections_cut": line.connections_cut,
        "kills": run.trouble.count("kill"),
        "reconnects": sum(page.connections - 1 for page in run.pages),
        "holes_asked_for": sum(page.asked for page in run.pages),
        "seconds": round(seconds, 1),
        "clean": verdict.is_clean,
    }


def run(*, messages: int, cuts: int, kills: int, at_once: int = 40, length: int = 50) -> dict[str, object]:
    """Talk, cut and kill; what was lost, doubled, reordered, and how often the line was cut."""
    trouble = ["cut"] * cuts + ["kill"] * kills
    random.shuffle(trouble)
    return asyncio.run(_bench(Run(messages, at_once, length, trouble)))


def main() -> int:
    """1 when a message was lost, doubled, reordered, or not answered once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--cuts", type=int, default=180)
    parser.add_argument("--kills", type=int, default=20, help="of the server, as kill -9 does; each costs about 8 s")
    parser.add_argument("--at-once", type=int, default=40, help="conversations")
    parser.add_argument("--length", type=int, default=50, help="messages in one conversation")
    wanted = parser.parse_args()
    figures = run(**vars(wanted))
    print(json.dumps(figures, indent=2))
    return 0 if figures["clean"] else 1


if __name__ == "__main__":
    sys.exit(main())
