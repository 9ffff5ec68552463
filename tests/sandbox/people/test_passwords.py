"""Customers' passwords: changed with the old one or without, and reset by mobile or by e-mail."""

import pytest

from console.sandbox.people import password_resets
from tests.sandbox.account_calls import (
    ANA,
    NOBODY,
    SECRET,
    TOM,
    create_ana,
    login,
    login_with_otp,
    otp_code,
    sent_otps,
)
from tests.sandbox.sandbox_calls import Caller, code

pytestmark = pytest.mark.anyio

CHANGED = "another-2"


@pytest.fixture
async def ana(caller: Caller) -> str:
    """Create a customer with a password; return her id."""
    return await create_ana(caller)


async def change_v2(caller: Caller, user_id: str, old: str, new: str, version: str = "1") -> dict:
    path, data = f"Customer/v2/changePassword/{{M}}/{user_id}", {"OldPassword": old, "NewPassword": new}
    return await caller.input(path, data, headers={"APIversion": version})


class TestChange:
    async def test_login_goes_by_the_new_password(self, caller: Caller, ana: str) -> None:
        path = f"Customer/{{M}}/{ana}/ChangePassword?password={CHANGED}"
        assert code(await caller.ask("POST", path)) == 1004
        assert code(await login(caller)) == 1040
        assert code(await login(caller, password=CHANGED)) == 1004

    async def test_in_ones_own_session_by_the_old_password(self, caller: Caller, ana: str) -> None:
        caller.token = (await login(caller))["Token"]["AccessToken"]
        assert code(await change_v2(caller, ana, SECRET, CHANGED)) == 1004
        assert code(await login(caller)) == 1040
        assert code(await login(caller, password=CHANGED)) == 1004

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"old": "wrong", "new": CHANGED}, 1040),
            ({"old": SECRET, "new": "short"}, 1040),
            ({"old": SECRET, "new": CHANGED, "version": "2"}, 1016),
        ],
    )
    async def test_what_does_not_fit_changes_nothing(
        self, caller: Caller, ana: str, change: dict[str, str], expected: int
    ) -> None:
        caller.token = (await login(caller))["Token"]["AccessToken"]
        assert code(await change_v2(caller, ana, **change)) == expected
        assert code(await login(caller)) == 1004

    async def test_nobody_changes_anothers(self, caller: Caller, ana: str) -> None:
        await caller.walk_in()
        assert code(await change_v2(caller, ana, SECRET, CHANGED)) == 5001
        caller.token = "nonsense"
        assert code(await change_v2(caller, ana, SECRET, CHANGED)) == 1003

    @pytest.mark.parametrize(
        ("user_id", "password", "expected"), [(NOBODY, CHANGED, 1017), (None, "x", 1040)]
    )
    async def test_without_the_old_one_is_refused_too(
        self, caller: Caller, ana: str, user_id: str | None, password: str, expected: int
    ) -> None:
        path = f"Customer/{{M}}/{user_id or ana}/ChangePassword?password={password}"
        assert code(await caller.ask("POST", path)) == expected


async def reset(caller: Caller, name: str, url: str = "") -> dict:
    asked = {"UserName": name, "Url": url}
    return await caller.input("Customer/{M}/v2/resetPassword", {"ResetPasswordRequest": asked})


async def validate(caller: Caller, name: str, kind: str, **proof: str) -> dict:
    asked = {"UserName": name, "Resettype": kind, **proof}
    return await caller.input("Customer/{M}/ValidateResetRequest", {"ResetPasswordDetails": asked})


class TestReset:
    async def test_by_the_link_sent_to_an_email_address_once(self, caller: Caller, ana: str) -> None:
        await caller.walk_in()
        assert code(await reset(caller, ANA, "https://store.example/reset?id=")) == 1004
        (sent,) = (await sent_otps(caller))["resets"]
        assert sent["link"] == f"https://store.example/reset?id={sent['reset_id']}"
        response = await validate(caller, ANA, "email", resetid=sent["reset_id"])
        assert response["UserId"] == ana
        assert code(await validate(caller, ANA, "email", resetid=sent["reset_id"])) == 1016

    async def test_by_the_password_sent_to_a_mobile_once(self, caller: Caller, ana: str) -> None:
        await caller.walk_in()
        assert code(await reset(caller, "96559990000")) == 1004
        sent = await otp_code(caller)
        assert code(await login_with_otp(caller, ANA, sent)) == 1038
        assert (await validate(caller, "96559990000", "mobile", otp=sent))["UserId"] == ana
        assert code(await validate(caller, "96559990000", "mobile", otp=sent)) == 1038

    async def test_a_link_is_forgotten_after_an_hour(self, caller: Caller, ana: str) -> None:
        await caller.walk_in()
        await reset(caller, ANA)
        (sent,) = (await sent_otps(caller))["resets"]
        caller.clock.now += password_resets.RESET_SECONDS
        await caller.walk_in()
        assert code(await validate(caller, ANA, "email", resetid=sent["reset_id"])) == 1016

    async def test_anothers_link_is_refused(self, caller: Caller, ana: str) -> None:
        await caller.walk_in()
        await reset(caller, ANA)
        (sent,) = (await sent_otps(caller))["resets"]
        assert code(await validate(caller, TOM, "email", resetid=sent["reset_id"])) == 1016

    @pytest.mark.parametrize(
        ("name", "url", "expected"),
        [
            ("", "", 1012),
            ("nobody@example.com", "", 1041),
            (ANA, "javascript:alert(1)", 1016),
            ("asleep@example.com", "", 1042),
        ],
    )
    async def test_what_cannot_be_reset_is_refused(
        self, caller: Caller, ana: str, name: str, url: str, expected: int
    ) -> None:
        await caller.walk_in()
        assert code(await reset(caller, name, url)) == expected
        assert await sent_otps(caller) == {"otps": [], "resets": []}

    async def test_a_kind_that_is_not_documented_is_refused(self, caller: Caller, ana: str) -> None:
        await caller.walk_in()
        assert code(await validate(caller, ANA, "post")) == 1016

    async def test_a_session_is_wanted(self, caller: Caller, ana: str) -> None:
        assert code(await reset(caller, ANA)) == 1003
        assert code(await validate(caller, ANA, "email")) == 1003
