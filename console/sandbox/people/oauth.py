"""Helpers for signing: the sandbox's time, nonces, signatures, and its token.

All but the token are served without a signature.
"""

import hmac
from urllib.parse import urlsplit

from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, RefusalError, Reply, ok
from console.sandbox.signatures import signable

METHODS = frozenset({"GET", "POST", "PATCH"})


def timestamp(call: Call) -> Reply:
    """Generate TimeStamp: Unix seconds by the sandbox's clock."""
    return ok(TimeStamp=str(int(call.now)))


def nonce(call: Call) -> Reply:
    """Generate Nonce: one that was never issued before."""
    return ok(Nonce=call.store.new_token())


def auth_token(call: Call) -> Reply:
    """Generate Auth Token: the value of the ``AuthToken`` header for this public key's application."""
    merchant = call.store.merchant
    if call.path_argument("PublicKey") != merchant.consumer_key:
        raise RefusalError(Code.NOT_AUTHENTICATED)
    return ok(AuthToken=merchant.auth_token)


def signature(call: Call) -> Reply:
    """Generate OAuth Signature of a method and a URL, with the parameters of the path."""
    merchant = call.store.merchant
    secret = call.path_argument("secret_key")
    if call.path_argument("public_key") != merchant.consumer_key or not hmac.compare_digest(
        secret.encode(), merchant.consumer_secret.encode()
    ):
        raise RefusalError(Code.NOT_AUTHENTICATED)
    method, url = call.path_argument("http_method").upper(), call.query.text("url")
    if method not in METHODS:
        raise RefusalError(Code.INVALID_INPUT, "The method is not GET, POST or PATCH")
    oauth = [
        ("oauth_consumer_key", merchant.consumer_key),
        ("oauth_nonce", call.path_argument("nonce")),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", str(call.path_number("timeStamp"))),
        ("oauth_version", "1.0"),
    ]
    try:
        if not urlsplit(url).hostname:
            raise ValueError("a URL has a host")
        computed = signable(method, url, oauth=oauth, secret=secret).signature()
    except ValueError as error:
        raise RefusalError(Code.INVALID_INPUT, "url is not one that can be signed") from error
    return ok(Signature=computed)


HANDLERS: dict[str, Handler] = {
    "oauth.timestamp": timestamp,
    "oauth.nonce": nonce,
    "oauth.auth_token": auth_token,
    "oauth.signature": signature,
}
