"""Sends one operation: builds the request, signs every attempt anew, retries reads, counts deadlines.

Used by every resource's service; knows no operation by name.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from random import Random
from urllib.parse import quote, urlencode

import stamina
import stamina.instrumentation
from pydantic import SecretStr

from console.api.answer import decode
from console.api.auth import Stamp, check_header_value
from console.api.endpoint import Endpoint
from console.api.errors import InvalidInput, PlatformFault, TimedOut, Unreachable, UnreadableAnswer
from console.api.forms import Sendable, form, input_data, secrets_in, to_json
from console.api.operations import Body, Effect, Operation
from console.api.port import Port, Request
from console.api.wire import JSON

ATTEMPTS = 3
"""How often a read is tried; a write is tried once."""

PathValue = str | int | SecretStr

_CONTENT_TYPES = {Body.JSON: "application/json"}
_LARGE = 64 * 1024  # bytes from which on decoding goes to a thread, so that it costs no key
_NAME_IN_PATH = re.compile(r"{(\w+)}")

# Faults that may pass by themselves. A refusal stays one, however often one asks.
_PASSING = (Unreachable, TimedOut, PlatformFault, UnreadableAnswer)

# Left alone, stamina writes each retry to the terminal that the console draws on.
stamina.instrumentation.set_on_retry_hooks(())


class Transport:
    """Carries calls to one endpoint. ``clock`` gives Unix seconds, ``random`` the nonces of signatures."""

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
        """Whether what is sent stays on this machine."""
        return self._endpoint.is_local

    async def call(
        self,
        operation: Operation,
        *,
        path: Mapping[str, PathValue] | None = None,
        query: Mapping[str, PathValue] | None = None,
        headers: Mapping[str, PathValue] | None = None,
        data: Sendable = None,
        token: SecretStr | None = None,
        deadline: float | None = None,
        once: bool = False,
    ) -> Mapping[str, JSON]:
        """The whole decoded answer to one operation, once its message code says that it was done.

        ``path`` fills the template but for the merchant id; ``query`` and ``headers`` are of the documented
        ones; ``data`` is the JSON payload or the form's fields; ``token`` is the customer's. ``deadline``, in
        seconds, takes the place of the endpoint's. ``once`` tries a read no second time.

        Raises:
            PlatformError: anything that the platform or the line did; see ``console.api.errors``.
            ValueError: the arguments do not fit the operation, which is a fault of the caller.
        """
        request = self._build(
            operation, path=path or {}, query=query or {}, headers=headers or {}, data=data, token=token
        )
        timeouts = self._endpoint.timeouts
        if operation.effect is Effect.WRITE:
            return await self._attempt(request, within=deadline or timeouts.write)
        if once:
            return await self._attempt(request, within=deadline or timeouts.attempt)
        within = deadline or timeouts.read
        try:
            async with asyncio.timeout(within):
                return await self._read(request, within=within)
        except TimeoutError:
            raise TimedOut(operation=operation, diagnostics=f"no answer within {within:g} s") from None

    async def aclose(self) -> None:
        """Let go of connections. Closing twice does no harm."""
        await self._port.aclose()

    async def _read(self, request: Request, *, within: float) -> Mapping[str, JSON]:
        answer: Mapping[str, JSON] = {}
        async for attempt in stamina.retry_context(
            on=_PASSING, attempts=ATTEMPTS, timeout=within, wait_max=2.0, wait_jitter=0.3
        ):
            with attempt:
                answer = await self._attempt(request, within=self._endpoint.timeouts.attempt)
        return answer

    async def _attempt(self, request: Request, *, within: float) -> Mapping[str, JSON]:
        now = self._clock()
        stamp = Stamp(self._endpoint.merchant_id, now, f"{self._random.getrandbits(128):032x}")
        try:
            async with asyncio.timeout(within):
                raw = await self._port.send(self._endpoint.auth.sign(request, stamp))
                if len(raw.body) < _LARGE:
                    return decode(raw, request, now=now)
                return await asyncio.to_thread(decode, raw, request, now=now)
        except TimeoutError:
            raise TimedOut(
                operation=request.operation, diagnostics=f"no answer within {within:g} s"
            ) from None

    def _build(
        self,
        operation: Operation,
        *,
        path: Mapping[str, PathValue],
        query: Mapping[str, PathValue],
        headers: Mapping[str, PathValue],
        data: Sendable,
        token: SecretStr | None,
    ) -> Request:
        _check_names(operation, query, headers)
        sent = {"Accept": "application/json", "languagecode": self._endpoint.language}
        body = self._body(operation, data)
        if operation.method == "POST":
            sent["Content-Type"] = _CONTENT_TYPES.get(operation.body, "application/x-www-form-urlencoded")
        for name, value in headers.items():
            check_header_value(_plain(value), name)
            sent[name] = _plain(value)
        if token is not None:
            if not operation.session:
                raise ValueError(f"{operation.name} takes no customer's token")
            check_header_value(token.get_secret_value(), "access token")
            sent["accesstoken"] = token.get_secret_value()
        url = self._endpoint.root + self._path(operation, path)
        if query:
            asked = {name: _plain(value) for name, value in query.items()}
            url += "?" + urlencode(asked, quote_via=quote, safe="")
        secrets = tuple(secrets_in([token, path, query, headers, data]))
        with_token = token is not None or "{accesstoken}" in operation.path
        return Request(operation, operation.method, url, sent, body, secrets=secrets, with_token=with_token)

    def _path(self, operation: Operation, values: Mapping[str, PathValue]) -> str:
        left_out = [name for name in operation.optional if name not in values]
        template = operation.paths[len(left_out)]
        names = [name for name in _NAME_IN_PATH.findall(template) if name.lower() != "merchantid"]
        if set(names) != set(values):
            raise ValueError(f"{operation.name} takes {names} in its path, not {sorted(values)}")

        def segment(found: re.Match[str]) -> str:
            text = _plain(values.get(found[1], self._endpoint.merchant_id))
            # An empty or dotted segment names another path than the one that is meant.
            if text.strip(".") == "":
                raise InvalidInput("That is nothing to look for.", operation=operation)
            return quote(text, safe="")

        return _NAME_IN_PATH.sub(segment, template)

    def _body(self, operation: Operation, data: Sendable) -> bytes:
        if (data is None) != (operation.body is Body.NONE):
            raise ValueError(f"{operation.name} takes {'no data' if data else 'data'}")
        match operation.body:
            case Body.NONE:
                return b""
            case Body.INPUT_DATA:
                return input_data(data)
            case Body.MERCHANT_INPUT_DATA:
                return input_data(data, merchant_id=self._endpoint.merchant_id)
            case Body.FORM:
                return form(_fields(operation, data))
            case Body.MERCHANT_FORM:
                merchant = {operation.merchant_field: self._endpoint.merchant_id}
                return form({**merchant, **_fields(operation, data)})
            case Body.JSON:
                return to_json(data).encode()


def _plain(value: PathValue) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _fields(operation: Operation, data: Sendable) -> Mapping[str, Sendable]:
    if not isinstance(data, Mapping):
        raise TypeError(f"{operation.name} takes the fields of a form")
    return data


def _check_names(
    operation: Operation, query: Mapping[str, PathValue], headers: Mapping[str, PathValue]
) -> None:
    """Only what the documents name is sent, and what they call mandatory is."""
    for given, known, where in ((query, operation.query, "query"), (headers, operation.headers, "headers")):
        unknown = set(given) - {field.name for field in known}
        missing = {field.name for field in known if field.required} - set(given)
        if unknown or missing:
            raise ValueError(f"{operation.name}, {where}: not {sorted(unknown)}, but {sorted(missing)}")
