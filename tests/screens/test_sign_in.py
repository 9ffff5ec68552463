"""Signing in and out."""

from pathlib import Path

import pytest

from console.services.events import SignInResult
from console.services.people.sign_in import SignInService
from tests.screens.driving import OFFLINE, run_console

pytestmark = pytest.mark.anyio


async def test_the_demo_sign_in_leads_to_the_customers(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.see("Layla Al-Mutairi", "online")


async def test_the_demo_may_be_asked_for_before_the_store_is_open(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.keys("f2")
        await operator.see("Operator          layla@sandbox.example", "•")


async def test_enter_says_what_is_missing(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.see("F2 fills in")
        await operator.keys("enter")
        await operator.see("Type your user name.")
        await operator.type("layla@sandbox.example", "enter", "enter")
        await operator.see("Type your password.")


async def test_a_wrong_password_leaves_the_form(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.see("F2 fills in")
        await operator.type("layla@sandbox.example")
        await operator.keys("enter")
        await operator.type("wrong")
        await operator.keys("enter")
        await operator.see("✗", "password", "layla@sandbox.example")
        assert "•" not in operator.screen


async def test_offline_an_unknown_operator_cannot_sign_in(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.see("F2 fills in")
        operator.backend.switch(OFFLINE)
        await operator.keys("f2", "enter")
        await operator.see("never signed in on this machine", "○ offline")


def record_attempts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that are tried."""
    attempts: list[str] = []
    sign_in = SignInService.sign_in

    async def recorded(service: SignInService, user_name: str, password: str) -> SignInResult:
        attempts.append(password)
        return await sign_in(service, user_name, password)

    monkeypatch.setattr(SignInService, "sign_in", recorded)
    return attempts


async def test_keys_typed_while_signing_in_are_no_password_attempt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = record_attempts(monkeypatch)
    async with run_console(tmp_path) as operator:
        await operator.see("F2 fills in")
        await operator.type(
            "layla@sandbox.example", "enter", *"wrong", "enter", *"555", "enter", *"tom", "enter"
        )
        await operator.see("✗", "password")
        assert attempts == ["wrong"]
        assert "•" not in operator.screen


async def test_keys_typed_before_the_store_is_open_are_no_part_of_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = record_attempts(monkeypatch)
    async with run_console(tmp_path) as operator:
        await operator.type("layla@sandbox.example", "enter", *"counter-1", "enter", *"555")
        await operator.see("F3 New")
        assert attempts == ["counter-1"]


async def test_a_refused_password_may_be_typed_again(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.see("F2 fills in")
        await operator.type("layla@sandbox.example", "enter", *"wrong", "enter")
        await operator.see("✗")
        await operator.type("counter-1", "enter")
        await operator.see("F3 New")


async def test_enter_typed_during_start_up_counts(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.type("", "f2", "enter")
        await operator.see("F3 New")


async def test_enter_typed_before_the_program_ran_counts(tmp_path: Path) -> None:
    """The terminal makes a line feed of it, as long as no program has asked for single keys."""
    async with run_console(tmp_path) as operator:
        await operator.type("layla@sandbox.example", "ctrl+j", *"counter-1", "ctrl+j")
        await operator.see("F3 New")


async def test_escape_never_signs_out(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.keys("escape", "escape", "y")
        await operator.see("F12 Out", "Customer  y")


async def test_f12_clears_the_field_before_it_asks_to_sign_out(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("tom", "f12", *"layla")
        await operator.see("Customer  layla")
        await operator.keys("f12", "f12")
        await operator.see("Sign out?")


async def test_several_stores_are_offered(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.see("F2 fills in")
        await operator.type("ravi@sandbox.example")
        await operator.keys("enter")
        await operator.type("callcentre-4")
        await operator.keys("enter")
        await operator.see("Which store do you work at?", "Salmiya", "Hawalli")
        await operator.type("haw")
        await operator.keys("enter")
        await operator.see("Hawalli  Ravi Menon", "F3 New")


async def test_taking_no_store_signs_nobody_in(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.see("F2 fills in")
        await operator.type("ravi@sandbox.example")
        await operator.keys("enter")
        await operator.type("callcentre-4")
        await operator.keys("enter")
        await operator.see("Which store")
        await operator.keys("f12")
        await operator.see("Not signed in")


async def test_signing_out_is_asked_and_clears_the_password(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.keys("f12")
        await operator.see("Sign out?")
        await operator.keys("y")
        await operator.see("Signed out.")
        assert "•" not in operator.screen


async def test_a_password_may_hold_a_question_mark(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.type("x")
        await operator.keys("tab", "question_mark")
        await operator.see("•")
