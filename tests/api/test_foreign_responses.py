"""A response that names another subject than was asked for is never believed."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.customers.models import CustomerAccountDetails
from console.api.errors import MismatchedResponse
from console.api.transport.endpoint import Endpoint
from console.api.transport.http import HttpPort
from console.api.transport.identity import ids_agree, ids_conflict
from tests.altering_port import AlteringPort
from tests.shops import LAYLAS_ID, LAYLAS_PASSWORD, LOCATION_ID
from tests.sync.counter import TOM

pytestmark = pytest.mark.anyio

NOW = 1_753_000_000
TOMS, NOBODYS = "132d3c1d-7d71-4b87-9a69-a4d216d634fa", "00000000-0000-0000-0000-000000000000"


@pytest.fixture
async def port(endpoint: Endpoint) -> AlteringPort:
    return AlteringPort(HttpPort(app=endpoint.app))


@pytest.fixture
async def api(endpoint: Endpoint, port: AlteringPort) -> AsyncIterator[ApiClient]:
    api = ApiClient(endpoint, clock=lambda: NOW, port=port)
    yield api
    await api.aclose()


async def start_session(api: ApiClient, token: SecretStr, user_id: str = TOM.user_id) -> SecretStr:
    started = await api.customers.start_session(
        user_name=TOM.user_name,
        operator_id=LAYLAS_ID,
        password=SecretStr(LAYLAS_PASSWORD),
        location_id=LOCATION_ID,
        token=token,
        user_id=user_id,
    )
    return started.access_token


async def test_session_with_an_anonymous_token_is_refused(api: ApiClient, port: AlteringPort) -> None:
    anonymous = (await api.customers.access_token()).access_token
    token = port.last["customers.access_token"]["Token"]["AccessToken"]
    port.changes.append(("customers.start_session", lambda body: body["Token"].update(AccessToken=token)))
    with pytest.raises(MismatchedResponse) as caught:
        await start_session(api, anonymous)
    assert caught.value.outcome_unknown
    assert await start_session(api, anonymous) != anonymous


async def test_session_of_another_user_is_refused(api: ApiClient) -> None:
    anonymous = (await api.customers.access_token()).access_token
    with pytest.raises(MismatchedResponse):
        await start_session(api, anonymous, user_id=TOMS)


async def test_anonymous_token_is_issued_once(api: ApiClient, port: AlteringPort) -> None:
    await api.customers.access_token()
    first = port.last["customers.access_token"]
    port.changes.append(("customers.access_token", lambda body: body.update(first)))
    with pytest.raises(MismatchedResponse):
        await api.customers.access_token()


async def test_new_account_of_another_name_is_refused(api: ApiClient, port: AlteringPort) -> None:
    port.changes.append(
        ("customers.create", lambda body: body["Customer"].update(UserName="eve@example.com"))
    )
    with pytest.raises(MismatchedResponse):
        await api.customers.create(
            details=CustomerAccountDetails(
                user_name="ana@example.com", first_name="Ana", mobile="965-59990000"
            ),
            password=SecretStr("secret-1"),
        )


def _rename(key: str, value: object) -> Any:
    def change(body: dict[str, Any]) -> None:
        for holder in body.values():
            for record in holder if isinstance(holder, list) else [holder]:
                if isinstance(record, dict) and key in record:
                    record[key] = value

    return change


@pytest.mark.parametrize(
    ("name", "key", "call"),
    [
        ("customers.details", "UserId", lambda api: api.customers.details(user_id=TOM.user_id)),
        (
            "products.information",
            "ProductId",
            lambda api: api.products.information(product_id=13047603, location_id=LOCATION_ID),
        ),
        ("products.variants", "productId", lambda api: api.products.variants(product_id=13047633)),
        (
            "products.stock_by_location",
            "ProductId",
            lambda api: api.products.stock_by_location(product_id=13047603, location_id=LOCATION_ID),
        ),
    ],
)
async def test_record_of_another_id_is_refused(
    api: ApiClient, port: AlteringPort, name: str, key: str, call: Any
) -> None:
    await call(api)
    port.changes.append((name, _rename(key, 1)))
    with pytest.raises(MismatchedResponse):
        await call(api)


@pytest.mark.parametrize(
    ("other", "conflict", "agree"),
    [
        (TOMS, False, True),
        (f" {TOMS.upper()} ", False, True),
        (f"{TOMS[:-3]}xxx", False, False),
        (f"{TOMS[:-3]}***", False, False),
        (f"{TOMS[:24]}xxxx", False, False),
        ("", False, False),
        (NOBODYS, False, False),
        ("xxxxxxxx", False, False),
        (f"9{TOMS[1:]}", True, False),
        (f"9{TOMS[1:-3]}xxx", True, False),
        (TOMS[:-1], True, False),
    ],
)
def test_ids_are_compared_as_far_as_they_are_shown(other: str, conflict: bool, agree: bool) -> None:
    assert (ids_conflict(TOMS, other), ids_conflict(other, TOMS)) == (conflict, conflict)
    assert (ids_agree(TOMS, other), ids_agree(other, TOMS)) == (agree, agree)
