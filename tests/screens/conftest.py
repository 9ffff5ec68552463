"""Signing in costs little, and no application freezes the heap of the tests after it."""

from types import SimpleNamespace

import pytest

import console.app


@pytest.fixture(autouse=True)
def cheap_sign_in(saved_menu: None, fast_password_hashing: None) -> None:
    """Neither the menu nor the password costs much."""


@pytest.fixture(autouse=True)
def shared_heap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the collector alone: a process of tests starts hundreds of applications, not one."""
    monkeypatch.setattr(console.app, "gc", SimpleNamespace(collect=int, freeze=int, enable=int))
