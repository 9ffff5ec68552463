"""A home of its own for every test, and its consoles, closed when it ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.consoles import Console


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def consoles() -> Iterator[list[Console]]:
    """Every console of a test, closed when it ends."""
    opened: list[Console] = []
    yield opened
    for console in opened:
        console.close()
