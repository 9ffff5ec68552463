"""Write docs/operations.md from the operation table: the parameters that the sandbox honours.

Run ``python -m docs.make_operations`` in the project's folder.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from console.operations import OPERATIONS, Body, Operation, Parameter, ParameterLocation
from console.sandbox.ignored_parameters import IGNORED_PARAMETERS

PAGE = Path(__file__).with_name("operations.md")
INTRODUCTION = """\
# The operations

Every documented operation, with the parameters that the sandbox honours: each changes what it does, is
stored and read back, or is refused where it is wrong. A `*` marks what the documents call mandatory. The
fields of a body are listed flat, however deep they lie. `store-console api call NAME` sends one, and
`store-console api list` prints the table.

This page is made by `python -m docs.make_operations`.
"""
BODIES = {
    Body.NONE: "",
    Body.INPUT_DATA: "form `InputData`",
    Body.MERCHANT_INPUT_DATA: "form `MerchantId`, `InputData`",
    Body.FORM: "form",
    Body.MERCHANT_FORM: "form with `MerchantId`",
    Body.JSON: "JSON",
}
PLACES = {
    ParameterLocation.PATH: "path",
    ParameterLocation.QUERY: "query",
    ParameterLocation.HEADER: "header",
    ParameterLocation.BODY: "body",
}


def page_text() -> str:
    """Return the page."""
    return "\n".join((INTRODUCTION, *_sections()))


def _sections() -> Iterator[str]:
    for resource, operations in groupby(OPERATIONS, key=lambda operation: operation.resource):
        yield f"## {resource}\n"
        for operation in operations:
            yield from _entry(operation)


def _entry(operation: Operation) -> Iterator[str]:
    body = f", {BODIES[operation.body]}" if BODIES[operation.body] else ""
    yield f"### {operation.name}\n"
    yield f"{operation.title}: {operation.method} `{operation.path}`{body}.\n"
    ignored = IGNORED_PARAMETERS.get(operation.name, {})
    honoured = [parameter for parameter in operation.parameters if parameter.name not in ignored]
    for place, parameters in groupby(honoured, key=lambda parameter: parameter.location):
        yield f"- {PLACES[place]}: {', '.join(map(_name, parameters))}"
    for name, reason in ignored.items():
        yield f"- not honoured: `{name}`, {reason}"
    if honoured or ignored:
        yield ""


def _name(parameter: Parameter) -> str:
    return f"`{parameter.name}`{'*' if parameter.required else ''}"


if __name__ == "__main__":
    PAGE.write_text(page_text(), encoding="utf-8")
