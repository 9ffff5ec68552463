"""Signing in, online and offline."""

import time

import pytest

from console.config.profiles import AuthSettings, Profile, ProfileKind
from console.config.settings import load_settings
from console.ordering.customer import Operator
from console.ordering.stores import Location
from console.services.events import ConnectionState, ServiceError
from console.services.profile_connection import ProfileConnection
from console.services.settings import SettingsService
from console.sync.clock import SystemClock
from tests.services.connections import connected, operator_session, sign_in
from tests.shops import LAYLA, LAYLAS_PASSWORD, LOCATION_ID, SandboxBackend

pytestmark = pytest.mark.anyio


async def refusal(backend: SandboxBackend, name: str, password: str) -> ServiceError:
    async with connected(backend) as (connection, _):
        with pytest.raises(ServiceError) as error:
            await connection.sign_in_service.sign_in(name, password)
    return error.value


async def test_a_right_password_offers_the_operators_stores(backend: SandboxBackend) -> None:
    async with connected(backend) as (connection, _):
        offer = await connection.sign_in_service.sign_in(f" {LAYLA} ", LAYLAS_PASSWORD)
        assert offer.operator.name == "Layla Al-Mutairi"
        assert [place.location_id for place in offer.locations] == [LOCATION_ID]
        assert offer.locations[0].area == "Salmiya"
        assert not offer.offline
        assert connection.context.monitor.state is ConnectionState.ONLINE


async def test_an_operator_of_no_store_in_particular_may_choose_any(backend: SandboxBackend) -> None:
    async with connected(backend) as (connection, _):
        offer = await connection.sign_in_service.sign_in("ravi@sandbox.example", "callcentre-4")
        assert len(offer.locations) >= 6


async def test_the_name_is_remembered_and_the_password_is_not(backend: SandboxBackend) -> None:
    async with connected(backend) as (connection, _):
        await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
    assert load_settings(backend.paths.settings_file).settings.operator == LAYLA
    saved = [file.read_bytes() for file in backend.paths.config.parent.rglob("*") if file.is_file()]
    assert not any(LAYLAS_PASSWORD.encode() in content for content in saved)


@pytest.mark.parametrize(("name", "password"), [("", "x"), (LAYLA, ""), ("  ", "x")])
async def test_nothing_typed_asks_for_both(backend: SandboxBackend, name: str, password: str) -> None:
    assert (await refusal(backend, name, password)).message == "Enter an operator name and a password."


async def test_a_wrong_password_is_said(backend: SandboxBackend) -> None:
    error = await refusal(backend, LAYLA, "wrong")
    assert error.message == "The password is wrong."
    assert not error.offline


async def test_a_locked_account_is_said(backend: SandboxBackend) -> None:
    for _ in range(5):
        await refusal(backend, LAYLA, "wrong")
    assert "locked" in (await refusal(backend, LAYLA, LAYLAS_PASSWORD)).message


async def test_recent_operator_signs_in_offline(backend: SandboxBackend) -> None:
    async with connected(backend) as (connection, _):
        known = await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
    backend.go_offline()
    async with connected(backend) as (connection, _):
        offer = await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
        assert offer.offline
        assert (offer.operator, offer.locations) == (known.operator, known.locations)
        assert connection.context.monitor.state is ConnectionState.OFFLINE


async def test_offline_wrong_password_and_unknown_user_are_refused(backend: SandboxBackend) -> None:
    async with connected(backend) as (connection, _):
        await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
    backend.go_offline()
    wrong = await refusal(backend, LAYLA, "wrong")
    unknown = await refusal(backend, "omar@sandbox.example", "counter-2")
    assert "not the password of the last sign-in here" in wrong.message
    assert "never signed in on this machine" in unknown.message
    assert wrong.offline


async def test_offline_five_wrong_tries_are_the_limit(backend: SandboxBackend) -> None:
    async with connected(backend) as (connection, _):
        await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
    backend.go_offline()
    for _ in range(5):
        await refusal(backend, LAYLA, "wrong")
    assert "too many attempts" in (await refusal(backend, LAYLA, LAYLAS_PASSWORD)).message


async def test_offline_sign_in_needs_saved_credentials(
    backend: SandboxBackend,
) -> None:
    """Offline, nobody signs in where the settings keep no credentials."""
    opened_here = await backend.connect(lambda _: None)
    settings = opened_here.settings
    assert opened_here.connection is not None
    await opened_here.connection.close()
    await settings._save(settings.settings.with_values(offline_sign_in_days=0))
    async with connected(backend) as (connection, _):
        await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
    backend.go_offline()
    assert "never signed in" in (await refusal(backend, LAYLA, LAYLAS_PASSWORD)).message


async def test_nobody_works_before_signing_in(backend: SandboxBackend) -> None:
    async with connected(backend) as (connection, _):
        offer = await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
        connection.sign_in_service.sign_out()
        with pytest.raises(RuntimeError):
            connection.sign_in_service.activate(offer.operator)


async def test_another_operator_can_sign_in_after_sign_out(backend: SandboxBackend) -> None:
    """After a sign-out another operator may sign in at the same connection."""
    async with connected(backend) as (connection, _):
        session = await sign_in(connection)
        await session.sign_out()
        again = await sign_in(connection)
        assert again.operator == session.operator


async def test_a_file_that_cannot_be_read_leaves_nobody_signed_in(backend: SandboxBackend) -> None:
    async with connected(backend) as (connection, _):
        offer = await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
        await connection.context.storage.drafts._database.close()
        with pytest.raises(ServiceError, match="closed"):
            await connection.start_session(offer, offer.locations[0])
        with pytest.raises(RuntimeError):
            connection.sign_in_service.activate(offer.operator)


async def test_working_console_shows_liveness_and_leaves_no_file(
    backend: SandboxBackend,
) -> None:
    consoles = backend.paths.data / "consoles"
    async with operator_session(backend):
        assert len(list(consoles.iterdir())) == 1
    assert list(consoles.iterdir()) == []


async def test_wrong_clock_is_reported(backend: SandboxBackend) -> None:
    backend.store.clock = lambda: time.time() + 3600
    async with connected(backend) as (connection, _):
        with pytest.raises(ServiceError, match=r"clock is 3\d{3} s behind the platform's"):
            await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)


class LateClock(SystemClock):
    def now(self) -> float:
        return super().now() - 3600


async def test_connection_and_requests_use_the_given_timer(
    backend: SandboxBackend,
) -> None:
    settings = await SettingsService.open(backend.paths)
    connection = await ProfileConnection.open(
        settings,
        settings.find_profile(""),
        open_sandbox=backend.open_sandbox,
        publish=lambda _: None,
        clock=LateClock(),
    )
    with pytest.raises(ServiceError, match=r"clock is 3\d{3} s behind the platform's"):
        await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
    await connection.close()


async def shop_with_unusable_proxy(
    backend: SandboxBackend, monkeypatch: pytest.MonkeyPatch
) -> ProfileConnection:
    """The connection of a platform's profile on a machine whose network settings are wrong."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1,[::1]")
    settings = await SettingsService.open(backend.paths)
    shop = Profile(
        name="Shop",
        kind=ProfileKind.PLATFORM,
        host="https://shop.example",
        merchant_id="m-1",
        auth=AuthSettings(public_key="KEY"),
    )
    await settings.save_profile(shop, "s3cret")
    connection = (await backend.connect(lambda _: None, profile="Shop")).connection
    assert connection is not None
    return connection


async def test_unusable_network_settings_are_named_at_sign_in(
    backend: SandboxBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = await shop_with_unusable_proxy(backend, monkeypatch)
    with pytest.raises(ServiceError, match="NO_PROXY is wrong"):
        await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
    await connection.close()


async def test_sign_in_works_offline_with_unusable_network_settings(
    backend: SandboxBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = await shop_with_unusable_proxy(backend, monkeypatch)
    store = Location(LOCATION_ID, "salmiya", "Salmiya")
    layla = Operator(operator_id="1", user_name=LAYLA, name="Layla", roles=())
    await connection.context.storage.operators.remember(
        "Shop", layla, (store,), LAYLAS_PASSWORD, now=time.time(), days=7
    )
    with pytest.raises(ServiceError, match="not the password"):
        await connection.sign_in_service.sign_in(LAYLA, "wrong")
    result = await connection.sign_in_service.sign_in(LAYLA, LAYLAS_PASSWORD)
    assert result.offline
    assert "NO_PROXY is wrong" in result.offline_reason
    assert (await connection.start_session(result, store)).orders.open_orders == ()
    await connection.close()
