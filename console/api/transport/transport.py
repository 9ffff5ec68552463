"""Sending one operation: building the request, signing every attempt, retrying reads, deadlines.

Knows no operation by name.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from random import Random
from urllib.parse import quote, urlencode

import stamina
import stamina.instrumentation
from pydantic import SecretStr

from console.api.errors import (
    InvalidInput,
    PlatformFault,
    SetupProblem,
    TimedOut,
    Unreachable,
    UnreadableResponse,
)
from console.api.transport.auth import SigningContext, check_header_value
from console.api.transport.encoding import Encodable, encode_form, encode_input_data, find_secrets, to_json
from console.api.transport.endpoint import Endpoint
from console.api.transport.port import Port, Request
from console.api.transport.response import decode_response
from console.api.transport.wire_types import JSON
from console.operations import Body, Effect, Operation

ATTEMPTS = 3
"""Attempts of a read; a write has one."""

PathValue = str | int | SecretStr

_CONTENT_TYPES = {Body.JSON: "application/json"}
_THREAD_THRESHOLD = 64 * 1024  # bytes; larger responses are decoded on a thread, so that no key waits
_PATH_PARAMETER = re.compile(r"{(\w+)}")

# Faults that may pass by themselves. A refusal stays a refusal.
_TRANSIENT_ERRORS = (Unreachable, TimedOut, PlatformFault, UnreadableResponse)

# By default, stamina writes each retry to the terminal that the console draws on.
stamina.instrumentation.set_on_retry_hooks(())


class Transport:
    """The way to one endpoint. ``clock`` gives Unix seconds, ``random`` the nonces of signatures."""

    def __init__(self, endpoint: Endpoint, port: Port, *, clock: Callable[[], float], random: Random) -> None:
        self._endpoint = endpoint
        self._port = port
        self._clock = clock
        self._random = random

    @property
    def merchant_id(self) -> str:
        """The merchant of the endpoint; some payloads repeat it."""
        return self._endpoint.merchant_id

    @property
    def is_local(self) -> bool:
        """True if requests stay on this machine."""
        return self._endpoint.is_local

    async def call(
        self,
        operation: Operation,
        *,
        path: Mapping[str, PathValue] | None = None,
        query: Mapping[str, PathValue] | None = None,
        headers: Mapping[str, PathValue] | None = None,
        data: Encodable = None,
        token: SecretStr | None = None,
        deadline: float | None = None,
        single_attempt: bool = False,
    ) -> Mapping[str, JSON]:
        """Return the decoded response to one operation if its message code means success.

        ``path`` fills the template except the merchant id; ``query`` and ``headers`` are documented names;
        ``data`` is the JSON payload or the form's fields; ``token`` is the customer's. ``deadline``, in
        seconds, replaces the endpoint's. ``single_attempt`` turns retries of a read off.

        Raises:
            PlatformError: any failure of the platform or the connection; see ``console.api.errors``.
            ValueError: the arguments do not fit the operation, which is a bug in the caller.
        """
        request = self._build_request(
            operation, path=path or {}, query=query or {}, headers=headers or {}, data=data, token=token
        )
        timeouts = self._endpoint.timeouts
        if operation.effect is Effect.WRITE:
            return await self._attempt(request, timeout=deadline or timeouts.write)
        if single_attempt:
            return await self._attempt(request, timeout=deadline or timeouts.attempt)
        timeout = deadline or timeouts.read
        try:
            async with asyncio.timeout(timeout):
                return await self._attempt_with_retries(request, timeout=timeout)
        except TimeoutError:
            raise TimedOut(operation=operation, diagnostics=f"no response within {timeout:g} s") from None

    async def aclose(self) -> None:
        """Release connections. Closing twice does no harm."""
        await self._port.aclose()

    async def _attempt_with_retries(self, request: Request, *, timeout: float) -> Mapping[str, JSON]:
        response: Mapping[str, JSON] = {}
        async for attempt in stamina.retry_context(
            on=_is_transient, attempts=ATTEMPTS, timeout=timeout, wait_max=2.0, wait_jitter=0.3
        ):
            with attempt:
                response = await self._attempt(request, timeout=self._endpoint.timeouts.attempt)
        return response

    async def _attempt(self, request: Request, *, timeout: float) -> Mapping[str, JSON]:
        now = self._clock()
        context = SigningContext(self._endpoint.merchant_id, now, f"{self._random.getrandbits(128):032x}")
        try:
            async with asyncio.timeout(timeout):
                raw = await self._port.send(self._endpoint.auth.sign(request, context))
                if len(raw.body) < _THREAD_THRESHOLD:
                    return decode_response(raw, request, now=now)
                return await asyncio.to_thread(decode_response, raw, request, now=now)
        except TimeoutError:
            raise TimedOut(
                operation=request.operation, diagnostics=f"no response within {timeout:g} s"
            ) from None

    def _build_request(
        self,
        operation: Operation,
        *,
        path: Mapping[str, PathValue],
        query: Mapping[str, PathValue],
        headers: Mapping[str, PathValue],
        data: Encodable,
        token: SecretStr | None,
    ) -> Request:
        _check_names(operation, query, headers)
        header_values = {"Accept": "application/json", "languagecode": self._endpoint.language}
        body = self._encode_body(operation, data)
        if operation.method == "POST":
            header_values["Content-Type"] = _CONTENT_TYPES.get(
                operation.body, "application/x-www-form-urlencoded"
            )
        for name, value in headers.items():
            check_header_value(_unwrap(value), name)
            header_values[name] = _unwrap(value)
        if token is not None:
            if not operation.session:
                raise ValueError(f"{operation.name} takes no customer's token")
            check_header_value(token.get_secret_value(), "access token")
            header_values["accesstoken"] = token.get_secret_value()
        url = self._endpoint.root + self._build_path(operation, path)
        if query:
            query_values = {name: _unwrap(value) for name, value in query.items()}
            url += "?" + urlencode(query_values, quote_via=quote, safe="")
        secrets = tuple(find_secrets([token, path, query, headers, data]))
        has_customer_token = token is not None or "{accesstoken}" in operation.path
        return Request(
            operation,
            operation.method,
            url,
            header_values,
            body,
            secrets=secrets,
            has_customer_token=has_customer_token,
        )

    def _build_path(self, operation: Operation, values: Mapping[str, PathValue]) -> str:
        omitted = [name for name in operation.optional if name not in values]
        template = operation.paths[len(omitted)]
        names = [name for name in _PATH_PARAMETER.findall(template) if name.lower() != "merchantid"]
        if set(names) != set(values):
            raise ValueError(f"{operation.name} takes {names} in its path, not {sorted(values)}")

        def segment(found: re.Match[str]) -> str:
            text = _unwrap(values.get(found[1], self._endpoint.merchant_id))
            # An empty or dotted segment would change the path.
            if text.strip(".") == "":
                raise InvalidInput("Enter something to look for.", operation=operation)
            return quote(text, safe="")

        return _PATH_PARAMETER.sub(segment, template)

    def _encode_body(self, operation: Operation, data: Encodable) -> bytes:
        if (data is None) != (operation.body is Body.NONE):
            raise ValueError(f"{operation.name} takes {'no data' if data else 'data'}")
        match operation.body:
            case Body.NONE:
                return b""
            case Body.INPUT_DATA:
                return encode_input_data(data)
            case Body.MERCHANT_INPUT_DATA:
                return encode_input_data(data, merchant_id=self._endpoint.merchant_id)
            case Body.FORM:
                return encode_form(_form_fields(operation, data))
            case Body.MERCHANT_FORM:
                merchant = {operation.merchant_field: self._endpoint.merchant_id}
                return encode_form({**merchant, **_form_fields(operation, data)})
            case Body.JSON:
                return to_json(data).encode()


def _is_transient(error: Exception) -> bool:
    return isinstance(error, _TRANSIENT_ERRORS) and not isinstance(error, SetupProblem)


def _unwrap(value: PathValue) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _form_fields(operation: Operation, data: Encodable) -> Mapping[str, Encodable]:
    if not isinstance(data, Mapping):
        raise TypeError(f"{operation.name} takes the fields of a form")
    return data


def _check_names(
    operation: Operation, query: Mapping[str, PathValue], headers: Mapping[str, PathValue]
) -> None:
    """Require that only documented names are sent, and every mandatory one is."""
    for values, documented, location in (
        (query, operation.query, "query"),
        (headers, operation.headers, "headers"),
    ):
        unknown = set(values) - {field.name for field in documented}
        missing = {field.name for field in documented if field.required} - set(values)
        if unknown or missing:
            raise ValueError(
                f"{operation.name}, {location}: unknown {sorted(unknown)}, missing {sorted(missing)}"
            )
