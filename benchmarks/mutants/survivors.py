"""Mutants that no test noticed, named so that the name outlives other changes of the file."""

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

KNOWN_SURVIVORS = Path(__file__).with_name("known_survivors.toml")

Key = tuple[str, str, str, str]
"""File, function, lines before, lines after."""


@dataclass(frozen=True, slots=True, order=True)
class Survivor:
    """A mutant, by what it changes; ``name`` is mutmut's."""

    path: Path
    line: int
    function: str
    before: str
    after: str
    name: str

    @property
    def key(self) -> Key:
        """The identity of a mutant while its function stays."""
        return (str(self.path), self.function, self.before, self.after)

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.function}\n    - {self.before}\n    + {self.after}"


def survivor(name: str, path: Path) -> Survivor:
    """Describe a mutant of a file by its difference."""
    function, class_name = orig_function_and_class_names_from_key(name)
    diff = get_diff_for_mutant(name, path=path).splitlines()[2:]
    removed = [line[1:] for line in diff if line.startswith("-")]
    added = [line[1:].strip() for line in diff if line.startswith("+")]
    return Survivor(
        path=path,
        line=_line_of(removed[0] if removed else "", function, class_name, path),
        function=f"{class_name}.{function}" if class_name else function,
        before=" ".join(line.strip() for line in removed),
        after=" ".join(added),
        name=name,
    )


def known_survivors() -> dict[Key, str]:
    """The reasons of the mutants that change nothing a test could notice."""
    entries = tomllib.loads(KNOWN_SURVIVORS.read_text(encoding="utf-8")).get("survivor", [])
    return {(one["file"], one["function"], one["before"], one["after"]): one["reason"] for one in entries}


def _line_of(text: str, function: str, class_name: str | None, path: Path) -> int:
    """The number of the first line with this text in a function, or of the function itself."""
    source = path.read_text(encoding="utf-8")
    body = ast.parse(source).body
    if class_name:
        body = next(one for one in body if isinstance(one, ast.ClassDef) and one.name == class_name).body
    definition = next(
        one
        for one in body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name == function
    )
    lines = enumerate(source.splitlines(), start=1)
    inside = (n for n, line in lines if n >= definition.lineno and line.strip() == text.strip())
    return next(inside, definition.lineno)
