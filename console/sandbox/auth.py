"""Checks who calls: OAuth 1.0a signatures, over oauthlib's base string, or the AuthToken headers.

Used by the application before any operation but those that help to sign.
"""

import hmac
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from oauthlib.oauth1.rfc5849 import signature

from console.sandbox.answers import Code, RefusalError
from console.sandbox.store import Store

Pairs = list[tuple[str, str]]

# The stubs know pairs only as a mapping, which cannot hold a name twice, and methods only by name.
_normalize = cast("Callable[[Pairs], str]", signature.normalize_parameters)
_base_string = cast("Callable[[str, str, str], str]", signature.signature_base_string)

MAX_SKEW_SECONDS = 300
PREFIX = "/developerapi"


class Place(StrEnum):
    """Where the OAuth parameters travel."""

    HEADER = "header"
    """The ``Authorization`` header."""
    HEADERS = "headers"
    """A header of its own for each."""
    QUERY = "query"
    """The query string."""
    ANY = "any"


class SignedPath(StrEnum):
    """Which path is signed; the documented example leaves ``/developerapi`` out."""

    FULL = "full"
    WITHOUT_DEVELOPERAPI = "without-developerapi"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class AuthRules:
    """How strict the sandbox is about signatures. ``sign_body``: a form body is signed too."""

    place: Place = Place.ANY
    sign_body: bool = False
    signed_path: SignedPath = SignedPath.FULL


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a signature is about: ``url`` as the caller saw it, headers by lower-case name."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


def authenticate(incoming: Incoming, store: Store, rules: AuthRules) -> None:
    """Let a caller in who proves to be the merchant's application.

    Raises:
        RefusalError: 1003, whatever is wrong; the text says what.
    """
    merchant = store.merchant
    if "authtoken" in incoming.headers:
        _check_auth_token(incoming, store)
        return
    public_key = incoming.headers.get("publickey")
    if public_key is not None and public_key != merchant.consumer_key:
        raise _refusal("unknown public key")
    given = _oauth_parameters(incoming, rules.place)
    if given.get("oauth_consumer_key") != merchant.consumer_key:
        raise _refusal("unknown consumer key")
    if given.get("oauth_signature_method") != "HMAC-SHA1" or given.get("oauth_version", "1.0") != "1.0":
        raise _refusal("the signature method is not HMAC-SHA1 1.0")
    try:
        expected = _signatures(incoming, given, rules, merchant.consumer_secret)
    except ValueError as error:
        raise _refusal("the URL is not one that can be signed") from error
    signed = given["oauth_signature"].encode()
    if not any(hmac.compare_digest(signed, right.encode()) for right in expected):
        raise _refusal("the signature does not match")
    _check_fresh(given, store)


def _check_auth_token(incoming: Incoming, store: Store) -> None:
    headers, merchant = incoming.headers, store.merchant
    if not (
        headers.get("publickey") == merchant.consumer_key
        and hmac.compare_digest(headers["authtoken"].encode(), merchant.auth_token.encode())
        and headers.get("merchantid", "").casefold() == merchant.merchant_id
    ):
        raise _refusal("PublicKey, AuthToken or MerchantId is wrong")


def _oauth_parameters(incoming: Incoming, place: Place) -> dict[str, str]:
    """The OAuth parameters from where they travel; the first place that has a signature counts."""
    found = {
        Place.HEADER: _from_authorization(incoming.headers.get("authorization", "")),
        Place.HEADERS: {k: v for k, v in incoming.headers.items() if k.startswith("oauth_")},
        Place.QUERY: {k: v for k, v in _query(incoming.url) if k.startswith("oauth_")},
    }
    for here, parameters in found.items():
        if "oauth_signature" in parameters and place in (here, Place.ANY):
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


def _signatures(incoming: Incoming, given: Mapping[str, str], rules: AuthRules, secret: str) -> list[str]:
    """The signatures that would be right, one for each path that may be signed."""
    pairs = [(k, v) for k, v in given.items() if k.startswith("oauth_") and k != "oauth_signature"]
    if rules.sign_body and incoming.headers.get("content-type", "").startswith(
        "application/x-www-form-urlencoded"
    ):
        pairs += parse_qsl(incoming.body.decode("utf-8", "replace"), keep_blank_values=True)
    urls = _signed_urls(incoming.url, rules.signed_path)
    return [signed(incoming.method, url, pairs, secret=secret) for url in urls]


def signed(method: str, url: str, pairs: Pairs, *, secret: str) -> str:
    """The signature of a method, a URL with its query, and parameters that travel elsewhere.

    Raises:
        ValueError: the URL is not one that can be signed.
    """
    queried = [(name, value) for name, value in _query(url) if not name.startswith("oauth_")]
    uri = signature.base_string_uri(urlsplit(url)._replace(query="").geturl())
    base = _base_string(method, uri, _normalize([*queried, *pairs]))
    key = f"{quote(secret, safe='~')}&".encode()
    return b64encode(hmac.digest(key, base.encode(), "sha1")).decode()


def _signed_urls(url: str, signed: SignedPath) -> list[str]:
    parts = urlsplit(url)
    without = parts.path[len(PREFIX) :] if parts.path.casefold().startswith(PREFIX) else parts.path
    paths = {
        SignedPath.FULL: [parts.path],
        SignedPath.WITHOUT_DEVELOPERAPI: [without],
        SignedPath.ANY: [parts.path, without],
    }[signed]
    return [parts._replace(path=path).geturl() for path in paths]


def _query(url: str) -> Pairs:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def _check_fresh(given: Mapping[str, str], store: Store) -> None:
    """The timestamp is of now and the nonce was never seen; nonces too old to matter are forgotten."""
    stamp, nonce, now = given.get("oauth_timestamp", ""), given.get("oauth_nonce", ""), store.clock()
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise _refusal("the timestamp is not in seconds")
    if abs(int(stamp) - now) > MAX_SKEW_SECONDS:
        raise _refusal("the timestamp is too far from the sandbox's clock")
    if not 1 <= len(nonce) <= 100:
        raise _refusal("there is no nonce")
    with store.transaction():
        store.run("DELETE FROM nonce WHERE seen_at < ?", now - 2 * MAX_SKEW_SECONDS)
        if not store.run("INSERT OR IGNORE INTO nonce VALUES (?, ?)", f"{stamp}:{nonce}", now):
            raise _refusal("the nonce was used before")


def _refusal(why: str) -> RefusalError:
    return RefusalError(Code.NOT_AUTHENTICATED, f"{Code.NOT_AUTHENTICATED.text}: {why}")
