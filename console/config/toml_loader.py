"""Reads a hand-written TOML file as a model, and reports problems by line and key."""

import re
import tomllib
from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_Model = TypeVar("_Model", bound=BaseModel)
KeyPath = tuple[int | str, ...]
"""The path to a value: keys, and list indexes from 0, from the outside in."""


@dataclass(frozen=True, slots=True)
class TomlProblem:
    """Why a file is not used. ``line`` counts from 1; 0 and an empty ``key`` mean unknown."""

    file: Path
    line: int
    key: str
    text: str

    def __str__(self) -> str:
        place = [self.file.name, f"line {self.line}" if self.line else "", self.key]
        return f"{', '.join(part for part in place if part)}: {self.text}"


class TomlFileError(Exception):
    """The file cannot be used; ``problems`` are all the reasons."""

    def __init__(self, problems: Sequence[TomlProblem]) -> None:
        super().__init__(str(problems[0]))
        self.problems = tuple(problems)


def load_toml(file: Path, raw: bytes, model: type[_Model]) -> _Model:
    """Parse a file's content as a model; ``file`` only names it in errors.

    Raises:
        TomlFileError: the content is not TOML, or does not fit the model.
    """
    try:
        return model.model_validate(tomllib.loads(raw.removeprefix(BOM_UTF8).decode()))
    except ValidationError as error:
        lines = TomlLines(raw.removeprefix(BOM_UTF8).decode())
        problems = [_validation_problem(file, lines, detail) for detail in error.errors(include_url=False)]
    except UnicodeDecodeError as error:
        problems = [TomlProblem(file, raw.count(b"\n", 0, error.start) + 1, "", "is not UTF-8 text")]
    except tomllib.TOMLDecodeError as error:
        problems = [_syntax_problem(file, raw.decode(), str(error))]
    except RecursionError:
        problems = [TomlProblem(file, 0, "", "is nested too deeply")]
    raise TomlFileError(problems)


class TomlLines:
    """Finds where a value stands in a TOML text."""

    def __init__(self, text: str) -> None:
        self._lines = [f"{line}\n" for line in text.removeprefix("\ufeff").split("\n")]
        self._documents: dict[int, object] = {}

    def problem(self, file: Path, path: KeyPath, text: str) -> TomlProblem:
        """Return a problem at a path, with its line."""
        return TomlProblem(file, self.line_of(path), format_key_path(path), text)

    def line_of(self, path: KeyPath) -> int:
        """Return the number of the row where a value begins, or for a missing one its innermost table."""
        # Bisect with the parser itself: after which line does the value, or as much of its path as there
        # is, exist?
        target_depth = _matched_depth(self._parse_first(len(self._lines)), path)
        if not target_depth:
            return 0
        low, high = 1, len(self._lines)
        while low < high:
            middle = (low + high) // 2
            if _matched_depth(self._parse_first(middle), path) < target_depth:
                low = middle + 1
            else:
                high = middle
        return self._parseable_count(low - 1) + 1

    def _parse_first(self, count: int) -> object:
        """Parse the first lines, without a value that continues after them."""
        return self._documents[self._parseable_count(count)]

    def _parseable_count(self, count: int) -> int:
        """Return the largest number of first lines, up to ``count``, that are TOML."""
        for candidate in range(count, 0, -1):
            if candidate in self._documents:
                return candidate
            try:
                self._documents[candidate] = tomllib.loads("".join(self._lines[:candidate]))
            except tomllib.TOMLDecodeError:
                continue  # inside a value of several lines
            return candidate
        self._documents[0] = {}
        return 0


def format_key_path(path: KeyPath) -> str:
    """Format a path as people write it, counting from 1: ``profiles[2].auth.sign_body``."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _syntax_problem(file: Path, text: str, message: str) -> TomlProblem:
    lines = text.splitlines() or [""]
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    line = int(found[1]) if found and found[1] else len(lines)
    key = re.match(r"""\s*([\w."'-]+)\s*=""", lines[min(line, len(lines)) - 1])
    reason = message[: found.start()] if found else message
    return TomlProblem(file, line, key[1] if key else "", f"is not TOML ({reason})")


def _validation_problem(file: Path, lines: TomlLines, detail: ErrorDetails) -> TomlProblem:
    return lines.problem(file, detail["loc"], validation_reason(detail))


def validation_reason(detail: ErrorDetails) -> str:
    """Return why a value does not fit, to follow its key."""
    reason = _REASONS.get(detail["type"])
    return reason or detail["msg"].removeprefix("Value error, ").removeprefix("Input ")


_REASONS = {"missing": "is missing", "extra_forbidden": "is not a known key"}


def _matched_depth(document: object, path: KeyPath) -> int:
    """Return how many parts of a path exist."""
    node = document
    for depth, part in enumerate(path):
        if isinstance(node, list):
            node = dict[int | str, object](enumerate(cast("list[object]", node)))
        if not isinstance(node, dict) or part not in node:
            return depth
        node = cast("dict[int | str, object]", node)[part]
    return len(path)
