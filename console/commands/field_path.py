"""Paths into a response, such as ``Customers.0.FirstName`` or ``Customers.*.UserId``."""

from collections.abc import Iterator, Sequence
from typing import cast

from console.api.transport.wire_types import JSON
from console.operations import nearest_names
from console.operations.search import listed

EVERY = "*"


class NoSuchField(Exception):
    """The response has nothing at the path; the text says what it has."""


def select(response: object, path: str) -> Iterator[JSON]:
    """Yield the values at a path: keys in any case, positions from 0, ``*`` for every one.

    Raises:
        NoSuchField: there is nothing.
    """
    steps = [step for step in path.replace("[", ".").replace("]", "").split(".") if step]
    return _below(cast("JSON", response), steps, done=())


def _below(value: JSON, steps: Sequence[str], *, done: Sequence[str]) -> Iterator[JSON]:
    if not steps:
        yield value
        return
    step, *rest = steps
    for inner in _inside(value, step, done):
        yield from _below(inner, rest, done=(*done, step))


def _inside(value: JSON, step: str, done: Sequence[str]) -> list[JSON]:
    place = ".".join(done) or "the response"
    if step == EVERY and isinstance(value, dict | list):
        return list(value.values()) if isinstance(value, dict) else value
    match value:
        case dict():
            if step in value:
                return [value[step]]
            alike = [key for key in value if key.casefold() == step.casefold()]
            if alike:
                return [value[alike[0]]]
            meant = nearest_names(step, value)
            has = f"Did you mean {listed(meant)}?" if meant else f"It has {', '.join(value) or 'nothing'}."
            raise NoSuchField(f"{place} has no {step}. {has}")
        case list():
            if step.isdecimal() and int(step) < len(value):
                return [value[int(step)]]
            last = f"from 0 to {len(value) - 1}" if value else "and it is empty"
            raise NoSuchField(f"{place} is a list: {step} is not a row, {last}, or {EVERY} for every one.")
        case _:
            raise NoSuchField(f"{place} is one value: there is no {step} in it.")
