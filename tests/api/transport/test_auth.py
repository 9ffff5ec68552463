"""Signatures, checked by oauthlib's own verifier."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from oauthlib.oauth1 import RequestValidator, SignatureOnlyEndpoint

from console.api.transport.auth import AuthToken, OAuth1, SignaturePath, SignaturePlacement, SigningContext
from console.api.transport.port import Request
from console.operations import OPERATIONS_BY_NAME

NOW = datetime(2018, 7, 31, 9, 38, 49, tzinfo=UTC)
STAMP = SigningContext("6c57599f", NOW.timestamp(), "0123456789abcdef0123456789abcdef")
SECRET = "NDH1BYBFRYHSPDJXFV3RGISB"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Judge(RequestValidator):
    """A verifier of one application. Its nonces may have any length."""

    @property
    def enforce_ssl(self) -> bool:
        return False

    @property
    def dummy_client(self) -> str:
        return "nobody"

    @property
    def nonce_length(self) -> tuple[int, int]:
        return (20, 40)

    @property
    def client_key_length(self) -> tuple[int, int]:
        return (4, 40)

    def validate_client_key(self, client_key: str, request: object) -> bool:
        return client_key == "QFTBNOUC"

    def get_client_secret(self, client_key: str, request: object) -> str:
        return SECRET

    def validate_timestamp_and_nonce(self, *args: object, **kwargs: object) -> bool:
        return True


def accepts(method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> bool:
    endpoint = SignatureOnlyEndpoint(Judge())
    with time_machine.travel(NOW, tick=False):
        return bool(endpoint.validate_request(url, method, body.decode() or None, dict(headers))[0])


def request(url: str, *, method: str = "GET", body: bytes = b"") -> Request:
    return Request(OPERATIONS_BY_NAME["oauth.timestamp"], method, url, FORM if method == "POST" else {}, body)


URL = "https://store.example/developerapi/Product/SKU/6c57599f/a%2Fb%20c"


def test_a_signed_header_is_accepted() -> None:
    signed = OAuth1("QFTBNOUC", SECRET).sign(request(URL), STAMP)

    assert accepts("GET", signed.url, signed.headers)


def test_a_signed_query_keeps_the_existing_parameters() -> None:
    url = f"{URL}?promotionDetails=true"
    signed = OAuth1("QFTBNOUC", SECRET, placement=SignaturePlacement.QUERY).sign(request(url), STAMP)

    assert "Authorization" not in signed.headers
    assert accepts("GET", signed.url, signed.headers)


def test_headers_of_their_own_hold_what_one_header_would() -> None:
    signed = OAuth1("QFTBNOUC", SECRET, placement=SignaturePlacement.HEADERS).sign(request(URL), STAMP)
    pairs = {name: value for name, value in signed.headers.items() if name.startswith("oauth_")}
    one = ", ".join(f'{name}="{quote(value, safe="")}"' for name, value in pairs.items())

    assert signed.headers["merchantId"] == "6c57599f"
    assert accepts("GET", signed.url, {"Authorization": f"OAuth {one}"})


def test_a_changed_signed_body_is_refused() -> None:
    asked = request(URL, method="POST", body=b"InputData=%7B%22a%22%3A%22b%20c%22%7D&InputFormat=x")
    signed = OAuth1("QFTBNOUC", SECRET, sign_body=True).sign(asked, STAMP)

    assert accepts("POST", signed.url, signed.headers, signed.body)
    assert not accepts("POST", signed.url, signed.headers, signed.body + b"&more=1")


def test_the_documented_signer_leaves_the_body_out() -> None:
    signed = OAuth1("QFTBNOUC", SECRET).sign(request(URL, method="POST", body=b"a=1"), STAMP)
    without_type = {"Authorization": signed.headers["Authorization"]}

    assert accepts("POST", signed.url, without_type)


def test_the_documented_signed_path_omits_developerapi() -> None:
    auth = OAuth1("QFTBNOUC", SECRET, signed_path=SignaturePath.WITHOUT_DEVELOPERAPI)
    signed = auth.sign(request(URL), STAMP)

    assert signed.url == URL
    assert accepts("GET", URL.replace("/developerapi", ""), signed.headers)
    assert not accepts("GET", URL, signed.headers)


def test_key_and_version_travel_beside_the_signature() -> None:
    headers = OAuth1("QFTBNOUC", SECRET).sign(request(URL), STAMP).headers

    assert headers["PublicKey"] == "QFTBNOUC"
    assert headers["APIVersion"] == "3"


def test_a_token_made_beforehand_travels_as_documented() -> None:
    signed = AuthToken("QFTBNOUC", "made-beforehand").sign(request(URL), STAMP)

    assert signed.headers == {
        "PublicKey": "QFTBNOUC",
        "AuthToken": "made-beforehand",
        "MerchantId": "6c57599f",
    }


# What was in the request already


POSTED = Request(
    OPERATIONS_BY_NAME["carts.add_items"],
    "POST",
    URL,
    {**FORM, "UserToken": "of-the-customer"},
    b"a=1",
    secrets=("of-the-customer",),
    has_customer_token=True,
)
PLACEMENTS = [OAuth1("QFTBNOUC", SECRET, placement=placement) for placement in SignaturePlacement]
EVERY_AUTH = [*PLACEMENTS, AuthToken("QFTBNOUC", "made-beforehand")]


@pytest.mark.parametrize("auth", EVERY_AUTH)
def test_signing_keeps_all_of_a_request(auth: OAuth1 | AuthToken) -> None:
    signed = auth.sign(POSTED, STAMP)

    assert POSTED.headers.items() <= signed.headers.items()
    assert signed.url.startswith(URL)
    assert (signed.operation, signed.method, signed.body) == (POSTED.operation, "POST", b"a=1")
    assert (signed.secrets, signed.has_customer_token) == (("of-the-customer",), True)


@pytest.mark.parametrize("auth", PLACEMENTS)
def test_a_request_with_headers_carries_key_and_version(auth: OAuth1) -> None:
    headers = auth.sign(POSTED, STAMP).headers

    assert (headers["PublicKey"], headers["APIVersion"]) == ("QFTBNOUC", "3")


@pytest.mark.parametrize("auth", PLACEMENTS)
@pytest.mark.parametrize("name", ["apiversion", "APIversion", "APIVersion"])
def test_a_version_of_its_own_stays_alone(auth: OAuth1, name: str) -> None:
    asked = Request(POSTED.operation, "POST", URL, {**FORM, name: "4"}, b"a=1")

    headers = auth.sign(asked, STAMP).headers

    assert {n: v for n, v in headers.items() if n.casefold() == "apiversion"} == {name: "4"}


@pytest.mark.parametrize("sign_body", [False, True])
def test_a_signed_post_with_headers_is_accepted(*, sign_body: bool) -> None:
    signed = OAuth1("QFTBNOUC", SECRET, sign_body=sign_body).sign(POSTED, STAMP)
    type_and_proof = {name: signed.headers[name] for name in ("Authorization", "Content-Type")}
    sent = type_and_proof if sign_body else {"Authorization": signed.headers["Authorization"]}

    assert accepts("POST", signed.url, sent, POSTED.body)
    assert not accepts("GET", signed.url, sent, POSTED.body)


def test_a_body_that_is_no_form_is_signed_by_its_hash() -> None:
    """OAuth signs the fields of a form, and of any other body the SHA-1 (body hash 1.0)."""
    asked = Request(POSTED.operation, "POST", URL, {"Content-Type": "application/json"}, b'{"a": 1}')
    signed = OAuth1("QFTBNOUC", SECRET, sign_body=True).sign(asked, STAMP)

    assert 'oauth_body_hash="5K1NqtU6LuwDEzhq2oghHlDWk70%3D"' in signed.headers["Authorization"]
    assert "body_hash" not in OAuth1("QFTBNOUC", SECRET).sign(asked, STAMP).headers["Authorization"]


def test_the_signature_names_time_nonce_and_method() -> None:
    signed = OAuth1("QFTBNOUC", SECRET, placement=SignaturePlacement.HEADERS).sign(POSTED, STAMP)
    oauth = {name: value for name, value in signed.headers.items() if name.startswith("oauth_")}

    assert oauth.pop("oauth_signature")
    assert oauth == {
        "oauth_consumer_key": "QFTBNOUC",
        "oauth_nonce": STAMP.nonce,
        "oauth_timestamp": "1533029929",
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_version": "1.0",
    }


def test_seconds_are_whole_in_a_signature() -> None:
    later = SigningContext(STAMP.merchant_id, STAMP.now + 0.9, STAMP.nonce)

    assert OAuth1("QFTBNOUC", SECRET).sign(POSTED, later) == OAuth1("QFTBNOUC", SECRET).sign(POSTED, STAMP)


@pytest.mark.parametrize("url", [URL, f"{URL}?a=b"])
def test_a_query_without_and_with_parameters_is_extended(url: str) -> None:
    signed = OAuth1("QFTBNOUC", SECRET, placement=SignaturePlacement.QUERY).sign(request(url), STAMP)
    before, _, added = signed.url.partition("oauth_")

    assert before == (f"{URL}?" if url == URL else f"{url}&")
    assert "?" not in added
    assert accepts("GET", signed.url, signed.headers)


def test_what_a_signature_contains_is_escaped_once_in_either_place() -> None:
    """A base-64 signature has signs that header and query must not carry as they are."""
    nonces = (f"0123456789abcdef{number:016}" for number in range(20))
    for nonce in nonces:
        context = SigningContext("6c57599f", NOW.timestamp(), nonce)
        query = OAuth1("QFTBNOUC", SECRET, placement=SignaturePlacement.QUERY).sign(request(URL), context)
        header = OAuth1("QFTBNOUC", SECRET).sign(request(URL), context)
        assert accepts("GET", query.url, query.headers)
        assert not set("+/=") & set(query.url.partition("oauth_signature=")[2])
        assert not set("+/") & set(header.headers["Authorization"].partition('oauth_signature="')[2])


def test_only_the_leading_developerapi_is_left_out_of_the_signed_path() -> None:
    auth = OAuth1("QFTBNOUC", SECRET, signed_path=SignaturePath.WITHOUT_DEVELOPERAPI)
    url = "https://store.example/developerapi/Product/developerapi/1?of=developerapi"
    signed = auth.sign(request(url), STAMP)

    assert signed.url == url
    assert accepts("GET", url.replace("/developerapi", "", 1), signed.headers)


@pytest.mark.parametrize("value", ["", "two words"])
@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda value: OAuth1(value, SECRET), "consumer key"),
        (lambda value: OAuth1("QFTBNOUC", value), "consumer secret"),
        (lambda value: AuthToken(value, "made-beforehand"), "public key"),
        (lambda value: AuthToken("QFTBNOUC", value), "token"),
    ],
)
def test_each_value_that_cannot_travel_is_refused_by_name(
    make: Callable[[str], object], name: str, value: str
) -> None:
    with pytest.raises(ValueError, match=f"^The {name} must be printable ASCII without spaces.$"):
        make(value)


def test_first_and_last_printable_signs_may_travel() -> None:
    assert OAuth1("!~", "~!").consumer_key == "!~"


@given(
    key=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=4, max_size=12),
    segment=st.text(min_size=1, max_size=20),
    method=st.sampled_from(["GET", "POST"]),
)
def test_whatever_is_in_the_path_is_signed_as_it_is_sent(key: str, segment: str, method: str) -> None:
    url = f"https://store.example/developerapi/{quote(segment, safe='', errors='replace')}"
    signed = OAuth1("QFTBNOUC", SECRET).sign(request(url, method=method), STAMP)
    other = OAuth1("QFTBNOUC", f"{SECRET}{key}").sign(request(url, method=method), STAMP)

    assert accepts(method, signed.url, {"Authorization": signed.headers["Authorization"]})
    assert not accepts(method, other.url, {"Authorization": other.headers["Authorization"]})


@pytest.mark.parametrize("value", ["", "two words", "line\nbreak", "clé"])
def test_an_invalid_header_value_is_refused_and_not_quoted(value: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII") as caught:
        OAuth1("QFTBNOUC", value)

    assert not value or value not in str(caught.value)


def test_secrets_stay_out_of_the_repr() -> None:
    assert SECRET not in repr(OAuth1("QFTBNOUC", SECRET))
    assert "made-beforehand" not in repr(AuthToken("QFTBNOUC", "made-beforehand"))
    assert "oauth_signature" not in repr(OAuth1("QFTBNOUC", SECRET).sign(request(URL), STAMP))
