"""A TOML file that somebody wrote by hand, read as a model; what does not fit is told by line and key.

Used by the settings and by the menu supplement.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_Model = TypeVar("_Model", bound=BaseModel)
KeyPath = tuple[int | str, ...]
"""The way to a value: the keys, and for lists the places from 0, from the outside in."""


@dataclass(frozen=True, slots=True)
class TomlProblem:
    """Why a file was not used. ``line`` counts from 1; 0 and an empty ``key`` mean unknown."""

    file: Path
    line: int
    key: str
    text: str

    def __str__(self) -> str:
        place = [self.file.name, f"line {self.line}" if self.line else "", self.key]
        return f"{', '.join(part for part in place if part)}: {self.text}"


class TomlFileError(Exception):
    """A file that cannot be used, with every reason."""

    def __init__(self, problems: Sequence[TomlProblem]) -> None:
        super().__init__(str(problems[0]))
        self.problems = tuple(problems)


def load_toml(file: Path, raw: bytes, model: type[_Model]) -> _Model:
    """What a file's content says, as this model. ``file`` is only named.

    Raises:
        TomlFileError: it is no TOML, or does not fit the model.
    """
    try:
        return model.model_validate(tomllib.loads(raw.decode()))
    except ValidationError as error:
        lines = TomlLines(raw.decode())
        problems = [_validation_problem(file, lines, detail) for detail in error.errors(include_url=False)]
    except UnicodeDecodeError as error:
        problems = [TomlProblem(file, raw.count(b"\n", 0, error.start) + 1, "", "is not UTF-8 text")]
    except tomllib.TOMLDecodeError as error:
        problems = [_syntax_problem(file, raw.decode(), str(error))]
    except RecursionError:
        problems = [TomlProblem(file, 0, "", "is nested too deeply")]
    raise TomlFileError(problems)


class TomlLines:
    """The lines of a text that is TOML, and which of them a value is on."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines(keepends=True)
        self._documents: dict[int, object] = {}

    def problem(self, file: Path, path: KeyPath, text: str) -> TomlProblem:
        """What is wrong at a place."""
        return TomlProblem(file, self.line_of(path), format_key_path(path), text)

    def line_of(self, path: KeyPath) -> int:
        """The line on which a value begins; of one that lacks, that of the innermost table around it."""
        # The parser itself is asked, by bisection: after which line is the value there, or as much of its
        # place as there is at all?
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
        """What so many lines say, without the beginning of a value that goes on."""
        return self._documents[self._parseable_count(count)]

    def _parseable_count(self, count: int) -> int:
        """The most lines up to this many that are TOML by themselves."""
        for candidate in range(count, 0, -1):
            if candidate in self._documents:
                return candidate
            try:
                self._documents[candidate] = tomllib.loads("".join(self._lines[:candidate]))
            except tomllib.TOMLDecodeError:
                continue  # in the middle of a value of several lines
            return candidate
        self._documents[0] = {}
        return 0


def format_key_path(path: KeyPath) -> str:
    """A place as people write it: ``profiles[2].auth.sign_body``, counted from 1."""
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
    reason = _REASONS.get(detail["type"]) or detail["msg"].removeprefix("Value error, ").removeprefix(
        "Input "
    )
    return lines.problem(file, detail["loc"], reason)


_REASONS = {"missing": "is missing", "extra_forbidden": "is not a key that is known here"}


def _matched_depth(document: object, path: KeyPath) -> int:
    """How much of a place there is."""
    node = document
    for depth, part in enumerate(path):
        if isinstance(node, list):
            node = dict[int | str, object](enumerate(cast("list[object]", node)))
        if not isinstance(node, dict) or part not in node:
            return depth
        node = cast("dict[int | str, object]", node)[part]
    return len(path)
