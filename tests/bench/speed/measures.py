"""The measures. Each takes a side that serves (or only its files) and returns figures by name."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import oversized as beside_oversized
from tests.bench.delivery import __main__ as trouble
from tests.bench.speed.script import CONVERSATION, EXPECTED, turns
from tests.bench.speed.side import Side, Talk

Figures = dict[str, float]

_SHORT_TALKS = 40
_AT_ONCE = 20
_TURNS_AT_ONCE = 16
_LONG_MARKS = (10, 100, 300)
_START_S = 300


async def first_reply(side: Side, started: float, check: Callable[[], None]) -> Figures:
    """Seconds from the start of the processes (`started`, by time.monotonic) to the first reply over the wire.

    `check` raises where one of them has ended.
    """
    while time.monotonic() - started < _START_S:
        check()
        try:
            async with side.talk() as talk:
                if await talk.say(CONVERSATION[0]):
                    return {"start to first reply, s": time.monotonic() - started}
        except OSError:
            await asyncio.sleep(0.05)
    raise RuntimeError(f"{side.name} did not answer within {_START_S} s")


def delivery() -> Figures:
    """What becomes of 10,000 messages to the shop itself over 180 cuts of the line and 20 kills of the server."""
    found = trouble.run(messages=10_000, cuts=180, kills=20)
    return {f"of 10,000 messages {kind}": float(str(found[kind])) for kind in ("lost", "doubled", "reordered")}


def oversized() -> Figures:
    """Milliseconds that others are delayed by somebody who sends 5 MB again and again."""
    found = asyncio.run(beside_oversized.measure())
    return {"longest delay beside 5 MB, ms": max(0.0, found["delay, max"])}


async def answers(side: Side) -> None:
    """One conversation, looked at: raises `RuntimeError` when a reply is not the one that this turn is for."""
    async with side.talk() as talk:
        for text, expected in zip(CONVERSATION, EXPECTED, strict=True):
            reply = await talk.say(text)
            if expected not in reply.lower():
                raise RuntimeError(f"{side.name} answered {text!r} with {reply!r}, not with {expected!r}")


async def latency(side: Side) -> Figures:
    """Milliseconds from a message to its whole reply, in many short conversations, one at a time."""
    taken: list[float] = []
    for _ in range(_SHORT_TALKS):
        async with side.talk() as talk:
            taken += [await _timed(talk, text) for text in CONVERSATION]
    points = statistics.quantiles(taken, n=100, method="inclusive")
    return {f"turn p{point}, ms": points[point - 1] for point in (50, 95, 99)}


async def throughput(side: Side) -> Figures:
    """Messages answered a second while 20 conversations go on at once, each waiting for its replies."""
    opened, everyone = asyncio.Semaphore(0), asyncio.Event()

    async def one() -> None:
        async with side.talk() as talk:
            opened.release()
            await everyone.wait()
            for text in turns(_TURNS_AT_ONCE):
                await talk.say(text)

    async with asyncio.TaskGroup() as group:
        for _ in range(_AT_ONCE):
            group.create_task(one())
        for _ in range(_AT_ONCE):
            await opened.acquire()
        started = time.perf_counter()
        everyone.set()
    return {f"messages/s, {_AT_ONCE} at once": _AT_ONCE * _TURNS_AT_ONCE / (time.perf_counter() - started)}


async def long_talk(side: Side) -> Figures:
    """Milliseconds of a turn as one conversation gets long: the median of the eight turns from turn 10, 100, 300 on."""
    async with side.talk() as talk:
        taken = [await _timed(talk, text) for text in turns(max(_LONG_MARKS) + len(CONVERSATION))]
    return {
        f"turn {mark} of one conversation, ms": statistics.median(taken[mark - 1 : mark - 1 + len(CONVERSATION)])
        for mark in _LONG_MARKS
    }


def installed(side: Side) -> Figures:
    """MB (10^6 bytes) on disk of an environment's site-packages, without what Python compiles while running."""
    sizes = (each.stat().st_size for each in _files(side.packages))
    return {"installed size, MB": sum(sizes) / 1e6}


def training(side: Side) -> Figures:
    """Seconds of the training command, from an empty folder."""
    started = time.monotonic()
    side.train()
    return {"training, s": time.monotonic() - started}


async def _timed(talk: Talk, text: str) -> float:
    started = time.perf_counter()
    if not await talk.say(text):
        raise RuntimeError(f"no reply to {text!r}")
    return (time.perf_counter() - started) * 1000


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file() and not each.is_symlink() and each.suffix != ".pyc")
