"""Endpoints: which URLs are allowed."""

import pytest

from console.api.transport.auth import AuthToken
from console.api.transport.endpoint import Endpoint

AUTH = AuthToken("QFTBNOUC", "made-beforehand")


@pytest.mark.parametrize(
    "url",
    [
        "https://store.example",
        "https://store.example/",
        "https://store.example/developerapi",
        "https://store.example/developerapi/",
    ],
)
def test_the_host_is_taken_with_or_without_the_common_path(url: str) -> None:
    assert Endpoint(url, "6c57599f", AUTH).root == "https://store.example/developerapi/"


@pytest.mark.parametrize(
    "url", ["http://localhost:8080", "http://127.0.0.1:9", "http://[::1]:9", "http://store.localhost"]
)
def test_plain_http_is_allowed_to_this_machine(url: str) -> None:
    assert Endpoint(url, "6c57599f", AUTH).base_url == url


@pytest.mark.parametrize("url", ["http://store.example", "http://127.0.0.1.example", "http://10.0.0.7"])
def test_plain_http_to_anywhere_else_wants_permission(url: str) -> None:
    with pytest.raises(ValueError, match="Plain http"):
        Endpoint(url, "6c57599f", AUTH)

    assert Endpoint(url, "6c57599f", AUTH, allow_plain_http=True).base_url == url


@pytest.mark.parametrize(
    "url",
    [
        "", "store.example", "ftp://store.example", "https://", "https://user:pass@store.example",
        "https://store.example?x=1", "https://store.example#x", "https://store.example:99999",
        "https://store.example/ö", "https://store .example", "https://[::1", "https://store.example\n",
    ],
)  # fmt: skip
def test_what_is_no_plain_url_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(ValueError, match="host must be"):
        Endpoint(url, "6c57599f", AUTH)


def test_a_merchant_id_that_cannot_travel_is_refused() -> None:
    with pytest.raises(ValueError, match="merchant id"):
        Endpoint("https://store.example", "a b", AUTH)


def test_the_repr_holds_no_secret() -> None:
    assert "made-beforehand" not in repr(Endpoint("https://store.example", "6c57599f", AUTH))
