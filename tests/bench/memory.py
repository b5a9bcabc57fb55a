"""Does the server grow?

    python -m tests.bench.memory --turns 100000

Prints the server's resident memory (MB) as the turns go by, and its slope over the second half.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import tempfile
import time
from pathlib import Path

from tests.bench.delivery.verdict import KINDS
from tests.server import Server
from tests.shopper import Shopper

_AT_ONCE = 10
_LENGTH = 20  # turns in one conversation
_MARKS = (10, 25, 50, 75, 100)  # per cent


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


async def _bench(turns: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as home:
        server = await asyncio.to_thread(Server(Path(home)).start)
        try:
            memory = Memory(_pid(server), turns)
            begun = time.monotonic()
            await asyncio.gather(*(_talk_on(server.url, memory) for _ in range(_AT_ONCE)))
            seconds = time.monotonic() - begun
        finally:
            server.stop()
    resident = {f"{mark}_percent_mb": megabytes for mark, megabytes in memory.resident.items()}
    slope = round(memory.slope(), 2)
    return resident | {"turns": memory.done, "seconds": round(seconds, 1), "mb_per_1000_turns": slope}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=8000)
    wanted = parser.parse_args()
    turns = max(_LENGTH, wanted.turns // _LENGTH * _LENGTH)
    print(json.dumps(asyncio.run(_bench(turns)), indent=2))


if __name__ == "__main__":
    main()
