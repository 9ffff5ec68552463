"""Signing in costs little."""

import pytest

from console.local import operators


@pytest.fixture(autouse=True)
def fast_password_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """How slow a guess at a password is, the operators' own tests say."""
    monkeypatch.setattr(operators, "SCRYPT_PARALLELISM", 1)
