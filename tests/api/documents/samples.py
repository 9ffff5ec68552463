"""Helpers of the contract tests: the printed samples, and a port that responds with one.

``documented`` holds the samples as printed.
"""

import json
from random import Random
from urllib.parse import parse_qs

from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.transport.auth import AuthToken
from console.api.transport.endpoint import Endpoint
from console.api.transport.port import RawResponse, Request
from tests.paths import API_SAMPLES

TOKEN = SecretStr("i1z1ouqyb3roglpei1vmpowe")


class DocumentedPort:
    """A port that responds with a printed sample and records the request."""

    def __init__(self, name: str) -> None:
        self.body = (API_SAMPLES / f"{name}.answer.json").read_bytes()
        self.status = 200
        self.requests: list[Request] = []

    async def send(self, request: Request) -> RawResponse:
        self.requests.append(request)
        return RawResponse(self.status, {}, self.body)

    async def aclose(self) -> None:
        return

    @property
    def path(self) -> str:
        return self.requests[-1].url.removeprefix("https://store.example/developerapi/")

    @property
    def form(self) -> dict[str, object]:
        return read_form(self.requests[-1].body.decode())


def documented_api(name: str, *, merchant: str = "6c57599f") -> tuple[ApiClient, DocumentedPort]:
    port = DocumentedPort(name)
    endpoint = Endpoint("https://store.example", merchant, AuthToken("key", "made-beforehand"))
    return ApiClient(endpoint, clock=lambda: 0.0, random=Random(1), port=port), port


def read_form(body: str) -> dict[str, object]:
    fields: dict[str, object] = {
        name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()
    }
    if "InputData" in fields:
        fields["InputData"] = json.loads(str(fields["InputData"]))
    return fields


def documented_request(name: str) -> dict[str, object]:
    """Return a sample request; in print its JSON is not escaped."""
    text = (API_SAMPLES / f"{name}.request.txt").read_text("utf-8").strip()
    before, marker, payload = text.partition("InputData=")
    fields: dict[str, object] = {k: v[0] for k, v in parse_qs(before, keep_blank_values=True).items()}
    return fields | ({"InputData": json.loads(payload)} if marker else {})
