"""`storehand privacy`: a customer's data out, or gone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from runtime.with_shop import with_shop
from shop.bootstrap import Shop
from shop.errors import NotFound
from shop.personal_data import Erasure

app = typer.Typer(no_args_is_help=True, help="A customer's data out, or gone.")
_Who = Annotated[str, typer.Argument(help="The customer's id or email.")]
_Why = Annotated[str, typer.Option(help="Kept in the audit log: a ticket's number, or who asked.")]


@app.command()
def export(
    who: _Who,
    out: Annotated[Path, typer.Option(help="Where to write it; - for standard output.", allow_dash=True)] = Path("-"),
    why: _Why = "asked for",
) -> None:
    """Write everything that is kept about a customer as one JSON file (docs/personal-data.md says what is in it)."""
    found = with_shop(lambda shop: _export(shop, who, why))
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if str(out) == "-":
        typer.echo(text)
        return
    descriptor = os.open(out, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    typer.echo(f"Written: {out}. It holds personal data; only you can read it.")


@app.command()
def erase(
    who: _Who,
    why: _Why = "asked for",
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask whether it is meant.")] = False,
) -> None:
    """Remove a customer and their conversations for good. Orders stay for the books, without leading to anybody."""
    if not yes:
        typer.confirm(f"Everything about {who} will be gone, and can't be brought back. Is that meant?", abort=True)
    erasure = with_shop(lambda shop: _erase(shop, who, why))
    for what, count in erasure.removed.items():
        typer.echo(f"{count:>7}  {what}")
    typer.echo(
        "Erased. Keep erasures.jsonl: should a backup be restored, `storehand serve` erases it again by that file."
    )


async def _export(shop: Shop, who: str, why: str) -> dict[str, object]:
    return await shop.personal_data.export(await _customer(shop, who), actor=_operator(), why=why)


async def _erase(shop: Shop, who: str, why: str) -> Erasure:
    return await shop.personal_data.erase(await _customer(shop, who), actor=_operator(), why=why)


async def _customer(shop: Shop, who: str) -> str:
    found = await (shop.commerce.find_customer(who) if "@" in who else shop.commerce.get_customer(who))
    if found is None:
        raise NotFound(f"There is no customer {who!r}.")
    return found.id


def _operator() -> str:
    """Who sits at the terminal, as the audit log names them."""
    return f"operator:{os.environ.get('SUDO_USER') or os.environ.get('USER') or 'unknown'}"[:100]
