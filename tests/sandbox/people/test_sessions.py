"""Operators signing in, and the access tokens of walk-ins and customers."""

import pytest

from tests.sandbox.sandbox_calls import PEPSI, PEPSI_CAN, Caller, code, item

pytestmark = pytest.mark.anyio


async def login(caller: Caller, username: str = "", password: str = "") -> dict:
    layla = caller.demo.operators[0]
    form = {
        "MerchantId": caller.merchant,
        "username": username or layla.username,
        "password": password or layla.password,
    }
    return await caller.ask("POST", "Customer/{M}/AgentLogin", form)


async def test_an_operator_signs_in(caller: Caller) -> None:
    agent = (await login(caller))["AgentDetails"]
    assert agent["FirstName"] == "Layla"
    assert agent["LocationDetails"] == [
        {"LocationId": 27299, "LocationCode": "SALM", "LocationName": "Salmiya"}
    ]
    assert agent["RoleDetails"][0]["RoleName"] == "Store Operator"


async def test_operators_have_one_two_or_every_location(caller: Caller) -> None:
    found = {o.username: len(o.locations) for o in caller.demo.operators}
    for operator in caller.demo.operators:
        agent = (await login(caller, operator.username, operator.password))["AgentDetails"]
        assert len(agent["LocationDetails"]) == found[operator.username]
    assert sorted(found.values()) == [1, 1, 2, 8]


@pytest.mark.parametrize(
    ("username", "password", "expected"),
    [
        ("nobody@sandbox.example", "counter-1", 1017),
        ("layla@sandbox.example", "wrong", 1040),
        (" ", "x", 1012),
    ],
)
async def test_a_wrong_sign_in_is_refused(
    caller: Caller, username: str, password: str, expected: int
) -> None:
    assert code(await login(caller, username, password)) == expected


async def test_five_wrong_passwords_lock_the_account_for_15_minutes(caller: Caller) -> None:
    assert [code(await login(caller, password="wrong")) for _ in range(5)] == [1040] * 5
    assert code(await login(caller)) == 1032
    caller.clock.now += 15 * 60 + 1
    assert code(await login(caller)) == 1004


async def test_a_right_password_forgives_the_wrong_ones(caller: Caller) -> None:
    for _ in range(2):
        assert [code(await login(caller, password="wrong")) for _ in range(4)] == [1040] * 4
        assert code(await login(caller)) == 1004


async def test_passwords_are_not_stored_in_plain_text(caller: Caller) -> None:
    stored = [str(row["password"]) for row in caller.store.rows("SELECT password FROM operator")]
    assert len(stored) == 4
    assert all(operator.password not in stored for operator in caller.demo.operators)


async def test_a_walk_in_gets_a_token_that_is_valid(caller: Caller) -> None:
    token = await caller.walk_in()
    validity = await caller.ask("GET", f"Customer/{{M}}/{token}/ValidateToken")
    assert validity["SessionValid"] == "true"


async def test_an_unknown_token_is_not_valid(caller: Caller) -> None:
    validity = await caller.ask("GET", "Customer/{M}/nothing/ValidateToken")
    assert validity["SessionValid"] == "false"


async def test_a_customers_session_is_a_token_of_its_own(caller: Caller) -> None:
    anonymous = await caller.walk_in()
    token = (await caller.serve_customer())["Token"]
    assert token["AccessToken"] != anonymous
    assert token["issued_at"] == "/Date(1800000000000+0300)/"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"username": "nobody@example.com"}, 1041),
        ({"username": "asleep@example.com"}, 1042),
        ({"operatorid": "00000000-0000-0000-0000-000000000000"}, 1017),
        ({"password": "wrong"}, 1040),
        ({"locationid": "1"}, 1046),
        ({"locationid": "22612"}, 1046),
        ({"locationid": "here"}, 1016),
    ],
)
async def test_a_session_needs_customer_operator_and_location(
    caller: Caller, other: dict[str, str], expected: int
) -> None:
    assert (
        code(
            await caller.serve_customer(
                **({"user_name": other.pop("username", "tom.sawyer@example.com")} | other)
            )
        )
        == expected
    )


async def test_a_session_without_a_user_name_is_the_operators_alone(caller: Caller) -> None:
    assert code(await caller.serve_customer("")) == 1004
    row = caller.store.row("SELECT * FROM token WHERE token = ?", caller.token)
    assert row is not None
    assert (row["customer_id"], row["operator_id"], row["location_id"]) == (
        None,
        caller.store.merchant.operators[0].operator_id,
        27299,
    )


async def test_a_session_without_a_location_is_at_the_operators_first(caller: Caller) -> None:
    assert code(await caller.serve_customer(locationid="")) == 1004
    row = caller.store.row("SELECT location_id FROM token WHERE token = ?", caller.token)
    assert row is not None
    assert row["location_id"] == 27299


async def test_a_session_needs_a_token_to_begin_with(caller: Caller) -> None:
    caller.token = "nonsense"
    assert code(await caller.serve_customer()) == 1003


async def test_wrong_passwords_at_sessions_lock_the_operator_too(caller: Caller) -> None:
    for _ in range(5):
        await caller.serve_customer(password="wrong")
    assert code(await login(caller)) == 1032


async def test_logging_out_ends_the_token(caller: Caller) -> None:
    await caller.walk_in()
    assert code(await caller.ask("POST", "Customer/{M}/Logout")) == 1004
    assert code(await caller.add(item(PEPSI, PEPSI_CAN))) == 1003


async def test_a_token_left_idle_for_half_an_hour_expires(caller: Caller) -> None:
    await caller.walk_in()
    caller.clock.now += 30 * 60 - 1
    assert code(await caller.add(item(PEPSI, PEPSI_CAN))) == 1004
    caller.clock.now += 30 * 60 + 1
    url, headers = caller.sign("GET", caller.url(f"Carts/cart/{{M}}/{caller.token}"))
    response = await caller.send("GET", url, headers=headers)
    assert response.status_code == 440
    assert code(response.json()) == 440


async def test_expiring_sessions_spares_walk_ins_unless_asked(caller: Caller) -> None:
    await caller.walk_in()
    await caller.serve_customer()
    assert caller.store.expire_sessions() == 1
    assert caller.store.expire_sessions(anonymous=True) == 1
    assert code(await caller.ask("GET", f"Carts/cart/{{M}}/{caller.token}")) == 440
