"""The command line: `storehand <command>`."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import warnings
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from runtime import lean
from shop.errors import StorehandError

app = typer.Typer(
    name="storehand", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="A shop assistant: rules for the routine, a language model for the rest, people when it matters.",
)  # fmt: skip
_PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
InputFile = Annotated[Path, typer.Argument(help="A file, or - for standard input.", allow_dash=True)]


def main() -> None:
    """Run a command. What goes wrong on purpose is one sentence, and exit code 1."""
    lean.install()
    warnings.simplefilter("ignore")  # those of Rasa's age; what a designer should know is an error of ours
    _add_groups()
    sys.path.insert(0, str(Path.cwd()))  # components and actions are named by module in the project's files
    try:
        app()
    except StorehandError as error:
        typer.echo(f"storehand: {error}", err=True)
        sys.exit(1)


def _add_groups() -> None:
    from runtime import audit_commands, privacy_commands

    app.add_typer(audit_commands.app, name="audit")
    app.add_typer(privacy_commands.app, name="privacy")


@app.command()
def serve(
    host: Annotated[str, typer.Option(envvar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535)] = 8000,
    credentials: Annotated[Path, typer.Option(help="Which channels there are.")] = Path("credentials.yml"),
    log_json: Annotated[bool, typer.Option(help="One JSON object a log line.")] = False,
) -> None:
    """Train if needed, migrate, fill the demo shop when the database is empty, and serve."""
    from runtime.serve import serve as run

    run(host, port, credentials, log_json=log_json)


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even if nothing has changed.")] = False) -> None:
    """Train the model from data/, domain.yml and config.yml, unless it is current."""
    from runtime import logs, model

    logs.configure(as_json=False, level="WARNING")
    if force or not model.is_current():
        typer.echo(f"Trained: {model.train()}")
    else:
        typer.echo(f"{model.MODEL} is current.")


@app.command()
def parse(file: InputFile) -> None:
    """Understand one message a line; write one JSON object a line."""
    from runtime.offline import parse_lines

    _write_json(parse_lines(_lines(file)))


@app.command()
def redact(file: InputFile) -> None:
    """Take personal data out of one text a line; write one JSON object a line."""
    from runtime.redaction import redact_lines

    _write_json(redact_lines(_lines(file)))


@app.command()
def replay(file: InputFile) -> None:
    """Talk as scripted, one conversation a line; write what happened, one JSON object a line."""
    from runtime.offline import replay_lines

    _write_json(replay_lines(_lines(file)))


@app.command("load-shop")
def load_shop(
    file: InputFile,
    replace: Annotated[bool, typer.Option(help="Drop the shop that is loaded now.")] = False,
) -> None:
    """Load products, customers and orders from a file (its format: shop/adapters/shop_file/format.md)."""
    from runtime.offline import load_shop_file

    _run(lambda: load_shop_file("".join(_lines(file)), replace=replace))


@app.command()
def doctor() -> None:
    """Check the set-up and say in words what is wrong."""
    from runtime.doctor import examine

    findings = asyncio.run(examine())
    for finding in findings:
        typer.echo(str(finding))
    if not all(finding.good for finding in findings):
        sys.exit(1)


@app.command()
def validate() -> None:
    """Check the designers' files: everything that Rasa warns of, and what it steps over, is an error."""
    from runtime import logs
    from runtime.rasa_validation import check_with_rasa
    from runtime.validation import check_files

    logs.configure(as_json=False, level="ERROR")
    count = check_files()
    check_with_rasa()
    typer.echo(f"The designers' files fit together: {count} responses, each named in one place.")


def _pass_on(name: str, help_text: str) -> None:
    def command(context: typer.Context) -> None:
        from runtime.rasa_commands import run_rasa

        run_rasa(name, *context.args)

    app.command(name, help=help_text, context_settings=_PASS_ON)(command)


for _name, _help in {
    "test": "Run conversation tests and measure understanding: Rasa's own `rasa test`.",
    "shell": "Talk to the assistant in the terminal: Rasa's own `rasa shell`.",
    "interactive": "Write stories by talking: Rasa's own `rasa interactive`.",
    "visualize": "Draw the flows: Rasa's own `rasa visualize`.",
}.items():
    _pass_on(_name, _help)


def _lines(file: Path) -> Iterator[str]:
    if str(file) == "-":
        yield from sys.stdin
        return
    try:
        with file.open(encoding="utf-8") as lines:
            yield from lines
    except (OSError, UnicodeDecodeError) as error:
        raise StorehandError(f"{file} can't be read: {error}") from error


def _write_json(rows: Callable[[], Any] | Iterator[dict[str, Any]]) -> None:
    for row in rows:  # type: ignore[union-attr]
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + os.linesep)
        sys.stdout.flush()


def _run(make: Callable[[], Coroutine[Any, Any, str]]) -> None:
    typer.echo(asyncio.run(make()))


if __name__ == "__main__":
    main()
