"""What tests of channels share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path, sqlite_with_tables: Path) -> Path:
    """A home whose database has its tables and nothing in them."""
    shutil.copy(sqlite_with_tables, tmp_path / "storehand.db")
    return tmp_path
