"""The traps in designers' files: each is told with file and line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from runtime.validation import check_files
from shop.errors import SetupError


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the designers' files and of the code that names responses."""
    for name in ("data", "actions", "connectors", "runtime"):
        ignored = shutil.ignore_patterns("web", "__pycache__", "node_modules")
        shutil.copytree(name, tmp_path / name, ignore=ignored)
    shutil.copy("domain.yml", tmp_path)
    return tmp_path


def problem(files: Path) -> str:
    with pytest.raises(SetupError) as caught:
        check_files(files)
    return str(caught.value)


def change(path: Path, old: str, new: str) -> int:
    """Put `new` for the first `old`, and return its line."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_files_as_they_are_fit_together(files: Path) -> None:
    assert check_files(files) > 80


def test_a_misspelt_response_in_a_rule_is_found(files: Path) -> None:
    line = change(files / "data/help.yml", "action: utter_help", "action: utter_halp")
    assert re.search(rf"help\.yml:{line}: utter_halp has no words", problem(files))


def test_a_response_written_in_two_files_is_found(files: Path) -> None:
    path = files / "data/list_orders.yml"
    path.write_text(path.read_text("utf-8") + '\n  utter_help:\n    - text: "Me too"\n', "utf-8")
    line = path.read_text("utf-8").count("\n") - 1
    assert re.search(rf"list_orders\.yml:{line}: utter_help is written a second time; .*help\.yml:\d+", problem(files))


def test_a_response_named_only_in_python_is_checked(files: Path) -> None:
    line = change(files / "actions/repair.py", '"utter_stopped"', '"utter_stoped"')
    assert re.search(rf"repair\.py:{line}: utter_stoped has no words", problem(files))


def test_responses_kept_in_data_are_seen(files: Path) -> None:
    change(files / "data/conversation.yml", "  utter_stopped:", "  utter_halted:")
    assert "utter_stopped has no words" in problem(files)


def test_broken_yaml_is_told_with_file_and_line(files: Path) -> None:
    line = change(files / "data/help.yml", "responses:", "responses: [")
    found = re.search(r"help\.yml:(\d+): this is not YAML", problem(files))
    assert found
    assert int(found[1]) >= line


def test_a_topic_without_an_answer_is_found(files: Path) -> None:
    change(files / "data/faq.yml", "  utter_faq/shipping_cost:", "  utter_faq/shiping_cost:")
    assert "utter_faq/shipping_cost" in problem(files)


def test_no_python_file_holds_words_for_shoppers() -> None:
    for folder in ("actions", "connectors", "runtime", "shop"):
        for path in Path(folder).glob("**/*.py"):
            assert not re.search(r"utter_message\([^)]*text=", path.read_text("utf-8")), path
