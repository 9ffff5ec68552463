"""The port over HTTP, or into an ASGI application in this process; the only module that names httpx."""

import asyncio
import logging
import ssl
import threading
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any, TypeAlias, TypeVar

import httpx

from console.api.errors import TimedOut, Unreachable, UnreadableResponse
from console.api.transport.port import RawResponse, Request
from console.api.transport.single_response import SingleResponseBackend
from console.api.transport.wire_types import MAX_BYTES

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


class HttpPort:
    """An HTTP client with persistent connections, and for some operations a connection of their own.

    In process, the application runs on a thread, so that no key waits for it.
    ``connect_timeout`` is in seconds. The caller limits the time for the response: a slow drip never trips
    a read timeout.
    """

    def __init__(self, *, app: ASGIApp | None = None, connect_timeout: float = 3.0) -> None:
        self._connect_timeout = connect_timeout
        self._app = app
        self._thread = _LoopThread() if app else None
        # By whether a connection is kept for the next request.
        self._clients: dict[bool, httpx.AsyncClient] = {}
        # Both clients trust the same certificates, which take longest to read.
        self._ssl_context: ssl.SSLContext | None = None
        self._client_lock = asyncio.Lock()

    async def send(self, request: Request) -> RawResponse:
        """Send one request; see ``Port.send``. Redirects are returned, not followed."""
        if self._thread is None:
            return await self._send(request)
        return await self._thread.run(self._send(request))

    async def aclose(self) -> None:
        """Close connections and end the thread, with whatever the application still does in it."""
        if self._thread is None:
            await self._close_client()
        else:
            await self._thread.stop(self._close_client())

    async def _close_client(self) -> None:
        clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            await client.aclose()

    async def _ensure_client(self, *, keep_alive: bool) -> httpx.AsyncClient:
        async with self._client_lock:
            if keep_alive not in self._clients:
                # Reading the trusted certificates takes longer than a frame.
                self._clients[keep_alive] = await asyncio.to_thread(self._open_client, keep_alive=keep_alive)
            return self._clients[keep_alive]

    def _open_client(self, *, keep_alive: bool) -> httpx.AsyncClient:
        kept = 4 if keep_alive else 0
        if self._ssl_context is None:
            self._ssl_context = httpx.create_ssl_context()
        client = httpx.AsyncClient(
            verify=self._ssl_context,
            transport=httpx.ASGITransport(self._app) if self._app else None,
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
        client = await self._ensure_client(keep_alive=not operation.own_connection)
        try:
            return await self._exchange(client, request)
        except httpx.DecodingError as error:
            raise UnreadableResponse(operation=operation, diagnostics=type(error).__name__) from None
        except httpx.TimeoutException as error:
            sent = not isinstance(error, _NOT_SENT)
            raise TimedOut(operation=operation, sent=sent, diagnostics=type(error).__name__) from None
        except (httpx.TransportError, ConnectionError) as error:
            # A bare ConnectionError is an application in process that dropped the connection.
            sent = not isinstance(error, _NOT_SENT)
            raise Unreachable(operation=operation, sent=sent, diagnostics=type(error).__name__) from None

    async def _exchange(self, client: httpx.AsyncClient, request: Request) -> RawResponse:
        body = bytearray()
        async with client.stream(
            request.method, request.url, headers=dict(request.headers), content=request.body
        ) as response:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise UnreadableResponse(
                        operation=request.operation,
                        code=response.status_code,
                        diagnostics=f"longer than {MAX_BYTES} bytes",
                    )
        headers = {name.lower(): value for name, value in response.headers.items()}
        return RawResponse(response.status_code, headers, bytes(body))


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
