"""Authentication of requests: OAuth 1.0a signatures over oauthlib's base string, or AuthToken headers."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product
from urllib.parse import parse_qsl, unquote, urlsplit

from console.sandbox import signatures
from console.sandbox.responses import Code, RefusalError
from console.sandbox.signatures import Pairs, SignableRequest
from console.sandbox.store import Store

MAX_SKEW_SECONDS = 300
MILLISECONDS = 100_000_000_000
"""A larger timestamp is in milliseconds: as seconds, it is a date 3,000 years from now."""
FORM_TYPE = "application/x-www-form-urlencoded"


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


class AcceptedSignedBody(StrEnum):
    """Whether the fields of a form are signed, as RFC 5849 says; the documented signer leaves them out."""

    YES = "yes"
    NO = "no"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class AuthRules:
    """Strictness about signatures; by default each way is accepted that real clients use."""

    oauth_place: AcceptedOauthPlace = AcceptedOauthPlace.ANY
    sign_body: AcceptedSignedBody = AcceptedSignedBody.ANY
    signed_path: AcceptedSignedPath = AcceptedSignedPath.ANY


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
        RefusalError: 1003, always; the text names the wrong part, and no secret.
    """
    merchant = store.merchant
    if "authtoken" in incoming.headers:
        _check_auth_token(incoming, store)
        return
    public_key = incoming.headers.get("publickey")
    if public_key is not None and public_key != merchant.consumer_key:
        raise _refusal("key: PublicKey is unknown")
    oauth_parameters = _oauth_parameters(incoming, rules.oauth_place)
    if oauth_parameters.get("oauth_consumer_key") != merchant.consumer_key:
        raise _refusal("key: oauth_consumer_key is unknown")
    if (
        oauth_parameters.get("oauth_signature_method") != "HMAC-SHA1"
        or oauth_parameters.get("oauth_version", "1.0") != "1.0"
    ):
        raise _refusal("signature method: not HMAC-SHA1 1.0")
    _check_signature(incoming, oauth_parameters, rules, merchant.consumer_secret)
    _check_freshness(oauth_parameters, store)


def _check_auth_token(incoming: IncomingRequest, store: Store) -> None:
    headers, merchant = incoming.headers, store.merchant
    if not (
        headers.get("publickey") == merchant.consumer_key
        and hmac.compare_digest(headers["authtoken"].encode(), merchant.auth_token.encode())
        and headers.get("merchantid", "").casefold() == merchant.merchant_id
    ):
        raise _refusal("key: PublicKey, AuthToken or MerchantId is wrong")


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
    raise _refusal("signature: none where one is expected")


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


def _check_signature(
    incoming: IncomingRequest, oauth_parameters: Mapping[str, str], rules: AuthRules, secret: str
) -> None:
    """Require one of the accepted signatures."""
    received = oauth_parameters["oauth_signature"]
    try:
        request = _signable_request(incoming, oauth_parameters, secret)
        accepted = _accepted(request, rules)
        if not signatures.is_signed_by(received, accepted):
            raise _refusal(signatures.explain_mismatch(received, request, accepted))
    except ValueError as error:
        raise _refusal("URL: not one that can be signed, or the form has too many fields") from error


def _signable_request(
    incoming: IncomingRequest, oauth_parameters: Mapping[str, str], secret: str
) -> SignableRequest:
    oauth = [(k, v) for k, v in oauth_parameters.items() if k.startswith("oauth_") and k != "oauth_signature"]
    request = signatures.signable(incoming.method, incoming.url, oauth=oauth, secret=secret)
    if not incoming.headers.get("content-type", "").casefold().startswith(FORM_TYPE):
        return request
    return replace(request, form=signatures.parse_form(incoming.body))


def _accepted(request: SignableRequest, rules: AuthRules) -> list[SignableRequest]:
    """Return the ways to sign a request that the rules accept."""
    short = signatures.short_path(request.path)
    paths = {
        AcceptedSignedPath.FULL: (request.path,),
        AcceptedSignedPath.WITHOUT_DEVELOPERAPI: (short,),
        AcceptedSignedPath.ANY: (request.path, short),
    }[rules.signed_path]
    forms: tuple[Pairs, ...] = {
        AcceptedSignedBody.YES: (request.form,),
        AcceptedSignedBody.NO: ((),),
        AcceptedSignedBody.ANY: ((), request.form),
    }[rules.sign_body]
    return [
        replace(request, form=form, oauth=oauth).with_path(path)
        for path, form, oauth in product(
            dict.fromkeys(paths),
            dict.fromkeys(forms),
            signatures.empty_parameter_variants(request.oauth),
        )
    ]


def _query(url: str) -> Pairs:
    return tuple(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _check_freshness(oauth_parameters: Mapping[str, str], store: Store) -> None:
    """Require a current timestamp and an unused nonce; forget nonces that are too old to matter."""
    timestamp, nonce, now = (
        oauth_parameters.get("oauth_timestamp", ""),
        oauth_parameters.get("oauth_nonce", ""),
        store.clock(),
    )
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 15):
        raise _refusal("time stamp: neither in seconds nor in milliseconds")
    seconds = int(timestamp) if int(timestamp) < MILLISECONDS else int(timestamp) / 1000
    if abs(seconds - now) > MAX_SKEW_SECONDS:
        raise _refusal(f"time stamp: {seconds - now:+.0f} s from the sandbox's clock")
    if not 1 <= len(nonce) <= 100:
        raise _refusal("nonce: missing, or longer than 100 characters")
    with store.transaction():
        store.run("DELETE FROM nonce WHERE seen_at < ?", now - 2 * MAX_SKEW_SECONDS)
        if not store.run("INSERT OR IGNORE INTO nonce VALUES (?, ?)", f"{timestamp}:{nonce}", now):
            raise _refusal("nonce: was used before")


def _refusal(reason: str) -> RefusalError:
    return RefusalError(Code.NOT_AUTHENTICATED, f"{Code.NOT_AUTHENTICATED.text}: {reason}")
