"""``store-console api call``: sends one authenticated operation and prints the response."""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TextIO

from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.errors import PlatformError
from console.api.transport.encoding import Encodable
from console.api.transport.endpoint import Endpoint
from console.commands.arguments import ArgumentReader, UsageError
from console.commands.json_output import format_json
from console.operations import OPERATIONS_BY_NAME, Body, Operation

EXIT_OK, EXIT_FAILED, EXIT_USAGE = 0, 1, 2

LOOPBACK_ONLY = frozenset({"oauth.signature"})
"""The documented signature operation puts the secret into its URL."""

SESSION_HEADER = "accesstoken"


@dataclass(frozen=True, slots=True)
class ApiCallArguments:
    """The operation and its parameters, as given on the command line."""

    name: str
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    data: str | None = None
    form: Mapping[str, str] = field(default_factory=dict[str, str])


def call_operation(
    arguments: ApiCallArguments,
    endpoint: Endpoint,
    reader: ArgumentReader,
    *,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Send an operation and return the exit code: 0 done, 1 failed, 2 wrong usage."""
    try:
        print(format_json(asyncio.run(_send(arguments, endpoint, reader))), file=out)
    except (UsageError, ValueError, TypeError) as error:
        print(f"store-console api call: {error}", file=err or sys.stderr)
        return EXIT_USAGE
    except PlatformError as error:
        code = "" if error.code is None else f" ({error.code})"
        print(f"{arguments.name}{code}: {error.message}", file=err or sys.stderr)
        return EXIT_FAILED
    return EXIT_OK


async def _send(
    arguments: ApiCallArguments, endpoint: Endpoint, reader: ArgumentReader
) -> Mapping[str, object]:
    operation = OPERATIONS_BY_NAME.get(arguments.name)
    if operation is None:
        raise UsageError(f"there is no operation {arguments.name}; see api list")
    if operation.name in LOOPBACK_ONLY and not endpoint.is_local:
        raise UsageError(f"{operation.name} puts the secret into a URL: allowed on this machine only")
    headers = dict(reader.read_pairs(arguments.headers))
    token = headers.pop(SESSION_HEADER, None)
    api = ApiClient(endpoint)
    try:
        return await api.transport.call(
            operation,
            path=reader.read_pairs(arguments.path),
            query=reader.read_pairs(arguments.query),
            headers=headers,
            data=_body(operation, arguments, reader),
            token=SecretStr(token) if isinstance(token, str) else token,
        )
    finally:
        await api.aclose()


def _body(operation: Operation, arguments: ApiCallArguments, reader: ArgumentReader) -> Encodable:
    if operation.body is Body.NONE:
        if arguments.data is not None or arguments.form:
            raise UsageError(f"{operation.name} takes no body")
        return None
    if operation.body in (Body.FORM, Body.MERCHANT_FORM):
        if arguments.data is not None:
            raise UsageError(f"{operation.name} takes a form: --form name=value")
        return reader.read_pairs(arguments.form)
    if arguments.form:
        raise UsageError(f"{operation.name} takes JSON: --data '{{...}}'")
    return reader.read_json(arguments.data or "{}")
