"""The Carts resource, OTP part: sending a one-time password and checking it, as the documents file it."""

from pydantic import Field, SecretStr

from console.api.transport.resource import Resource
from console.api.transport.wire_types import WireBool, WireModel, aliases

# Without it, the response contains the password, which only the customer may tell the caller.
_WITHOUT_OTP_IN_RESPONSE = {"APISessionRequired": "true"}


class IssuedOTP(WireModel):
    """A one-time password that was sent (Send OTP)."""

    token: SecretStr = Field(validation_alias=aliases("OTPToken"))
    """Identifies this password at ``customers.login_with_otp``; it is not the password."""
    also_by_email: WireBool = Field(default=False, validation_alias=aliases("IsEmailSentToAlternateEmail"))


class OneTimePasswords(Resource):
    """Operations on one-time passwords. Each raises ``PlatformError``."""

    async def send_otp(self, *, user_name: str, mobile: str) -> IssuedOTP:
        """Send OTP to ``mobile``, for the account of ``user_name``, which need not exist yet.

        Raises:
            InvalidInput: the mobile number is none, or not the one registered for the account.
        """
        customer = {"UserName": user_name, "merchantId": self._transport.merchant_id, "MobileNo": mobile}
        response = await self._call(
            "carts.send_otp", headers=_WITHOUT_OTP_IN_RESPONSE, data={"customer": customer}
        )
        return response.parse_body(IssuedOTP)

    async def validate_otp(self, *, mobile: str, otp: SecretStr) -> None:
        """Validate OTP: check the one-time password last sent to ``mobile``, and use it up.

        Raises:
            InvalidInput: it is wrong, was used or has expired.
        """
        await self._call(
            "carts.validate_otp", headers=_WITHOUT_OTP_IN_RESPONSE, data={"OTP": otp, "mobile": mobile}
        )
