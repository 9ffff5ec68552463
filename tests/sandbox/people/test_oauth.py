"""Helpers for signing: time, nonces, signatures, and the application's token."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.sandbox.sandbox_calls import Caller, code

pytestmark = pytest.mark.anyio

PATH = "Location/Information/{M}/27299"


async def unsigned(caller: Caller, path: str, **headers: str) -> Any:
    return (await caller.send("GET", caller.url(path), headers=headers)).json()


async def signature(caller: Caller, url: str, **changed: str) -> Any:
    parts = {
        "key": caller.demo.consumer_key,
        "secret": caller.demo.consumer_secret,
        "time": str(int(caller.clock.now)),
        "nonce": "5681074",
        "method": "GET",
    } | changed
    return await unsigned(caller, f"OAuth/Signature/{'/'.join(parts.values())}?url={quote(url, safe='')}")


async def test_a_call_can_be_signed_by_what_the_sandbox_gives(caller: Caller) -> None:
    nonce = (await unsigned(caller, "OAuth/Nounce"))["Nonce"]
    time = (await unsigned(caller, "OAuth/TimeStamp"))["TimeStamp"]
    made = await signature(caller, caller.url(PATH), nonce=nonce, time=time)
    headers = {
        "merchantId": caller.merchant,
        "oauth_consumer_key": caller.demo.consumer_key,
        "oauth_nonce": nonce,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": time,
        "oauth_version": "1.0",
        "oauth_signature": made["Signature"],
    }
    assert code(await unsigned(caller, PATH, **headers)) == 1004
    assert code(await unsigned(caller, PATH, **headers)) == 1003  # the nonce was used


async def test_the_query_of_the_url_is_signed_too(caller: Caller) -> None:
    one, other = caller.url(PATH + "?a=1"), caller.url(PATH + "?a=2")
    assert (await signature(caller, one))["Signature"] != (await signature(caller, other))["Signature"]


async def test_no_nonce_is_given_twice(caller: Caller) -> None:
    given = [(await unsigned(caller, "OAuth/Nounce"))["Nonce"] for _ in range(20)]
    assert len(set(given)) == 20


@pytest.mark.parametrize(
    ("changed", "url", "expected"),
    [
        ({"key": "SOMEBODY"}, "http://sandbox.example/x", 1003),
        ({"secret": "GUESS"}, "http://sandbox.example/x", 1003),
        ({"secret": "%C3%A9"}, "http://sandbox.example/x", 1003),
        ({"time": "now"}, "http://sandbox.example/x", 1016),
        ({"method": "BREW"}, "http://sandbox.example/x", 1016),
        ({}, "", 1016),
        ({}, "sandbox.example", 1016),
        ({}, "http://[", 1016),
    ],
)
async def test_what_cannot_be_signed_is_refused(
    caller: Caller, changed: dict[str, str], url: str, expected: int
) -> None:
    response = await signature(caller, url, **changed)
    assert code(response) == expected
    assert "Signature" not in response


async def test_the_token_of_a_public_key_is_accepted_in_its_header(caller: Caller) -> None:
    key = caller.demo.consumer_key
    token = (await caller.ask("GET", f"OAuth/Token/{key}"))["AuthToken"]
    headers = {"PublicKey": key, "AuthToken": token, "MerchantId": caller.merchant}
    assert code(await unsigned(caller, PATH, **headers)) == 1004


async def test_the_token_is_given_to_nobody_else(caller: Caller) -> None:
    assert code(await caller.ask("GET", "OAuth/Token/SOMEBODY")) == 1003
    assert code(await unsigned(caller, f"OAuth/Token/{caller.demo.consumer_key}")) == 1003
