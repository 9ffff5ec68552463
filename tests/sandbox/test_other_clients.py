"""Other clients can use the sandbox: one library on both sides would hide its own errors."""

import json
from typing import Any, cast
from urllib.parse import quote, urlencode

import httpx
import pytest
import requests
from requests_oauthlib import OAuth1

from console.api.transport.auth import OAuth1 as OurOAuth1
from console.api.transport.auth import SigningContext
from console.api.transport.port import Request
from console.operations import OPERATIONS_BY_NAME
from tests.paths import OAUTH_VECTORS
from tests.sandbox.sandbox_calls import START, Caller

pytestmark = pytest.mark.anyio

VECTORS: list[dict[str, Any]] = json.loads(OAUTH_VECTORS.read_text())


def client(caller: Caller) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(caller.app))


async def test_requests_oauthlib(caller: Caller) -> None:
    demo = caller.demo
    signer = OAuth1(demo.consumer_key, demo.consumer_secret, timestamp=str(int(START)))
    url = caller.url("Customer/GetAccessToken/{M}")
    prepared = requests.Request("POST", url, auth=signer).prepare()
    header = cast("bytes", prepared.headers["Authorization"]).decode()
    async with client(caller) as http:
        response = await http.post(url, headers={"Authorization": header})
    assert response.json()["messageCode"] == "1004"


async def test_requests_oauthlib_signs_a_form_as_it_comes(caller: Caller) -> None:
    demo, url = caller.demo, caller.url("Customer/{M}/AgentLogin")
    signer = OAuth1(demo.consumer_key, demo.consumer_secret, timestamp=str(int(START)))
    form = {"MerchantId": demo.merchant_id, "username": "layla@sandbox.example", "password": "counter-1"}
    prepared = requests.Request("POST", url, auth=signer, data=form).prepare()
    headers = {
        "Authorization": cast("bytes", prepared.headers["Authorization"]).decode(),
        "Content-Type": cast("bytes", prepared.headers["Content-Type"]).decode(),
    }
    async with client(caller) as http:
        response = await http.post(url, headers=headers, content=cast("bytes", prepared.body))
    assert response.json()["messageCode"] == "1004"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['signer']} {v['url'].split('/')[4]}")
async def test_signers_of_npm(caller: Caller, vector: dict[str, Any]) -> None:
    await caller.walk_in()
    headers = vector["parameters"] | {"accesstoken": caller.token}
    async with client(caller) as http:
        response = await http.request(
            vector["method"], vector["url"], headers=headers, data=vector.get("form")
        )
    assert response.json()["messageCode"] == "1004"


@pytest.mark.parametrize("vector", VECTORS[:1])
async def test_a_signature_of_another_request_is_refused(caller: Caller, vector: dict[str, Any]) -> None:
    async with client(caller) as http:
        response = await http.request("POST", vector["url"], headers=vector["parameters"])
    assert response.json()["messageCode"] != "1004"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['signer']} {v['url'].split('/')[4]}")
def test_our_signer_makes_the_same_signature(caller: Caller, vector: dict[str, Any]) -> None:
    demo, given = caller.demo, vector["parameters"]
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode(vector.get("form", {})).encode()
    unsigned = Request(OPERATIONS_BY_NAME["oauth.timestamp"], vector["method"], vector["url"], headers, body)
    stamp = SigningContext(demo.merchant_id, float(given["oauth_timestamp"]), given["oauth_nonce"])
    signed = OurOAuth1(demo.consumer_key, demo.consumer_secret, sign_body=True).sign(unsigned, stamp)
    expected = quote(given["oauth_signature"], safe="")
    assert f'oauth_signature="{expected}"' in signed.headers["Authorization"]
