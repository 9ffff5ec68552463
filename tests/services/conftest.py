"""A backend, its connection, and no waiting between two tries of a read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from tests.shops import SandboxBackend


@pytest.fixture(autouse=True)
def single_read_attempt() -> Iterator[None]:
    stamina.set_testing(True, attempts=1)
    yield
    stamina.set_testing(False)


@pytest.fixture
def backend(tmp_path: Path) -> SandboxBackend:
    return SandboxBackend(tmp_path)


@pytest.fixture(autouse=True)
def cheap_sign_in(saved_menu: None, fast_password_hashing: None) -> None:
    """Neither the menu nor the password costs much."""
