"""A backend, its door, and no waiting between two tries of a read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from console.storage.people import offline_sign_in
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
def menu_without_fetch(saved_menu: None) -> None:
    """The menu is copied, not fetched."""


@pytest.fixture(autouse=True)
def fast_password_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """How slow a guess at a password is, the operators' own tests say."""
    monkeypatch.setattr(offline_sign_in, "SCRYPT_PARALLELISM", 1)
