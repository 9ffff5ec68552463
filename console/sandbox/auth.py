"""Authentication of requests: OAuth 1.0a signatures over oauthlib's base string, or AuthToken headers."""

import hmac
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from oauthlib.oauth1.rfc5849 import signature

from console.sandbox.responses import Code, RefusalError
from console.sandbox.store import Store

Pairs = list[tuple[str, str]]

# The stubs type pairs as a mapping only, which cannot repeat a name, and methods by name only.
_normalize = cast("Callable[[Pairs], str]", signature.normalize_parameters)
_base_string = cast("Callable[[str, str, str], str]", signature.signature_base_string)

MAX_SKEW_SECONDS = 300
PREFIX = "/developerapi"


class AcceptedOauthPlace(StrEnum):
    """Accepted places of the OAuth parameters."""

    HEADER = "header"
    """The ``Authorization`` header."""
    HEADERS = "headers"
    """A separate header for each."""
    QUERY = "query"
    """The query string."""
    ANY = "any"


class AcceptedSignedPath(StrEnum):
    """Accepted signed path; the documented example leaves ``/developerapi`` out."""

    FULL = "full"
    WITHOUT_DEVELOPERAPI = "without-developerapi"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class AuthRules:
    """Strictness about signatures. With ``sign_body``, a form body must be signed too."""

    oauth_place: AcceptedOauthPlace = AcceptedOauthPlace.ANY
    sign_body: bool = False
    signed_path: AcceptedSignedPath = AcceptedSignedPath.FULL


@dataclass(frozen=True, slots=True)
class IncomingRequest:
    """The signed parts of a request: ``url`` as the caller saw it, headers by lower-case name."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


def authenticate(incoming: IncomingRequest, store: Store, rules: AuthRules) -> None:
    """Require that the caller is the merchant's application.

    Raises:
        RefusalError: 1003, always; the text gives the reason.
    """
    merchant = store.merchant
    if "authtoken" in incoming.headers:
        _check_auth_token(incoming, store)
        return
    public_key = incoming.headers.get("publickey")
    if public_key is not None and public_key != merchant.consumer_key:
        raise _refusal("unknown public key")
    oauth_parameters = _oauth_parameters(incoming, rules.oauth_place)
    if oauth_parameters.get("oauth_consumer_key") != merchant.consumer_key:
        raise _refusal("unknown consumer key")
    if (
        oauth_parameters.get("oauth_signature_method") != "HMAC-SHA1"
        or oauth_parameters.get("oauth_version", "1.0") != "1.0"
    ):
        raise _refusal("the signature method is not HMAC-SHA1 1.0")
    try:
        expected = _expected_signatures(incoming, oauth_parameters, rules, merchant.consumer_secret)
    except ValueError as error:
        raise _refusal("the URL is not one that can be signed") from error
    received = oauth_parameters["oauth_signature"].encode()
    if not any(hmac.compare_digest(received, right.encode()) for right in expected):
        raise _refusal("the signature does not match")
    _check_freshness(oauth_parameters, store)


def _check_auth_token(incoming: IncomingRequest, store: Store) -> None:
    headers, merchant = incoming.headers, store.merchant
    if not (
        headers.get("publickey") == merchant.consumer_key
        and hmac.compare_digest(headers["authtoken"].encode(), merchant.auth_token.encode())
        and headers.get("merchantid", "").casefold() == merchant.merchant_id
    ):
        raise _refusal("PublicKey, AuthToken or MerchantId is wrong")


def _oauth_parameters(incoming: IncomingRequest, accepted_place: AcceptedOauthPlace) -> dict[str, str]:
    """Return the OAuth parameters from the first accepted place that has a signature."""
    by_place = {
        AcceptedOauthPlace.HEADER: _from_authorization(incoming.headers.get("authorization", "")),
        AcceptedOauthPlace.HEADERS: {k: v for k, v in incoming.headers.items() if k.startswith("oauth_")},
        AcceptedOauthPlace.QUERY: {k: v for k, v in _query(incoming.url) if k.startswith("oauth_")},
    }
    for oauth_place, parameters in by_place.items():
        if "oauth_signature" in parameters and accepted_place in (oauth_place, AcceptedOauthPlace.ANY):
            return parameters
    raise _refusal("no signature where one is expected")


def _from_authorization(header: str) -> dict[str, str]:
    scheme, _, rest = header.partition(" ")
    if scheme.casefold() != "oauth":
        return {}
    parameters: dict[str, str] = {}
    for item in rest.split(","):
        name, _, value = item.strip().partition("=")
        if name.casefold() != "realm":
            parameters[unquote(name)] = unquote(value.strip('"'))
    return parameters


def _expected_signatures(
    incoming: IncomingRequest, oauth_parameters: Mapping[str, str], rules: AuthRules, secret: str
) -> list[str]:
    """Return the valid signatures, one for each path that may be signed."""
    pairs = [(k, v) for k, v in oauth_parameters.items() if k.startswith("oauth_") and k != "oauth_signature"]
    if rules.sign_body and incoming.headers.get("content-type", "").startswith(
        "application/x-www-form-urlencoded"
    ):
        pairs += parse_qsl(incoming.body.decode("utf-8", "replace"), keep_blank_values=True)
    urls = _signed_urls(incoming.url, rules.signed_path)
    return [sign(incoming.method, url, pairs, secret=secret) for url in urls]


def sign(method: str, url: str, pairs: Pairs, *, secret: str) -> str:
    """Sign a method, a URL with its query, and parameters that travel elsewhere.

    Raises:
        ValueError: the URL is not one that can be signed.
    """
    query_pairs = [(name, value) for name, value in _query(url) if not name.startswith("oauth_")]
    uri = signature.base_string_uri(urlsplit(url)._replace(query="").geturl())
    base = _base_string(method, uri, _normalize([*query_pairs, *pairs]))
    key = f"{quote(secret, safe='~')}&".encode()
    return b64encode(hmac.digest(key, base.encode(), "sha1")).decode()


def _signed_urls(url: str, signed_path: AcceptedSignedPath) -> list[str]:
    parts = urlsplit(url)
    short_path = parts.path[len(PREFIX) :] if parts.path.casefold().startswith(PREFIX) else parts.path
    paths = {
        AcceptedSignedPath.FULL: [parts.path],
        AcceptedSignedPath.WITHOUT_DEVELOPERAPI: [short_path],
        AcceptedSignedPath.ANY: [parts.path, short_path],
    }[signed_path]
    return [parts._replace(path=path).geturl() for path in paths]


def _query(url: str) -> Pairs:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def _check_freshness(oauth_parameters: Mapping[str, str], store: Store) -> None:
    """Require a current timestamp and an unused nonce; forget nonces that are too old to matter."""
    timestamp, nonce, now = (
        oauth_parameters.get("oauth_timestamp", ""),
        oauth_parameters.get("oauth_nonce", ""),
        store.clock(),
    )
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise _refusal("the timestamp is not in seconds")
    if abs(int(timestamp) - now) > MAX_SKEW_SECONDS:
        raise _refusal("the timestamp is too far from the sandbox's clock")
    if not 1 <= len(nonce) <= 100:
        raise _refusal("there is no nonce")
    with store.transaction():
        store.run("DELETE FROM nonce WHERE seen_at < ?", now - 2 * MAX_SKEW_SECONDS)
        if not store.run("INSERT OR IGNORE INTO nonce VALUES (?, ?)", f"{timestamp}:{nonce}", now):
            raise _refusal("the nonce was used before")


def _refusal(reason: str) -> RefusalError:
    return RefusalError(Code.NOT_AUTHENTICATED, f"{Code.NOT_AUTHENTICATED.text}: {reason}")
