"""The steps that a scenario of calls from the shell is made of, and what runs them against a served store."""

import asyncio
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import httpx

from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.api.transport.error_codes import SUCCESS_CODES
from console.commands.api_call import EXIT_OK, ApiCallArguments, call_operation
from console.commands.arguments import ArgumentReader
from console.operations import OPERATIONS_BY_NAME
from console.sandbox.app import Sandbox
from console.sandbox.store import Store

OK = 0
"""Any code of a response that did what was asked."""

_VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Call:
    """One ``api call``. ``{name}`` in a text is what an earlier step saved under that name.

    ``session`` names the saved token that travels with an operation that takes one, empty for none. ``keep``
    are names, and the path into the response of what is saved under each, dotted as in ``Carts.CartItems.0``;
    ``holds`` are such paths, and what is to be found at each. ``secret`` and ``merchant``, where given,
    are used in place of the profile's.
    """

    name: str
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    data: object = None
    form: Mapping[str, str] = field(default_factory=dict[str, str])
    expect: int = OK
    save: Mapping[str, str] = field(default_factory=dict[str, str])
    expect_fields: Mapping[str, str] = field(default_factory=dict[str, str])
    session: str = "token"
    secret: str = ""
    merchant: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """What is sent to the sandbox beside the API, or asked of it where there is no ``body``."""

    path: str
    body: Mapping[str, object] | None = None
    save: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Delay:
    """Time passes for every order that was placed."""

    seconds: int


Step = Call | Control | Delay


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call. ``code`` is 0 where there was none. ``message`` is what was printed as an
    error, or what the response lacks; ``response`` is ``None`` after a refusal."""

    step: Call
    code: int
    message: str
    response: object = None

    @property
    def is_done(self) -> bool:
        """Whether it did what was asked of the operation."""
        return self.code in SUCCESS_CODES

    @property
    def is_expected(self) -> bool:
        """Whether it came to what the step says."""
        if self.step.expect == OK:
            return self.is_done and not self.message
        return self.code == self.step.expect


@dataclass(frozen=True, slots=True)
class ServedSandbox:
    """A served sandbox store: where it is, how to reach it, and its file."""

    base_url: str
    merchant_id: str
    consumer_key: str
    consumer_secret: str
    file: Path

    app: Sandbox | None = None
    """The store in this process, in place of one at the address."""

    def endpoint(self, *, secret: str = "", merchant: str = "") -> Endpoint:
        """The endpoint of its profile, or of a profile that has something wrong."""
        auth = OAuth1(self.consumer_key, secret or self.consumer_secret)
        return Endpoint(self.base_url, merchant or self.merchant_id, auth, app=self.app)

    def control(self, step: Control) -> object:
        """Send a step to the control API; return the reply."""
        transport = None if self.app is None else httpx.ASGITransport(self.app)
        return asyncio.run(_control(step, self.base_url, transport))


def run(steps: Sequence[Step], sandbox: ServedSandbox) -> Iterator[Outcome]:
    """Take the steps one after the other; what became of each call."""
    variables = {"key": sandbox.consumer_key, "secret": sandbox.consumer_secret, "base_url": sandbox.base_url}
    variables["merchant"] = sandbox.merchant_id
    for step in steps:
        match step:
            case Call():
                yield _call(step, sandbox, variables)
            case Control():
                _save_variables(step.save, sandbox.control(step), variables)
            case Delay():
                _delay(step, sandbox)


def _call(step: Call, sandbox: ServedSandbox, variables: dict[str, str]) -> Outcome:
    headers = dict(step.headers)
    if OPERATIONS_BY_NAME[step.name].session and step.session:
        headers["accesstoken"] = variables.get(step.session, step.session)
    request = ApiCallArguments(
        step.name,
        path=_substitute_all(step.path, variables),
        query=_substitute_all(step.query, variables),
        headers=_substitute_all(headers, variables),
        data=None if step.data is None else json.dumps(_substitute(step.data, variables)),
        form=_substitute_all(step.form, variables),
    )
    out, err = io.StringIO(), io.StringIO()
    endpoint = sandbox.endpoint(secret=step.secret, merchant=step.merchant)
    if call_operation(request, endpoint, ArgumentReader({}, str), out=out, err=err) == EXIT_OK:
        response: object = json.loads(out.getvalue())
        message = _save_variables(step.save, response, variables) or _missing_fields(
            _substitute_all(step.expect_fields, variables), response
        )
        return Outcome(step, _code(response), message, response)
    found = re.search(r" \((\d+)\): ", err.getvalue())
    return Outcome(step, int(found[1]) if found else 0, err.getvalue().strip())


def _code(response: object) -> int:
    envelope = cast("Mapping[str, str]", response)
    return int(envelope["messageCode" if "messageCode" in envelope else "Code"])


async def _control(step: Control, base_url: str, transport: httpx.ASGITransport | None) -> object:
    async with httpx.AsyncClient(transport=transport) as client:
        method = "GET" if step.body is None else "POST"
        response = await client.request(method, f"{base_url}/sandbox/{step.path}", json=step.body)
        return response.raise_for_status().json()


def _delay(step: Delay, sandbox: ServedSandbox) -> None:
    store = Store.open(sandbox.file)
    try:
        store.run("UPDATE placed_order SET authorised_at = authorised_at - ?", step.seconds)
    finally:
        store.close()


def _save_variables(wanted: Mapping[str, str], response: object, variables: dict[str, str]) -> str:
    """Save what is wanted of a response; return what it lacks, in words."""
    for name, path in wanted.items():
        try:
            variables[name] = str(_value_at(response, path))
        except (LookupError, TypeError, ValueError):
            return f"the answer has no {path}"
    return ""


def _missing_fields(wanted: Mapping[str, str], response: object) -> str:
    """Return what the response does not hold as it should, in words."""
    found: dict[str, str] = {}
    missed = _save_variables({path: path for path in wanted}, response, found)
    return missed or ", ".join(
        f"{path} is {found[path]}" for path, value in wanted.items() if found[path] != value
    )


def _value_at(response: object, path: str) -> object:
    for part in path.split("."):
        if isinstance(response, list):
            response = cast("list[object]", response)[int(part)]
        else:
            response = cast("Mapping[str, object]", response)[part]
    return response


def _substitute_all(texts: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    return {name: str(_substitute(text, variables)) for name, text in texts.items()}


def _substitute(data: object, variables: Mapping[str, str]) -> object:
    match data:
        case str():
            return _VARIABLE.sub(lambda found: variables.get(found[1], found[0]), data)
        case dict():
            items = cast("dict[str, object]", data).items()
            return {name: _substitute(value, variables) for name, value in items}
        case list():
            return [_substitute(value, variables) for value in cast("list[object]", data)]
        case _:
            return data
