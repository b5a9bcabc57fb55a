"""A PostgreSQL of the tests' own: private, on a socket in a temporary folder, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of an empty PostgreSQL database that nobody else uses."""
    binaries, user = _binaries(), _user()
    with tempfile.TemporaryDirectory(prefix="storehand-") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        _run(user, folder, binaries / "initdb", "-D", "data", "-U", "storehand", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-c listen_addresses='' -k '{folder}' {_QUICK}"
        _run(user, folder, binaries / "pg_ctl", "-D", "data", "-l", "log", "-o", options, "-w", "start")
        try:
            yield f"postgresql://storehand@/postgres?host={folder}"
        finally:
            _run(user, folder, binaries / "pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")


def _binaries() -> Path:
    """The folder of an installed PostgreSQL's programs, the newest where there are several."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    pytest.fail("These tests need PostgreSQL, which is not installed here; `make test` installs it with apt.")


def _user() -> str | None:
    """Who may run PostgreSQL, which refuses root: somebody unprivileged, or None for who we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run(user: str | None, folder: Path, program: Path, *arguments: str) -> None:
    command = [str(program), *arguments]
    done = subprocess.run(
        command, cwd=folder, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if done.returncode:
        pytest.fail(f"{program.name} failed: {done.stderr.decode(errors='replace')}")
