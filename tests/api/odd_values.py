"""Odd values for the fields of printed samples, and every typed method called with some arguments."""

import dataclasses
import inspect
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from random import Random
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.transport.auth import AuthToken
from console.api.transport.endpoint import Endpoint
from console.api.transport.port import RawResponse, Request
from console.api.transport.resource import Resource
from tests.paths import API_SAMPLES

Path = tuple[str | int, ...]
TOO_LARGE = "1e400, not a text"
ODD_VALUES: tuple[Any, ...] = (
    None,
    "",
    " ",
    "NA",
    "1,234.500",
    "1.234,50",
    -1,
    0.1 + 0.2,
    2**70,
    float("inf"),
    TOO_LARGE,
    True,
    "False",
    [],
    [[]],
    [None, "x", 7],
    {},
    {"Id": {"Id": [1]}},
    "x" * 5_000,
    "\x00\u202e&lt;b&gt;\ud800",
    "31/12/2026",
    "2026-02-30T25:61:00",
    "/Date(99999999999999999)/",
    "00000000-0000-0000-0000-000000000000",
)


class SamplePort:
    """Answers each operation with its printed sample, with one value of it replaced."""

    def __init__(self) -> None:
        self.sample: dict[str, Any] = {}
        self.operation = ""
        self.envelope = ""
        self.path: Path = ()
        self.value: object = None

    async def send(self, request: Request) -> RawResponse:
        self.operation, self.envelope = request.operation.name, request.operation.envelope
        file = API_SAMPLES / f"{SAME_ANSWER.get(self.operation, self.operation)}.answer.json"
        self.sample = json.loads(file.read_bytes())
        return RawResponse(200, {}, replaced(self.sample, self.path, self.value))

    async def aclose(self) -> None:
        return


SAME_ANSWER = {
    "carts.add_default_deal": "carts.add_items.default_deal",
    "carts.add_customised_deal": "carts.add_items.customized_deal",
    "carts.add_customised_bundle": "carts.add_items.customized_bundle",
    "locations.details": "locations.information.2",
}
"""Operations whose sample has another one's name."""


def replaced(sample: Mapping[str, Any], path: Path, value: object) -> bytes:
    """Return the sample as JSON, with the value at a path replaced; an empty path replaces nothing."""
    body: Any = deepcopy(dict(sample))
    if path:
        parent = body
        for part in path[:-1]:
            parent = parent[part]
        parent[path[-1]] = value
    return json.dumps(body).replace(json.dumps(TOO_LARGE), "1e400").encode()


def paths(sample: Any, at: Path = ()) -> Iterator[Path]:
    """Yield the path of each value; of long lists the first two records are enough."""
    if at:
        yield at
    if isinstance(sample, dict):
        for key, value in sample.items():
            yield from paths(value, (*at, key))
    elif isinstance(sample, list):
        for number, value in enumerate(sample[:2]):
            yield from paths(value, (*at, number))


def sample_client(port: SamplePort) -> ApiClient:
    """Return a client whose answers are the samples."""
    endpoint = Endpoint("https://store.example", "6c57599f", AuthToken("key", "made-beforehand"))
    return ApiClient(endpoint, clock=lambda: 0.0, random=Random(1), port=port)


def methods() -> tuple[str, ...]:
    """Return each typed method that sends an operation, as ``products.search``."""
    services = vars(sample_client(SamplePort())).items()
    return tuple(
        f"{service}.{name}"
        for service, resource in services
        if isinstance(resource, Resource)
        for name, method in inspect.getmembers(resource, inspect.iscoroutinefunction)
        if not name.startswith("_")
    )


def bound_call(api: ApiClient, name: str, **known: object) -> Callable[[], Awaitable[object]]:
    """Return a call of a method with any argument for each parameter that needs one."""
    service, _, method_name = name.partition(".")
    method = getattr(getattr(api, service), method_name)
    hints = get_type_hints(method)
    parameters = inspect.signature(method).parameters.values()
    needed = [
        p for p in parameters if p.kind is p.KEYWORD_ONLY and (p.default is p.empty or p.name == "token")
    ]
    values = {p.name: known.get(p.name, some_value(hints[p.name])) for p in needed}
    positional = [
        some_value(hints[p.name]) for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.VAR_POSITIONAL)
    ]
    return lambda: method(*positional, **values)


def some_value(kind: Any) -> Any:
    """Return a value of a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return some_value(next(argument for argument in arguments if argument is not NoneType))
    if origin is tuple or (origin is not None and issubclass(origin, Sequence)):
        return (some_value(arguments[0]),)
    if origin is not None and issubclass(origin, Mapping):
        return {some_value(arguments[0]): some_value(arguments[1])}
    simple: dict[Any, Any] = {
        int: 1,
        str: "1",
        bool: False,
        Decimal: Decimal(1),
        date: date(2026, 1, 2),
        datetime: datetime(2026, 1, 2, tzinfo=UTC),
        SecretStr: SecretStr("i1z1ouqyb3roglpei1vmpowe"),
    }
    if kind in simple:
        return simple[kind]
    if issubclass(kind, Enum):
        return next(iter(kind))
    hints = get_type_hints(kind)
    needed = (f for f in dataclasses.fields(kind) if f.default is f.default_factory is dataclasses.MISSING)
    return kind(**{field.name: some_value(hints[field.name]) for field in needed})
