"""JSON for people, with numbers in the digits they came with.

The standard library would print a decimal as a float, or not at all.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import cast


def format_json(value: object, indent: str = "") -> str:
    """Format a response as indented JSON, with control characters escaped for the terminal."""
    inner = f"{indent}  "
    match value:
        case Decimal():
            return format(value, "f")
        case Mapping() if value:
            items = cast("Mapping[str, object]", value).items()
            lines = [f"{inner}{json.dumps(key)}: {format_json(item, inner)}" for key, item in items]
            return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
        case list() if value:
            lines = [f"{inner}{format_json(item, inner)}" for item in cast("list[object]", value)]
            return "[\n" + ",\n".join(lines) + f"\n{indent}]"
        case _:
            return _format_scalar(value)


def format_value(value: object) -> str:
    """Format one value of a response: a string as it is, all else as JSON."""
    return printable(value) if isinstance(value, str) else format_json(value)


def printable(text: str) -> str:
    """Escape the control characters of a text as JSON does: some of them drive terminals."""
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _format_scalar(value: object) -> str:
    # JSON escapes the C0 control characters; those of C1 drive terminals too.
    return printable(json.dumps(value, ensure_ascii=False))
