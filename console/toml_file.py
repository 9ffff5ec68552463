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
Place = tuple[int | str, ...]
"""The way to a value: the keys, and for lists the places from 0, from the outside in."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file was not used. ``line`` counts from 1; 0 and an empty ``key`` mean unknown."""

    file: Path
    line: int
    key: str
    text: str

    def __str__(self) -> str:
        place = [self.file.name, f"line {self.line}" if self.line else "", self.key]
        return f"{', '.join(part for part in place if part)}: {self.text}"


class TomlMisfit(Exception):
    """A file that cannot be used, with every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(str(problems[0]))
        self.problems = tuple(problems)


def parsed(file: Path, raw: bytes, model: type[_Model]) -> _Model:
    """What a file's content says, as this model. ``file`` is only named.

    Raises:
        TomlMisfit: it is no TOML, or does not fit the model.
    """
    try:
        return model.model_validate(tomllib.loads(raw.decode()))
    except ValidationError as error:
        lines = Lines(raw.decode())
        problems = [_misfit(file, lines, fault) for fault in error.errors(include_url=False)]
    except UnicodeDecodeError as error:
        problems = [Problem(file, raw.count(b"\n", 0, error.start) + 1, "", "is not UTF-8 text")]
    except tomllib.TOMLDecodeError as error:
        problems = [_not_toml(file, raw.decode(), str(error))]
    except RecursionError:
        problems = [Problem(file, 0, "", "is nested too deeply")]
    raise TomlMisfit(problems)


class Lines:
    """The lines of a text that is TOML, and which of them a value is on."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines(keepends=True)
        self._documents: dict[int, object] = {}

    def problem(self, file: Path, place: Place, text: str) -> Problem:
        """What is wrong at a place."""
        return Problem(file, self.line_of(place), key_of(place), text)

    def line_of(self, place: Place) -> int:
        """The line on which a value begins; of one that lacks, that of the innermost table around it."""
        # The parser itself is asked, by bisection: after which line is the value there, or as much of its
        # place as there is at all?
        wanted = _depth(self._after(len(self._lines)), place)
        if not wanted:
            return 0
        low, high = 1, len(self._lines)
        while low < high:
            middle = (low + high) // 2
            if _depth(self._after(middle), place) < wanted:
                low = middle + 1
            else:
                high = middle
        return self._whole(low - 1) + 1

    def _after(self, count: int) -> object:
        """What so many lines say, without the beginning of a value that goes on."""
        return self._documents[self._whole(count)]

    def _whole(self, count: int) -> int:
        """The most lines up to this many that are TOML by themselves."""
        for whole in range(count, 0, -1):
            if whole in self._documents:
                return whole
            try:
                self._documents[whole] = tomllib.loads("".join(self._lines[:whole]))
            except tomllib.TOMLDecodeError:
                continue  # in the middle of a value of several lines
            return whole
        self._documents[0] = {}
        return 0


def key_of(place: Place) -> str:
    """A place as people write it: ``profiles[2].sign_body``, counted from 1."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".")


def _not_toml(file: Path, text: str, message: str) -> Problem:
    lines = text.splitlines() or [""]
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    line = int(found[1]) if found and found[1] else len(lines)
    key = re.match(r"""\s*([\w."'-]+)\s*=""", lines[min(line, len(lines)) - 1])
    reason = message[: found.start()] if found else message
    return Problem(file, line, key[1] if key else "", f"is not TOML ({reason})")


def _misfit(file: Path, lines: Lines, fault: ErrorDetails) -> Problem:
    reason = _OWN_WORDS.get(fault["type"]) or fault["msg"].removeprefix("Value error, ").removeprefix(
        "Input "
    )
    return lines.problem(file, fault["loc"], reason)


_OWN_WORDS = {"missing": "is missing", "extra_forbidden": "is not a key that is known here"}


def _depth(document: object, place: Place) -> int:
    """How much of a place there is."""
    here = document
    for depth, part in enumerate(place):
        if isinstance(here, list):
            here = dict[int | str, object](enumerate(cast("list[object]", here)))
        if not isinstance(here, dict) or part not in here:
            return depth
        here = cast("dict[int | str, object]", here)[part]
    return len(place)
