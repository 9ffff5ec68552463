"""Calls: retries, deadlines, and invalid arguments."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from random import Random

import pytest
from pydantic import SecretStr

from console.api.carts.requests import CartItemRequest, WireDeliveryMode
from console.api.client import ApiClient
from console.api.errors import (
    NotFound,
    PlatformError,
    PlatformFault,
    RateLimited,
    SessionExpired,
    TimedOut,
    Unreachable,
    UnreadableResponse,
)
from console.api.transport.endpoint import Endpoint, Timeouts
from console.operations import OPERATIONS_BY_NAME
from console.sandbox.app import Sandbox, create_app
from console.sandbox.store import Store
from console.sandbox.switches import Fault, FaultKind, Switches
from tests.api.counting_app import RequestCounter

pytestmark = pytest.mark.anyio

NOW = 1_753_000_000
HERE = 27299
BREAD = CartItemRequest(product_id=13047603, location_id=HERE)

LOST = {
    FaultKind.DROP_BEFORE: Unreachable,
    FaultKind.DROP_AFTER: Unreachable,
    FaultKind.STATUS_500: PlatformFault,
    FaultKind.TRUNCATED: UnreadableResponse,
    FaultKind.NOT_JSON: UnreadableResponse,
}
CLEAR = {FaultKind.STATUS_429: RateLimited, FaultKind.SESSION_EXPIRED: SessionExpired}
DONE = {FaultKind.DROP_AFTER, FaultKind.TRUNCATED, FaultKind.NOT_JSON}


def fail(sandbox: Sandbox, kind: FaultKind, *, times: int | None) -> None:
    sandbox.state.switches.current = Switches(faults=(Fault("*", kind, times=times),))


def mend(sandbox: Sandbox) -> None:
    sandbox.state.switches.current = Switches()


class TestReads:
    @pytest.mark.parametrize("kind", LOST)
    async def test_a_read_is_tried_three_times(
        self, api: ApiClient, sandbox: Sandbox, counter: RequestCounter, kind: FaultKind
    ) -> None:
        fail(sandbox, kind, times=2)

        assert await api.locations.search()
        assert len(counter.paths) == 3

    @pytest.mark.parametrize("kind", LOST)
    async def test_a_read_that_fails_each_time_says_how(
        self, api: ApiClient, sandbox: Sandbox, counter: RequestCounter, kind: FaultKind
    ) -> None:
        fail(sandbox, kind, times=None)

        with pytest.raises(LOST[kind]) as caught:
            await api.locations.search()

        assert not caught.value.outcome_unknown
        assert len(counter.paths) == 3

    @pytest.mark.parametrize("kind", CLEAR)
    async def test_a_refusal_is_not_asked_for_twice(
        self, api: ApiClient, sandbox: Sandbox, counter: RequestCounter, kind: FaultKind
    ) -> None:
        fail(sandbox, kind, times=1)

        with pytest.raises(CLEAR[kind]):
            await api.locations.search()
        assert len(counter.paths) == 1

    async def test_a_code_that_refuses_is_not_asked_for_twice(
        self, api: ApiClient, counter: RequestCounter
    ) -> None:
        with pytest.raises(NotFound):
            await api.products.by_sku(sku="NO-SUCH")

        assert len(counter.paths) == 1


class TestWrites:
    @pytest.fixture
    async def token(self, api: ApiClient, counter: RequestCounter) -> SecretStr:
        token = (await api.customers.access_token()).access_token
        counter.paths.clear()
        return token

    @pytest.mark.parametrize("kind", LOST)
    async def test_write_is_sent_once_and_its_loss_is_reported(
        self, api: ApiClient, sandbox: Sandbox, counter: RequestCounter, token: SecretStr, kind: FaultKind
    ) -> None:
        fail(sandbox, kind, times=None)

        with pytest.raises(LOST[kind]) as caught:
            await api.carts.add_items(token=token, items=[BREAD], delivery_mode=WireDeliveryMode.PICKUP)

        assert caught.value.sent
        assert caught.value.outcome_unknown
        assert len(counter.paths) == 1

    @pytest.mark.parametrize("kind", LOST)
    async def test_a_look_at_the_cart_shows_what_became_of_it(
        self, api: ApiClient, sandbox: Sandbox, token: SecretStr, kind: FaultKind
    ) -> None:
        fail(sandbox, kind, times=None)
        with pytest.raises(PlatformError):
            await api.carts.add_items(token=token, items=[BREAD], delivery_mode=WireDeliveryMode.PICKUP)
        mend(sandbox)

        cart = await api.carts.by_token(token=token)

        assert len(cart.items) == (1 if kind in DONE else 0)

    @pytest.mark.parametrize("kind", CLEAR)
    async def test_a_refused_write_was_not_done(
        self, api: ApiClient, sandbox: Sandbox, token: SecretStr, kind: FaultKind
    ) -> None:
        fail(sandbox, kind, times=1)

        with pytest.raises(CLEAR[kind]) as caught:
            await api.carts.add_items(token=token, items=[BREAD], delivery_mode=WireDeliveryMode.PICKUP)

        assert not caught.value.outcome_unknown


class Gate:
    """A slow platform: it responds once it is opened."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()

    async def wait(self, _seconds: float) -> None:
        self.entered.set()
        await asyncio.to_thread(self.opened.wait, 5)


class TestDeadlines:
    @pytest.fixture
    def gate(self) -> Gate:
        return Gate()

    @pytest.fixture
    async def slow(self, store: Store, endpoint: Endpoint, gate: Gate) -> AsyncIterator[ApiClient]:
        app = create_app(
            store,
            switches=Switches(
                faults=(
                    Fault("carts.add_items", FaultKind.LATENCY, seconds=1),
                    Fault("locations.*", FaultKind.LATENCY, seconds=1),
                )
            ),
            sleep=gate.wait,
        )
        timeouts = Timeouts(attempt=0.1, read=0.5, write=0.5)
        api = ApiClient(replace(endpoint, app=app, timeouts=timeouts), clock=lambda: NOW, random=Random(1))
        yield api
        gate.opened.set()
        await api.aclose()

    async def test_read_without_a_response_ends_in_time(self, slow: ApiClient) -> None:
        with pytest.raises(TimedOut) as caught:
            await slow.locations.search()

        assert not caught.value.outcome_unknown

    async def test_a_deadline_of_the_call_takes_the_place_of_the_endpoints(self, slow: ApiClient) -> None:
        with pytest.raises(TimedOut, match="in time") as caught:
            await slow.transport.call(OPERATIONS_BY_NAME["locations.search"], data={}, deadline=0.001)

        assert caught.value.diagnostics == "no response within 0.001 s"

    async def test_write_without_a_response_may_have_been_done(self, slow: ApiClient, gate: Gate) -> None:
        token = (await slow.customers.access_token()).access_token

        with pytest.raises(TimedOut) as caught:
            await slow.carts.add_items(token=token, items=[BREAD], delivery_mode=WireDeliveryMode.PICKUP)

        assert caught.value.outcome_unknown

    async def test_giving_up_does_not_stop_the_platforms_work(
        self, slow: ApiClient, store: Store, gate: Gate
    ) -> None:
        token = (await slow.customers.access_token()).access_token
        adding = asyncio.create_task(
            slow.carts.add_items(token=token, items=[BREAD], delivery_mode=WireDeliveryMode.PICKUP)
        )
        assert await asyncio.to_thread(gate.entered.wait, 5)
        adding.cancel()
        await asyncio.gather(adding, return_exceptions=True)

        gate.opened.set()
        async with asyncio.timeout(5):
            while not any(cart.lines for cart in store.carts()):
                await slow.customers.validate_token(token=token)

    async def test_closing_ends_what_still_runs(self, slow: ApiClient, gate: Gate) -> None:
        waiting = asyncio.create_task(slow.locations.search())
        assert await asyncio.to_thread(gate.entered.wait, 5)
        gate.opened.set()

        await slow.aclose()
        await slow.aclose()
        await asyncio.gather(waiting, return_exceptions=True)

        assert "in-process-store" not in {thread.name for thread in threading.enumerate()}


async def test_the_sandbox_runs_on_a_thread_of_its_own(
    api: ApiClient, store: Store, endpoint: Endpoint
) -> None:
    seen: list[str] = []

    async def app(scope: object, receive: object, send: object) -> None:
        seen.append(threading.current_thread().name)
        raise ConnectionResetError

    api = ApiClient(replace(endpoint, app=app), clock=lambda: NOW)
    with pytest.raises(Unreachable):
        await api.customers.access_token()
    await api.aclose()

    assert seen == ["in-process-store"]


async def test_each_try_is_signed_anew(endpoint: Endpoint, sandbox: Sandbox, counter: RequestCounter) -> None:
    """The sandbox accepts a nonce once, and a cut response has used it up."""
    fail(sandbox, FaultKind.TRUNCATED, times=2)
    api = ApiClient(endpoint, clock=lambda: NOW, random=Random(7))

    assert await api.locations.search()
    assert len(counter.paths) == 3
    await api.aclose()


class TestFaultsOfTheCaller:
    @pytest.mark.parametrize("path", [{}, {"UserId": "1", "more": "2"}, {"userid": "1"}])
    async def test_path_arguments_fit_exactly(self, api: ApiClient, path: dict[str, str]) -> None:
        with pytest.raises(ValueError, match="in its path"):
            await api.transport.call(OPERATIONS_BY_NAME["customers.details"], path=path)

    async def test_data_goes_where_data_is_taken(self, api: ApiClient) -> None:
        with pytest.raises(ValueError, match="takes no data"):
            await api.transport.call(OPERATIONS_BY_NAME["customers.logout"], data={"a": 1})
        with pytest.raises(ValueError, match="takes data"):
            await api.transport.call(OPERATIONS_BY_NAME["locations.search"])

    async def test_a_token_goes_where_a_token_is_taken(self, api: ApiClient) -> None:
        with pytest.raises(ValueError, match="takes no customer's token"):
            await api.transport.call(
                OPERATIONS_BY_NAME["customers.details"], path={"UserId": "1"}, token=SecretStr("i1z1")
            )


async def test_a_probe_is_one_request(api: ApiClient, sandbox: Sandbox, counter: RequestCounter) -> None:
    fail(sandbox, FaultKind.DROP_BEFORE, times=None)
    with pytest.raises(Unreachable):
        await api.oauth.timestamp(single_attempt=True)
    assert len(counter.paths) == 1
