"""Finding an operation: by its name, by words of it, and the nearest to a name that does not exist."""

import re
from collections.abc import Iterable, Sequence

from console.operations.operation import Operation

MAX_NEAREST = 3
_CUTOFF = 0.7
"""The least likeness of a name that is offered, from 0 to 1."""
_NOT_A_LETTER = re.compile(r"[\W_]+")


class UnknownOperation(LookupError):
    """There is no operation of this name; ``nearest`` are names that may have been meant."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        meant = f" Did you mean {listed(nearest)}?" if nearest else ""
        super().__init__(f"There is no operation {name}.{meant}")


def listed(names: Sequence[str]) -> str:
    """Return names as a person lists them: "one, two or three"."""
    return " or ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def matching_operations(operations: Iterable[Operation], words: Sequence[str]) -> tuple[Operation, ...]:
    """Return the operations that have every word in their name, title, path or resource."""
    wanted = [_fold(word) for word in words]
    return tuple(
        operation for operation in operations if all(word in _searchable(operation) for word in wanted)
    )


def nearest_operations(operations: Sequence[Operation], name: str) -> tuple[str, ...]:
    """Return the names that may have been meant: those with its words, then those spelt like it."""
    words = [word for word in _NOT_A_LETTER.split(name) if word]
    found = [operation.name for operation in matching_operations(operations, words)] if words else []
    alike = nearest_names(name, [operation.name for operation in operations])
    ranked = [*alike, *found] if len(found) > MAX_NEAREST else [*found, *alike]
    return tuple(dict.fromkeys(ranked))[:MAX_NEAREST]


def nearest_names(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that are spelt like a name, the nearest first; the case of letters is ignored."""
    # Imported here: it is needed only after a mistake.
    from difflib import get_close_matches  # noqa: PLC0415

    by_folded = {each.casefold(): each for each in names}
    alike = get_close_matches(name.casefold(), list(by_folded), n=MAX_NEAREST, cutoff=_CUTOFF)
    return tuple(by_folded[each] for each in alike)


def _searchable(operation: Operation) -> str:
    parts = (operation.name, operation.title, operation.path, operation.resource)
    return " ".join(_fold(part) for part in parts)


def _fold(text: str) -> str:
    return _NOT_A_LETTER.sub("", text).casefold()
