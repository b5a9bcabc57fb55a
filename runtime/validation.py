"""Traps in the designers' files that Rasa steps over: each is an error here, with file and line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from runtime.yaml_files import compose
from shop.errors import SetupError

_ACTIONS = ("actions", "connectors", "runtime")
_NAME = re.compile(r"utter_[a-z0-9_/]+")


@dataclass(frozen=True)
class Place:
    """A response's name where it stands. `line` counts from 1."""

    name: str
    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.name}"


def check_files(root: Path = Path()) -> int:
    """Check that every response has one place, and that every name used exists. Returns how many there are.

    Raises `SetupError` with one line a problem: the same response in two files (Rasa would silently take one), and a
    name in a rule or in Python that no file explains (Rasa would say nothing to the shopper).
    """
    defined = list(_defined(root))
    by_name = {place.name: place for place in reversed(defined)}
    problems = [
        f"{place} is written a second time; it stands in {by_name[place.name].path}:{by_name[place.name].line}."
        for place in defined
        if by_name[place.name] is not place
    ]
    problems += [
        f"{place} has no answer. Write utter_{place.name} under `responses:`, or correct the topic's name."
        for place in _topics(root)
        if f"utter_{place.name}" not in by_name
    ]
    problems += [
        f"{place} has no words. Write them under `responses:` or correct the name."
        for place in [*_used_in_rules(root), *_used_in_python(root)]
        if place.name not in by_name and not _is_retrieval(place.name, by_name)
    ]
    if problems:
        raise SetupError("The designers' files don't fit together:\n" + "\n".join(f"  {each}" for each in problems))
    return len(by_name)


def _defined(root: Path) -> Iterator[Place]:
    for path, document in _documents(root):
        for key, _ in _entries(_child(document, "responses")):
            yield Place(key.value, path, key.start_mark.line + 1)


def _used_in_rules(root: Path) -> Iterator[Place]:
    for path, document in _documents(root):
        for section in ("rules", "stories"):
            for story in _items(_child(document, section)):
                for step in _items(_child(story, "steps")):
                    action = _child(step, "action")
                    if isinstance(action, ScalarNode) and action.value.startswith("utter_"):
                        yield Place(action.value, path, action.start_mark.line + 1)


def _topics(root: Path) -> Iterator[Place]:
    """Retrieval intents (`faq/<topic>`), whose answers are found by name alone."""
    for path, document in _documents(root):
        for block in _items(_child(document, "nlu")):
            intent = _child(block, "intent")
            if isinstance(intent, ScalarNode) and "/" in intent.value:
                yield Place(intent.value, path, intent.start_mark.line + 1)


def _used_in_python(root: Path) -> Iterator[Place]:
    for folder in _ACTIONS:
        for path in sorted((root / folder).glob("**/*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            of_names = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and id(node) not in of_names and _NAME.fullmatch(str(node.value)):
                    yield Place(str(node.value), path, node.lineno)


def _is_retrieval(name: str, defined: dict[str, Place]) -> bool:
    return any(known.startswith(f"{name}/") for known in defined)


def _documents(root: Path) -> Iterator[tuple[Path, Node]]:
    for path in [root / "domain.yml", *sorted((root / "data").glob("**/*.yml"))]:
        document = compose(path)
        if document is not None:
            yield path, document


def _entries(node: Node | None) -> list[tuple[ScalarNode, Node]]:
    return node.value if isinstance(node, MappingNode) else []


def _items(node: Node | None) -> list[Node]:
    return node.value if isinstance(node, SequenceNode) else []


def _child(node: Node | None, key: str) -> Node | None:
    return next((value for name, value in _entries(node) if name.value == key), None)
