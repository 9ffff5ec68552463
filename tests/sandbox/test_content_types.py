"""Content types and API versions that the documents name are required, as they name them."""

import json
from urllib.parse import urlencode

import pytest

from tests.sandbox.sandbox_calls import FORM, Caller, code

pytestmark = pytest.mark.anyio
JSON_TYPE = "application/json"
PRICE = json.dumps({"sku": "SD-GARLIC-BREAD"}).encode()
SEARCH = urlencode({"InputFormat": JSON_TYPE, "InputData": json.dumps({"keyword": "bread"})}).encode()


@pytest.mark.parametrize(
    ("path", "body", "content_type", "expected"),
    [
        ("Product/Price/{M}", PRICE, JSON_TYPE, 1004),
        ("Product/Price/{M}", PRICE, f"{JSON_TYPE}; charset=utf-8", 1004),
        ("Product/Price/{M}", PRICE, FORM, 1016),
        ("Product/Price/{M}", PRICE, "", 1016),
        ("Product/{M}/Search", SEARCH, FORM, 1004),
        ("Product/{M}/Search", SEARCH, f"{FORM}; charset=UTF-8", 1004),
        ("Product/{M}/Search", SEARCH, JSON_TYPE, 1016),
        ("Product/{M}/Search", SEARCH, "text/plain", 1016),
    ],
)
async def test_a_body_has_its_documented_content_type(
    caller: Caller, path: str, body: bytes, content_type: str, expected: int
) -> None:
    url, headers = caller.sign("POST", caller.url(path))
    headers |= {"Content-Type": content_type} if content_type else {}
    response = await caller.send("POST", url, content=body, headers=headers)
    assert code(response.json()) == expected


@pytest.mark.parametrize(("version", "expected"), [("4", 1004), ("3", 1016), ("", 1016)])
async def test_addresses_are_read_by_their_own_api_version(
    caller: Caller, version: str, expected: int
) -> None:
    search = await caller.input("Customer/{M}/Search", {"customerSearch": {"UserName": "tom.sawyer"}})
    path = f"Customer/GetShippingAddress/{{M}}/{search['Customers'][0]['UserId']}"
    headers = {"apiversion": version} if version else {}
    assert code(await caller.ask("GET", path, headers=headers)) == expected
