"""data/README.md, followed to the letter: its files are written, its commands run, and the new flow is talked to."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

_GUIDE = Path("data/README.md")
_FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = ("actions", "connectors", "nlu", "runtime", "shop")
_NAMED = re.compile(r"`((?:data|tests)/[\w/.]+)`")
_TRAINED = 2  # commands after which there is a model to test and to talk to
_CONVERSATION: list[tuple[object, str]] = [
    ("can you suggest a present?", "Who is the present for?"),
    ({"choose": "A child"}, "What may it cost?"),
    ("how late can I order for christmas?", "17 December"),
    ({"choose": "Up to 30 EUR"}, "Socks, scarves"),
    ("any other gift ideas?", "Who is the present for?"),
    ("find me a gift", "Who is the present for?"),
    ("it's for my brother", "What may it cost?"),
    ("around 60 euros", "gift card"),
    ("where is my order?", "What is your order number"),
]


@dataclass(frozen=True)
class Project:
    """A copy of the designers' files in a folder of its own, with the code beside them."""

    folder: Path

    def follow(self, block: str) -> None:
        """Make the file that a block names, or add each part of the block at the end of the part with its name."""
        name, _, lines = block.partition("\n")
        path = self.folder / name.removeprefix("# ")
        if not path.exists():
            path.write_text(lines, "utf-8")
            return
        for part, added in _parts(lines):
            path.write_text(_with(path.read_text("utf-8"), part, added), "utf-8")

    def run(self, command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run `storehand ...` there, as in a terminal."""
        line = [sys.executable, "-W", "ignore", "-m", "runtime.cli", *shlex.split(command)[1:]]
        variables = os.environ | {"STOREHAND_HOME": str(self.folder / "var"), "PYTHONPATH": str(Path.cwd())}
        return subprocess.run(
            line, env=variables, cwd=self.folder, input=stdin, capture_output=True, text=True, timeout=300, check=False
        )

    def talk(self, *lines: tuple[object, str]) -> list[str]:
        """What is answered to each message or pressed button of one conversation."""
        done = self.run("storehand replay -", json.dumps({"id": "1", "say": [said for said, _ in lines]}) + "\n")
        assert_done(done)
        return ["\n".join(turn["replies"]) for turn in json.loads(done.stdout)["turns"]]


def _parts(block: str) -> Iterator[tuple[str, str]]:
    """The top-level parts of a YAML block: name and lines."""
    for part in re.split(r"^(?=\w+:\n)", block, flags=re.MULTILINE):
        name, _, lines = part.partition(":\n")
        if lines.strip():
            yield name, lines.strip("\n") + "\n"


def _with(text: str, part: str, added: str) -> str:
    """The text with lines at the end of its part `part`, which is where the next part begins."""
    begin = re.search(rf"^{part}:.*\n", text, re.MULTILINE)
    assert begin, f"there is no part {part!r} in that file"
    following = re.compile(r"^\w+:", re.MULTILINE).search(text, begin.end())
    end = following.start() if following else len(text)
    return text[:end].rstrip("\n") + "\n" + added + "\n" + text[end:]


def _guide(language: str) -> list[str]:
    return [block for kind, block in _FENCED.findall(_GUIDE.read_text("utf-8")) if kind == language]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The files as they are, with all that the guide adds."""
    folder = tmp_path_factory.mktemp("designer")
    for name in ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        shutil.copy(name, folder)
    shutil.copytree("data", folder / "data")
    shutil.copytree("tests/conversations", folder / "tests/conversations")
    for name in _CODE:
        (folder / name).symlink_to(Path(name).resolve())
    project = Project(folder)
    for block in _guide("yaml"):
        project.follow(block)
    return project


def test_every_file_that_the_guide_names_is_there(project: Project) -> None:
    named = set(_NAMED.findall(_GUIDE.read_text("utf-8")))
    assert "data/find_gift.yml" in named
    assert [name for name in named if not (project.folder / name).is_file()] == []


def test_whoever_follows_the_guide_has_a_flow_that_answers(project: Project) -> None:
    commands = "".join(_guide("sh")).splitlines()
    with ThreadPoolExecutor(2) as side_by_side:
        for done in side_by_side.map(project.run, commands[:_TRAINED]):
            assert_done(done)
        answers = side_by_side.submit(project.talk, *_CONVERSATION)
        for done in side_by_side.map(project.run, commands[_TRAINED:]):
            assert_done(done)
    for (message, expected), answer in zip(_CONVERSATION, answers.result(), strict=True):
        assert expected in answer, f"to {message!r}"


def assert_done(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, f"{done.args}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
