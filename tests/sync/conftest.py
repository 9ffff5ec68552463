"""The machine and its store, and no waiting between two tries of a read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from tests.sync.counter import Counter


@pytest.fixture(autouse=True)
def one_try_of_a_read() -> Iterator[None]:
    stamina.set_testing(True, attempts=1)
    yield
    stamina.set_testing(False)


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path)
