"""A store profile: which platform, which merchant, and how that merchant's wire and counter behave.

Part of the settings (``console.config.settings``); edited on the settings screen, read by the desk.
"""

from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from console.ordering.pricing.half_rule import HalfRule

PLAIN_HTTP_CONSENT = "I accept unencrypted traffic"
"""What a profile must say before http to another machine is allowed."""


class ProfileKind(StrEnum):
    """What stands behind a profile."""

    SANDBOX = "sandbox"
    """The sandbox store inside this program: no host, no account."""
    PLATFORM = "platform"
    """A platform, or a sandbox, that is reached by HTTP."""


class Authentication(StrEnum):
    """How a request proves who sends it."""

    OAUTH = "oauth"
    """OAuth 1.0a with HMAC-SHA1, signed on this machine."""
    AUTHTOKEN = "token"
    """The documents' AuthToken header."""


class OauthPlace(StrEnum):
    """Where the OAuth parameters travel."""

    HEADER = "header"
    """In one ``Authorization`` header."""
    HEADERS = "headers"
    """Each in a header of its own."""
    QUERY = "query"
    """In the query of the URL."""


class SignedPath(StrEnum):
    """Which path the signature covers."""

    FULL = "full"
    """The path that is sent."""
    WITHOUT_DEVELOPERAPI = "without_developerapi"
    """The path without its leading ``/developerapi``, as the documents' example has it."""


class CartOwner(StrEnum):
    """Whose cart it is."""

    SESSION = "token"
    """The session's access token's: a new session starts with an empty cart."""
    CUSTOMER = "customer"
    """The customer's: a new session finds what the last one left."""


def _check_single_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must be one line of printable text")
    return text


SingleLineText = Annotated[str, Field(max_length=200), AfterValidator(_check_single_line)]
"""One printable line."""


class SettingsModel(BaseModel):
    """What settings and profiles share: immutable, and keeping the keys that this version does not know."""

    model_config = ConfigDict(extra="allow", frozen=True, use_attribute_docstrings=True)

    def with_values(self, **values: object) -> Self:
        """A copy with other values, validated just as a file's are.

        Raises:
            pydantic.ValidationError: a value does not fit.
        """
        return self.model_validate({**self.model_dump(), **values})


class Profile(SettingsModel):
    """One store, or one merchant, as this console reaches it."""

    name: Annotated[SingleLineText, Field(min_length=1)]
    """What the operator calls it; no two profiles share a name."""
    kind: ProfileKind
    """``sandbox`` runs inside this program, ``platform`` is reached at ``host``."""
    plain_http: SingleLineText = ""
    """The words "I accept unencrypted traffic" allow http to another machine; nothing else does."""
    host: SingleLineText = Field(default="", validate_default=True)
    """Scheme and host of the platform, such as ``https://store.example``; empty for the sandbox."""
    merchant_id: str = Field(default="", pattern=r"^[A-Za-z0-9._-]{0,64}$", validate_default=True)
    """The merchant's id on the platform; empty for the sandbox."""
    authentication: Authentication = Authentication.OAUTH
    """``oauth`` signs every request, ``token`` sends the AuthToken header."""
    public_key: SingleLineText = ""
    """The consumer key. The consumer secret is kept with the secrets, never here."""
    oauth_place: OauthPlace = OauthPlace.HEADER
    """Where the OAuth parameters travel: ``header``, ``headers`` or ``query``."""
    sign_body: bool = False
    """Whether the signature covers a form body, as OAuth 1.0a says and the documented signer does not."""
    signed_path: SignedPath = SignedPath.FULL
    """Which path is signed: ``full`` or ``without_developerapi``."""
    default_location: int = Field(default=0, ge=0)
    """The location id to offer first at sign-in; 0 for none."""
    currency: str = Field(default="KWD", pattern=r"^[A-Z]{3}$")
    """The store's currency, by its ISO 4217 code."""
    language: str = Field(default="en", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    """The language asked of the platform (header ``languagecode``)."""
    half_rule: HalfRule = HalfRule.HALF
    """What half a topping costs in the estimate: ``half``, ``dearer``, ``average`` or ``full``."""
    menu_supplement: SingleLineText = ""
    """The file that says what the platform does not of bundles and deals; empty for none."""
    cart_owner: CartOwner = CartOwner.SESSION
    """Whose cart it is: the access ``token``'s or the ``customer``'s."""
    session_needs_token: bool = True
    """Whether starting a customer's session sends an access token of its own first."""
    settle_seconds: int = Field(default=30, ge=0, le=3600)
    """Seconds after which a request without an answer can no longer take effect on the platform."""
    reference_field_id: int = Field(default=0, ge=0)
    """The id of the order attribute that carries our reference; 0 where none is configured."""
    reference_field: SingleLineText = ""
    """The name of that attribute, such as ``ConsoleReference``."""
    price_tolerance: str = Field(default="0", pattern=r"^\d{1,6}(\.\d{1,3})?$")
    """By how much a total may differ from what the customer was told and still be placed: ``0.050``."""
    stock_role: SingleLineText = "Order Manager"
    """The role whose operators may set what their store has in stock; empty for every operator."""

    @field_validator("host")
    @classmethod
    def _check_host(cls, host: str, info: ValidationInfo) -> str:
        if info.data.get("kind") is ProfileKind.SANDBOX and not host:
            return host
        return normalize_host(host, plain_http=info.data.get("plain_http") == PLAIN_HTTP_CONSENT)

    @field_validator("merchant_id")
    @classmethod
    def _require_merchant_id(cls, merchant_id: str, info: ValidationInfo) -> str:
        if info.data.get("kind") is ProfileKind.PLATFORM and not merchant_id:
            raise ValueError("a platform's profile needs its merchant id")
        return merchant_id


def normalize_host(host: str, *, plain_http: bool) -> str:
    """A platform's address without its trailing slash. ``plain_http`` allows http to another machine.

    Raises:
        ValueError: it is no address, or what is sent to it could be read on the way.
    """
    # A backslash or a user name would make another host of what reads like this one.
    if any(character.isspace() or character in "\\@?#" for character in host):
        raise ValueError("must be a plain address such as https://store.example")
    parts = urlsplit(host)
    name = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not name or parts.port == 0:
        raise ValueError("must be an address such as https://store.example")
    if parts.scheme == "http" and not is_loopback(name) and not plain_http:
        raise ValueError(
            f'must start with https://, or the profile must say plain_http = "{PLAIN_HTTP_CONSENT}"'
        )
    return host.rstrip("/")


def is_loopback(name: str) -> bool:
    """Whether a host name means this machine: ``localhost``, 127.0.0.0/8 or ::1."""
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
