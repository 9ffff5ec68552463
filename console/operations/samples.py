"""The documents' sample of each operation, and the places that its body gives to its fields.

In a body, ``{merchantId}`` stands for the merchant's id. Needed by the shell only.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeAlias, cast

from console.operations.operation import Body, Operation

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | Decimal | bool | None"
Place: TypeAlias = tuple[str | int, ...]
"""The way to a value inside a body: keys, and positions in a list."""

MERCHANT_ID = "{merchantId}"

_FILE = Path(__file__).with_name("samples.json")


@dataclass(frozen=True, slots=True)
class Sample:
    """A documented call. ``body`` is the JSON payload, or the fields of a form; ``None`` without one."""

    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Json = None


@cache
def _samples() -> dict[str, Sample]:
    rows = cast("dict[str, dict[str, Json]]", json.loads(_FILE.read_text("utf-8"), parse_float=Decimal))
    return {
        name: Sample(
            path=cast("dict[str, str]", row.get("path", {})),
            query=cast("dict[str, str]", row.get("query", {})),
            headers=cast("dict[str, str]", row.get("headers", {})),
            body=row.get("body"),
        )
        for name, row in rows.items()
    }


def sample_of(operation: Operation) -> Sample:
    """Return the documents' sample of an operation; an empty one if they print none."""
    return _samples().get(operation.name, Sample())


def body_places(operation: Operation) -> dict[str, Place]:
    """Return the place of each field of a body, by its documented name.

    A name that occurs at several levels has the outermost; a field that the sample lacks lies beside the
    others.
    """
    body = sample_of(operation).body
    found: dict[str, Place] = {}
    for place in sorted(_places(body), key=len):
        name = str(place[-1])
        if not isinstance(place[-1], int) and name.casefold() not in {each.casefold() for each in found}:
            found[name] = place
    if operation.body is Body.NONE:
        return found
    folded = {name.casefold(): place for name, place in found.items()}
    home = _home(body)
    documented = {
        each.name: folded.get(each.name.casefold(), (*home, each.name)) for each in operation.fields
    }
    named = {name.casefold() for name in documented}
    return documented | {name: place for name, place in found.items() if name.casefold() not in named}


def value_at(body: Json, place: Place) -> Json:
    """Return the value at a place of a body, ``None`` if there is none."""
    for step in place:
        match body, step:
            case dict(), str():
                body = body.get(step)
            case list(), int() if step < len(body):
                body = body[step]
            case _:
                return None
    return body


def merchant_places(body: Json) -> tuple[Place, ...]:
    """Return the places where a body repeats the merchant's id."""
    return tuple(place for place in _places(body) if value_at(body, place) == MERCHANT_ID)


def _places(body: Json) -> Iterator[Place]:
    match body:
        case dict():
            for key, value in body.items():
                yield (key,)
                yield from ((key, *rest) for rest in _places(value))
        case [first, *_]:
            # Rows of a list are alike.
            yield from ((0, *rest) for rest in _places(first))
        case _:
            return


def _home(body: Json) -> Place:
    """Return the place beside whose values a field lies that the sample lacks: inside its only wrapper."""
    match body:
        case {**wrapper} if len(wrapper) == 1:
            (key, inner), *_ = wrapper.items()
            return (key, *_home(inner)) if isinstance(inner, dict | list) else ()
        case [{**first}, *_]:
            return (0, *_home(cast("Json", first)))
        case _:
            return ()
