"""``store-console api call``: send one operation with the profile's authentication and print the answer.

Called by the command line, which hands in the endpoint; the answer goes to standard output as JSON.
"""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TextIO

from pydantic import SecretStr

from console.api.endpoint import Endpoint
from console.api.errors import PlatformError
from console.api.forms import Sendable
from console.api.operations import BY_NAME, Body, Operation
from console.api.service import Api
from console.shell.pretty import pretty
from console.shell.values import Values, WrongUsage

DONE, FAILED, WRONG_USAGE = 0, 1, 2

LOOPBACK_ONLY = frozenset({"oauth.signature"})
"""The documented signature endpoint has the secret in its URL: it is for diagnosis on this machine."""

SESSION_HEADER = "accesstoken"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line."""

    name: str
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    data: str | None = None
    form: Mapping[str, str] = field(default_factory=dict[str, str])


def call(
    asked: Asked, endpoint: Endpoint, values: Values, *, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Send it; the process's exit code: 0 done, 1 failed (one line says why), 2 wrong usage."""
    try:
        print(pretty(asyncio.run(_answer(asked, endpoint, values))), file=out)
    except (WrongUsage, ValueError, TypeError) as error:
        print(f"store-console api call: {error}", file=err or sys.stderr)
        return WRONG_USAGE
    except PlatformError as error:
        code = "" if error.code is None else f" ({error.code})"
        print(f"{asked.name}{code}: {error.message}", file=err or sys.stderr)
        return FAILED
    return DONE


async def _answer(asked: Asked, endpoint: Endpoint, values: Values) -> Mapping[str, object]:
    operation = BY_NAME.get(asked.name)
    if operation is None:
        raise WrongUsage(f"there is no operation {asked.name}; api list names them")
    if operation.name in LOOPBACK_ONLY and not endpoint.is_local:
        raise WrongUsage(f"{operation.name} puts the secret into a URL and is sent to this machine only")
    headers = dict(values.pairs(asked.headers))
    token = headers.pop(SESSION_HEADER, None)
    api = Api(endpoint)
    try:
        return await api.transport.call(
            operation,
            path=values.pairs(asked.path),
            query=values.pairs(asked.query),
            headers=headers,
            data=_body(operation, asked, values),
            token=SecretStr(token) if isinstance(token, str) else token,
        )
    finally:
        await api.aclose()


def _body(operation: Operation, asked: Asked, values: Values) -> Sendable:
    if operation.body is Body.NONE:
        if asked.data is not None or asked.form:
            raise WrongUsage(f"{operation.name} takes no body")
        return None
    if operation.body in (Body.FORM, Body.MERCHANT_FORM):
        if asked.data is not None:
            raise WrongUsage(f"{operation.name} takes a form: --form name=value")
        return values.pairs(asked.form)
    if asked.form:
        raise WrongUsage(f"{operation.name} takes JSON: --data '{{...}}'")
    return values.payload(asked.data or "{}")
