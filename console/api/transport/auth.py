"""Request authentication: OAuth 1.0a, signed on this machine, or a token issued beforehand."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol, cast
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from oauthlib.common import Request as SignableRequest
from oauthlib.oauth1 import Client

from console.api.transport.port import Request

# oauthlib logs what it signs at DEBUG, and a customer's token travels in some paths.
logging.getLogger("oauthlib").setLevel(logging.CRITICAL)

API_VERSION = "3"
_ROOT = "/developerapi"


@dataclass(frozen=True, slots=True)
class SigningContext:
    """Merchant, clock and nonce of a signature. ``now`` is Unix seconds; a ``nonce`` is used once."""

    merchant_id: str
    now: float
    nonce: str


class Auth(Protocol):
    """A way of authenticating requests."""

    def sign(self, request: Request, context: SigningContext) -> Request:
        """Return the request with its proof."""
        ...


class SignaturePlacement(StrEnum):
    """Place of the signature's parameters (introduction, How to pass the signature?)."""

    HEADER = "header"
    """In one ``Authorization: OAuth ...`` header."""
    HEADERS = "headers"
    """In a header each, named ``oauth_nonce`` and so on, with ``merchantId`` beside them."""
    QUERY = "query"
    """In the URL's query."""


class SignaturePath(StrEnum):
    """Path that is signed: the documented example leaves ``/developerapi`` out."""

    FULL = "full"
    WITHOUT_DEVELOPERAPI = "without-developerapi"


# The parts of oauthlib in use, spelt out: its own annotations are incomplete.
class _Signable(Protocol):
    oauth_params: list[tuple[str, str]]


class _Signer(Protocol):
    def get_oauth_params(self, request: _Signable) -> list[tuple[str, str]]: ...

    def get_oauth_signature(self, request: _Signable) -> str: ...


_signable = cast("Callable[[str, str, str | None, dict[str, str]], _Signable]", SignableRequest)


@dataclass(frozen=True, slots=True)
class OAuth1:
    """OAuth 1.0a with HMAC-SHA1 and no user token (OAuth 1.0 Authentication).

    OAuth signs a form's fields as well; the documented signer sees method and URL only. ``sign_body``
    and ``signed_path`` say which of the two this platform checks.

    Raises:
        ValueError: key or secret cannot travel in a header.
    """

    consumer_key: str
    consumer_secret: str = field(repr=False)
    placement: SignaturePlacement = SignaturePlacement.HEADER
    sign_body: bool = False
    signed_path: SignaturePath = SignaturePath.FULL

    def __post_init__(self) -> None:
        check_header_value(self.consumer_key, "consumer key")
        check_header_value(self.consumer_secret, "consumer secret")

    def sign(self, request: Request, context: SigningContext) -> Request:
        """Return the request with ``PublicKey``, ``APIVersion`` and the parameters of a new signature."""
        oauth = self._parameters(request, context)
        headers = {**request.headers, "PublicKey": self.consumer_key}
        # A few operations name an API version of their own, each in its own spelling.
        if not any(name.casefold() == "apiversion" for name in request.headers):
            headers["APIVersion"] = API_VERSION
        match self.placement:
            case SignaturePlacement.HEADER:
                pairs = ", ".join(f'{name}="{quote(value, safe="~")}"' for name, value in oauth)
                return replace(request, headers={**headers, "Authorization": f"OAuth {pairs}"})
            case SignaturePlacement.HEADERS:
                return replace(request, headers={**headers, "merchantId": context.merchant_id, **dict(oauth)})
            case SignaturePlacement.QUERY:
                separator = "&" if "?" in request.url else "?"
                query = urlencode(oauth, quote_via=quote, safe="~")
                return replace(request, url=f"{request.url}{separator}{query}", headers=headers)

    def _parameters(self, request: Request, context: SigningContext) -> Sequence[tuple[str, str]]:
        client = Client(
            self.consumer_key,
            client_secret=self.consumer_secret,
            timestamp=str(int(context.now)),
            nonce=context.nonce,
        )
        signer = cast("_Signer", client)
        # Without a content type, oauthlib signs method, URL and its own parameters alone.
        body = request.body.decode("ascii") if self.sign_body else None
        headers = {"Content-Type": request.headers.get("Content-Type", "")} if self.sign_body else {}
        signable = _signable(self._signed_url(request.url), request.method, body, headers)
        signable.oauth_params = signer.get_oauth_params(signable)
        return [*signable.oauth_params, ("oauth_signature", signer.get_oauth_signature(signable))]

    def _signed_url(self, url: str) -> str:
        if self.signed_path is SignaturePath.FULL:
            return url
        parts = urlsplit(url)
        return urlunsplit(parts._replace(path=parts.path.removeprefix(_ROOT)))


@dataclass(frozen=True, slots=True)
class AuthToken:
    """A token that the platform issued for this application (JWT Authentication).

    Raises:
        ValueError: key or token cannot travel in a header.
    """

    public_key: str
    token: str = field(repr=False)

    def __post_init__(self) -> None:
        check_header_value(self.public_key, "public key")
        check_header_value(self.token, "token")

    def sign(self, request: Request, context: SigningContext) -> Request:
        """Return the request with ``PublicKey``, ``AuthToken`` and ``MerchantId``."""
        credentials = {
            "PublicKey": self.public_key,
            "AuthToken": self.token,
            "MerchantId": context.merchant_id,
        }
        return replace(request, headers={**request.headers, **credentials})


def check_header_value(value: str, name: str) -> None:
    """Refuse a value that cannot travel in a header, without quoting it.

    Raises:
        ValueError: empty, or not printable ASCII without spaces.
    """
    if not value or not all("!" <= character <= "~" for character in value):
        raise ValueError(f"The {name} must be printable ASCII without spaces.")
