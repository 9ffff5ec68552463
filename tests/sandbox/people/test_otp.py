"""One-time passwords: sent, shown by the control API, checked, used once, and expired."""

import httpx
import pytest

from console.sandbox.people import otp
from tests.sandbox.account_calls import TOM, TOM_MOBILE, otp_code, send_otp, sent_otps
from tests.sandbox.sandbox_calls import HOST, Caller, code

pytestmark = pytest.mark.anyio


async def validate(caller: Caller, mobile: str, sent: str) -> int:
    return code(await caller.ask("POST", "carts/V2/ValidateOTP/{M}", {"mobile": mobile, "OTP": sent}))


async def test_a_sent_otp_is_shown_locally_and_not_in_the_response(caller: Caller) -> None:
    response = await send_otp(caller)
    assert list(response) == [
        "messageCode",
        "Message",
        "OTPToken",
        "IsEmailSentToAlternateEmail",
        "ErrorCode",
    ]
    (one,) = (await sent_otps(caller))["otps"]
    assert (one["user_name"], one["mobile"], one["otp_token"]) == (TOM, TOM_MOBILE, response["OTPToken"])
    assert one["code"].isdigit()


async def test_it_is_shown_to_no_other_machine(caller: Caller) -> None:
    await send_otp(caller)
    transport = httpx.ASGITransport(app=caller.app, client=("192.0.2.7", 50000))
    async with httpx.AsyncClient(transport=transport) as elsewhere:
        response = await elsewhere.get(f"{HOST}/sandbox/otps")
    assert response.status_code == 403
    assert await otp_code(caller) not in response.text


async def test_without_the_header_the_response_shows_it_as_documented(caller: Caller) -> None:
    assert (await send_otp(caller, hidden=False))["OTP"] == await otp_code(caller)


async def test_a_registered_email_gets_it_too(caller: Caller) -> None:
    assert (await send_otp(caller))["IsEmailSentToAlternateEmail"] == "True"
    assert (await send_otp(caller, "nobody@example.com", "965-59990000"))[
        "IsEmailSentToAlternateEmail"
    ] == "False"


@pytest.mark.parametrize(
    ("name", "mobile", "expected"),
    [
        ("", TOM_MOBILE, 1012),
        (TOM, "", 1016),
        (TOM, "call me", 1016),
        (TOM, "9" * 16, 1016),
        (TOM, "965-59990000", 5001),
        ("asleep@example.com", "965-50000004", 1042),
    ],
)
async def test_what_cannot_be_sent_is_refused(caller: Caller, name: str, mobile: str, expected: int) -> None:
    assert code(await send_otp(caller, name, mobile)) == expected
    assert (await sent_otps(caller))["otps"] == []


async def test_another_merchants_customer_is_refused(caller: Caller) -> None:
    assert code(await send_otp(caller, merchantId="81e77da2-723b-483d-8c0d-49f800c1exxx")) == 1045


@pytest.mark.parametrize("mobile", [TOM_MOBILE, "917411639213", "7411639213"])
async def test_it_is_good_for_its_mobile_however_written(caller: Caller, mobile: str) -> None:
    await send_otp(caller)
    assert await validate(caller, mobile, await otp_code(caller)) == 1004


async def test_validating_it_leaves_it_good_for_the_login_and_that_uses_it_up(caller: Caller) -> None:
    await send_otp(caller)
    sent = await otp_code(caller)
    assert [await validate(caller, TOM_MOBILE, sent) for _ in range(2)] == [1004, 1004]
    path = f"Customer/{{M}}/LoginWithOTP/true?username=tom.sawyer@example.com&oTP={sent}"
    data = {"OTP": sent, "UserName": "tom.sawyer@example.com"}
    assert code(await caller.input(path, data)) == 1004
    assert await validate(caller, TOM_MOBILE, sent) == 1038


async def test_it_is_good_for_no_other_mobile(caller: Caller) -> None:
    await send_otp(caller)
    assert await validate(caller, "965-55512345", await otp_code(caller)) == 1038
    assert await validate(caller, "", await otp_code(caller)) == 1038


async def test_it_is_forgotten_after_five_minutes(caller: Caller) -> None:
    await send_otp(caller)
    sent = await otp_code(caller)
    caller.clock.now += otp.LIFETIME_SECONDS
    assert await validate(caller, TOM_MOBILE, sent) == 1038
    assert (await sent_otps(caller))["otps"] == []


async def test_a_new_one_takes_the_place_of_the_old(caller: Caller) -> None:
    await send_otp(caller)
    old = await otp_code(caller)
    await send_otp(caller)
    new = await otp_code(caller)
    assert new != old
    assert await validate(caller, TOM_MOBILE, old) == 1038
    assert await validate(caller, TOM_MOBILE, new) == 1004


async def test_it_counts_no_more_after_five_wrong_tries(caller: Caller) -> None:
    await send_otp(caller)
    sent = await otp_code(caller)
    assert [await validate(caller, TOM_MOBILE, "x") for _ in range(otp.MAX_ATTEMPTS)] == [
        1038
    ] * otp.MAX_ATTEMPTS
    assert await validate(caller, TOM_MOBILE, sent) == 1038
