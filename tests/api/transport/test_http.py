"""HTTP over a real socket of this machine: failures, and whether the request had left."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.errors import TimedOut, UnexpectedRedirect, Unreachable, UnreadableResponse
from console.api.transport.auth import AuthToken
from console.api.transport.endpoint import Endpoint, Timeouts
from console.api.transport.wire_types import MAX_BYTES

pytestmark = pytest.mark.anyio

Responder = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

STANDARD = Timeouts()
DONE = b'{"messageCode": "1004"}'
TOKEN = SecretStr("gmah4uer4x5clfm1pxczhxxx")
TOKEN_ANSWER = b'{"messageCode": "1004", "Token": {"AccessToken": "gmah4uer4x5clfm1pxczhxxx"}}'


@contextlib.asynccontextmanager
async def platform(respond: Responder, *, timeouts: Timeouts = STANDARD) -> AsyncIterator[ApiClient]:
    """Serve on a free port with ``respond`` handling each connection."""

    connections: list[asyncio.Task[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, EOFError):
            await respond(reader, writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    def connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(asyncio.create_task(serve(reader, writer)))

    server = await asyncio.start_server(connection, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    auth = AuthToken("QFTBNOUC", "made-beforehand")
    api = ApiClient(Endpoint(f"http://127.0.0.1:{port}", "6c57599f", auth, timeouts=timeouts))
    try:
        yield api
    finally:
        await api.aclose()
        server.close()
        await asyncio.gather(*connections)
        await server.wait_closed()


def replying(*parts: bytes, hang: bool = False) -> Responder:
    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for part in parts:
            writer.write(part)
            await writer.drain()
        if hang:
            await reader.read()

    return respond


def reply(body: bytes, *, status: str = "200 OK", headers: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def test_response_arrives_over_a_socket() -> None:
    async with platform(replying(reply(TOKEN_ANSWER))) as api:
        token = await api.customers.access_token()

    assert token.access_token.get_secret_value() == "gmah4uer4x5clfm1pxczhxxx"


async def test_connection_is_reused_for_the_next_call() -> None:
    connections: list[int] = []

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        for _ in range(2):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(reply(DONE))
            await writer.drain()

    async with platform(respond) as api:
        await api.carts.clear(token=TOKEN)
        await api.carts.clear(token=TOKEN)

    assert connections == [1]


async def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    api = ApiClient(Endpoint(f"http://127.0.0.1:{port}", "6c57599f", AuthToken("key", "made-beforehand")))

    with pytest.raises(Unreachable) as caught:
        await api.customers.access_token()
    await api.aclose()

    assert not caught.value.sent
    assert not caught.value.outcome_unknown


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (b"HTTP/1.1 200 OK\r\n",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{",),
        (b"SSH-2.0\r\n\r\n",),
    ],
    ids=["silence", "half a head", "half a body", "another protocol"],
)
async def test_a_broken_connection_leaves_a_change_unknown(parts: tuple[bytes, ...]) -> None:
    async with platform(replying(*parts)) as api:
        with pytest.raises(Unreachable) as caught:
            await api.customers.access_token()

    assert caught.value.sent
    assert caught.value.outcome_unknown


async def test_dripping_response_ends_at_the_deadline() -> None:
    dripping = replying(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{", hang=True)
    async with platform(dripping, timeouts=Timeouts(write=0.05)) as api:
        with pytest.raises(TimedOut) as caught:
            await api.customers.access_token()

    assert caught.value.outcome_unknown


async def test_a_redirect_is_not_followed() -> None:
    elsewhere = reply(b"", status="302 Found", headers="Location: http://127.0.0.1:9/steal\r\n")
    async with platform(replying(elsewhere)) as api:
        with pytest.raises(UnexpectedRedirect):
            await api.customers.access_token()


async def test_endless_response_is_not_read_to_its_end() -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {3 * MAX_BYTES}\r\n\r\n".encode()
    async with platform(replying(head, *[b" " * MAX_BYTES] * 2)) as api:
        with pytest.raises(UnreadableResponse, match="cannot be read"):
            await api.customers.access_token()


async def test_wrongly_compressed_response_cannot_be_read() -> None:
    packed = reply(b"not gzip", headers="Content-Encoding: gzip\r\n")
    async with platform(replying(packed)) as api:
        with pytest.raises(UnreadableResponse):
            await api.customers.access_token()


async def test_a_cookie_does_not_come_back() -> None:
    heads: list[bytes] = []

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(2):
            heads.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(reply(DONE, headers="Set-Cookie: session=another\r\n"))
            await writer.drain()

    async with platform(respond) as api:
        await api.carts.clear(token=TOKEN)
        await api.carts.clear(token=TOKEN)

    assert b"cookie" not in heads[1].lower()


async def test_a_proxy_of_the_environment_is_not_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async with platform(replying(reply(TOKEN_ANSWER))) as api:
        assert await api.customers.access_token()
