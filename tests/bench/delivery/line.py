"""A line between pages and server that can be cut, as a phone in a tunnel cuts it: at once and in mid-packet."""

from __future__ import annotations

import asyncio
import contextlib
import random
from types import TracebackType

_CHUNK = 65_536


class Line:
    """Forwards every connection to `127.0.0.1:port`, from a port of its own."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self.cuts = self.connections_cut = 0

    async def __aenter__(self) -> Line:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        self._abort(1.0)
        await asyncio.sleep(0.1)

    def cut(self, share: float) -> None:
        """Cut this share of the open connections. What is on the way, in either direction, is gone."""
        self.cuts += 1
        self.connections_cut += self._abort(share)

    def _abort(self, share: float) -> int:
        chosen = random.sample(sorted(self._open, key=id), round(len(self._open) * share))
        for pair in chosen:
            for writer in pair:
                writer.transport.abort()
        return len(chosen)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:  # the server is being started again
            writer.transport.abort()
            return
        pair = (writer, far_writer)
        self._open.add(pair)
        try:
            await asyncio.gather(_forward(reader, far_writer), _forward(far_reader, writer))
        finally:
            self._open.discard(pair)


async def _forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(_CHUNK):
            writer.write(chunk)
            await writer.drain()
    writer.transport.abort()
