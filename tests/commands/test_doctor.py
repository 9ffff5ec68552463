"""``store-console doctor``: what is well, what is not, and what to do about it."""

import errno
import io
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.cli import main
from console.commands import doctor
from console.commands.doctor import Finding, TerminalInfo
from console.sandbox.app import Sandbox, create_app
from console.sandbox.switches import Fault, FaultKind, Switches
from tests.seeded_store import open_seeded_store

SHOP = """\
[[profiles]]
name = "Shop"
kind = "platform"
host = "https://shop.example"
merchant_id = "m-1"
auth.public_key = "KEY"
[[profiles]]
name = "Practice"
kind = "sandbox"
"""
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


@pytest.mark.anyio
async def test_all_is_well(app: Sandbox) -> None:
    findings = await doctor.check_platform(endpoint(app), LAYLA)
    assert advised(findings) == []
    assert [finding.subject for finding in findings] == ["platform", "clock", "authentication", "sign-in"]


@pytest.mark.anyio
async def test_a_wrong_secret(app: Sandbox) -> None:
    findings = await doctor.check_platform(endpoint(app, secret="wrong"), LAYLA)
    assert advised(findings) == ["authentication", "sign-in"]
    assert {finding.advice for finding in findings} == {"", doctor.KEY_ADVICE}


@pytest.mark.anyio
async def test_a_wrong_password(app: Sandbox) -> None:
    assert advised(await doctor.check_platform(endpoint(app), (LAYLA[0], "wrong"))) == ["sign-in"]


@pytest.mark.anyio
async def test_a_sign_in_that_was_not_tried_is_not_called_well(app: Sandbox) -> None:
    assert advised(await doctor.check_platform(endpoint(app), None)) == ["sign-in"]


@pytest.mark.anyio
async def test_platform_without_a_response_is_reported(app: Sandbox) -> None:
    app.state.switches.current = Switches(faults=(Fault("*", FaultKind.DROP_BEFORE),))
    assert advised(await doctor.check_platform(endpoint(app), LAYLA)) == [
        "platform",
        "authentication",
        "sign-in",
    ]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("failing", "subject"),
    [("oauth.timestamp", "platform"), ("customers.access_token", "authentication")],
)
async def test_steps_after_a_failed_one_are_tried(app: Sandbox, failing: str, subject: str) -> None:
    app.state.switches.current = Switches(faults=(Fault(failing, FaultKind.NOT_JSON),))
    findings = await doctor.check_platform(endpoint(app), LAYLA)
    assert advised(findings) == [subject]
    assert findings[-1].result.startswith(f"{LAYLA[0]} can sign in")


@pytest.mark.anyio
async def test_network_settings_that_cannot_be_used_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1,[::1]")
    shop = Endpoint("https://shop.example", "m-1", OAuth1("key", "secret"))
    finding = (await doctor.check_platform(shop, None))[0]
    assert "NO_PROXY is wrong" in finding.result
    assert finding.advice == "correct them, then start the console again."


@pytest.mark.anyio
async def test_a_clock_that_is_off() -> None:
    store = open_seeded_store(clock=lambda: 0.0)
    findings = await doctor.check_platform(endpoint(create_app(store)), LAYLA)
    store.close()
    assert "clock" in advised(findings)


@pytest.mark.anyio
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


@pytest.mark.anyio
async def test_every_value_that_was_set_aside_is_named() -> None:
    problems = ("settings.toml, line 3, host: is no address", "settings.toml, line 9, theme: is not TOML")
    findings = doctor.check_settings("settings.toml", problems, "kept")
    assert [finding.result for finding in findings] == [*problems, "kept"]
    assert advised(findings) == ["settings", "settings"]


@pytest.mark.anyio
async def test_the_table_puts_what_to_do_under_what_was_found() -> None:
    table = doctor.as_text([Finding("clock", "+900 s", "set the clock"), Finding("platform", "answers")])
    assert table.splitlines() == ["! clock     +900 s", "            -> set the clock", "  platform  answers"]


def test_findings_as_json_say_what_is_well_and_what_is_not() -> None:
    findings = [Finding("clock", "+900 s", "set the clock"), Finding("platform", "answers")]
    assert json.loads(doctor.as_json(findings)) == {
        "ok": False,
        "findings": [
            {"subject": "clock", "result": "+900 s", "advice": "set the clock", "ok": False},
            {"subject": "platform", "result": "answers", "advice": "", "ok": True},
        ],
    }


def test_doctor_prints_json_on_request(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["doctor", "--json", "--profile", "Practice"])
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] == (code == 0)
    assert "platform" in {finding["subject"] for finding in report["findings"]}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a console in use, without a keyring."""
    monkeypatch.setenv("STORE_CONSOLE_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text(SHOP)
    (tmp_path / "config" / "secrets.json").write_text('{"Shop/consumer_secret": "s3cret"}')
    return tmp_path


def refuse_below(folder: Path, error: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every access below a folder fail, as for a user whom it does not belong to."""

    def refusing(real: Callable[..., Any]) -> Callable[..., Any]:
        def access(path: Any, *arguments: Any, **options: Any) -> Any:
            if isinstance(path, str | Path) and Path(path).is_relative_to(folder):
                raise type(error)(error.errno, error.strerror, str(path))
            return real(path, *arguments, **options)

        return access

    for name in ("open", "stat", "mkdir", "scandir"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name)))
    monkeypatch.setattr(io, "open", refusing(io.open))


NO_PERMISSION = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
LOST = OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.mark.parametrize("command", [["doctor"], ["api", "call", "oauth.timestamp"]])
@pytest.mark.parametrize("profile", ["Shop", "Practice"])
@pytest.mark.parametrize("error", [NO_PERMISSION, FULL, LOST], ids=["permission", "full", "lost"])
@pytest.mark.parametrize("folder", ["", "config", "data", "logs"])
def test_folder_that_cannot_be_used_is_a_sentence(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    command: list[str],
    profile: str,
    error: OSError,
    folder: str,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://[::1")  # nothing leaves this machine
    with monkeypatch.context() as patch:
        refuse_below(home / folder, error, patch)
        code = main([*command, "--profile", profile])
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    if command == ["doctor"]:
        assert code == 1
        assert f"{error.strerror}" in said.out
        assert "-> make it a folder of yours" in said.out


@pytest.mark.parametrize("folder", ["config", "data", "cache", "logs"])
def test_file_in_a_folders_place_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    monkeypatch.setenv("STORE_CONSOLE_HOME", str(tmp_path))
    (tmp_path / folder).write_text("")
    assert main(["doctor"]) == 1
    assert f"{tmp_path / folder}: Not a directory" in capsys.readouterr().out
