"""`storehand serve`: everything, from an empty folder to a page that answers."""

from __future__ import annotations

import gc
import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
import uvicorn
import uvloop

from runtime import logs, model
from runtime.database import migrate
from runtime.demo import orders_to_try, seed_demo_shop
from shop.bootstrap import Shop, build, use
from shop.errors import SetupError
from shop.settings import Settings

if TYPE_CHECKING:  # it imports Rasa, which takes a while
    from runtime.app import Application

_GRACE_S = 20
_EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 - only compared with


def serve(host: str, port: int, credentials: Path, *, log_json: bool) -> None:
    """Train if needed, migrate, seed, and serve until interrupted. Raises `SetupError` with what to change."""
    logs.configure(as_json=log_json)
    _refuse_taken_port(host, port)
    shop = build(Settings.read())
    use(shop)
    trained = _model()
    uvloop.run(_serve(shop, trained, credentials, host, port))


def _model() -> Path:
    if model.is_current():
        return model.MODEL
    why = "the training data changed" if model.MODEL.is_file() else "first start"
    with _step(f"Training the model ({why}; about 15 seconds)"):
        return model.train()


async def _serve(shop: Shop, trained: Path, credentials: Path, host: str, port: int) -> None:
    with _step("Preparing the database"):
        await migrate(shop.database)
    if again := await shop.personal_data.replay():
        typer.echo(f"A backup was restored, it seems: {again} customers who had been erased are erased again.")
    if shop.settings.demo:
        with _step("Filling the demo shop"):
            await seed_demo_shop(shop)
    with _step("Loading the model"):
        from connectors.web_chat import LARGEST_PACKET
        from runtime.app import build_application

        application = build_application(shop, trained, credentials)
    await application.start()
    _spare_the_collector()
    config = uvicorn.Config(
        application.asgi, host=host, port=port, ws="wsproto", log_config=None, access_log=False, lifespan="on",
        timeout_graceful_shutdown=_GRACE_S, server_header=False, ws_max_size=LARGEST_PACKET,
    )  # fmt: skip
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    server = _Announcing(config, application, host, port)
    try:
        await server.serve()
    finally:
        await application.stop()


class _Announcing(uvicorn.Server):
    """Says where the page is once it really answers, and lets nobody down when it stops."""

    def __init__(self, config: uvicorn.Config, application: Application, host: str, port: int) -> None:
        super().__init__(config)
        self._application, self._shop = application, application.shop
        self._address = f"http://{'localhost' if host in _EVERY_ADDRESS else host}:{port}"

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            typer.echo(await _welcome(self._shop, self._address))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._application.leave()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn does, but a signal that was obeyed is not raised again: it would end the process in the middle
        of `Application.stop`, and with a code that tells of a failure."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


def _spare_the_collector() -> None:
    """Leave what was loaded out of garbage collection: going through it now and then held everybody up for 0.1 s."""
    gc.collect()
    gc.freeze()


async def _welcome(shop: Shop, address: str) -> str:
    lines = ["", f"Storehand is running: {address}", ""]
    if shop.settings.demo:
        lines += ["Open the page, press the chat button and ask where one of these orders is:", ""]
        lines += [f"  {each['number']}  {each['email']:34} {each['situation']}" for each in await orders_to_try(shop)]
        lines += ["", f"Emails with one-time codes are kept in {shop.settings.home / 'outbox'} and shown on the page."]
    return "\n".join([*lines, "Stop with Ctrl+C.", ""])


@contextmanager
def _step(what: str) -> Iterator[None]:
    started = time.monotonic()
    typer.echo(f"{what} ...", nl=False)
    try:
        yield
    except BaseException:
        typer.echo(" failed.")
        raise
    typer.echo(f" done ({time.monotonic() - started:.1f} s)")


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SetupError(
                f"Port {port} on {host} can't be used ({error.strerror}). "
                f"Is Storehand running already? Choose another with --port {port + 1} (or `make run PORT={port + 1}`)."
            ) from error
