"""``store-console api show``: one operation with its parameters and the documents' sample."""

import shlex
import sys
from collections.abc import Iterator

from console.commands.api_list import describe
from console.commands.arguments import SECRET_NAMES
from console.commands.call_values import SESSION_HEADER
from console.commands.json_output import format_json
from console.commands.paging import is_paged
from console.operations import Body, Effect, Operation, Parameter, UnknownOperation, find_operation
from console.operations.meanings import Kind, meaning_of
from console.operations.samples import Json, body_places, sample_of, value_at

MAX_TYPED = 8
"""Most fields of a body that are shown as ``NAME=VALUE``; a larger one is shown as JSON."""

_BODIES = {
    Body.NONE: "no body",
    Body.INPUT_DATA: "JSON in the form field InputData",
    Body.MERCHANT_INPUT_DATA: "JSON in the form field InputData, beside MerchantId",
    Body.FORM: "a form",
    Body.MERCHANT_FORM: "a form, with MerchantId",
    Body.JSON: "JSON",
}


def show_operation(name: str, *, as_json: bool) -> int:
    """Print an operation, and return the exit code: 2 if there is none of this name."""
    try:
        operation = find_operation(name)
    except UnknownOperation as error:
        advice = "" if error.nearest else " store-console api list names them all."
        sys.stderr.write(f"store-console api show: {error}{advice}\n")
        return 2
    if as_json:
        sample = sample_of(operation)
        parts = {"path": sample.path, "query": sample.query, "headers": sample.headers, "body": sample.body}
        print(format_json({**describe(operation), "sample": parts, "command": sample_command(operation)}))
    else:
        print("\n".join(_lines(operation)))
    return 0


def _lines(operation: Operation) -> Iterator[str]:
    effect = "changes data: asks before it is sent, or --yes" if operation.effect is Effect.WRITE else "reads"
    pages = "; comes in pages: --all" if is_paged(operation) else ""
    yield f"{operation.name}  {operation.title}"
    yield f"  {operation.method} {operation.path}"
    yield f"  {effect}{pages}; {_BODIES[operation.body]}"
    parameters = operation.parameters
    if parameters:
        width = max(len(each.name) for each in parameters)
        yield ""
        yield "Parameters (* must be given)"
        yield from (_parameter_line(each, width) for each in parameters)
    others = [name for name in body_places(operation) if name not in {each.name for each in parameters}]
    others = [name for name in others if name.casefold() != "merchantid"]
    if others:
        yield f"  also in the sample: {', '.join(others)}"
    yield ""
    yield "Sample, as in the documents"
    yield f"  {sample_command(operation)}"


def _parameter_line(parameter: Parameter, width: int) -> str:
    meaning = meaning_of(parameter.name)
    kind = "" if meaning.kind is Kind.TEXT else f" ({meaning.kind})"
    mark = "*" if parameter.required else " "
    return f"  {mark} {parameter.name:<{width}}  {parameter.location:<6}  {meaning.text}{kind}".rstrip()


def sample_command(operation: Operation) -> str:
    """Return the documents' sample as a command for the shell; secrets come from the environment."""
    sample = sample_of(operation)
    values = {name.casefold(): _pair(name, value) for name, value in _outside_body(operation).items()}
    fields = _typed_fields(operation, sample.body)
    words = [
        "store-console",
        "api",
        "call",
        operation.name,
        *({} if fields is None else fields | values).values(),
    ]
    if fields is None:
        words += [*values.values(), "--data", shlex.quote(format_json(sample.body))]
    return " ".join(words)


def _outside_body(operation: Operation) -> dict[str, str]:
    """Return the values of a sample that travel in path, query and headers."""
    sample = sample_of(operation)
    session = {SESSION_HEADER: ""} if operation.session else {}
    return {**sample.path, **sample.query, **sample.headers, **session}


def _typed_fields(operation: Operation, body: Json) -> dict[str, str] | None:
    """Return the fields of a body as ``NAME=VALUE``, by their name in lower case.

    It is ``None`` if the body has too many, or some twice.
    """
    if body is None:
        return {}
    places = {place: name for name, place in body_places(operation).items()}
    leaves = list(_leaves(body))
    if len(leaves) > MAX_TYPED or any(place not in places for place in leaves):
        return None
    values = {places[place]: value_at(body, place) for place in leaves}
    return {
        name.casefold(): _pair(name, value if isinstance(value, str) else format_json(value))
        for name, value in values.items()
        if name.casefold() != "merchantid"
    }


def _leaves(body: Json, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    match body:
        case dict() if body:
            for key, value in body.items():
                yield from _leaves(value, (*place, key))
        case list() if body:
            for row, value in enumerate(body):
                yield from _leaves(value, (*place, row))
        case _:
            yield place


def _pair(name: str, value: str) -> str:
    if name.casefold() == SESSION_HEADER:
        return f"{SESSION_HEADER}=@env:TOKEN"
    if name.casefold() in SECRET_NAMES:
        return f"{name}=@env:{name.upper()}"
    return f"{name}={shlex.quote(value) if value else ''}"
