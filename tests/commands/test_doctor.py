"""``store-console doctor``: what is well, what is not, and what to do about it."""

from collections.abc import Iterator

import pytest

from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.commands import doctor
from console.commands.doctor import Finding, TerminalInfo
from console.sandbox.app import Sandbox, create_app
from console.sandbox.switches import Fault, FaultKind, Switches
from tests.seeded_store import open_seeded_store

pytestmark = pytest.mark.anyio
LAYLA = ("layla@sandbox.example", "counter-1")


@pytest.fixture
def app() -> Iterator[Sandbox]:
    store = open_seeded_store()
    yield create_app(store)
    store.close()


def endpoint(app: Sandbox, *, secret: str = "") -> Endpoint:
    demo = app.state.store.demo_access()
    auth = OAuth1(demo.consumer_key, secret or demo.consumer_secret)
    return Endpoint("http://sandbox.localhost", demo.merchant_id, auth, app=app)


def advised(findings: list[Finding]) -> list[str]:
    return [finding.subject for finding in findings if finding.advice]


async def test_all_is_well(app: Sandbox) -> None:
    findings = await doctor.check_platform(endpoint(app), LAYLA)
    assert advised(findings) == []
    assert [finding.subject for finding in findings] == ["platform", "clock", "authentication", "sign-in"]


async def test_a_wrong_secret(app: Sandbox) -> None:
    assert advised(await doctor.check_platform(endpoint(app, secret="wrong"), LAYLA)) == ["authentication"]


async def test_a_wrong_password(app: Sandbox) -> None:
    assert advised(await doctor.check_platform(endpoint(app), (LAYLA[0], "wrong"))) == ["sign-in"]


async def test_a_sign_in_that_was_not_tried_is_not_called_well(app: Sandbox) -> None:
    assert advised(await doctor.check_platform(endpoint(app), None)) == ["sign-in"]


async def test_platform_without_a_response_is_reported(app: Sandbox) -> None:
    app.state.switches.current = Switches(faults=(Fault("*", FaultKind.DROP_BEFORE),))
    assert advised(await doctor.check_platform(endpoint(app), LAYLA)) == ["platform"]


async def test_network_settings_that_cannot_be_used_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1,[::1]")
    shop = Endpoint("https://shop.example", "m-1", OAuth1("key", "secret"))
    (finding,) = await doctor.check_platform(shop, None)
    assert "NO_PROXY is wrong" in finding.result
    assert finding.advice == "Correct them, then start the console again."


async def test_a_clock_that_is_off() -> None:
    store = open_seeded_store(clock=lambda: 0.0)
    findings = await doctor.check_platform(endpoint(create_app(store)), LAYLA)
    store.close()
    assert "clock" in advised(findings)


@pytest.mark.parametrize(
    ("facts", "about"),
    [
        (TerminalInfo(70, 24, "UTF-8", {}), ["terminal size"]),
        (TerminalInfo(80, 24, "ANSI_X3.4-1968", {}), ["terminal characters"]),
        (TerminalInfo(80, 24, "UTF-8", {"TMUX": "x", "NO_COLOR": "1"}), []),
        (TerminalInfo(0, 0, "UTF-8", {}), []),
    ],
)
async def test_the_terminal(facts: TerminalInfo, about: list[str]) -> None:
    assert advised(doctor.check_terminal(facts)) == about


async def test_every_value_that_was_set_aside_is_named() -> None:
    problems = ("settings.toml, line 3, host: is no address", "settings.toml, line 9, theme: is not TOML")
    findings = doctor.check_settings("settings.toml", problems, "kept")
    assert [finding.result for finding in findings] == [*problems, "kept"]
    assert advised(findings) == ["settings", "settings"]


async def test_the_table_puts_what_to_do_under_what_was_found() -> None:
    table = doctor.as_text([Finding("clock", "+900 s", "set the clock"), Finding("platform", "answers")])
    assert table.splitlines() == ["! clock     +900 s", "            -> set the clock", "  platform  answers"]
