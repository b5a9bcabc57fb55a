"""The command line as an operator or a designer meets it: what it prints, and how it refuses."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.server import free_port


def storehand(
    *arguments: str, home: Path, stdin: str = "", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a home of its own."""
    variables = os.environ | {"STOREHAND_HOME": str(home), "PYTHONPATH": str(Path.cwd())} | environment
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "runtime.cli", *arguments],
        env=variables, input=stdin, capture_output=True, text=True, timeout=180, cwd=cwd, check=False,
    )  # fmt: skip


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.usefixtures("trained_model")
def test_parse_writes_one_object_a_line(tmp_path: Path) -> None:
    said = ["where is order SH-10234", "", "hello"]
    parsed = rows(storehand("parse", "-", home=tmp_path, stdin="\n".join(said) + "\n"))
    assert [row["text"] for row in parsed] == said
    assert [row["route"] for row in parsed] == ["track_order", "open", "smalltalk"]
    assert parsed[0]["entities"][0]["value"] == "SH-10234"
    assert 0 < parsed[0]["confidence"] <= 1


def test_redact_writes_one_object_a_line_and_needs_no_model(tmp_path: Path) -> None:
    redacted = rows(storehand("redact", "-", home=tmp_path, stdin="im ann lee, ４１１１ 1111 1111 1111\r\n\nhello\n"))
    assert redacted == [
        {
            "text": "im ann lee, ４１１１ 1111 1111 1111",
            "redacted": "im <NAME_1>, <CARD_1>",
            "entities": [{"type": "NAME", "start": 3, "end": 10}, {"type": "CARD", "start": 12, "end": 31}],
        },
        {"text": "", "redacted": "", "entities": []},
        {"text": "hello", "redacted": "hello", "entities": []},
    ]
    assert not any(tmp_path.iterdir())


@pytest.mark.usefixtures("trained_model")
def test_load_shop_and_replay_tell_what_happened(tmp_path: Path) -> None:
    shop_file = tmp_path / "shop.json"
    shop_file.write_text(json.dumps(_small_shop()), "utf-8")
    loaded = storehand("load-shop", str(shop_file), home=tmp_path)
    assert "1 products" in loaded.stdout, loaded.stderr
    scripts = [
        {"id": "guest", "customer": None, "say": ["where is order 7001?", "ada@example.com"]},
        {"id": "by code", "say": ["show my orders", "ada@example.com", "{code}", {"choose": "7001"}]},
        {
            "id": "signed in",
            "customer": "c1",
            "say": ["where is my order?", {"choose": "7001"}, {"choose": "Never shown"}],
        },
    ]
    lines = "\n".join(json.dumps(script) for script in scripts)
    guest, by_code, signed_in = rows(storehand("replay", "-", home=tmp_path, stdin=lines))
    _check_audit(tmp_path)
    assert "waiting to be packed" in guest["turns"][1]["replies"][0]
    assert [turn["flow"] for turn in guest["turns"]] == ["track_order", "track_order"]
    assert guest["slots"]["order_number"] == "7001"
    assert all(turn["ms"] > 0 for turn in guest["turns"])
    assert "7001" in by_code["turns"][2]["buttons"]
    assert "waiting to be packed" in by_code["turns"][3]["replies"][0]
    assert "waiting to be packed" in signed_in["turns"][1]["replies"][0]
    assert "earlier question" in signed_in["turns"][2]["error"]


def test_a_shop_file_that_is_wrong_names_record_and_field(tmp_path: Path) -> None:
    shop = _small_shop()
    shop["orders"][0]["status"] = "flying"
    done = storehand("load-shop", "-", home=tmp_path, stdin=json.dumps(shop))
    assert done.returncode == 1
    assert "7001" in done.stderr
    assert "flying" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "Line 1 is not JSON"),
        ('{"id": 1}', '"say"'),
        ('{"say": [3]}', "neither a text"),
        ('{"say": [{"pick": {"7001-1": "two"}}]}', "neither a text"),
        ('{"say": [{"pick": {}}]}', "neither a text"),
    ],
)
def test_a_script_that_is_wrong_names_its_line(tmp_path: Path, line: str, says: str) -> None:
    done = storehand("replay", "-", home=tmp_path, stdin=line)
    assert (done.returncode, says in done.stderr) == (1, True), done.stderr


def test_a_port_that_is_taken_is_said_before_anything_else(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = storehand("serve", "--port", str(port), home=tmp_path)
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert "Training" not in done.stdout


@pytest.mark.usefixtures("trained_model")
@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://nobody:wrong@127.0.0.1:1/none", "can't be used"),
        ("sqlite:////no/such/folder/x.db", "can't be used"),
        ("mysql://localhost/x", "must name SQLite or PostgreSQL"),
        ("nonsense", "not a database address"),
    ],
)
def test_a_database_that_is_not_there_is_said_in_words(tmp_path: Path, url: str, says: str) -> None:
    done = storehand("serve", "--port", str(free_port()), home=tmp_path, STOREHAND_DATABASE_URL=url)
    assert done.returncode == 1
    assert says in done.stderr
    assert "STOREHAND_DATABASE_URL" in done.stderr
    assert "wrong@" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("name", "value"), [("STOREHAND_MAX_CHARACTERS", "many"), ("STOREHAND_DEMO", "perhaps")])
def test_a_setting_that_can_not_be_is_named(tmp_path: Path, name: str, value: str) -> None:
    done = storehand("parse", "-", home=tmp_path, **{name: value})
    assert done.returncode == 1
    assert name in done.stderr
    assert value in done.stderr


def _project(folder: Path) -> Path:
    for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "data", "nlu"):
        (folder / name).symlink_to(Path(name).resolve())
    return folder


def test_a_tensorflow_component_in_the_config_says_what_to_do(tmp_path: Path) -> None:
    project = _project(tmp_path)
    config = Path("config.yml").read_text("utf-8")
    (project / "config.yml").unlink()
    (project / "config.yml").write_text(config.replace("nlu.intents.ShopIntentClassifier", "DIETClassifier"), "utf-8")
    done = storehand("train", home=tmp_path, cwd=project)
    assert done.returncode == 1
    assert "needs TensorFlow" in done.stderr
    assert "Use instead" in done.stderr


def test_a_broken_file_of_a_designer_is_told_with_file_and_line(tmp_path: Path) -> None:
    project = _project(tmp_path)
    (project / "data").unlink()
    (project / "data").mkdir()
    (project / "data" / "help.yml").write_text('version: "3.1"\nresponses:\n  utter_help: [\n', "utf-8")
    done = storehand("train", home=tmp_path, cwd=project)
    assert done.returncode == 1
    assert "data/help.yml:4" in done.stderr.replace("help.yml:3", "help.yml:4")
    assert "Traceback" not in done.stderr


def test_a_domain_that_can_not_be_is_explained_by_its_own_mistake(tmp_path: Path) -> None:
    project = _project(tmp_path)
    domain = Path("domain.yml").read_text("utf-8")
    (project / "domain.yml").unlink()
    (project / "domain.yml").write_text(domain.replace("value: true", "value: null", 1), "utf-8")
    done = storehand("validate", home=tmp_path, cwd=project)
    assert done.returncode == 1
    assert "report_missing_parcel_confirmed" in done.stderr
    assert len(done.stderr.splitlines()) < 4


def test_doctor_says_what_is_wrong_in_words(tmp_path: Path) -> None:
    done = storehand("doctor", home=tmp_path, cwd=tmp_path, STOREHAND_DATABASE_URL="sqlite:////no/such/x.db")
    assert done.returncode == 1
    wrong = [line for line in done.stdout.splitlines() if line.startswith("WRONG")]
    assert any("Missing here: config.yml" in line for line in wrong)
    assert any("STOREHAND_DATABASE_URL" in line for line in wrong)
    assert any("storehand train" in line for line in wrong)


def _small_shop() -> dict[str, Any]:
    address = {"name": "Ada", "line1": "Way 1", "city": "Bremen", "postcode": "28195", "country": "DE"}
    return {
        "format": 1,
        "currency": "EUR",
        "products": [
            {"id": "p1", "name": "Shirt", "brand": "B", "variants": [{"sku": "s1", "price": "10.00", "stock": 3}]}
        ],
        "customers": [
            {"id": "c1", "first_name": "Ada", "last_name": "Nowak", "email": "ada@example.com", "address": address}
        ],
        "orders": [
            {
                "number": "7001", "customer_id": "c1", "total": "10.00", "status": "paid",
                "placed_at": "2026-03-01T10:00:00Z",
                "shipping_address": address, "lines": [{"sku": "s1", "quantity": 1, "unit_price": "10.00"}],
                "payments": [],
            }
        ],
    }  # fmt: skip


def _check_audit(home: Path) -> None:
    """The log of what these conversations saw can be shown and proven, until somebody changes it."""
    reads = rows(storehand("audit", "show", "--json", "--action", "order.*", "--since", "1h", home=home))
    assert {each["subject"] for each in reads} >= {"order:7001"}
    verified = storehand("audit", "verify", home=home)
    assert verified.returncode == 0, verified.stderr
    noted = verified.stdout.rpartition("--noted ")[2].strip()
    assert storehand("audit", "verify", "--noted", noted, home=home).returncode == 0
    with contextlib.closing(sqlite3.connect(home / "storehand.db")) as database, database:
        database.execute("DELETE FROM audit_log WHERE seq = 1")
    broken = storehand("audit", "verify", home=home)
    assert broken.returncode == 1
    assert "missing" in broken.stderr
