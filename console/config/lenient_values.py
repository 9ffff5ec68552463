"""Validates values one by one: a wrong one is set aside, and its default is used."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError

from console.config.toml_loader import KeyPath, validation_reason

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A value that does not fit, or one that is missing; ``reason`` follows its key."""

    path: KeyPath
    reason: str


def validate_leniently(
    model: type[_Model], values: Mapping[str, object]
) -> tuple[_Model | None, tuple[WrongValue, ...]]:
    """Return the model without its wrong values, and those; None if one has no default."""
    remaining = deepcopy(dict(values))
    wrong: dict[KeyPath, WrongValue] = {}
    while True:
        try:
            return model.model_validate(remaining), tuple(wrong.values())
        except ValidationError as error:
            details = error.errors(include_url=False)
        for detail in details:
            path = detail["loc"]
            wrong.setdefault(path, WrongValue(path, validation_reason(detail)))
            if not _remove(remaining, path):
                return None, tuple(wrong.values())


def _remove(values: dict[str, object], path: KeyPath) -> bool:
    """Remove a value; return False if there is none."""
    *outer, key = path if path else ("",)
    table: object = values
    for part in outer:
        table = cast("dict[object, object]", table).get(part) if isinstance(table, dict) else None
    if not isinstance(table, dict):
        return False
    return cast("dict[object, object]", table).pop(key, None) is not None
