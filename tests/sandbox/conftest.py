"""A fresh sandbox store for every test, and a caller of it."""

from collections.abc import Iterator

import pytest

from console.sandbox.store import Store
from tests.sandbox.sandbox_calls import Caller, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Iterator[Store]:
    store = Store.open(clock=clock)
    yield store
    store.close()


@pytest.fixture
def caller(store: Store, clock: Clock) -> Caller:
    return Caller(store, clock)
