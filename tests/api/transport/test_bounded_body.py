"""Unpacking a body, step by step: what is accepted, and where it stops."""

import gzip
import zlib
from collections.abc import AsyncIterator

import pytest

from console.api.transport.bounded_body import check_headers, read_body, unpack
from console.api.transport.wire_types import MAX_BYTES, WireError

pytestmark = pytest.mark.anyio

BODY = b'{"messageCode": "1004"}'


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", BODY),
        ("identity", BODY),
        ("gzip", gzip.compress(BODY, mtime=0)),
        ("GZIP", gzip.compress(BODY, mtime=0)),
        ("x-gzip", gzip.compress(BODY, mtime=0)),
        ("identity, gzip", gzip.compress(BODY, mtime=0)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", raw_deflate(BODY)),
        ("gzip", b""),
    ],
)
async def test_an_encoding_that_was_asked_for_is_unpacked(encoding: str, packed: bytes) -> None:
    assert await read_body(chunks(packed[:5], packed[5:]), encoding) == (BODY if packed else b"")


@pytest.mark.parametrize(
    "encoding", ["gzip, gzip", "gzip,deflate", "br", "zstd", "gzip, br", "gzip" + ", gzip" * 1000, "\x1b[2J"]
)
async def test_any_other_encoding_is_refused_before_a_byte_is_read(encoding: str) -> None:
    async def never_read() -> AsyncIterator[bytes]:
        raise AssertionError("read")
        yield b""

    with pytest.raises(WireError, match="encoded as"):
        await read_body(never_read(), encoding)


@pytest.mark.parametrize(
    ("packed", "problem"),
    [
        (b"not gzip", "no gzip data"),
        (gzip.compress(BODY, mtime=0)[:-4], "cut short"),
        (gzip.compress(BODY, mtime=0) + b"HTTP/1.1 200 OK", "more data"),
        (gzip.compress(b"[" * (MAX_BYTES + 1), mtime=0), "longer than"),
    ],
    ids=["not packed", "cut short", "another response behind it", "too long"],
)
def test_damaged_data_is_refused_with_what_is_wrong(packed: bytes, problem: str) -> None:
    with pytest.raises(WireError, match=problem):
        unpack(packed, "gzip")


async def test_an_endless_body_is_read_to_the_bound_only() -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b" " * 65536

    with pytest.raises(WireError, match="longer than"):
        await read_body(endless(), "")

    assert read == MAX_BYTES // 65536 + 1


def test_headers_are_bounded_as_a_whole() -> None:
    check_headers({f"x-{number}": "v" * 100 for number in range(100)})

    with pytest.raises(WireError, match="headers longer"):
        check_headers({f"x-{number}": "v" * 100 for number in range(1000)})
