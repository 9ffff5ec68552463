"""``store-console api list``: every operation of the table, as text or JSON."""

import json

from console.operations import OPERATIONS, Operation


def as_text() -> str:
    """Return one aligned row for each operation: name, method, path, documented title."""
    width = max(len(operation.name) for operation in OPERATIONS)
    return "\n".join(
        f"{operation.name:<{width}}  {operation.method:<4}  {operation.path}  ({operation.title})"
        for operation in OPERATIONS
    )


def as_json() -> str:
    """Return a JSON list of the operations with their parameters."""
    return json.dumps([_describe(operation) for operation in OPERATIONS], indent=2)


def _describe(operation: Operation) -> dict[str, object]:
    return {
        "name": operation.name,
        "resource": operation.resource,
        "title": operation.title,
        "method": operation.method,
        "path": operation.path,
        "effect": operation.effect,
        "body": operation.body,
        "parameters": [
            {"name": parameter.name, "place": parameter.location, "required": parameter.required}
            for parameter in operation.parameters
        ],
    }
