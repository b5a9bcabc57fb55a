"""Does the server grow, and does one large message hold up the others?

    python -m tests.bench.memory --turns 8000

Prints the server's resident memory (MB) as the turns go by, its slope over the second half, and how long other
shoppers' turns take (ms) while one sends 5 MB.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from socketio.exceptions import SocketIOError

from tests.bench.delivery.verdict import KINDS
from tests.server import Server
from tests.shopper import NAMESPACE, Shopper

_AT_ONCE = 10
_LENGTH = 20  # turns in one conversation
_MARKS = (10, 25, 50, 75, 100)  # per cent
_LARGE = 5_000_000
_PROBES = 40


class Memory:
    """Counts turns and notes the memory at each mark."""

    def __init__(self, pid: int, turns: int) -> None:
        self._pid, self.turns = pid, turns
        self.begun = self.done = 0
        self.resident: dict[int, float] = {}

    def may_begin(self) -> bool:
        """Whether another conversation is wanted."""
        self.begun += _LENGTH
        return self.begun <= self.turns

    def count(self) -> None:
        """One more turn."""
        self.done += 1
        for mark in _MARKS:
            if self.done * 100 >= mark * self.turns and mark not in self.resident:
                self.resident[mark] = _resident(self._pid)

    def slope(self) -> float:
        """MB for 1,000 turns over the second half."""
        return (self.resident[100] - self.resident[50]) / (self.turns / 2 / 1000)


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return round(int(kilobytes) / 1024, 1)


def _pid(server: Server) -> int:
    """The process that serves this home."""
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if f"--port\0{server.port}\0".encode() in each.read_bytes():
                return int(each.parent.name)
    raise RuntimeError("the server is gone")


async def _talk_on(url: str, memory: Memory) -> None:
    """One conversation after another; each shopper leaves before the next one comes."""
    while memory.may_begin():
        async with Shopper(url) as shopper:
            await shopper.replies()
            for text in itertools.islice(itertools.cycle(KINDS), _LENGTH):
                await shopper.say(text)
                memory.count()


async def _turn_times(url: str) -> list[float]:
    """Milliseconds of some turns, one after the other."""
    async with Shopper(url) as shopper:
        await shopper.replies()
        return [await _timed(shopper, text) for text in itertools.islice(itertools.cycle(KINDS), _PROBES)]


async def _timed(shopper: Shopper, text: str) -> float:
    begun = time.perf_counter()
    await shopper.say(text)
    return (time.perf_counter() - begun) * 1000


async def _send_large(url: str, stop: asyncio.Event) -> None:
    """5 MB again and again; each ends its connection."""
    while not stop.is_set():
        shopper = Shopper(url)
        with contextlib.suppress(SocketIOError, OSError):
            await shopper.connect()
            large = {"client_id": "large", "text": "x" * _LARGE}
            await shopper._client.call("say", large, namespace=NAMESPACE, timeout=1)
        with contextlib.suppress(SocketIOError, OSError, TimeoutError):
            await asyncio.wait_for(shopper.disconnect(), timeout=1)


async def _delays(url: str) -> dict[str, float]:
    calm = await _turn_times(url)
    stop = asyncio.Event()
    sender = asyncio.create_task(_send_large(url, stop))
    beside = await _turn_times(url)
    stop.set()
    await sender
    return dict(_figures("alone", calm)) | dict(_figures("beside_5_mb", beside))


def _figures(name: str, times: list[float]) -> Iterator[tuple[str, float]]:
    yield f"{name}_p50_ms", round(statistics.median(times), 1)
    yield f"{name}_max_ms", round(max(times), 1)


async def _bench(turns: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as home:
        server = await asyncio.to_thread(Server(Path(home)).start)
        try:
            delays = await _delays(server.url)
            memory = Memory(_pid(server), turns)
            begun = time.monotonic()
            await asyncio.gather(*(_talk_on(server.url, memory) for _ in range(_AT_ONCE)))
            seconds = time.monotonic() - begun
        finally:
            server.stop()
    resident = {f"{mark}_percent_mb": megabytes for mark, megabytes in memory.resident.items()}
    slope = round(memory.slope(), 2)
    return delays | resident | {"turns": memory.done, "seconds": round(seconds, 1), "mb_per_1000_turns": slope}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=8000)
    wanted = parser.parse_args()
    turns = max(_LENGTH, wanted.turns // _LENGTH * _LENGTH)
    print(json.dumps(asyncio.run(_bench(turns)), indent=2))


if __name__ == "__main__":
    main()
