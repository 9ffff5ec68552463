"""The sandbox served over a real socket, in a process of its own."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from oauthlib.oauth1 import Client

SCRIPT = """
import sys
from console.sandbox.server import serve
sys.exit(serve(port=int(sys.argv[1]), as_json=sys.argv[2] == "json"))
"""


@dataclass
class Served:
    process: subprocess.Popen[str]
    line: dict

    def url(self, path: str) -> str:
        return self.line["base_url"] + path

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=10)


def start(port: int, kind: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(port), kind],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with start(0, "json") as process:
        assert process.stdout is not None
        yield Served(process, json.loads(process.stdout.readline()))
        process.terminate()


def switch(served: Served, **switches: object) -> None:
    httpx.post(served.url("/sandbox/switches"), json=switches).raise_for_status()


def test_the_first_line_says_where_it_is_and_how_to_sign_in(served: Served) -> None:
    assert sorted(served.line) == [
        "base_url", "consumer_key", "consumer_secret", "customers", "location_id", "merchant_id", "operators",
    ]  # fmt: skip
    operator = served.line["operators"][0]
    url = served.url(f"/developerapi/Customer/{served.line['merchant_id']}/AgentLogin")
    _, headers, _ = Client(served.line["consumer_key"], served.line["consumer_secret"]).sign(url, "POST")
    response = httpx.post(url, data={"MerchantId": served.line["merchant_id"], **operator}, headers=headers)
    assert response.json()["AgentDetails"]["Email"] == operator["username"]


@pytest.mark.parametrize("kind", ["drop-before", "drop-after", "truncated"])
def test_dropped_connection_closes_without_a_whole_response(served: Served, kind: str) -> None:
    switch(served, faults=[{"pattern": "oauth.*", "kind": kind}])
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(served.url("/developerapi/OAuth/TimeStamp"))
    switch(served, faults=[])
    assert httpx.get(served.url("/developerapi/OAuth/TimeStamp")).status_code == 200


def test_control_endpoint_reports_state_and_refuses_unknown(served: Served) -> None:
    assert httpx.get(served.url("/sandbox/carts")).json() == []
    assert httpx.post(served.url("/sandbox/expire"), json={}).json() == {"expired": 0}
    before = httpx.get(served.url("/sandbox/faults")).json()["status-429"]
    switch(served, faults=[{"pattern": "oauth.*", "kind": "status-429", "times": 1}])
    httpx.get(served.url("/developerapi/OAuth/TimeStamp"))
    assert httpx.get(served.url("/sandbox/faults")).json()["status-429"] == before + 1
    assert httpx.post(served.url("/sandbox/switches"), json={"nothing": 1}).status_code == 400
    assert httpx.get(served.url("/sandbox/nothing")).status_code == 404


def test_a_taken_port_is_a_sentence_and_an_exit_code(served: Served) -> None:
    port = int(served.line["base_url"].rsplit(":", 1)[1])
    with start(port, "text") as process:
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (1, "")
    assert err == f"The sandbox cannot listen on 127.0.0.1, port {port}.\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(number: int) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with start(port, "text") as process:
        assert process.stdout is not None
        assert f"http://127.0.0.1:{port}" in process.stdout.readline()
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, "", "")


def test_importing_the_sandbox_imports_nothing_heavy() -> None:
    heavy = "('starlette', 'uvicorn', 'sqlite3')"
    script = f"import sys, console.sandbox; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_repeated_response_arrives_twice_on_its_connection(served: Served) -> None:
    switch(served, faults=[{"pattern": "oauth.timestamp", "kind": "repeated", "times": 1}])
    host, port = served.line["base_url"].removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"GET /developerapi/OAuth/TimeStamp HTTP/1.1\r\nHost: store\r\n\r\n")
        received = b""
        while received.count(b"HTTP/1.1 200 OK") < 2 or not received.endswith(b"}"):
            received += connection.recv(65536)
    first, second = received[: len(received) // 2], received[len(received) // 2 :]
    assert first == second
