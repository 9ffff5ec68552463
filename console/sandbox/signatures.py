"""Signatures by RFC 5849: the accepted ones of a request, and the part in which a wrong one differs."""

import hmac
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import cast
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from oauthlib.oauth1.rfc5849 import signature

Pairs = tuple[tuple[str, str], ...]

# The stubs type pairs as a mapping only, which cannot repeat a name, and methods by name only.
_normalize = cast("Callable[[list[tuple[str, str]]], str]", signature.normalize_parameters)
_base_string = cast("Callable[[str, str, str], str]", signature.signature_base_string)

PREFIX = "/developerapi"
MAX_FORM_FIELDS = 100
MAX_EXPLAINED_FORM = 20_000
"""Letters of a form that are looked at to explain a wrong signature."""
OTHER_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class SignableRequest:
    """The parts that a signature covers: ``oauth`` without the signature, ``key`` with its ``&``."""

    method: str
    url: str
    query: Pairs
    oauth: Pairs
    form: Pairs = field(repr=False)
    key: str = field(repr=False)
    digest: str = "sha1"

    @property
    def path(self) -> str:
        """The path of the URL, still escaped."""
        return urlsplit(self.url).path

    def with_path(self, path: str) -> "SignableRequest":
        """Return the same request at another path."""
        return replace(self, url=urlsplit(self.url)._replace(path=path).geturl())

    def signature(self) -> str:
        """Return the signature in base64.

        Raises:
            ValueError: the URL is not one that can be signed.
        """
        parameters = _normalize([*self.query, *self.oauth, *self.form])
        base = _base_string(self.method, signature.base_string_uri(self.url), parameters)
        return b64encode(hmac.digest(self.key.encode(), base.encode(), self.digest)).decode()


def signable(method: str, url: str, *, oauth: Iterable[tuple[str, str]], secret: str) -> SignableRequest:
    """Build the signed parts of a request without a form; a parameter of OAuth in the query is left out."""
    parts = urlsplit(url)
    query = tuple(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _is_oauth(pair))
    without_query = parts._replace(query="").geturl()
    return SignableRequest(method, without_query, query, tuple(oauth), (), signing_key(secret))


def signing_key(secret: str) -> str:
    """Return the key of a signature without a token: the escaped secret and ``&``."""
    return f"{quote(secret, safe='~')}&"


def parse_form(body: bytes) -> Pairs:
    """Parse the signed fields of a form.

    Raises:
        ValueError: it has too many.
    """
    text = body.decode("utf-8", "replace")
    return tuple(parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FORM_FIELDS))


def short_path(path: str) -> str:
    """Return a path without ``/developerapi``, as in the documents' example."""
    return path[len(PREFIX) :] if path.casefold().startswith(f"{PREFIX}/") else path


def empty_parameter_variants(oauth: Pairs) -> list[Pairs]:
    """Return the ways to sign parameters of OAuth that are empty: as sent, left out, or an unsent token."""
    without = tuple(pair for pair in oauth if pair[1])
    return list(dict.fromkeys((oauth, without, (*without, ("oauth_token", "")))))


def is_signed_by(received: str, candidates: Iterable[SignableRequest]) -> bool:
    """Return True if a signature, escaped or not, is that of one of the candidates."""
    texts = [text.encode() for text in dict.fromkeys((received, unquote(received)))]
    expected = (candidate.signature().encode() for candidate in candidates)
    return any(hmac.compare_digest(text, right) for right in expected for text in texts)


def explain_mismatch(received: str, request: SignableRequest, accepted: list[SignableRequest]) -> str:
    """Return which part of a request was signed in another way, as far as that can be found out.

    ``accepted`` are the ways to sign it that were expected. No value of a parameter, of the path or of the
    secret is in the text.
    """
    size = sum(len(name) + len(value) for name, value in request.form)
    form = request.form if size <= MAX_EXPLAINED_FORM else ()
    usual = [
        replace(request, form=signed, oauth=oauth).with_path(path)
        for signed, oauth, path in product(
            dict.fromkeys((form, ())),
            empty_parameter_variants(request.oauth),
            dict.fromkeys((request.path, short_path(request.path))),
        )
    ]
    for candidate in usual:
        if is_signed_by(received, (candidate,)):
            return _explain_rule(candidate, accepted)
    for explanation, change in _changes(request):
        if any(is_signed_by(received, change(candidate)) for candidate in usual):
            return explanation
    return (
        "secret: not the one of this key, or a parameter was signed with another value than was sent; "
        f"signed parts: {request.method}, {urlsplit(request.url).netloc}, "
        f"{', '.join(sorted({name for name, _ in (*request.query, *request.oauth)}))}"
    )


def _explain_rule(signed: SignableRequest, accepted: list[SignableRequest]) -> str:
    """Return which rule of this sandbox refuses a signature that is right in itself."""
    if signed.path not in {way.path for way in accepted}:
        is_full = signed.path.casefold().startswith(f"{PREFIX}/")
        return f"URL: signed {'with' if is_full else 'without'} {PREFIX}, which this sandbox does not accept"
    if signed.form:
        return "parameters: the form was signed, and must not be"
    return "parameters: the form must be signed, and was not"


Change = Callable[[SignableRequest], Iterable[SignableRequest]]


def _changes(request: SignableRequest) -> Iterator[tuple[str, Change]]:
    """Yield the known mistakes of clients, each with its explanation."""
    for method in OTHER_METHODS:
        if method != request.method:
            yield f"method: signed as {method}, sent as {request.method}", _with_method(method)
    yield "URL: signed with another scheme, http or https", _with_other_scheme
    yield "URL: signed with another host or port", _with_other_hosts
    yield "URL: the path was signed in another spelling", _with_other_paths
    yield "parameters: the query was not signed", lambda r: [replace(r, query=())]
    yield "parameters: signed escaped twice", _with_escaped_values
    yield "parameters: oauth_version was not signed", _without("oauth_version")
    yield "parameters: oauth_signature_method was not signed", _without("oauth_signature_method")
    yield "time stamp: signed in another unit than was sent", _with_other_unit
    yield "time stamp: was not signed", _without("oauth_timestamp")
    yield "nonce: was not signed", _without("oauth_nonce")
    yield "key: was not signed", _without("oauth_consumer_key")
    yield "secret: used without the & behind it", _with_keys(lambda secret: (secret, unquote(secret)))
    yield "secret: used unescaped", _with_keys(lambda secret: (f"{unquote(secret)}&",))
    yield "secret: used in another case", _with_keys(lambda s: (f"{s.lower()}&", f"{s.upper()}&"))
    yield "secret: empty", _with_keys(lambda _: ("", "&"))
    yield "secret: the consumer key was used in its place", _with_consumer_key
    yield "signature method: HMAC-SHA256, sent as HMAC-SHA1", lambda r: [replace(r, digest="sha256")]


def _with_method(method: str) -> Change:
    return lambda request: [replace(request, method=method)]


def _without(name: str) -> Change:
    def change(request: SignableRequest) -> Iterator[SignableRequest]:
        yield replace(request, oauth=tuple(pair for pair in request.oauth if pair[0] != name))

    return change


def _with_keys(keys: Callable[[str], tuple[str, ...]]) -> Change:
    return lambda request: [replace(request, key=key) for key in keys(request.key.removesuffix("&"))]


def _with_consumer_key(request: SignableRequest) -> Iterator[SignableRequest]:
    yield replace(request, key=signing_key(dict(request.oauth).get("oauth_consumer_key", "")))


def _with_other_scheme(request: SignableRequest) -> Iterator[SignableRequest]:
    parts = urlsplit(request.url)
    yield replace(request, url=parts._replace(scheme="https" if parts.scheme == "http" else "http").geturl())


def _with_other_hosts(request: SignableRequest) -> Iterator[SignableRequest]:
    parts = urlsplit(request.url)
    ports = dict.fromkeys(("", f":{parts.port}" if parts.port else ""))
    for host, port in product((parts.hostname or "", "localhost", "127.0.0.1", "www.martjack.com"), ports):
        yield replace(request, url=parts._replace(netloc=f"{host}{port}").geturl())


def _with_other_paths(request: SignableRequest) -> Iterator[SignableRequest]:
    path = request.path
    for other in dict.fromkeys((unquote(path), path.casefold(), f"{path}/", path.rstrip("/"), f"/{path}")):
        if other != path:
            yield request.with_path(other)
    short = short_path(path)
    yield request.with_path(f"{PREFIX}{short}")


def _with_escaped_values(request: SignableRequest) -> Iterator[SignableRequest]:
    def escaped(pairs: Pairs) -> Pairs:
        return tuple((name, quote(value, safe="~")) for name, value in pairs)

    yield replace(request, query=escaped(request.query), form=escaped(request.form))


def _with_other_unit(request: SignableRequest) -> Iterator[SignableRequest]:
    sent = dict(request.oauth).get("oauth_timestamp", "")
    for other in (f"{sent}000", sent[:-3]):
        oauth = tuple((n, other if n == "oauth_timestamp" else value) for n, value in request.oauth)
        yield replace(request, oauth=oauth)


def _is_oauth(pair: tuple[str, str]) -> bool:
    return pair[0].startswith("oauth_")
