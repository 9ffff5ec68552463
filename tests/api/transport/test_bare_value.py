"""Responses that are a value alone, as ``OAuth/*`` may send them; the documents print no response."""

from collections.abc import Awaitable, Callable

import pytest
from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.errors import PlatformError
from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.api.transport.port import RawResponse, Request

pytestmark = pytest.mark.anyio
Answer = Callable[[bytes], ApiClient]


class AnsweringPort:
    """A port that answers every request with the same body."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def send(self, request: Request) -> RawResponse:
        return RawResponse(200, {}, self._body)

    async def aclose(self) -> None:
        """Do nothing: no connection is held."""


def answering(body: bytes) -> ApiClient:
    return ApiClient(Endpoint("http://x.localhost", "m-1", OAuth1("key", "secret")), port=AnsweringPort(body))


async def ask_signature(api: ApiClient) -> str:
    secret = SecretStr("secret")
    return await api.oauth.signature(
        public_key="key", secret_key=secret, seconds=1, nonce="n", method="GET", url="http://x.localhost/y"
    )


async def ask_token(api: ApiClient) -> str:
    return (await api.oauth.auth_token(public_key="key")).get_secret_value()


FORMS = [
    b'"%s"',
    b"%s",
    b"  %s\r\n",
    b"\xef\xbb\xbf%s",
    b'<string xmlns="http://schemas.microsoft.com/2003/10/Serialization/">%s</string>',
    b'<?xml version="1.0" encoding="utf-8"?>\n<string>%s</string>',
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("ask", "value"),
    [
        (lambda api: api.oauth.nonce(), "jREyWynNuaKAy3IA7s6l"),
        (ask_signature, "tR3+Ty81lMeYAr/Fid0kMTYa/WM="),
        (ask_token, "eyJhbGciOiJIUzI1NiJ9.eyJrIjoxfQ.c2ln-_4"),
    ],
)
async def test_value_alone_is_read(
    form: bytes, ask: Callable[[ApiClient], Awaitable[str]], value: str
) -> None:
    assert await ask(answering(form % value.encode())) == value


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("written", [b"1548658024", b"1548658024123"])
async def test_time_alone_is_read_in_seconds_and_milliseconds(form: bytes, written: bytes) -> None:
    assert (await answering(form % written).oauth.timestamp()).seconds == 1_548_658_024


@pytest.mark.parametrize("body", [b'{"TimeStamp": "1548658024"}', b'{"timeStamp": 1548658024}'])
async def test_value_without_a_message_code_is_read(body: bytes) -> None:
    assert (await answering(body).oauth.timestamp()).seconds == 1_548_658_024


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'""',
        b"null",
        b'"Authentication failed"',
        b"<html>please sign in</html>",
        b'{"Message": "failed"}',
        b'["abc"]',
        b"a" * 5_000,
        b"\xff\xfe",
    ],
)
async def test_what_is_no_value_is_not_taken_for_one(body: bytes) -> None:
    with pytest.raises(PlatformError):
        await answering(body).oauth.nonce()


async def test_other_operations_take_no_bare_value() -> None:
    with pytest.raises(PlatformError):
        await answering(b'"abc"').customers.access_token()
