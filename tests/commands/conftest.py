"""A sandbox store in process, and a shell in front of it."""

from collections.abc import Iterator

import pytest

from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.sandbox.app import create_app
from console.sandbox.store import Store
from tests.commands.shells import Shell
from tests.seeded_store import open_seeded_store


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_seeded_store()
    yield store
    store.close()


@pytest.fixture
def endpoint(store: Store) -> Endpoint:
    demo = store.demo_access()
    auth = OAuth1(demo.consumer_key, demo.consumer_secret)
    return Endpoint("http://sandbox.localhost", demo.merchant_id, auth, app=create_app(store))


@pytest.fixture
def shell(endpoint: Endpoint) -> Shell:
    return Shell(endpoint)


@pytest.fixture
def token(endpoint: Endpoint) -> str:
    """The token of a new anonymous session."""
    shell = Shell(endpoint)
    assert shell.type("customers.access_token") == 0
    return shell.out.partition('"AccessToken": "')[2].partition('"')[0]
