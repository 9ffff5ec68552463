"""Store profiles: which platform and merchant, and how that merchant's wire and counter behave."""

from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, ValidationInfo, field_validator

from console.api.transport.auth import SignaturePath, SignaturePlacement
from console.api.transport.host_name import has_wrong_brackets, host_name_problem
from console.config.pasted_url import API_FOLDER
from console.config.settings_model import SettingsModel, SingleLineText
from console.config.vocabulary_settings import OrderStateSettings, PropertySettings
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.store_time import StoreTime, find_zone
from console.sync.platform_rules import PlatformCartOwner

__all__ = [
    "PLAIN_HTTP_CONSENT",
    "AuthMethod",
    "AuthSettings",
    "CartSettings",
    "OrderDataSettings",
    "OrderStateSettings",
    "PlacingSettings",
    "PlatformCartOwner",
    "PricingSettings",
    "Profile",
    "ProfileKind",
    "PropertySettings",
    "SettingsModel",
    "SignaturePath",
    "SignaturePlacement",
    "SingleLineText",
    "TimeSettings",
    "TimeoutSettings",
    "is_loopback",
    "normalize_host",
]

PLAIN_HTTP_CONSENT = "I accept unencrypted traffic"
"""The text of a profile's ``plain_http`` that allows http to another machine."""


SANDBOX_ZONE = "+03:00"
"""The time of the sandbox's merchant, in Kuwait."""


class ProfileKind(StrEnum):
    """The kind of platform behind a profile."""

    SANDBOX = "sandbox"
    """The sandbox store inside this program: no host, no account."""
    PLATFORM = "platform"
    """A platform, or a served sandbox, that is reached by HTTP."""


class AuthMethod(StrEnum):
    """The proof of identity that requests carry."""

    OAUTH = "oauth"
    """OAuth 1.0a with HMAC-SHA1, signed on this machine."""
    TOKEN = "token"
    """The documented AuthToken header."""


class AuthSettings(SettingsModel):
    """Authentication of requests."""

    method: AuthMethod = AuthMethod.OAUTH
    """``oauth`` signs every request, ``token`` sends the AuthToken header."""
    public_key: SingleLineText = ""
    """The consumer key. The consumer secret is stored with the secrets, never here."""
    placement: SignaturePlacement = SignaturePlacement.HEADER
    """The place of the OAuth parameters: ``header``, ``headers`` or ``query``."""
    sign_body: bool = False
    """True signs a form body too, as OAuth 1.0a says; the documented signer does not."""
    signed_path: SignaturePath = SignaturePath.FULL
    """The path that is signed: ``full`` or ``without-developerapi``."""


class PricingSettings(SettingsModel):
    """Display and estimate of amounts."""

    currency: str = Field(default="KWD", pattern=r"^[A-Z]{3}$")
    """The store's currency, by its ISO 4217 code."""
    half_rule: HalfRule = HalfRule.HALF
    """The estimate's rule for half a topping: ``half``, ``dearer``, ``average`` or ``full``."""


class CartSettings(SettingsModel):
    """The platform's handling of carts."""

    owner: PlatformCartOwner = PlatformCartOwner.TOKEN
    """``token``: a new session starts with an empty cart; ``customer``: it finds the last one's."""
    session_needs_token: bool = True
    """True if starting a customer's session sends an access token of its own first."""


class PlacingSettings(SettingsModel):
    """Placing orders, and finding them again."""

    settle_seconds: int = Field(default=30, ge=0, le=3600)
    """Seconds after which a request without a response can no longer take effect."""
    reference_field_id: int = Field(default=0, ge=0)
    """The id of the order attribute that carries our reference; 0 for none."""
    reference_field: SingleLineText = ""
    """The name of that attribute, such as ``ConsoleReference``."""
    sole_console: bool = False
    """True if no console on another machine, or with another home, places this merchant's orders."""
    price_tolerance: str = Field(default="0", pattern=r"^\d{1,6}(\.\d{1,3})?$")
    """The largest difference to the quoted total at which an order is still placed: ``0.050``."""
    ask_again_minutes: int = Field(default=30, ge=1, le=10080)
    """Minutes after which an order that could not be placed asks again instead of placing itself."""


class OrderDataSettings(SettingsModel):
    """What an order carries besides its lines and its checkout, for shops and tills behind the platform."""

    immediate_field_id: int = Field(default=0, ge=0)
    """The id of the order attribute that says whether an order is for now; 0 for none."""
    immediate_field: SingleLineText = "IsImmediateOrder"
    """The name of that attribute; its value is ``true`` without a delivery slot, else ``false``."""
    channel_field_id: int = Field(default=0, ge=0)
    """The id of the order attribute that says where an order was taken; 0 for none."""
    channel_field: SingleLineText = "channel"
    """The name of that attribute."""
    channel: SingleLineText = ""
    """Its value, such as ``CALLCENTER``; empty for none."""
    note_as_gift_message: bool = False
    """True sends the customer's note as the order's gift message, which stores print."""


class TimeSettings(SettingsModel):
    """The store's own clock and calendar."""

    zone: SingleLineText = ""
    """The store's time zone, ``Asia/Kuwait`` or ``+03:00``; empty for this machine's."""
    day_first: bool = False
    """True if the platform writes the day before the month; the documents write the month first."""

    @field_validator("zone")
    @classmethod
    def _check_zone(cls, zone: str) -> str:
        if zone:
            find_zone(zone)
        return zone


class TimeoutSettings(SettingsModel):
    """How long the platform is waited for, in seconds. A platform within these is slow, not offline."""

    connect_seconds: int = Field(default=5, ge=1, le=60)
    """A connection."""
    attempt_seconds: int = Field(default=10, ge=1, le=120)
    """One attempt of a read, which has three."""
    read_seconds: int = Field(default=25, ge=1, le=300)
    """A read with all its attempts."""
    write_seconds: int = Field(default=30, ge=1, le=300)
    """A change. It is never sent twice: without a response, the platform is asked what became of it."""


class Profile(SettingsModel):
    """One store, or one merchant, as this console reaches it."""

    name: Annotated[SingleLineText, Field(min_length=1)]
    """The name the operator gave it; no two profiles share one."""
    kind: ProfileKind
    """``sandbox`` runs inside this program, ``platform`` is reached at ``host``."""
    plain_http: SingleLineText = ""
    """The words "I accept unencrypted traffic" allow http to another machine; nothing else does."""
    host: SingleLineText = Field(default="", validate_default=True)
    """Scheme and host of the platform, such as ``https://store.example``; empty for the sandbox."""
    merchant_id: str = Field(default="", pattern=r"^[A-Za-z0-9._-]{0,64}$", validate_default=True)
    """The merchant's id on the platform; empty for the sandbox."""
    language: str = Field(default="en", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    """The language asked of the platform (header ``languagecode``)."""
    default_location: int = Field(default=0, ge=0)
    """The location id offered first at sign-in; 0 for none."""
    stock_role: SingleLineText = "Order Manager"
    """The role whose operators may set their store's stock; empty for every operator."""
    menu_supplement: SingleLineText = ""
    """The menu supplement file, beside the settings; empty for none."""
    auth: AuthSettings = AuthSettings()
    """Authentication of requests."""
    pricing: PricingSettings = PricingSettings()
    """Display and estimate of amounts."""
    cart: CartSettings = CartSettings()
    """The platform's handling of carts."""
    placing: PlacingSettings = PlacingSettings()
    """Placing orders, and finding them again."""
    order_data: OrderDataSettings = OrderDataSettings()
    """What an order carries besides its lines and its checkout."""
    order_states: OrderStateSettings = OrderStateSettings()
    """States of orders that the documents do not name, or give another meaning."""
    properties: PropertySettings = PropertySettings()
    """Names of the properties of variants, in the platform's language."""
    timeouts: TimeoutSettings = TimeoutSettings()
    """How long the platform is waited for."""
    time: TimeSettings = TimeSettings()
    """The store's own clock and calendar."""

    @property
    def store_time(self) -> StoreTime:
        """The clock of the store: of the sandbox, its merchant's."""
        sandbox_zone = SANDBOX_ZONE if self.kind is ProfileKind.SANDBOX else ""
        return StoreTime(self.time.zone or sandbox_zone, self.time.day_first)

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
    """Return a platform's address without a trailing slash, and without the folder of the operations.

    ``plain_http`` allows http to another machine.

    Raises:
        ValueError: it is no address, or traffic to it would be unencrypted.
    """
    # A backslash or a user name would turn what reads like this host into another one.
    if any(character.isspace() or character in "\\@?#" for character in host):
        raise ValueError("must be a plain address such as https://store.example")
    parts = urlsplit(host)
    name = parts.hostname or ""
    is_url = parts.scheme in {"http", "https"} and name and parts.port != 0
    if not is_url or has_wrong_brackets(parts.netloc):
        raise ValueError("must be an address such as https://store.example")
    if problem := host_name_problem(name):
        raise ValueError(f"{name} {problem}")
    if parts.scheme == "http" and not is_loopback(name) and not plain_http:
        raise ValueError(
            f'must start with https://, or the profile must say plain_http = "{PLAIN_HTTP_CONSENT}"'
        )
    address = host.rstrip("/")
    folder = f"/{API_FOLDER}"
    return address[: -len(folder)].rstrip("/") if address.casefold().endswith(folder) else address


def is_loopback(name: str) -> bool:
    """Return True if a host name means this machine: ``localhost``, 127.0.0.0/8 or ::1."""
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
