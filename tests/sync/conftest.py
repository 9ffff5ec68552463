"""The machine and its store, and no waiting between two tries of a read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from tests.sync.counter import Machine


@pytest.fixture(autouse=True)
def single_read_attempt() -> Iterator[None]:
    stamina.set_testing(True, attempts=1)
    yield
    stamina.set_testing(False)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)
