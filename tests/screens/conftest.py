"""Signing in costs little."""

import pytest


@pytest.fixture(autouse=True)
def cheap_sign_in(saved_menu: None, fast_password_hashing: None) -> None:
    """Neither the menu nor the password costs much."""
