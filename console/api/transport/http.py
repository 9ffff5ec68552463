"""The port over HTTP, or into an ASGI application in this process; this and ``setup_problems`` name httpx."""

import asyncio
import logging
import ssl
import threading
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from functools import partial
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from typing import Any, TypeAlias, TypeVar

import httpx

from console.api.errors import TimedOut, Unreachable, UnreadableResponse
from console.api.transport.bounded_body import ACCEPT_ENCODING, check_headers, read_body
from console.api.transport.graceful_cancellation import GracefulCancellation
from console.api.transport.port import RawResponse, Request
from console.api.transport.setup_problems import (
    CLIENT_ERRORS,
    certificate_problem,
    check_address,
    network_settings_problem,
)
from console.api.transport.single_response import SingleResponseBackend
from console.api.transport.wire_types import WireError
from console.operations import Operation

# The shape of an ASGI application is any mapping by its own specification.
_Message: TypeAlias = MutableMapping[str, Any]
ASGIApp: TypeAlias = Callable[
    [_Message, Callable[[], Awaitable[_Message]], Callable[[_Message], Awaitable[None]]], Awaitable[None]
]

_T = TypeVar("_T")

# httpx logs whole URLs at INFO and httpcore headers at DEBUG; tokens travel in both.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

# Failures before the first byte of the request has left.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


MAX_KEPT_CONNECTIONS = 4


class HttpPort:
    """An HTTP client with persistent connections, and for some operations a connection of their own.

    Without ``keep_alive`` every request has a connection of its own.

    In process, the application runs on a thread, so that no key waits for it.
    ``connect_timeout`` is in seconds. The caller limits the time for the response: a slow drip never trips
    a read timeout.
    """

    def __init__(
        self, *, app: ASGIApp | None = None, connect_timeout: float = 5.0, keep_alive: bool = True
    ) -> None:
        self._connect_timeout = connect_timeout
        self._keep_alive = keep_alive
        self._app = app
        self._thread = _LoopThread() if app else None
        # By whether a connection is kept for the next request.
        self._clients: dict[bool, httpx.AsyncClient] = {}
        self._replaced: list[httpx.AsyncClient] = []
        # Both clients trust the same certificates, which take longest to read.
        self._ssl_context: ssl.SSLContext | None = None
        self._client_lock = asyncio.Lock()
        self._requests = GracefulCancellation()

    async def send(self, request: Request) -> RawResponse:
        """Send one request; see ``Port.send``. Redirects are returned, not followed."""
        if self._thread is None:
            return await self._requests.run(self._send(request))
        return await self._thread.run(self._send(request))

    async def aclose(self) -> None:
        """Close connections and end the thread, with whatever the application still does in it."""
        if self._thread is None:
            await self._close_client()
        else:
            await self._thread.stop(self._close_client())

    async def _close_client(self) -> None:
        await self._requests.aclose()
        clients = [*self._replaced, *self._clients.values()]
        self._clients.clear()
        self._replaced.clear()
        for client in clients:
            await client.aclose()

    async def _ensure_client(self, operation: Operation, *, keep_alive: bool) -> httpx.AsyncClient:
        async with self._client_lock:
            if keep_alive not in self._clients:
                open_client = partial(self._open_client, keep_alive=keep_alive)
                try:
                    # Reading the trusted certificates takes longer than a frame.
                    self._clients[keep_alive] = await asyncio.to_thread(open_client)
                except CLIENT_ERRORS as error:
                    raise network_settings_problem(operation, error) from None
            return self._clients[keep_alive]

    async def _replace_client(
        self, client: httpx.AsyncClient, operation: Operation, *, keep_alive: bool
    ) -> httpx.AsyncClient:
        """Return another client than this one, which goes on with what it has begun."""
        if client is self._clients.get(keep_alive):
            del self._clients[keep_alive]
            self._replaced = [*self._replaced, client]
        return await self._ensure_client(operation, keep_alive=keep_alive)

    def _open_client(self, *, keep_alive: bool) -> httpx.AsyncClient:
        kept = MAX_KEPT_CONNECTIONS if keep_alive else 0
        if self._ssl_context is None and self._app is None:
            self._ssl_context = httpx.create_ssl_context()
        client = httpx.AsyncClient(
            verify=self._ssl_context or False,
            transport=httpx.ASGITransport(self._app) if self._app else None,
            headers={"Accept-Encoding": ACCEPT_ENCODING},
            # No proxy and no file of certificates concerns an application in this process.
            trust_env=self._app is None,
            # A proxy of the environment is for remote hosts, never for this machine.
            mounts={f"all://{host}": None for host in ("localhost", "127.0.0.1", "[::1]")},
            follow_redirects=False,
            timeout=httpx.Timeout(None, connect=self._connect_timeout, pool=self._connect_timeout),
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=kept, keepalive_expiry=30.0),
        )
        # Only the token identifies the session: a stored cookie could bring another customer's.
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        _guard_connections(client)
        return client

    async def _send(self, request: Request) -> RawResponse:
        # Exceptions of httpx hold the request, and so its secrets: none may leave, not even as a cause.
        operation = request.operation
        check_address(operation, request.url)
        keep_alive = self._keep_alive and not operation.own_connection
        client = await self._ensure_client(operation, keep_alive=keep_alive)
        try:
            try:
                return await self._exchange(client, request)
            except httpx.PoolTimeout:
                # All its connections wait for a slow platform, or were lost: nothing was sent yet.
                client = await self._replace_client(client, operation, keep_alive=keep_alive)
                return await self._exchange(client, request)
        except httpx.TimeoutException as error:
            sent = not isinstance(error, _NOT_SENT)
            raise TimedOut(operation=operation, sent=sent, diagnostics=type(error).__name__) from None
        except httpx.RemoteProtocolError as error:
            if _has_oversized_head(error):
                raise UnreadableResponse(operation=operation, diagnostics="headers too long") from None
            raise Unreachable(operation=operation, sent=True, diagnostics=type(error).__name__) from None
        except (httpx.TransportError, ConnectionError) as error:
            if isinstance(error, httpx.ConnectError) and (problem := certificate_problem(operation, error)):
                raise problem from None
            # A bare ConnectionError is an application in process that dropped the connection.
            sent = not isinstance(error, _NOT_SENT)
            raise Unreachable(operation=operation, sent=sent, diagnostics=type(error).__name__) from None

    async def _exchange(self, client: httpx.AsyncClient, request: Request) -> RawResponse:
        async with client.stream(
            request.method, request.url, headers=dict(request.headers), content=request.body
        ) as response:
            try:
                check_headers(response.headers)
                # The raw bytes: httpx would unpack a whole chunk at once, however large it becomes.
                body = await read_body(response.aiter_raw(), response.headers.get("content-encoding", ""))
            except WireError as error:
                raise UnreadableResponse(
                    operation=request.operation, code=response.status_code, diagnostics=str(error)
                ) from None
        headers = {name.lower(): value for name, value in response.headers.items()}
        return RawResponse(response.status_code, headers, body)


def _has_oversized_head(error: httpx.RemoteProtocolError) -> bool:
    """Return True if h11 gave up on a head that does not end; httpcore keeps its error as an argument."""
    origins = error.__cause__.args if error.__cause__ else ()
    hints = {getattr(origin, "error_status_hint", 0) for origin in origins}
    return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE in hints


def _guard_connections(client: httpx.AsyncClient) -> None:
    """Let each connection of a client carry one response for each request.

    httpx has no public way to the network below its connection pools.
    """
    transports: list[object] = [vars(client)["_transport"], *vars(client)["_mounts"].values()]
    for transport in transports:
        if isinstance(transport, httpx.AsyncHTTPTransport):
            pool = vars(transport)["_pool"]
            pool._network_backend = SingleResponseBackend(pool._network_backend)


class _LoopThread:
    """An event loop on a thread of its own, started with the first work."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    async def run(self, work: Coroutine[None, None, _T]) -> _T:
        """Await work on the thread. Cancelling the wait does not stop the work, as with any server."""
        loop = self._loop or self._start()
        response = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, loop))
        # Errors after the caller gave up have no reader; if not retrieved, asyncio would print them.
        response.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(response)

    def _start(self) -> asyncio.AbstractEventLoop:
        self._loop = loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=loop.run_forever, name="in-process-store", daemon=True)
        self._thread.start()
        return loop

    async def stop(self, cleanup: Coroutine[None, None, None]) -> None:
        """Run one last piece of work, stop what still runs, and end the thread."""
        loop, thread = self._loop, self._thread
        self._loop = self._thread = None
        if loop is None or thread is None:
            cleanup.close()
            return
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_cancel_tasks_and_run(cleanup), loop))
        loop.call_soon_threadsafe(loop.stop)
        await asyncio.to_thread(thread.join)
        loop.close()


async def _cancel_tasks_and_run(cleanup: Coroutine[None, None, None]) -> None:
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await cleanup
    await asyncio.get_running_loop().shutdown_asyncgens()
    await asyncio.get_running_loop().shutdown_default_executor()
