"""Who may control the sandbox: a program on this machine, and no page in its browser."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest

from console.sandbox.app import Sandbox, create_app
from console.sandbox.control_requests import MAX_BODY_BYTES
from tests.seeded_store import open_seeded_store

pytestmark = pytest.mark.anyio

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def app() -> Sandbox:
    return create_app(open_seeded_store())


@pytest.fixture
async def client(app: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8600"
    ) as client:
        yield client


async def switch(client: httpx.AsyncClient, body: bytes = b"{}", **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await client.post("/sandbox/switches", content=body, headers=JSON | named)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8600", "localhost:1", "LOCALHOST", "[::1]:8600", "sandbox.localhost"]
)
async def test_this_machine_is_asked_by_its_own_names(client: httpx.AsyncClient, host: str) -> None:
    assert (await switch(client, host=host, origin=f"http://{host}")).json() == {"set": True}


@pytest.mark.parametrize(
    "host", ["store.example", "127.0.0.1.store.example", "localhost.store.example:8600", "[2001:db8::1]", ""]
)
@pytest.mark.parametrize("path", ["switches", "expire", "carts", "otps"])
async def test_name_of_another_machine_is_refused(client: httpx.AsyncClient, host: str, path: str) -> None:
    """A page's own name may lead to this machine."""
    method = "POST" if path in ("switches", "expire") else "GET"
    response = await client.request(method, f"/sandbox/{path}", json={}, headers={"Host": host})
    assert (response.status_code, "Host must name this machine" in response.json()["error"]) == (403, True)


@pytest.mark.parametrize(
    "origin",
    ["https://store.example", "null", "http://127.0.0.1:9", "https://127.0.0.1:8600", "http://localhost"],
)
async def test_page_of_another_origin_is_refused(client: httpx.AsyncClient, origin: str) -> None:
    response = await switch(client, origin=origin)
    assert (response.status_code, response.json()) == (403, {"error": "not for pages of another origin"})


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
    ],
)
@pytest.mark.parametrize("path", ["switches", "expire"])
async def test_content_type_that_a_page_may_send_unasked_is_refused(
    client: httpx.AsyncClient, content_type: str, path: str
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    response = await client.post(f"/sandbox/{path}", content=b"{}", headers=headers)
    assert (response.status_code, "application/json" in response.json()["error"]) == (415, True)


async def test_charset_is_part_of_no_content_type(client: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert (await client.post("/sandbox/expire", headers=headers)).json() == {"expired": 0}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b" " * (MAX_BODY_BYTES + 1), 413),
        (b"[" * 50_000, 400),
        (b'{"faults":' + b"[" * 20 + b"]" * 20 + b"}", 400),
        (b'{"a":' * 20 + b"1" + b"}" * 20, 400),
        (b"[]", 400),
        (b"7", 400),
        (b"{", 400),
        (b"\xff", 400),
        (b'{"price_changes": {"1": NaN}}', 400),
        (b'{"price_changes": {"1": -Infinity}}', 400),
        (b'{"price_changes": {"1": 1e999}}', 400),
        (b'{"price_changes": {"1": ' + b"9" * 5000 + b"}}", 400),
    ],
)
async def test_body_without_bounds_is_refused_and_changes_nothing(
    app: Sandbox, client: httpx.AsyncClient, body: bytes, status: int
) -> None:
    before = app.state.switches.current
    response = await switch(client, body)
    assert (response.status_code, bool(response.json()["error"])) == (status, True)
    assert app.state.switches.current == before


async def test_endless_body_is_not_read_to_its_end(client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b" " * 1000
        raise AssertionError("all of it was read")

    response = await client.post("/sandbox/switches", content=endless(), headers=JSON)
    assert response.status_code == 413


async def test_price_and_faults_that_make_sense_are_taken(app: Sandbox, client: httpx.AsyncClient) -> None:
    asked = {
        "price_changes": {"13047603": "0.900", "13047604": 0.5},
        "location_stock": {"27299": {"13047603": 0}},
        "faults": [{"pattern": "carts.*", "kind": "latency", "seconds": 2.5, "times": 3, "probability": 0.5}],
    }
    assert (await switch(client, json.dumps(asked).encode())).json() == {"set": True}
    assert [str(price) for price in app.state.switches.current.price_changes.values()] == ["0.900", "0.5"]
