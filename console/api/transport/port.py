"""What passes between the transport and whatever carries requests: two values and a port of two methods.

Built by ``transport``, signed by ``auth``, carried by ``http``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from console.operations import Operation


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. Its URL, headers and body may hold secrets, so its ``repr`` shows none of them.

    ``secrets`` are those of this request, to be struck out of whatever is said about it; ``has_customer_token``
    says that a customer's token is among what is sent.
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
    """What came back, undecoded. Header names are in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Port(Protocol):
    """Something that carries requests."""

    async def send(self, request: Request) -> RawResponse:
        """Carry one request and bring back the whole answer, whatever its status.

        Raises:
            Unreachable: no connection, or it broke.
            TimedOut: connecting took too long.
            UnreadableResponse: the answer is longer than any documented one, or wrongly compressed.
        """
        ...

    async def aclose(self) -> None:
        """Let go of connections and threads. Closing twice does no harm."""
        ...
