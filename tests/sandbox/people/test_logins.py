"""Customer logins: by password, by one-time password, and through a third party."""

import pytest

from console.sandbox.people import passwords
from tests.sandbox.account_calls import (
    ANA,
    NOBODY,
    SECRET,
    TOM,
    create_ana,
    details,
    login,
    login_with_otp,
    otp_code,
    send_otp,
)
from tests.sandbox.sandbox_calls import Caller, code

pytestmark = pytest.mark.anyio


@pytest.fixture
async def ana(caller: Caller) -> str:
    """Create a customer with a password; return her id."""
    return await create_ana(caller)


async def is_valid(caller: Caller, token: str) -> bool:
    response = await caller.ask("GET", f"Customer/{{M}}/{token}/ValidateToken")
    return response["SessionValid"] == "true"


class TestPassword:
    async def test_the_right_one_opens_the_customers_session(self, caller: Caller, ana: str) -> None:
        token = (await login(caller))["Token"]
        assert list(token) == ["AccessToken", "issued_at", "UserId", "MerchantId"]
        assert token["UserId"] == ana
        assert await is_valid(caller, token["AccessToken"])

    @pytest.mark.parametrize(
        ("name", "password", "expected"),
        [
            ("", SECRET, 1012),
            ("nobody@example.com", SECRET, 1041),
            (ANA, "secret-2", 1040),
            (ANA, "", 1040),
            (TOM, "", 1040),
            ("asleep@example.com", SECRET, 1042),
        ],
    )
    async def test_what_is_wrong_is_refused(
        self, caller: Caller, ana: str, name: str, password: str, expected: int
    ) -> None:
        assert code(await login(caller, name, password)) == expected

    async def test_five_wrong_ones_lock_every_way_in(self, caller: Caller, ana: str) -> None:
        assert [code(await login(caller, password="guess")) for _ in range(5)] == [1040] * 5
        assert code(await login(caller)) == 1032
        assert code(await third_party(caller, email=ANA)) == 1032
        caller.clock.now += passwords.LOCK_SECONDS
        assert code(await login(caller)) == 1004

    async def test_no_password_is_stored_in_plain_text(self, caller: Caller, ana: str) -> None:
        (row,) = caller.store.rows("SELECT * FROM customer WHERE user_id = ?", ana)
        assert not any(SECRET in str(value) for value in row)


class TestActivation:
    async def test_deactivating_stops_sign_in_and_activating_allows_it(
        self, caller: Caller, ana: str
    ) -> None:
        assert code(await caller.ask("GET", f"Customer/DeActivation/{{M}}/{ana}")) == 1004
        assert code(await login(caller)) == 1042
        assert code(await third_party(caller, email=ANA)) == 1042
        assert code(await caller.serve_customer(ANA)) == 1042
        assert (await details(caller, ana))["IsActivated"] is False

        assert code(await caller.ask("GET", f"Customer/Activation/{{M}}/{ana}")) == 1004
        assert code(await login(caller)) == 1004

    @pytest.mark.parametrize("word", ["Activation", "DeActivation"])
    async def test_of_nobody_is_refused(self, caller: Caller, word: str) -> None:
        assert code(await caller.ask("GET", f"Customer/{word}/{{M}}/{NOBODY}")) == 1017


class TestOneTimePassword:
    async def test_a_known_customer_logs_in_once(self, caller: Caller) -> None:
        await send_otp(caller)
        sent = await otp_code(caller)
        token = (await login_with_otp(caller, TOM, sent))["Token"]
        assert (await details(caller, token["UserId"]))["UserName"] == TOM
        assert await is_valid(caller, token["AccessToken"])
        assert code(await login_with_otp(caller, TOM, sent)) == 1038

    async def test_an_unknown_one_is_registered_first(self, caller: Caller) -> None:
        await send_otp(caller, "599999999", "599999999")
        token = (await login_with_otp(caller, "599999999", await otp_code(caller)))["Token"]
        record = await details(caller, token["UserId"])
        assert (record["UserName"], record["MobileNo"]) == ("599999999", "599999999")
        response = await caller.input("Customer/{M}/Search", {"customerSearch": {"mobile": "599999999"}})
        assert [found["UserId"] for found in response["Customers"]] == [token["UserId"]]

    async def test_a_wrong_one_registers_nobody(self, caller: Caller) -> None:
        await send_otp(caller, "599999999", "599999999")
        assert code(await login_with_otp(caller, "599999999", "1")) == 1038
        response = await caller.input("Customer/{M}/Search", {"customerSearch": {"mobile": "599999999"}})
        assert response["Customers"] == []

    async def test_one_that_was_sent_to_another_is_refused(self, caller: Caller) -> None:
        await send_otp(caller, "599999999", "599999999")
        assert code(await login_with_otp(caller, TOM, await otp_code(caller))) == 1038

    async def test_the_token_of_another_one_is_refused(self, caller: Caller) -> None:
        token = (await send_otp(caller))["OTPToken"]
        sent = await otp_code(caller)
        assert code(await login_with_otp(caller, TOM, sent, otptoken="another")) == 1038
        assert code(await login_with_otp(caller, TOM, sent, otptoken=token)) == 1004

    async def test_url_and_body_must_agree(self, caller: Caller) -> None:
        path = f"Customer/{{M}}/LoginWithOTP/true?username={TOM}&oTP=1"
        assert code(await caller.input(path, {"OTP": "2", "UserName": TOM})) == 1016

    async def test_a_session_that_is_named_must_be_open(self, caller: Caller) -> None:
        await send_otp(caller)
        assert code(await login_with_otp(caller, TOM, await otp_code(caller), accesstoken="x")) == 1003


async def third_party(caller: Caller, **fields: str) -> dict:
    data = {"provider": "gmail", "profileId": "example123", **fields}
    return await caller.input("Customer/{M}/LoginWithThirdPartyProvider", data)


async def third_party_async(caller: Caller, **fields: str) -> dict:
    data = {"provider": "google", "profileId": "example123", "Token": "ya29", "email": ANA, **fields}
    return await caller.input("Customer/{M}/LoginWithThirdPartyProviderAsync", data)


class TestThirdParty:
    async def test_who_is_unknown_gets_an_account(self, caller: Caller) -> None:
        response = await third_party(caller, email=ANA, FirstName="Ana", gender="F", subscribeToOffers="true")
        record = await details(caller, response["Token"]["UserId"])
        assert (record["UserName"], record["FirstName"], record["Gender"]) == (ANA, "Ana", "F")
        assert record["IsReceiveOffers"] is True

    @pytest.mark.parametrize("by", ["email", "loginId"])
    async def test_who_is_known_is_found(self, caller: Caller, ana: str, by: str) -> None:
        assert (await third_party(caller, **{by: ANA}))["Token"]["UserId"] == ana
        assert (await third_party_async(caller, **{by: ANA}))["Token"]["UserId"] == ana

    async def test_an_account_is_found_by_the_providers_id_whatever_the_address(
        self, caller: Caller, ana: str
    ) -> None:
        await third_party(caller, email=ANA)
        again = await third_party(caller, email="ana.moved@example.com")
        assert again["Token"]["UserId"] == ana
        other = await third_party(caller, email="ana.moved@example.com", profileId="example456")
        assert other["Token"]["UserId"] != ana

    @pytest.mark.parametrize("missing", ["provider", "profileId"])
    async def test_provider_and_id_are_mandatory(self, caller: Caller, missing: str) -> None:
        assert code(await third_party(caller, email=ANA, **{missing: ""})) == 1016

    async def test_the_key_of_the_token_is_read_as_printed_too(self, caller: Caller) -> None:
        assert code(await third_party_async(caller, Token="", **{"\u201dToken\u201d": "ya29"})) == 1004

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"provider": "gmail"}, 1016),
            ({"profileId": ""}, 1016),
            ({"Token": ""}, 1016),
            ({"Token": "x" * 5000}, 1016),
            ({"email": ""}, 1012),
            ({"gender": "X"}, 1016),
        ],
    )
    async def test_async_wants_what_is_mandatory(
        self, caller: Caller, fields: dict[str, str], expected: int
    ) -> None:
        assert code(await third_party_async(caller, **fields)) == expected

    async def test_a_name_is_wanted(self, caller: Caller) -> None:
        assert code(await third_party(caller)) == 1012
