"""Logins, passwords, one-time passwords: requests as printed, sample responses parsed in full."""

from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.customers.requests import Gender, Provider, ResetType, ThirdPartyProfile
from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.api.transport.port import RawResponse, Request
from tests.api.documents.samples import API_SAMPLES, TOKEN, documented_api, documented_request

pytestmark = pytest.mark.anyio

TOM = "132d3c1d-7d71-4b87-9a69-a4d216d63xxx"


class TestLogin:
    async def test_with_credentials(self) -> None:
        api, port = documented_api("customers.login")

        token = await api.customers.login(
            user_name="tom.sawyer@capillarytech.com", password=SecretStr("123456!")
        )

        assert (port.requests[0].method, port.path) == ("POST", "Customer/6c57599f/login")
        assert port.form == documented_request("customers.login")
        assert (token.user_id, token.merchant_id) == (TOM, "81e77da2-723b-483d-8c0d-49f800c1exxx")
        assert token.issued_at == datetime(2018, 7, 31, 9, 38, 49, 318000, UTC)

    async def test_with_otp(self) -> None:
        api, port = documented_api("customers.login_with_otp")

        token = await api.customers.login_with_otp(
            user_name="599999999", otp=SecretStr("2222"), otp_token=SecretStr("x2yiqj"), token=TOKEN
        )

        assert port.path == "Customer/6c57599f/LoginWithOTP/true?username=599999999&oTP=2222"
        sample = documented_request("customers.login_with_otp")["InputData"]
        assert isinstance(sample, dict)
        # The description says that the parameter is a string; the sample has a number.
        assert port.form["InputData"] == {name: str(value) for name, value in sample.items()}
        assert port.requests[0].headers["otptoken"] == "x2yiqj"
        assert port.requests[0].headers["accesstoken"] == TOKEN.get_secret_value()
        assert token.user_id == TOM

    async def test_with_a_third_party(self) -> None:
        api, port = documented_api("customers.login_with_third_party")
        name = "tom.sawyer@capillarytech.com"
        profile = ThirdPartyProfile(
            provider="gmail",
            profile_id="example123",
            email=name,
            login_id=name,
            first_name="Tom",
            last_name="Sawyer",
            gender=Gender.MALE,
            mobile="91-7411600000",
            subscribe_to_offers=True,
        )

        token = await api.customers.login_with_third_party(profile=profile)

        assert port.path == "Customer/6c57599f/LoginWithThirdPartyProvider"
        assert port.form == documented_request("customers.login_with_third_party")
        assert token.user_id == "5820c36d-7148-4154-afa7-32b0798f21f6"

    async def test_with_a_third_party_async(self) -> None:
        api, port = documented_api("customers.login_with_third_party_async")
        sample = documented_request("customers.login_with_third_party_async")["InputData"]
        assert isinstance(sample, dict)
        # The sample has typographic quotes inside this one key; its description has none.
        sample["Token"] = sample.pop("\u201dToken\u201d")
        profile = ThirdPartyProfile(
            provider=Provider.GOOGLE,
            profile_id="example123",
            email="test.user@capillarytech.com",
            login_id="test.user@capillarytech.com",
            first_name="Test",
            last_name="User",
            gender=Gender.MALE,
            mobile="91-7411600000",
            subscribe_to_offers=True,
            token=SecretStr(sample["Token"]),
        )

        token = await api.customers.login_with_third_party_async(profile=profile)

        assert port.path == "Customer/6c57599f/LoginWithThirdPartyProviderAsync"
        assert port.form["InputData"] == sample
        assert token.access_token.get_secret_value() == "50p2yjcmiizlfyltl3vrltvj"

    async def test_async_needs_the_providers_token(self) -> None:
        api, _ = documented_api("customers.login_with_third_party_async")

        with pytest.raises(ValueError, match="token"):
            await api.customers.login_with_third_party_async(
                profile=ThirdPartyProfile("google", "1", "a@b.c")
            )


class TestPasswords:
    async def test_change_password(self) -> None:
        api, port = documented_api(
            "customers.change_password", merchant="f48fdd16-92db-4188-854d-1ecd9b62xxxx"
        )

        await api.customers.change_password(user_id=TOM, password=SecretStr("1234"))

        assert (port.requests[0].method, port.requests[0].body) == ("POST", b"")
        assert port.path == (
            f"Customer/f48fdd16-92db-4188-854d-1ecd9b62xxxx/{TOM}/ChangePassword?password=1234"
        )

    async def test_change_password_v2_is_of_version_1(self) -> None:
        api, port = documented_api("customers.change_password_v2")

        await api.customers.change_password_v2(
            user_id="f72da7b6", old=SecretStr("passwordOld"), new=SecretStr("passwordNew"), token=TOKEN
        )

        assert port.path == "Customer/v2/changePassword/6c57599f/f72da7b6"
        assert port.form == documented_request("customers.change_password_v2")
        assert port.requests[0].headers["APIversion"] == "1"
        assert port.requests[0].headers["accesstoken"] == TOKEN.get_secret_value()

    async def test_a_version_of_its_own_is_not_named_twice(self) -> None:
        port = Deaf()
        endpoint = Endpoint("https://store.example", "6c57599f", OAuth1("QFTBNOUC", "NDH1BYBF"))
        api = ApiClient(endpoint, clock=lambda: 0.0, port=port)

        await api.customers.addresses(user_id="f72da7b6")

        named = {name: value for name, value in port.headers.items() if name.casefold() == "apiversion"}
        assert named == {"apiversion": "4"}

    async def test_generate_reset_id(self) -> None:
        api, port = documented_api("customers.reset_password")

        await api.customers.reset_password(
            user_name="tom.sawyer@example.com",
            url="https://www.example.nightlysites.capillary.in",
            token=TOKEN,
        )

        assert port.path == "Customer/6c57599f/v2/resetPassword"
        assert port.form == documented_request("customers.reset_password")

    async def test_validate_reset_request(self) -> None:
        api, port = documented_api("customers.validate_reset")

        user_id = await api.customers.validate_reset(
            user_name="9876000000", kind=ResetType.MOBILE, proof=SecretStr("3423"), token=TOKEN
        )

        assert port.path == "Customer/6c57599f/ValidateResetRequest"
        assert port.form == documented_request("customers.validate_reset")
        assert user_id == "3aed9e45-65d8-4b21-8ec1-b25134499744"

    async def test_validate_reset_request_by_reset_id(self) -> None:
        api, port = documented_api("customers.validate_reset")

        await api.customers.validate_reset(
            user_name="tom@example.com", kind=ResetType.EMAIL, proof=SecretStr("4a2a68a9"), token=TOKEN
        )

        assert port.form["InputData"] == {
            "ResetPasswordDetails": {
                "UserName": "tom@example.com",
                "Resettype": "email",
                "resetid": "4a2a68a9",
            }
        }


class Deaf:
    """A port that records the request headers and finds nothing."""

    headers: dict[str, str]

    async def send(self, request: Request) -> RawResponse:
        self.headers = dict(request.headers)
        return RawResponse(200, {}, b'{"messageCode": "1009"}')

    async def aclose(self) -> None:
        return


class TestOneTimePasswords:
    async def test_send_otp_keeps_it_out_of_the_response(self) -> None:
        api, port = documented_api("carts.send_otp", merchant="81e77da2-723b-483d-8c0d-49f800c1exxx")

        issued = await api.carts.send_otp(user_name="tom.sawyer@example.com", mobile="917000000000")

        assert port.path == "carts/V2/SendOTP/81e77da2-723b-483d-8c0d-49f800c1exxx"
        assert port.form == documented_request("carts.send_otp")
        assert port.requests[0].headers["APISessionRequired"] == "true"
        assert issued.token.get_secret_value() == "x2yiqjhjhoqulghae2wtp4u2"
        assert issued.also_by_email
        assert "x2yi" not in repr(issued)

    async def test_validate_otp_is_a_plain_form(self) -> None:
        api, port = documented_api("carts.validate_otp")

        await api.carts.validate_otp(mobile="7411000000", otp=SecretStr("345432"))

        sample = (API_SAMPLES / "carts.validate_otp.request.txt").read_bytes().strip()
        assert port.path == "carts/V2/ValidateOTP/6c57599f"
        assert port.requests[0].body == sample
        assert port.requests[0].headers["APISessionRequired"] == "true"
