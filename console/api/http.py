"""Carries requests over HTTP, or into an ASGI application in this process; the only module that names httpx.

Used by the transport through ``Port``.
"""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any, TypeAlias, TypeVar

import httpx

from console.api.errors import TimedOut, Unreachable, UnreadableAnswer
from console.api.port import RawAnswer, Request
from console.api.wire import MAX_BYTES

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
    """One client with its kept connections. In process it runs on a thread, so that no key waits for it.

    ``connect`` is the time for making a connection, in seconds. How long the answer may take is the
    caller's to bound: an answer that drips never trips a read timeout.
    """

    def __init__(self, *, app: ASGIApp | None = None, connect: float = 3.0) -> None:
        self._connect = connect
        self._app = app
        self._thread = _LoopThread() if app else None
        self._client: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()

    async def send(self, request: Request) -> RawAnswer:
        """Carry one request; see ``Port.send``. Redirects are brought back, not followed."""
        if self._thread is None:
            return await self._send(request)
        return await self._thread.run(self._send(request))

    async def aclose(self) -> None:
        """Close connections and end the thread, with whatever the application still does in it."""
        if self._thread is None:
            await self._close_client()
        else:
            await self._thread.end(self._close_client())

    async def _close_client(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _opened(self) -> httpx.AsyncClient:
        async with self._opening:
            if self._client is None:
                # Reading the trusted certificates takes longer than a frame.
                self._client = await asyncio.to_thread(self._open_client)
            return self._client

    def _open_client(self) -> httpx.AsyncClient:
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self._app) if self._app else None,
            # A proxy of the environment is for the world outside, never for this machine.
            mounts={f"all://{host}": None for host in ("localhost", "127.0.0.1", "[::1]")},
            follow_redirects=False,
            timeout=httpx.Timeout(None, connect=self._connect, pool=self._connect),
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=4, keepalive_expiry=30.0),
        )
        # The token alone says whose session it is: a kept cookie could bring another customer's.
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        return client

    async def _send(self, request: Request) -> RawAnswer:
        # Exceptions of httpx hold the request, and so its secrets: none of them leaves, not even as a cause.
        client = await self._opened()
        operation = request.operation
        try:
            return await self._exchange(client, request)
        except httpx.DecodingError as error:
            raise UnreadableAnswer(operation=operation, diagnostics=type(error).__name__) from None
        except httpx.TimeoutException as error:
            sent = not isinstance(error, _NOT_SENT)
            raise TimedOut(operation=operation, sent=sent, diagnostics=type(error).__name__) from None
        except (httpx.TransportError, ConnectionError) as error:
            # A bare ConnectionError is an application in process that dropped the connection.
            sent = not isinstance(error, _NOT_SENT)
            raise Unreachable(operation=operation, sent=sent, diagnostics=type(error).__name__) from None

    async def _exchange(self, client: httpx.AsyncClient, request: Request) -> RawAnswer:
        body = bytearray()
        async with client.stream(
            request.method, request.url, headers=dict(request.headers), content=request.body
        ) as answer:
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise UnreadableAnswer(
                        operation=request.operation,
                        code=answer.status_code,
                        diagnostics=f"longer than {MAX_BYTES} bytes",
                    )
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return RawAnswer(answer.status_code, headers, bytes(body))


class _LoopThread:
    """An event loop on a thread of its own, started with the first work."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    async def run(self, work: Coroutine[None, None, _T]) -> _T:
        """Await work that runs there. Giving up waiting does not stop it, as with any server."""
        loop = self._loop or self._start()
        answer = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, loop))
        # What goes wrong after the caller gave up is nobody's news; unread, asyncio would print it.
        answer.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(answer)

    def _start(self) -> asyncio.AbstractEventLoop:
        self._loop = loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=loop.run_forever, name="in-process-store", daemon=True)
        self._thread.start()
        return loop

    async def end(self, last: Coroutine[None, None, None]) -> None:
        """Run one last piece of work, stop what still runs, and end the thread."""
        loop, thread = self._loop, self._thread
        self._loop = self._thread = None
        if loop is None or thread is None:
            last.close()
            return
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_stop_others(last), loop))
        loop.call_soon_threadsafe(loop.stop)
        await asyncio.to_thread(thread.join)
        loop.close()


async def _stop_others(last: Coroutine[None, None, None]) -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await last
    await asyncio.get_running_loop().shutdown_asyncgens()
    await asyncio.get_running_loop().shutdown_default_executor()
