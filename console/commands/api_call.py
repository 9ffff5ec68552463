"""``store-console api call``: sends one authenticated operation and prints the response."""

import asyncio
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO, cast

from console.api.client import ApiClient
from console.api.errors import PlatformError
from console.api.transport.encoding import Encodable
from console.api.transport.endpoint import Endpoint
from console.api.transport.http import HttpPort
from console.api.transport.wire_types import JSON
from console.commands.arguments import ArgumentReader, UsageError
from console.commands.call_values import SESSION_HEADER, CallValues, describe
from console.commands.field_path import NoSuchField, select
from console.commands.json_output import format_json, format_value
from console.commands.paging import fetch_all, first_page
from console.commands.recording_port import NotSent, RecordingPort
from console.operations import Body, Effect, Operation, ParameterLocation, UnknownOperation, find_operation
from console.operations.samples import MERCHANT_ID

EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_UNKNOWN = 0, 1, 2, 3
"""Done; refused or failed; wrong usage, nothing sent; a write was sent and its response lost."""

LOOPBACK_ONLY = frozenset({"oauth.signature"})
"""The documented signature operation puts the secret into its URL."""


@dataclass(frozen=True, slots=True)
class ApiCallArguments:
    """The operation and its parameters, as given on the command line.

    ``values`` go wherever the operation takes their names; the others are for one part of the request.
    """

    name: str
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    data: str | None = None
    form: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class CallOptions:
    """What is sent and printed. ``confirm`` is asked before a write; ``None`` sends it at once."""

    field: str = ""
    """The path of what is printed of the response; empty for all of it."""
    show_head: bool = False
    dry_run: bool = False
    all_pages: bool = False
    confirm: Callable[[Operation], bool] | None = None


def call_operation(
    arguments: ApiCallArguments,
    endpoint: Endpoint,
    reader: ArgumentReader,
    options: CallOptions = CallOptions(),
    *,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Send an operation and return the exit code; see ``EXIT_OK`` and its like."""
    printer = _Printer(options, out or sys.stdout, err or sys.stderr)
    try:
        values = prepare(arguments, endpoint, reader, all_pages=options.all_pages)
        is_change = values.operation.effect is Effect.WRITE and not options.dry_run
        if is_change and options.confirm is not None and not options.confirm(values.operation):
            printer.complain("Nothing was sent.")
            return EXIT_FAILED
        return asyncio.run(_send(values, endpoint, printer))
    except (UsageError, ValueError, TypeError) as error:
        printer.complain(f"store-console api call: {_sentence(str(error))}")
        return EXIT_USAGE


def prepare(
    arguments: ApiCallArguments, endpoint: Endpoint, reader: ArgumentReader, *, all_pages: bool = False
) -> CallValues:
    """Read the arguments of a call.

    Raises:
        UsageError: they do not fit the operation; the text says how.
    """
    try:
        operation = find_operation(arguments.name)
    except UnknownOperation as error:
        advice = "" if error.nearest else " store-console api list names them all."
        raise UsageError(f"{error}{advice}") from error
    if operation.name in LOOPBACK_ONLY and not endpoint.is_local:
        raise UsageError(f"{operation.name} puts the secret into a URL: allowed on this machine only")
    values = CallValues(operation)
    for location, named in (
        (ParameterLocation.PATH, arguments.path),
        (ParameterLocation.QUERY, arguments.query),
        (ParameterLocation.HEADER, arguments.headers),
    ):
        for name, text in named.items():
            values.put_at(location, name, text, reader)
    values.body = _body(operation, arguments, reader, endpoint.merchant_id)
    has_raw_body = values.body is not None
    for name, text in arguments.values:
        values.put(name, text, reader)
    if all_pages:
        values = first_page(values)
    _require(operation, values.missing(needs_body=not has_raw_body))
    if values.body is None and operation.body is not Body.NONE:
        values.body = {}
    if not has_raw_body:
        values.add_merchant(endpoint.merchant_id)
    return values


def _require(operation: Operation, missing: Sequence[str]) -> None:
    if not missing:
        return
    needs = ", ".join(describe(name) for name in missing)
    advice = (
        " Give the token as accesstoken=@env:NAME, or set STORE_CONSOLE_ACCESS_TOKEN."
        if SESSION_HEADER in missing
        else f" store-console api show {operation.name} has a sample."
    )
    raise UsageError(f"{operation.name} needs {needs}.{advice}")


def _body(
    operation: Operation, arguments: ApiCallArguments, reader: ArgumentReader, merchant_id: str
) -> Encodable:
    """Read the body that was given as a whole, ``None`` if none was."""
    is_form = operation.body in (Body.FORM, Body.MERCHANT_FORM)
    if operation.body is Body.NONE and (arguments.data is not None or arguments.form):
        raise UsageError(f"{operation.name} takes no body")
    if is_form and arguments.data is not None:
        raise UsageError(f"{operation.name} takes a form: NAME=VALUE, or --form NAME=VALUE")
    if arguments.form and not is_form:
        raise UsageError(f"{operation.name} takes JSON: NAME=VALUE, or --data '{{...}}'")
    if arguments.form:
        return reader.read_pairs(arguments.form)
    if arguments.data is not None:
        return _with_merchant(reader.read_json(arguments.data), merchant_id)
    return None


def _with_merchant(data: Encodable, merchant_id: str) -> Encodable:
    """Put the merchant's id where the data says ``{merchantId}``, as the documents' samples do."""
    match data:
        case str():
            return merchant_id if data == MERCHANT_ID else data
        case dict():
            fields = cast("Mapping[str, Encodable]", data).items()
            return {name: _with_merchant(value, merchant_id) for name, value in fields}
        case list():
            return [_with_merchant(value, merchant_id) for value in cast("Sequence[Encodable]", data)]
        case _:
            return data


async def _send(values: CallValues, endpoint: Endpoint, printer: "_Printer") -> int:
    options = printer.options
    carrier = HttpPort(app=endpoint.app, connect_timeout=endpoint.timeouts.connect)
    port = RecordingPort(carrier, hold=options.dry_run)
    api = ApiClient(endpoint, port=port)
    call = values.masked() if options.dry_run else values
    try:
        if options.all_pages:
            response = await fetch_all(call, api.transport, printer.complain)
        else:
            response = await call.send(api.transport)
    except NotSent as held:
        printer.print_request(held)
        return EXIT_OK
    except PlatformError as error:
        printer.print_refusal(port, error)
        return EXIT_UNKNOWN if error.outcome_unknown else EXIT_FAILED
    finally:
        await api.aclose()
    return printer.print_response(port, response)


class _Printer:
    """Prints what became of a call: the response to one stream, everything else to the other."""

    def __init__(self, options: CallOptions, out: TextIO, err: TextIO) -> None:
        self.options = options
        self._out = out
        self._err = err

    def print_request(self, held: NotSent) -> None:
        self._out.write(f"{held.describe()}\n")

    def print_response(self, port: RecordingPort, response: Mapping[str, JSON]) -> int:
        if self.options.show_head:
            self._out.write(f"{port.format_head()}\n\n")
        if not self.options.field:
            self._out.write(f"{format_json(response)}\n")
            return EXIT_OK
        try:
            for value in select(response, self.options.field):
                self._out.write(f"{format_value(value)}\n")
        except NoSuchField as error:
            self.complain(f"store-console api call: {error}")
            return EXIT_FAILED
        return EXIT_OK

    def print_refusal(self, port: RecordingPort, error: PlatformError) -> None:
        """Print the sentence, and the response that it was made of if that can be read."""
        if self.options.show_head and port.response is not None:
            self._out.write(f"{port.format_head()}\n\n")
        body = port.read_body()
        if body is not None and not self.options.field:
            self._out.write(f"{format_json(body)}\n")
        code = "" if error.code is None else f" ({error.code})"
        self.complain(f"{error.operation}{code}: {error.message}")

    def complain(self, text: str) -> None:
        self._err.write(f"{text}\n")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."
