"""The body of a response, read and unpacked in bounded steps: before this, nothing of it is trusted."""

import asyncio
import zlib
from collections.abc import AsyncIterable, Mapping

from console.api.transport.wire_types import MAX_BYTES, WireError

ACCEPT_ENCODING = "gzip, deflate"
"""The encodings that are asked for; a response in any other, or in several, is refused."""
MAX_HEADER_BYTES = 64 * 1024
"""Largest head of a response, names and values together."""

_STEP = 64 * 1024  # bytes unpacked at a time
_THREAD_THRESHOLD = 1024  # packed bytes; they may hold a thousand times as many, so more go to a thread
_CHUNKS_A_TURN = 64  # a response in many tiny chunks lets other work in between
_GZIP, _ZLIB, _RAW_DEFLATE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


def check_headers(headers: Mapping[str, str]) -> None:
    """Require a head of a bounded size.

    Raises:
        WireError: it is larger.
    """
    if sum(len(name) + len(value) for name, value in headers.items()) > MAX_HEADER_BYTES:
        raise WireError(f"headers longer than {MAX_HEADER_BYTES} bytes")


async def read_body(chunks: AsyncIterable[bytes], content_encoding: str) -> bytes:
    """Read the raw chunks of a body and return it unpacked.

    ``content_encoding`` is the header's value, empty without one.

    Raises:
        WireError: an encoding that was not asked for, several of them, damaged, or longer than ``MAX_BYTES``.
    """
    encodings = [name for part in content_encoding.split(",") if (name := part.strip().lower())]
    packing = [name for name in encodings if name != "identity"]
    if len(packing) > 1 or not {"gzip", "x-gzip", "deflate"}.issuperset(packing):
        raise WireError(f"encoded as {content_encoding[:60]!r}")
    body = bytearray()
    count = 0
    async for chunk in chunks:
        body += chunk
        if len(body) > MAX_BYTES:
            raise WireError(f"longer than {MAX_BYTES} bytes")
        count += 1
        if count % _CHUNKS_A_TURN == 0:
            await asyncio.sleep(0)
    packed = bytes(body)
    if not packing or not packed:
        return packed
    if len(packed) < _THREAD_THRESHOLD:
        return unpack(packed, packing[0])
    return await asyncio.to_thread(unpack, packed, packing[0])


def unpack(packed: bytes, encoding: str) -> bytes:
    """Unpack a whole body in steps, never further than the bound.

    Raises:
        WireError: damaged, cut short, followed by something else, or longer than ``MAX_BYTES``.
    """
    unpacker = zlib.decompressobj(_window_bits(packed, encoding))
    body = bytearray()
    rest = packed
    try:
        while not unpacker.eof:
            step = unpacker.decompress(rest, _STEP)
            body += step
            if len(body) > MAX_BYTES:
                raise WireError(f"longer than {MAX_BYTES} bytes when unpacked")
            rest = unpacker.unconsumed_tail
            if not step and not rest and not unpacker.eof:
                raise WireError("packed data that is cut short")
    except zlib.error:
        raise WireError(f"no {encoding} data") from None
    if unpacker.unused_data:
        raise WireError("more data behind the packed data")
    return bytes(body)


def _window_bits(packed: bytes, encoding: str) -> int:
    if encoding != "deflate":
        return _GZIP
    # Servers send deflate with zlib's header, as specified, or without it.
    has_header = packed[0] & 0x0F == 8 and int.from_bytes(packed[:2], "big") % 31 == 0
    return _ZLIB if has_header else _RAW_DEFLATE
