"""Reading the YAML files of designers and operators, so that a slip is told with its file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import Node

from shop.errors import SetupError


def compose(path: Path) -> Node | None:
    """The file's nodes, which know their lines. Raises `SetupError` for what is not YAML."""
    return _read(path, yaml.compose)


def load(path: Path) -> Any:
    """The file's values. Raises `SetupError` for what is not YAML."""
    return _read(path, yaml.load)


def _read(path: Path, how: Any) -> Any:
    try:
        return how(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SetupError(f"{path}:{line}: this is not YAML: {error.problem}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SetupError(f"{path}: this is not YAML: {error}.") from error
    except OSError as error:
        raise SetupError(f"{path} can't be read: {error.strerror}.") from error
