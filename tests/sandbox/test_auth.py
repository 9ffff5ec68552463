"""Authentication: OAuth signatures in three places, AuthToken headers, and refusals."""

import pytest
from oauthlib.oauth1 import SIGNATURE_TYPE_QUERY

from console.sandbox.auth import AcceptedOauthPlace, AcceptedSignedBody, AcceptedSignedPath, AuthRules
from tests.sandbox.sandbox_calls import FORM, HOST, Caller, code

pytestmark = pytest.mark.anyio
PATH = "Location/Information/{M}/27299"


async def response_code(caller: Caller, url: str, headers: dict[str, str]) -> int:
    return code((await caller.send("GET", url, headers=headers)).json())


def single_headers(authorization: str) -> dict[str, str]:
    items = (part.strip().split("=", 1) for part in authorization.removeprefix("OAuth ").split(","))
    from urllib.parse import unquote

    return {name: unquote(value.strip('"')) for name, value in items}


async def test_a_signature_in_the_authorization_header_is_accepted(caller: Caller) -> None:
    assert await response_code(caller, *caller.sign("GET", caller.url(PATH))) == 1004


async def test_a_signature_in_single_headers_is_accepted(caller: Caller) -> None:
    url, headers = caller.sign("GET", caller.url(PATH))
    assert await response_code(caller, url, single_headers(headers["Authorization"])) == 1004


async def test_a_signature_in_the_query_is_accepted(caller: Caller) -> None:
    url, headers = caller.sign("GET", caller.url(PATH), signature_type=SIGNATURE_TYPE_QUERY)
    assert "oauth_signature" in url
    assert await response_code(caller, url, headers) == 1004


async def test_other_query_parameters_are_part_of_the_signature(caller: Caller) -> None:
    url, headers = caller.sign("GET", caller.url(PATH) + "?note=a%20b%26c&note=%D9%86")
    assert await response_code(caller, url, headers) == 1004
    assert await response_code(caller, url + "x", caller.sign("GET", url)[1]) == 1003


@pytest.mark.parametrize("place", [AcceptedOauthPlace.HEADERS, AcceptedOauthPlace.QUERY])
async def test_a_signature_in_a_place_not_accepted_is_refused(
    caller: Caller, place: AcceptedOauthPlace
) -> None:
    strict = caller.with_rules(AuthRules(oauth_place=place))
    assert await response_code(strict, *strict.sign("GET", strict.url(PATH))) == 1003


@pytest.mark.parametrize(
    ("signed", "path", "expected"),
    [
        (AcceptedSignedPath.FULL, "/developerapi", 1004),
        (AcceptedSignedPath.FULL, "", 1003),
        (AcceptedSignedPath.WITHOUT_DEVELOPERAPI, "", 1004),
        (AcceptedSignedPath.WITHOUT_DEVELOPERAPI, "/developerapi", 1003),
        (AcceptedSignedPath.ANY, "", 1004),
        (AcceptedSignedPath.ANY, "/developerapi", 1004),
    ],
)
async def test_which_path_is_signed_goes_by_the_rules(
    caller: Caller, signed: AcceptedSignedPath, path: str, expected: int
) -> None:
    strict = caller.with_rules(AuthRules(signed_path=signed))
    _, headers = strict.sign("GET", f"{HOST}{path}/{PATH.replace('{M}', strict.merchant)}")
    assert await response_code(strict, strict.url(PATH), headers) == expected


@pytest.mark.parametrize("rule", list(AcceptedSignedBody))
@pytest.mark.parametrize("signs_body", [True, False])
async def test_whether_a_form_is_signed_goes_by_the_rules(
    caller: Caller, rule: AcceptedSignedBody, *, signs_body: bool
) -> None:
    strict = caller.with_rules(AuthRules(sign_body=rule))
    url, headers = strict.sign(
        "POST", strict.url("Location/{M}/Search"), body="zipcode=22001" if signs_body else None
    )
    headers["Content-Type"] = FORM
    response = await strict.send("POST", url, content=b"zipcode=22001", headers=headers)
    accepted = rule in (AcceptedSignedBody.ANY, AcceptedSignedBody("yes" if signs_body else "no"))
    assert code(response.json()) == (1004 if accepted else 1003)


async def test_a_wrong_secret_is_refused(caller: Caller) -> None:
    url, headers = caller.sign("GET", caller.url(PATH), secret="not-the-secret")
    assert await response_code(caller, url, headers) == 1003


async def test_a_request_without_a_signature_is_refused(caller: Caller) -> None:
    assert await response_code(caller, caller.url(PATH), {}) == 1003


async def test_a_nonce_counts_once(caller: Caller) -> None:
    url, headers = caller.sign("GET", caller.url(PATH))
    assert await response_code(caller, url, headers) == 1004
    assert await response_code(caller, url, headers) == 1003


@pytest.mark.parametrize(("seconds", "expected"), [(299, 1004), (-299, 1004), (302, 1003), (-302, 1003)])
async def test_a_timestamp_is_good_for_five_minutes(caller: Caller, seconds: int, expected: int) -> None:
    url, headers = caller.sign("GET", caller.url(PATH))
    caller.clock.now += seconds
    assert await response_code(caller, url, headers) == expected


async def test_nonces_too_old_to_matter_are_forgotten(caller: Caller) -> None:
    for _ in range(3):
        await response_code(caller, *caller.sign("GET", caller.url(PATH)))
        caller.clock.now += 700
    rows = caller.store.rows("SELECT * FROM nonce")
    assert len(rows) == 1


async def test_a_public_key_must_match_where_it_is_sent(caller: Caller) -> None:
    url, headers = caller.sign("GET", caller.url(PATH))
    assert await response_code(caller, url, headers | {"PublicKey": "SOMEBODY", "APIVersion": "3"}) == 1003
    url, headers = caller.sign("GET", caller.url(PATH))
    right = {"PublicKey": caller.demo.consumer_key, "APIVersion": "3"}
    assert await response_code(caller, url, headers | right) == 1004


@pytest.mark.parametrize("wrong", ["", "PublicKey", "AuthToken", "MerchantId"])
async def test_auth_token_headers_are_accepted_only_together(caller: Caller, wrong: str) -> None:
    headers = {
        "PublicKey": caller.demo.consumer_key,
        "AuthToken": caller.demo.auth_token,
        "MerchantId": caller.merchant,
        "languagecode": "en",
    }
    headers |= {wrong: "something else"} if wrong else {}
    assert await response_code(caller, caller.url(PATH), headers) == (1003 if wrong else 1004)


async def test_the_time_needs_no_signature(caller: Caller) -> None:
    response = await caller.send("GET", caller.url("OAuth/TimeStamp"))
    assert response.json()["TimeStamp"] == str(int(caller.clock.now))


async def test_another_merchant_is_refused_in_path_and_form(caller: Caller) -> None:
    other = "00000000-0000-0000-0000-000000000001"
    assert code(await caller.ask("GET", f"Location/Information/{other}/27299")) == 1045
    login = {"MerchantId": other, "username": "layla@sandbox.example", "password": "counter-1"}
    assert code(await caller.ask("POST", "Customer/{M}/AgentLogin", login)) == 1045


async def test_a_merchant_that_is_not_named_is_no_other_merchant(caller: Caller) -> None:
    product = {"products": {"product": {"sku": "X"}}}
    assert code(await caller.input("product/UpdateLocationWiseStock", product)) == 1016
    login = {"username": "layla@sandbox.example", "password": "counter-1"}
    assert code(await caller.ask("POST", "Customer/{M}/AgentLogin", login)) == 1004


async def test_paths_are_found_whatever_their_case(caller: Caller) -> None:
    url = caller.url(PATH).replace("developerapi/Location/Information", "DeveloperAPI/location/INFORMATION")
    assert await response_code(caller, *caller.sign("GET", url)) == 1004


async def test_an_unknown_operation_is_not_found(caller: Caller) -> None:
    response = await caller.send(*("GET", caller.url("Nothing/Here")))
    assert response.status_code == 404


async def test_a_body_over_a_megabyte_is_refused(caller: Caller) -> None:
    url, headers = caller.sign("POST", caller.url("Location/{M}/Search"))
    response = await caller.send(
        "POST", url, content=b"a" * 1_000_001, headers=headers | {"Content-Type": FORM}
    )
    assert response.status_code == 413
