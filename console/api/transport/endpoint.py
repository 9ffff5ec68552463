"""The platform's address and protocol settings: the transport's part of a store profile."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from console.api.transport.auth import Auth, check_header_value
from console.api.transport.host_name import has_wrong_brackets, host_name_problem
from console.api.transport.http import ASGIApp

_ROOT = "/developerapi"


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Deadlines in seconds. ``read`` and ``write`` limit a whole call, retries and pauses included."""

    connect: float = 5.0
    attempt: float = 10.0
    """One attempt of a read, so that a lost response leaves time for another."""
    read: float = 25.0
    write: float = 30.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One platform, one merchant, one application.

    ``base_url`` is the documents' ``{host}``, with or without ``/developerapi``; ``language`` travels as
    ``languagecode``. With ``app`` set, requests go into that ASGI application in this process.

    Raises:
        ValueError: the URL cannot be called, plain http is not allowed there, or a value cannot travel
            in a header. The text is a sentence for the person who edits the profile.
    """

    base_url: str
    merchant_id: str
    auth: Auth
    language: str = "en"
    timeouts: Timeouts = Timeouts()
    app: ASGIApp | None = None
    allow_plain_http: bool = False

    def __post_init__(self) -> None:
        check_header_value(self.merchant_id, "merchant id")
        check_header_value(self.language, "language")
        scheme, host = _scheme_and_host(self.base_url)
        if scheme == "http" and not (self.app or self.allow_plain_http or _is_loopback(host)):
            raise ValueError(
                "Plain http exposes every secret. Use https, or allow it in the profile (see the README)."
            )

    @property
    def is_local(self) -> bool:
        """Return True if requests stay on this machine."""
        return self.app is not None or _is_loopback(_scheme_and_host(self.base_url)[1])

    @property
    def root(self) -> str:
        """Return the URL below which every operation's path lies."""
        return f"{self.base_url.rstrip('/').removesuffix(_ROOT)}{_ROOT}/"


def _scheme_and_host(url: str) -> tuple[str, str]:
    error = ValueError("The host must be a URL such as https://host.example, with nothing after it.")
    if any(character.isspace() or not character.isprintable() for character in url):
        raise error
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise error from None
    if host and (problem := host_name_problem(host)):
        raise ValueError(f"The host {host} {problem}.")
    if not url.isascii():
        raise error
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise error
    if "@" in parts.netloc or "?" in url or "#" in url or has_wrong_brackets(parts.netloc):
        raise error
    return parts.scheme, host


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
