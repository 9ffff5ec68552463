"""``store-console api list``: the operations of the table, or those with some words, as text or JSON."""

import json
import sys
from collections.abc import Sequence

from console.operations import OPERATIONS, Operation, search_operations
from console.operations.meanings import meaning_of
from console.operations.search import listed, nearest_operations


def list_operations(words: Sequence[str], *, as_json: bool) -> int:
    """Print the operations that have every word, and return the exit code: 1 if there is none."""
    found = search_operations(*words)
    if not found:
        nearest = nearest_operations(OPERATIONS, " ".join(words))
        advice = f" Did you mean {listed(nearest)}?" if nearest else ""
        sys.stderr.write(f"No operation has {' and '.join(words)} in its name, title or path.{advice}\n")
        return 1
    print(json.dumps([describe(each) for each in found], indent=2) if as_json else _as_text(found))
    return 0


def _as_text(operations: Sequence[Operation]) -> str:
    """Return one aligned row for each operation: name, method, path, documented title."""
    width = max(len(operation.name) for operation in operations)
    return "\n".join(
        f"{operation.name:<{width}}  {operation.method:<4}  {operation.path}  ({operation.title})"
        for operation in operations
    )


def describe(operation: Operation) -> dict[str, object]:
    """Return an operation and its parameters as plain values."""
    return {
        "name": operation.name,
        "resource": operation.resource,
        "title": operation.title,
        "method": operation.method,
        "path": operation.path,
        "effect": operation.effect,
        "body": operation.body,
        "parameters": [
            {
                "name": parameter.name,
                "place": parameter.location,
                "required": parameter.required,
                "kind": meaning_of(parameter.name).kind,
                "meaning": meaning_of(parameter.name).text,
            }
            for parameter in operation.parameters
        ],
    }
