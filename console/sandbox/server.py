"""The sandbox on a socket, and its record of the carts as text, for the command line.

The only module that imports uvicorn.
"""

import asyncio
import json
import logging
import signal
import socket
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from console.sandbox.app import LOGGER, REPEAT, create_app
from console.sandbox.auth import AuthRules
from console.sandbox.data.merchant import load_merchant
from console.sandbox.fault_injection import DroppedConnectionError
from console.sandbox.self_description import DemoAccess, format_carts
from console.sandbox.store import Store, StoreError, read_carts
from console.sandbox.switches import Switches


def serve(
    *,
    port: int,
    host: str = "127.0.0.1",
    path: Path | None = None,
    seed: int = 1,
    as_json: bool = False,
    switches: Switches | None = None,
    auth: AuthRules | None = None,
) -> int:
    """Serve a sandbox store until a signal ends it; return the exit code for the command line.

    ``port`` 0 takes a free one. The first line on standard output has the address and the credentials, as
    one JSON object if ``as_json``; it is written once the socket listens. ``path`` is the store's file,
    ``None`` for a store in memory; ``switches`` are in force from the start. ``auth`` says which signatures
    are accepted; refused ones are logged on standard error.
    """
    switches = switches or Switches()
    try:
        store = Store.open(path, seed=seed, cart_owner=switches.cart_owner)
    except StoreError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _log_refused_signatures()
    with closing(store), _ignore_repeated_signals():
        config = Config(
            create_app(store, switches=replace(switches, cart_owner=store.cart_owner), auth=auth),
            host=host,
            port=port,
            http=_FaultyProtocol,
            ws="none",
            loop="asyncio",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
        try:
            _Server(config, store.demo_access(), as_json=as_json).run()
        except SystemExit:
            sys.stderr.write(f"The sandbox cannot listen on {host}, port {port}.\n")
            return 1
    return 0


def describe_carts(path: Path) -> str:
    """Return the sandbox's own record of all carts in a store's file, as aligned plain text.

    Raises:
        StoreError: there is no such file, or it is not a sandbox store.
    """
    merchant = load_merchant()
    return format_carts(read_carts(path), currency=merchant.currency, digits=merchant.digits)


def _log_refused_signatures() -> None:
    LOGGER.setLevel(logging.INFO)
    if not LOGGER.handlers:
        LOGGER.addHandler(logging.StreamHandler())


class _Server(uvicorn.Server):
    """Prints its address as soon as it listens."""

    def __init__(self, config: Config, demo: DemoAccess, *, as_json: bool) -> None:
        super().__init__(config)
        self._demo = demo
        self._as_json = as_json

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            port = int(self.servers[0].sockets[0].getsockname()[1])
            host = self.config.host
            base_url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
            sys.stdout.write(f"{_startup_line(base_url, self._demo, as_json=self._as_json)}\n")
            sys.stdout.flush()


class _RecordingTransport:
    """A connection that remembers the bytes of the latest response."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.written = bytearray()

    def write(self, data: bytes) -> None:
        self.written += data
        self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class _FaultyProtocol(H11Protocol):
    """Closes a connection without a response, or sends a response twice, if a fault says so."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._wrapped_app = cast("ASGIApp", self.app)
        self.app = self._app_or_close
        self._closed = asyncio.Event()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._recorder = _RecordingTransport(transport)
        super().connection_made(cast("asyncio.Transport", self._recorder))

    async def _app_or_close(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._recorder.written.clear()
        scope[REPEAT] = self._repeat
        try:
            await self._wrapped_app(scope, receive, send)
        except DroppedConnectionError:
            self.transport.close()
            await self._closed.wait()

    def _repeat(self, seconds: float) -> None:
        """Send the latest response once more."""
        response = bytes(self._recorder.written)
        self.loop.call_later(seconds, self._write_if_open, response)

    def _write_if_open(self, response: bytes) -> None:
        if not self.transport.is_closing():
            self._recorder.write(response)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._closed.set()


@contextmanager
def _ignore_repeated_signals() -> Generator[None]:
    """uvicorn raises the signal that ended it again; ignore the repetition."""

    def ignore(_number: int, _frame: FrameType | None) -> None:
        """Do nothing: the server has ended already."""

    signals = (signal.SIGINT, signal.SIGTERM)
    previous = {number: signal.signal(number, ignore) for number in signals}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _startup_line(base_url: str, demo: DemoAccess, *, as_json: bool) -> str:
    if not as_json:
        operator = demo.operators[0]
        return (
            f"Sandbox store at {base_url}, merchant {demo.merchant_id}, key {demo.consumer_key}, "
            f"secret {demo.consumer_secret}; sign in as {operator.username} with {operator.password}"
        )
    return json.dumps(
        {
            "base_url": base_url,
            "merchant_id": demo.merchant_id,
            "consumer_key": demo.consumer_key,
            "consumer_secret": demo.consumer_secret,
            "operators": [{"username": o.username, "password": o.password} for o in demo.operators],
            "customers": list(demo.customers),
            "location_id": demo.location_id,
        }
    )
