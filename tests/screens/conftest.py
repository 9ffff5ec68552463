"""Signing in costs little."""

import pytest

from console.storage.people import offline_sign_in


@pytest.fixture(autouse=True)
def menu_without_fetch(saved_menu: None) -> None:
    """The menu is copied, not fetched."""


@pytest.fixture(autouse=True)
def fast_password_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """How slow a guess at a password is, the operators' own tests say."""
    monkeypatch.setattr(offline_sign_in, "SCRYPT_PARALLELISM", 1)
