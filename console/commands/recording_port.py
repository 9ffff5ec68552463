"""A port in front of another: remembers the last response, or holds the request back for a dry run."""

import re
from urllib.parse import parse_qsl, quote

from console.api.transport.port import Port, RawResponse, Request
from console.api.transport.wire_types import JSON, WireError, read_json
from console.commands.call_values import HIDDEN
from console.commands.json_output import printable

_SECRET_HEADERS = frozenset({"accesstoken", "authtoken", "otptoken", "oauth_signature"})
_SIGNATURE = re.compile(r'(oauth_signature=)("?)[^&",]*')
_MASKED = rf"\1\2{HIDDEN}"


class NotSent(Exception):
    """The request of a dry run, ready to be sent but for its secrets, which were masked before."""

    def __init__(self, request: Request) -> None:
        super().__init__(request.operation.name)
        self._request = request

    def describe(self) -> str:
        """Return the request as text: its signature masked, a form with a line for each field."""
        request = self._request
        url = _SIGNATURE.sub(_MASKED, request.url).replace(quote(HIDDEN, safe=""), HIDDEN)
        lines = [f"{request.method} {url}"]
        for name, value in request.headers.items():
            is_secret = name.casefold() in _SECRET_HEADERS
            lines.append(f"{name}: {HIDDEN if is_secret else _SIGNATURE.sub(_MASKED, value)}")
        body = request.body.decode()
        if request.headers.get("Content-Type", "").endswith("urlencoded"):
            lines += ["", *(f"{name}={value}" for name, value in parse_qsl(body, keep_blank_values=True))]
        elif body:
            lines += ["", body]
        return "\n".join(printable(line) for line in lines).rstrip()


class RecordingPort:
    """A port that passes requests on and remembers the last response; with ``hold`` it sends none."""

    def __init__(self, port: Port, *, hold: bool = False) -> None:
        self._port = port
        self._holds = hold
        self._secrets: tuple[str, ...] = ()
        self.response: RawResponse | None = None

    async def send(self, request: Request) -> RawResponse:
        """Send a request; see ``Port.send``.

        Raises:
            NotSent: requests are held back.
        """
        if self._holds:
            raise NotSent(request)
        self.response, self._secrets = None, request.secrets
        self.response = await self._port.send(request)
        return self.response

    async def aclose(self) -> None:
        """Close the other port."""
        await self._port.aclose()

    def format_head(self) -> str:
        """Return the status and the headers of the last response."""
        if self.response is None:
            return "no response"
        headers = (f"{name}: {value}" for name, value in self.response.headers.items())
        return "\n".join(printable(line) for line in (f"HTTP {self.response.status}", *headers))

    def read_body(self) -> JSON:
        """Return the last response as JSON without the request's secrets, ``None`` if it is none."""
        if self.response is None:
            return None
        try:
            return self._without_secrets(read_json(self.response.body))
        except WireError:
            return None

    def _without_secrets(self, value: JSON) -> JSON:
        match value:
            case str():
                for secret in self._secrets:
                    value = value.replace(secret, HIDDEN)
                return value
            case dict():
                return {key: self._without_secrets(inner) for key, inner in value.items()}
            case list():
                return [self._without_secrets(inner) for inner in value]
            case _:
                return value
