"""Customers' sessions: one token for each order, bound to customer, operator and location."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from pydantic import SecretStr

from console.api.errors import NotAuthorised, SignInRefused, WrongPassword
from console.sandbox.switches import FaultKind
from console.storage.drafts.draft_store import DraftHeader
from console.sync.connection.customer_sessions import SIGN_IN_AGAIN, CustomerSessions, OperatorCredentials
from tests.shops import LAYLAS_ID, LAYLAS_PASSWORD, LOCATION_ID
from tests.sync.counter import GARLIC_BREAD, ONION_RINGS, TOM, Console, Machine, add, fault

pytestmark = pytest.mark.anyio

TOMS = DraftHeader("D1", "Shop", LAYLAS_ID, "Layla", LOCATION_ID, TOM, 0.0, "")
WALK_IN = replace(TOMS, draft_id="D2", customer=None)


@pytest.fixture
async def console(machine: Machine) -> AsyncIterator[Console]:
    async with machine.console() as console:
        yield console


async def test_token_is_bound_to_customer_operator_and_location(machine: Machine, console: Console) -> None:
    token, is_new = await console.sessions.token(TOMS)
    row = machine.backend.store.row("SELECT * FROM token WHERE token = ?", token.get_secret_value())
    assert is_new
    assert row is not None
    assert (row["customer_id"], row["operator_id"], row["location_id"]) == (
        TOM.user_id,
        LAYLAS_ID,
        LOCATION_ID,
    )


async def test_a_walk_ins_token_is_anonymous(machine: Machine, console: Console) -> None:
    token, _ = await console.sessions.token(WALK_IN)
    row = machine.backend.store.row("SELECT * FROM token WHERE token = ?", token.get_secret_value())
    assert row is not None
    assert row["customer_id"] is None


async def test_an_orders_token_stays_until_it_has_expired(console: Console) -> None:
    first, _ = await console.sessions.token(TOMS)
    assert await console.sessions.token(TOMS) == (first, False)
    console.sessions.expire("D1")
    second, is_new = await console.sessions.token(TOMS)
    assert is_new
    assert second != first


async def test_two_orders_have_two_tokens(console: Console) -> None:
    first, _ = await console.sessions.token(TOMS)
    second, _ = await console.sessions.token(replace(TOMS, draft_id="D9"))
    assert first != second


async def test_token_is_requested_first_only_if_the_profile_says_so(console: Console) -> None:
    sessions = CustomerSessions(console.api, needs_token=False)
    sessions.sign_in(OperatorCredentials(LAYLAS_ID, SecretStr(LAYLAS_PASSWORD)))
    with pytest.raises(NotAuthorised):
        await sessions.token(TOMS)
    assert [name for name, _ in console.port.requests] == ["customers.start_session"]


async def test_sign_out_serves_nobody_and_forgets_every_token(console: Console) -> None:
    assert console.sessions.is_signed_in_for(TOMS)
    await console.sessions.token(TOMS)
    console.sessions.sign_out()
    assert not console.sessions.is_signed_in_for(TOMS)
    console.sessions.sign_in(OperatorCredentials(LAYLAS_ID, SecretStr(LAYLAS_PASSWORD)))
    assert (await console.sessions.token(TOMS))[1]


async def test_only_their_own_operator_is_served(console: Console) -> None:
    another = replace(TOMS, operator_id="another")
    assert not console.sessions.is_signed_in_for(another)
    with pytest.raises(SignInRefused):
        await console.sessions.token(another)


async def test_task_that_outlives_the_sign_out_gets_no_session(console: Console) -> None:
    console.sessions.sign_out()
    with pytest.raises(SignInRefused):
        await console.sessions.token(TOMS)


async def test_ending_a_session_logs_the_customer_out(machine: Machine, console: Console) -> None:
    token, _ = await console.sessions.token(TOMS)
    assert console.sessions.remove("D1") == token
    await console.sessions.log_out(token)
    row = machine.backend.store.row("SELECT state FROM token WHERE token = ?", token.get_secret_value())
    assert row is not None
    assert row["state"] == "ended"
    assert console.sessions.remove("D1") is None
    assert len(console.port.times_of("customers.logout")) == 1


async def test_wrong_password_is_tried_again_only_after_sign_in(console: Console) -> None:
    console.sessions.sign_in(OperatorCredentials(LAYLAS_ID, SecretStr("wrong")))
    with pytest.raises(WrongPassword):
        await console.sessions.token(TOMS)
    with pytest.raises(SignInRefused, match=SIGN_IN_AGAIN):
        await console.sessions.token(TOMS)
    assert len(console.port.times_of("customers.start_session")) == 1
    console.sessions.sign_in(OperatorCredentials(LAYLAS_ID, SecretStr(LAYLAS_PASSWORD)))
    assert (await console.sessions.token(TOMS))[1]


async def test_parallel_orders_try_a_wrong_password_once(console: Console) -> None:
    console.sessions.sign_in(OperatorCredentials(LAYLAS_ID, SecretStr("wrong")))
    headers = [replace(TOMS, draft_id=f"D{number}") for number in range(8)]
    tried = await asyncio.gather(*map(console.sessions.token, headers), return_exceptions=True)
    assert all(isinstance(refused, SignInRefused) for refused in tried)
    assert len(console.port.times_of("customers.start_session")) == 1


async def test_no_secret_shows(console: Console) -> None:
    signed_in = OperatorCredentials(LAYLAS_ID, SecretStr(LAYLAS_PASSWORD))
    token, _ = await console.sessions.token(TOMS)
    assert LAYLAS_PASSWORD not in repr(signed_in)
    assert token.get_secret_value() not in repr(token)


async def test_ended_session_lines_are_never_shown_as_anothers(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(add("L1", GARLIC_BREAD))
        console.sessions.expire("D1")
        machine.switch(fault(FaultKind.STATUS_500, "carts.get"))
        await console.edit(add("L2", ONION_RINGS))
        await console.wait_until_settled()
        assert [
            status.comparison.unexpected for status in console.status_history if status.comparison.unexpected
        ] == []
