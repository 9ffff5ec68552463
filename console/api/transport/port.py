"""The interface between the transport and a carrier of requests: two values and a port of two methods."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from console.operations import Operation


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. Its URL, headers and body may hold secrets, so its ``repr`` shows none of them.

    ``secrets`` are those of this request, to be redacted from messages about it; ``has_customer_token``
    is true if the request carries a customer's token.
    """

    operation: Operation
    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    has_customer_token: bool = False


@dataclass(frozen=True, slots=True)
class RawResponse:
    """The response, undecoded. Header names are in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Port(Protocol):
    """A carrier of requests."""

    async def send(self, request: Request) -> RawResponse:
        """Send one request and return the whole response, whatever its status.

        Raises:
            Unreachable: no connection, or it broke.
            TimedOut: connecting took too long.
            UnreadableResponse: head or body is longer than any documented one, or packed in another way
                than was asked for.
        """
        ...

    async def aclose(self) -> None:
        """Release connections and threads. Closing twice does no harm."""
        ...
