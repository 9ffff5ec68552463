"""A fresh sandbox store for every test, and a caller of it."""

from collections.abc import Iterator

import pytest

from console.sandbox.store import Store
from tests.sandbox.sandbox_calls import Caller, Clock
from tests.seeded_store import open_seeded_store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Iterator[Store]:
    store = open_seeded_store(clock=clock)
    yield store
    store.close()


@pytest.fixture
def caller(store: Store, clock: Clock) -> Caller:
    return Caller(store, clock)
