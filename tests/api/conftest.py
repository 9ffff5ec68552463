"""A sandbox store in process, its application, and the service layer in front of it."""

from collections.abc import AsyncIterator, Iterator
from random import Random

import pytest
import stamina

from console.api.client import ApiClient
from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.sandbox.app import Sandbox, create_app
from console.sandbox.store import Store
from tests.api.counting_app import RequestCounter
from tests.seeded_store import open_seeded_store

NOW = 1_753_000_000.0


@pytest.fixture(autouse=True)
def no_retry_pause() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_seeded_store(clock=lambda: NOW)
    yield store
    store.close()


@pytest.fixture
def sandbox(store: Store) -> Sandbox:
    return create_app(store)


@pytest.fixture
def counter(sandbox: Sandbox) -> RequestCounter:
    return RequestCounter(sandbox)


@pytest.fixture
def endpoint(store: Store, counter: RequestCounter) -> Endpoint:
    demo = store.demo_access()
    auth = OAuth1(demo.consumer_key, demo.consumer_secret)
    return Endpoint("http://sandbox.localhost", demo.merchant_id, auth, app=counter)


@pytest.fixture
async def api(endpoint: Endpoint) -> AsyncIterator[ApiClient]:
    api = ApiClient(endpoint, clock=lambda: NOW, random=Random(1))
    yield api
    await api.aclose()
