"""A shop, its door, and no waiting between two tries of a read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from console.local import operators
from tests.shops import Shop


@pytest.fixture(autouse=True)
def one_try_of_a_read() -> Iterator[None]:
    stamina.set_testing(True, attempts=1)
    yield
    stamina.set_testing(False)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture(autouse=True)
def quick_verifiers(monkeypatch: pytest.MonkeyPatch) -> None:
    """How slow a guess at a password is, the operators' own tests say."""
    monkeypatch.setattr(operators, "ROUNDS", 1)
