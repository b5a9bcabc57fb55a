"""`storehand audit`: shows who did or saw what, and proves that nothing of it was changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from runtime.with_shop import with_shop
from shop.audit import AuditFilter, Sealed, verify
from shop.errors import StorehandError

app = typer.Typer(no_args_is_help=True, help="Who did or saw what, when and why; and the proof that it is all there.")
_AGO = {"m": "minutes", "h": "hours", "d": "days"}


@app.command("verify")
def verify_log(
    noted: Annotated[
        list[str] | None, typer.Option("--noted", help="A NUMBER:SEAL that was noted earlier. May be said repeatedly.")
    ] = None,
) -> None:
    """Check every fact against the one before it. Exit code 1 where one was changed, added or is missing."""
    known = dict(_noted(each) for each in noted or [])
    seq, seal = with_shop(lambda shop: verify(shop.audit, shop.settings.audit_key, known=known))
    typer.echo(f"All {seq} facts are as they were written.")
    typer.echo(f"Note this outside of the database, and name it next time: --noted {seq}:{seal}")


@app.command()
def show(
    actor: Annotated[str | None, typer.Option(help="Who, as in shopper:1a2b; may end in *.")] = None,
    action: Annotated[str | None, typer.Option(help="What, as in order.read; may end in *.")] = None,
    subject: Annotated[str | None, typer.Option(help="About what, as in order:SH-10234; may end in *.")] = None,
    since: Annotated[str | None, typer.Option(help="2026-11-25T08:00, or how long ago: 30m, 6h, 7d.")] = None,
    until: Annotated[str | None, typer.Option(help="The same, for the end.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most: the newest.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show facts, oldest first."""
    wanted = AuditFilter(actor, action, subject, _moment(since), _moment(until), limit)
    for fact in with_shop(lambda shop: shop.audit.find(wanted)):
        typer.echo(_json(fact) if as_json else _line(fact))


def _noted(text: str) -> tuple[int, str]:
    seq, _, seal = text.partition(":")
    if not seq.isdecimal() or not seal:
        raise StorehandError(f"--noted {text!r} is not NUMBER:SEAL, as `storehand audit verify` prints it.")
    return int(seq), seal


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    if text[-1:] in _AGO and text[:-1].isdecimal():
        return datetime.now(UTC) - timedelta(**{_AGO[text[-1]]: int(text[:-1])})
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise StorehandError(f"{text!r} is no moment: write it as 2026-11-25T08:00, or 30m, 6h, 7d.") from error
    return moment if moment.tzinfo else moment.astimezone()


def _line(fact: Sealed) -> str:
    entry = fact.entry
    detail = " ".join(f"{name}={value}" for name, value in entry.detail.items())
    who_did_what = f"{entry.actor}  {entry.action}  {entry.subject}  {detail}".rstrip()
    return f"{fact.seq:>7}  {entry.at:%Y-%m-%d %H:%M:%S}  {who_did_what}"


def _json(fact: Sealed) -> str:
    entry = fact.entry
    kept = {"seq": fact.seq, "at": entry.at.isoformat(), "actor": entry.actor, "action": entry.action}
    return json.dumps(kept | {"subject": entry.subject, "detail": dict(entry.detail), "seal": fact.seal})
