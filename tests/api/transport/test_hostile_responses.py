"""Responses that a broken or a hostile server sends: bounded memory, and the event loop goes on meanwhile."""

import asyncio
import gzip
import time
import tracemalloc
from dataclasses import dataclass

import pytest

from console.api.errors import PlatformError, UnreadableResponse
from console.api.transport.endpoint import Timeouts
from console.api.transport.wire_types import MAX_BYTES
from tests.api.transport.test_http import TOKEN_ANSWER, platform, reply, replying

pytestmark = pytest.mark.anyio

MEGABYTE = 1024 * 1024
MAX_MEMORY = 25 * MEGABYTE
"""Six times the longest response: its bytes, a copy, its text, and what is read of it up to a bound."""
MAX_TURN_SECONDS = 0.05
"""Processor time of one turn of the event loop: a key waits no longer than that."""


def packed(body: bytes, *, encoding: str = "gzip") -> bytes:
    return reply(body, headers=f"Content-Encoding: {encoding}\r\n")


def repeated(part: bytes) -> bytes:
    """A list of the same value again and again, up to the longest response."""
    return b"[" + part * ((MAX_BYTES - 4) // len(part)) + b"0]"


def record(**fields: bytes) -> bytes:
    inside = b", ".join(b'"%s": %s' % (name.encode(), value) for name, value in fields.items())
    return b'{"messageCode": "1004", "Token": {%s}}' % inside


BOMB = gzip.compress(b"0" * 64 * MEGABYTE, 9, mtime=0)
UNREADABLE = {
    "gzip within gzip": packed(gzip.compress(BOMB, mtime=0), encoding="gzip, gzip"),
    "gzip": packed(BOMB),
    "brotli": packed(BOMB, encoding="br"),
    "empty lists": reply(repeated(b"[],")),
    "empty objects": reply(repeated(b"{},")),
    "floats": reply(repeated(b"1.1,")),
    "rows": reply(b'{"messageCode": "1004", "Token": %s}' % (b"[" + b"{}," * 30_000 + b"{}]")),
    "open brackets": reply(b"[" * MAX_BYTES),
    "open objects": reply(b'{"a":' * (MAX_BYTES // 5)),
    "an integer of 100,000 digits": reply(record(AccessToken=b"1" * 100_000)),
    "an integer of 4,000 digits": reply(record(AccessToken=b"1" * 4_000)),
    "an exponent": reply(record(AccessToken=b"1e999999")),
    "a small exponent": reply(record(AccessToken=b"1e-999999")),
    "digits behind the point": reply(record(AccessToken=b"0." + b"1" * 100_000)),
    "entities": reply(b'{"messageCode": "1004", "Token": "%s"}' % (b"&amp;" * 600_000)),
    "escaped entities": reply(b'{"messageCode": "1004", "Token": "%s"}' % (rb"\u0026a;" * 300_000)),
    "headers": reply(TOKEN_ANSWER, headers="".join(f"X-{n}: {'v' * 90}\r\n" for n in range(900))),
    "one header": reply(TOKEN_ANSWER, headers=f"X: {'v' * 400_000}\r\n"),
}
READABLE = {
    "a message in entities": reply(b'{"messageCode": "1009", "Message": "%s"}' % (b"&notanentity;" * 60_000)),
    "a reference of 5,000 digits": reply(b'{"messageCode": "1009", "Message": "&#%s;"}' % (b"1" * 5_000)),
    "a message that is a list": reply(b'{"messageCode": "1009", "Message": %s}' % (b"[" * 20 + b"]" * 20)),
    "a date long past any": reply(TOKEN_ANSWER, status="429 Busy", headers=f"Retry-After: {'9' * 5000}\r\n"),
    "many small chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"1\r\n \r\n" * 100_000
    + b"%x\r\n%s\r\n0\r\n\r\n" % (len(TOKEN_ANSWER), TOKEN_ANSWER),
}


@dataclass
class Watch:
    """The longest turn of the event loop, in seconds of its own thread's processor time."""

    longest_turn: float = 0.0

    async def run(self) -> None:
        while True:
            began = time.thread_time()
            await asyncio.sleep(0)
            self.longest_turn = max(self.longest_turn, time.thread_time() - began)


async def receive(response: bytes) -> tuple[PlatformError | None, Watch, int]:
    """Receive one response; return the error, the watched loop and the peak of new memory in bytes."""
    watch = Watch()
    async with platform(replying(response, hang=True), timeouts=Timeouts(write=20.0)) as api:
        watching = asyncio.create_task(watch.run())
        tracemalloc.start()
        try:
            await api.customers.access_token()
            caught = None
        except PlatformError as error:
            caught = error
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        watching.cancel()
        return caught, watch, peak


@pytest.mark.parametrize("kind", UNREADABLE)
async def test_what_is_out_of_bounds_is_unreadable_and_costs_little(kind: str) -> None:
    caught, watch, peak = await receive(UNREADABLE[kind])

    assert isinstance(caught, UnreadableResponse), caught
    assert caught.diagnostics
    assert peak < MAX_MEMORY, f"{peak / MEGABYTE:.0f} MB"
    assert watch.longest_turn < MAX_TURN_SECONDS


@pytest.mark.parametrize("kind", READABLE)
async def test_what_is_odd_within_bounds_costs_little(kind: str) -> None:
    caught, watch, peak = await receive(READABLE[kind])

    assert not isinstance(caught, UnreadableResponse), caught
    assert peak < MAX_MEMORY, f"{peak / MEGABYTE:.0f} MB"
    assert watch.longest_turn < MAX_TURN_SECONDS
