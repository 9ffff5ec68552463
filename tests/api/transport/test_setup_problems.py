"""Nothing can leave as things are set up: a sentence that names what to correct, and no request."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from console.api.client import ApiClient
from console.api.errors import (
    PlatformError,
    SetupProblem,
    UnreadableResponse,
    UntimelyCertificate,
    UntrustedCertificate,
    UnusableAddress,
    UnusableNetworkSettings,
)
from console.api.transport.auth import AuthToken
from console.api.transport.endpoint import Endpoint
from console.api.transport.host_name import host_name_problem
from console.operations import OPERATIONS_BY_NAME
from console.sandbox.app import create_app
from tests.seeded_store import open_seeded_store

pytestmark = pytest.mark.anyio

AUTH = AuthToken("key", "made-beforehand")
PASSWORD = "hunter2"
ORDER = OPERATIONS_BY_NAME["orders.information"]
UNUSABLE = [
    ("NO_PROXY", "localhost,127.0.0.1,[::1]"),
    ("NO_PROXY", "store:lan"),
    ("no_proxy", "é"),
    ("HTTPS_PROXY", "http://[::1"),
    ("HTTPS_PROXY", f"http://clerk:{PASSWORD}@proxy:eighty"),
    ("https_proxy", "ftp://proxy:21"),
    ("HTTP_PROXY", "socks5://proxy:1080"),
    ("ALL_PROXY", "://"),
    ("SSL_CERT_FILE", "/nowhere/certificates.pem"),
    ("SSL_CERT_FILE", str(Path(__file__))),
    ("SSL_CERT_FILE", "/"),
    ("SSLKEYLOGFILE", "/nowhere/keys"),
]


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)


async def failure(base_url: str = "https://store.example") -> PlatformError:
    """The error of one read at this address."""
    api = ApiClient(Endpoint(base_url, "6c57599f", AUTH))
    with pytest.raises(PlatformError) as caught:
        await api.oauth.timestamp()
    await api.aclose()
    return caught.value


@pytest.mark.parametrize(("name", "value"), UNUSABLE)
async def test_unusable_network_setting_is_named_and_not_quoted(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    error = await failure()
    assert isinstance(error, UnusableNetworkSettings)
    assert name in error.message
    assert "Correct" in error.message
    assert PASSWORD not in f"{error.message} {error.diagnostics}"
    assert not error.sent


@pytest.mark.parametrize(("name", "value"), UNUSABLE)
async def test_sandbox_in_the_program_needs_no_network_settings(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    store = open_seeded_store()
    api = ApiClient(Endpoint("http://sandbox.localhost", "6c57599f", AUTH, app=create_app(store)))
    assert (await api.oauth.timestamp()).seconds
    await api.aclose()


async def test_settings_corrected_meanwhile_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "authority.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    authority = trustme.CA()
    async with tls_server(authority.issue_cert("127.0.0.1")) as url:
        api = ApiClient(Endpoint(url, "6c57599f", AUTH))
        with pytest.raises(UnusableNetworkSettings):
            await api.oauth.timestamp()
        authority.cert_pem.write_to_path(str(file))
        with pytest.raises(UnreadableResponse):  # the server answers, with nothing of ours
            await api.oauth.timestamp(single_attempt=True)
        await api.aclose()


@pytest.mark.parametrize(
    "host",
    [
        "256.1.1.1",
        "1.2.3.4.5",
        "0x7f.1",
        "store..example",
        ".example",
        "-a.example",
        "a" * 64 + ".example",
        "a" + ".b" * 130,
        "store%20x.example",
        "{x}.example",
        "store.example|",
        "xn--.example",
        "xn--a.example",
        "bücher.example",
        "٣.example",
    ],
)
def test_host_that_cannot_be_looked_up_is_refused_in_a_profile(host: str) -> None:
    assert host_name_problem(host)
    with pytest.raises(ValueError, match=r"The host"):
        Endpoint(f"https://{host}", "6c57599f", AUTH)


@pytest.mark.parametrize(
    "host",
    [
        "store.example",
        "store.example.",
        "pos-2",
        "s_1.lan",
        "10.0.0.5",
        "::1",
        "fe80::1%eth0",
        "xn--bcher-kva.de",
    ],
)
def test_host_that_can_be_looked_up_is_taken(host: str) -> None:
    assert host_name_problem(host) == ""


def test_international_name_is_told_in_the_letters_to_type() -> None:
    assert host_name_problem("bücher.example").endswith("write it as xn--bcher-kva.example")


@pytest.mark.parametrize(
    "url", ["https://[::1]x", "https://[v1.x]", "https://[::1", "https://[]", "https://a:b"]
)
def test_brackets_that_hold_no_address_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"The host"):
        Endpoint(url, "6c57599f", AUTH)


async def test_url_too_long_to_be_called_is_a_sentence() -> None:
    api = ApiClient(Endpoint("https://store.example", "6c57599f", AUTH))
    with pytest.raises(UnusableAddress) as caught:
        await api.transport.call(ORDER, path={"orderID": "x" * 70_000})
    await api.aclose()
    assert not caught.value.sent


@asynccontextmanager
async def tls_server(certificate: trustme.LeafCert | None) -> AsyncIterator[str]:
    """A server on this machine that answers every request with an empty page, without TLS for None."""

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
    server = await asyncio.start_server(respond, "127.0.0.1", 0, ssl=context)
    try:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()


async def test_untrusted_certificate_is_named_with_what_to_do() -> None:
    async with tls_server(trustme.CA().issue_cert("127.0.0.1")) as url:
        error = await failure(url)
    assert isinstance(error, UntrustedCertificate)
    assert "certificate is not trusted: it is signed by an authority unknown here" in error.message
    assert "SSL_CERT_FILE" in error.message
    assert not error.sent


async def test_certificate_of_another_host_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authority = trust(monkeypatch, tmp_path)
    async with tls_server(authority.issue_cert("192.0.2.1")) as url:
        error = await failure(url)
    assert "it is for another address" in error.message


async def test_certificate_that_has_ended_asks_for_the_clock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority = trust(monkeypatch, tmp_path)
    ended = datetime(2020, 1, 1, tzinfo=UTC)
    async with tls_server(authority.issue_cert("127.0.0.1", not_after=ended)) as url:
        error = await failure(url)
    assert isinstance(error, UntimelyCertificate)
    assert "it is no longer valid. Check this machine's clock" in error.message


async def test_port_without_tls_is_named() -> None:
    async with tls_server(None) as url:
        error = await failure(url)
    assert error.message.startswith("The platform's address does not speak https.")


async def test_setup_problem_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "[::1]")
    monkeypatch.setattr("console.api.transport.transport.ATTEMPTS", 1_000_000)
    assert isinstance(await failure(), SetupProblem)


def trust(monkeypatch: pytest.MonkeyPatch, folder: Path) -> trustme.CA:
    """An authority that this machine trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))
    return authority
