"""The crowd at the web chat: how many sockets there may be, and which have to go so that the others can stay."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass

import socketio
import structlog

from shop.errors import TooBusy

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class CrowdLimits:
    """Far above what the page needs, and far below what hurts.

    `sockets` at once and `newcomers` (conversations begun in `window` seconds) for the whole process; `events` from one
    socket in `window` seconds, where one that makes us read counts `reading` times; `unsent` packets for one that does
    not read. How fast somebody may write is intake's business.
    """

    sockets: int = 5000
    newcomers: int = 300
    events: int = 1000
    reading: int = 20
    unsent: int = 300
    window: float = 5.0


class _Recent:
    """Counts what happened in the last seconds."""

    def __init__(self, most: int, window: float) -> None:
        self._most, self._window = most, window
        self._times: deque[float] = deque()

    def one_more(self, weight: int = 1) -> bool:
        """Count it, as often as its weight says; False where that is too many, and it is not counted."""
        now = time.monotonic()
        while self._times and self._times[0] <= now - self._window:
            self._times.popleft()
        if len(self._times) + weight > self._most:
            return False
        self._times.extend([now] * weight)
        return True


class Crowd:
    """Lets sockets in, listens to them, and drops those that flood us or do not read."""

    def __init__(self, sockets: socketio.AsyncServer, namespace: str, limits: CrowdLimits | None = None) -> None:
        self._sockets, self._namespace, self.limits = sockets, namespace, limits or CrowdLimits()
        self._newcomers = _Recent(self.limits.newcomers, self.limits.window)
        self._inside: dict[str, _Recent] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._inside)

    def let_in(self, sid: str) -> None:
        """One more socket. Raises `TooBusy` where there are too many."""
        if len(self._inside) >= self.limits.sockets:
            raise TooBusy(self.limits.window)
        self._inside[sid] = _Recent(self.limits.events, self.limits.window)

    def welcome_newcomer(self) -> None:
        """One more conversation that begins. Raises `TooBusy` where too many did just now."""
        if not self._newcomers.one_more():
            raise TooBusy(self.limits.window)

    def is_heard(self, sid: str, *, reads: bool = False) -> bool:
        """Whether an event of this socket is listened to. One that floods us is shown out."""
        heard = sid in self._inside and self._inside[sid].one_more(self.limits.reading if reads else 1)
        if not heard and sid in self._inside:
            _log.warning("socket.flooding", sid=sid)
            self.gone(sid)
            self._later(self._sockets.disconnect(sid, namespace=self._namespace))
        return heard

    def gone(self, sid: str) -> None:
        """A socket that is no more."""
        self._inside.pop(sid, None)

    def drop_the_deaf(self, room: str) -> None:
        """End sockets of a room that have not read for so long that what waits for them would fill the memory."""
        for sid, engine_sid in self._sockets.manager.get_participants(self._namespace, room):
            line = self._sockets.eio.sockets.get(engine_sid)
            if line and line.queue.qsize() > self.limits.unsent:
                _log.warning("socket.not_reading", sid=sid)
                _empty(line.queue)
                self._later(line.close(wait=False, abort=True))

    def _later(self, work: object) -> None:
        task = asyncio.ensure_future(work)  # type: ignore[arg-type,var-annotated]
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)


def _empty(queue: asyncio.Queue[object]) -> None:
    while not queue.empty():
        queue.get_nowait()
        queue.task_done()
