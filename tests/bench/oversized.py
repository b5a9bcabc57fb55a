"""How long do others wait while somebody sends 5 MB again and again?

    python -m tests.bench.oversized
    python -m tests.bench.oversized URL     sends, in a process of its own, so that it delays only the server

Prints the turns' times (ms) alone and beside the sender, and the delay: how much longer the slowest take.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from tests.bench.delivery.verdict import KINDS
from tests.server import Server
from tests.shopper import Shopper

_LARGE = "42/chat," + json.dumps(["say", {"client_id": "large", "text": "x" * 5_000_000}])
_EACH_S = 0.25
_TURNS = 200


async def measure() -> dict[str, float]:
    """Start a server, and take turns alone and beside the sender."""
    with tempfile.TemporaryDirectory() as home:
        server = await asyncio.to_thread(Server(Path(home)).start)
        try:
            alone = await _turn_times(server.url)
            sender = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.bench.oversized", server.url, stdout=asyncio.subprocess.PIPE
            )
            assert sender.stdout
            await sender.stdout.readline()
            beside = await _turn_times(server.url)
            sender.kill()
            refused = len((await sender.stdout.read()).splitlines())
            await sender.wait()
        finally:
            server.stop()
    figures = {"messages of 5 MB": float(refused)}
    for name, times in (("alone", alone), ("beside 5 MB", beside)):
        figures |= {f"{name}, p50": statistics.median(times), f"{name}, p95": _p95(times), f"{name}, max": max(times)}
    return figures | {"delay, p95": _p95(beside) - _p95(alone), "delay, max": max(beside) - max(alone)}


async def _turn_times(url: str) -> list[float]:
    """Milliseconds of some turns, one after the other."""
    async with Shopper(url) as shopper:
        await shopper.replies()
        return [await _timed(shopper, text) for text in itertools.islice(itertools.cycle(KINDS), _TURNS)]


async def _timed(shopper: Shopper, text: str) -> float:
    begun = time.perf_counter()
    await shopper.say(text)
    return (time.perf_counter() - begun) * 1000


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[94]


async def _send(url: str) -> None:
    """5 MB every quarter of a second for two minutes at most, each on a line of its own, which the server ends."""
    line = f"{url}/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as http:
        for _ in range(480):
            with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                async with http.ws_connect(line, max_msg_size=0) as socket:
                    await socket.receive()
                    await socket.send_str("40/chat,{}")
                    await socket.receive()
                    await socket.send_str(_LARGE)
                    while (await socket.receive(timeout=5)).type == aiohttp.WSMsgType.TEXT:
                        pass
            print("refused", flush=True)
            await asyncio.sleep(_EACH_S)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_send(sys.argv[1]))
    else:
        print(json.dumps(asyncio.run(measure()), indent=2))
