"""A response of one request is never taken for the response of another, over real sockets."""

import contextlib
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpcore
import pytest
from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.errors import MismatchedResponse
from console.api.transport.single_response import ResponseFraming, SingleResponseStream
from console.operations import OPERATIONS
from tests.repeating_proxy import RepeatingProxy, served
from tests.shops import LAYLAS_ID, LAYLAS_PASSWORD, LOCATION_ID, SandboxBackend
from tests.sync.counter import PEPSI, TOM

pytestmark = pytest.mark.anyio

CHICKEN = 13047215
"""A product with variants, as Pepsi is."""
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"


@contextlib.asynccontextmanager
async def store(tmp_path: Path) -> AsyncIterator[tuple[RepeatingProxy, ApiClient]]:
    """A sandbox behind a proxy, and a client that reaches it through the proxy."""
    backend = SandboxBackend(tmp_path)
    async with served(backend.app) as upstream:
        proxy = RepeatingProxy(upstream)
        async with proxy.run() as port:
            endpoint = replace(backend.endpoint(), app=None, base_url=f"http://127.0.0.1:{port}")
            api = ApiClient(endpoint)
            try:
                yield proxy, api
            finally:
                await api.aclose()


async def test_repeated_response_is_not_taken_for_the_next(tmp_path: Path) -> None:
    async with store(tmp_path) as (proxy, api):
        proxy.repeats = ["TimeStamp"]
        await api.oauth.timestamp()
        assert (await api.products.information(product_id=13047603, location_id=LOCATION_ID)).product_id
    assert [len(paths) for paths in proxy.connections] == [1, 1]


async def test_clean_connection_is_used_again(tmp_path: Path) -> None:
    async with store(tmp_path) as (proxy, api):
        for _ in range(3):
            await api.oauth.timestamp()
    assert [len(paths) for paths in proxy.connections] == [3]


async def test_believed_responses_come_over_connections_of_their_own(tmp_path: Path) -> None:
    async with store(tmp_path) as (proxy, api):
        await api.oauth.timestamp()
        anonymous = await api.customers.access_token()
        await api.customers.start_session(
            user_name=TOM.user_name,
            operator_id=LAYLAS_ID,
            password=SecretStr(LAYLAS_PASSWORD),
            location_id=LOCATION_ID,
            token=anonymous.access_token,
        )
        await api.oauth.timestamp()
    assert [len(paths) for paths in proxy.connections] == [2, 1, 1]


async def test_late_repetition_does_not_pass_for_another_product(tmp_path: Path) -> None:
    async with store(tmp_path) as (proxy, api):
        proxy.repeats, proxy.late = [str(PEPSI)], True
        await api.products.variants(product_id=PEPSI)
        with pytest.raises(MismatchedResponse):
            await api.products.variants(product_id=CHICKEN)
        again = await api.products.variants(product_id=CHICKEN)
    assert {variant.product_id for variant in again} == {CHICKEN}


def test_the_operations_that_are_believed_have_their_own_connection() -> None:
    assert {operation.name for operation in OPERATIONS if operation.own_connection} == {
        "carts.add_attributes",
        "customers.access_token",
        "customers.agent_login",
        "customers.create",
        "customers.start_session",
        "orders.authorise",
        "orders.cancel",
        "orders.cancel_line",
        "orders.history",
        "orders.place",
    }


@pytest.mark.parametrize("response", [RESPONSE, CHUNKED], ids=["length", "chunked"])
@pytest.mark.parametrize("step", [1, 7, 1000])
async def test_framing_of_one_response_has_no_excess(response: bytes, step: int) -> None:
    framing = ResponseFraming()
    for start in range(0, len(response), step):
        await framing.receive(response[start : start + step])
    assert not framing.has_excess


@pytest.mark.parametrize("response", [RESPONSE, CHUNKED], ids=["length", "chunked"])
@pytest.mark.parametrize("excess", [b"H", RESPONSE])
@pytest.mark.parametrize("is_apart", [False, True])
async def test_framing_sees_what_follows_a_response(response: bytes, excess: bytes, is_apart: bool) -> None:
    framing = ResponseFraming()
    for part in (response, excess) if is_apart else (response + excess,):
        await framing.receive(part)
    assert framing.has_excess


async def test_framing_of_something_else_is_excess() -> None:
    framing = ResponseFraming()
    await framing.receive(b"SSH-2.0\r\n\r\n")
    assert framing.has_excess


class Decrypted:
    """What a TLS connection holds decrypted or still encrypted in its buffer."""

    def __init__(self, buffered: bytes) -> None:
        self.buffered = buffered

    def read(self, _count: int) -> bytes:
        if not self.buffered:
            raise ssl.SSLWantReadError
        return self.buffered


class FakeStream(httpcore.AsyncNetworkStream):
    def __init__(self, *, readable: bool = False, decrypted: bytes | None = None) -> None:
        self.extra = {
            "is_readable": readable,
            "ssl_object": decrypted if decrypted is None else Decrypted(decrypted),
        }
        self.written = b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return RESPONSE

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.written += buffer

    def get_extra_info(self, info: str) -> Any:
        return self.extra.get(info)


@pytest.mark.parametrize(
    "unread", [FakeStream(readable=True), FakeStream(decrypted=b"H")], ids=["socket", "TLS buffer"]
)
async def test_unread_bytes_stop_the_next_request_before_it_is_sent(unread: FakeStream) -> None:
    stream = SingleResponseStream(unread)
    await stream.write(b"first")
    await stream.read(1)
    assert stream.get_extra_info("is_readable")
    with pytest.raises(httpcore.ConnectionNotAvailable):
        await stream.write(b"second")
    assert unread.written == b"first"


async def test_empty_tls_buffer_lets_the_next_request_through() -> None:
    stream = SingleResponseStream(FakeStream(decrypted=b""))
    await stream.write(b"first")
    await stream.read(1)
    await stream.write(b"second")
    assert not stream.get_extra_info("is_readable")
