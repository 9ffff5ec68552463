"""Which requests the control API takes: from a program on this machine, never from a page in its browser.

A page may send a request to this machine without asking, so each request must show that no page sent it.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import NoReturn, cast

from starlette.requests import Request

MAX_BODY_BYTES = 100_000
MAX_DEPTH = 8


class ControlRequestError(Exception):
    """The request is refused; ``status`` is the one to respond with."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def check_origin(request: Request) -> None:
    """Require a caller on this machine that asks for this machine by name, and that is no page.

    Raises:
        ControlRequestError: it is another.
    """
    if not _is_local_peer(request):
        raise ControlRequestError(HTTPStatus.FORBIDDEN, "for callers on this machine only")
    hosts = request.headers.getlist("host")
    if len(hosts) != 1 or not _is_own_host(hosts[0], request):
        raise ControlRequestError(HTTPStatus.FORBIDDEN, "Host must name this machine, such as 127.0.0.1")
    for origin in request.headers.getlist("origin"):
        if origin != f"{request.url.scheme}://{hosts[0]}":
            raise ControlRequestError(HTTPStatus.FORBIDDEN, "not for pages of another origin")


async def read_object(request: Request) -> Mapping[str, object]:
    """Read the JSON object of a request; an empty body is an empty object.

    Raises:
        ControlRequestError: it is of another type, too large, too deep or no JSON object.
    """
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise ControlRequestError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise ControlRequestError(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is larger than {MAX_BODY_BYTES} bytes"
            )
    if not body:
        return {}
    try:
        data: object = json.loads(body, parse_constant=_refuse_constant)
    except RecursionError:
        raise ControlRequestError(HTTPStatus.BAD_REQUEST, "the JSON is nested too deeply") from None
    except ValueError as error:
        raise ControlRequestError(HTTPStatus.BAD_REQUEST, f"the body is not JSON: {error}") from None
    if not isinstance(data, dict):
        raise ControlRequestError(HTTPStatus.BAD_REQUEST, "the body is not a JSON object")
    if _is_deeper(cast("object", data), MAX_DEPTH):
        raise ControlRequestError(HTTPStatus.BAD_REQUEST, "the JSON is nested too deeply")
    return cast("dict[str, object]", data)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _is_deeper(data: object, depth: int) -> bool:
    """Return True if a value holds others at more than ``depth`` levels."""
    level: list[object] = [data]
    for _ in range(depth + 1):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                inner += cast("dict[str, object]", value).values()
            elif isinstance(value, list):
                inner += cast("list[object]", value)
        level = inner
    return bool(level)


def _is_local_peer(request: Request) -> bool:
    """Return True if the peer is this machine; in process there may be no peer at all."""
    return request.client is None or _is_loopback(request.client.host)


def _is_own_host(host: str, request: Request) -> bool:
    """Return True if a Host header names this machine, or the address that the server is bound to."""
    name = host.rpartition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    server = cast("tuple[str, int | None] | None", request.scope.get("server"))
    return _is_loopback(name) or (server is not None and name.lower() == server[0].lower())


def _is_loopback(name: str) -> bool:
    if name.lower() == "localhost" or name.lower().endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
