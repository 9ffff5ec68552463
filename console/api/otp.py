"""One-time passwords: sending one to a customer's mobile number, and checking what they read out.

Part of the Carts resource, as in the documents; used through ``Api.carts``.
"""

from pydantic import Field, SecretStr

from console.api.resource import Resource
from console.api.wire import WireBool, WireModel, spelt

# Without it the platform would tell the caller the password, who is to be told it by the customer.
_HIDDEN = {"APISessionRequired": "true"}


class IssuedOTP(WireModel):
    """A one-time password that is on its way (Send OTP)."""

    token: SecretStr = Field(validation_alias=spelt("OTPToken"))
    """Names this password at ``customers.login_with_otp``; it is not the password."""
    by_email_too: WireBool = Field(default=False, validation_alias=spelt("IsEmailSentToAlternateEmail"))


class OneTimePasswords(Resource):
    """The operations on one-time passwords. Each raises ``PlatformError``; what else is said there."""

    async def send_otp(self, *, user_name: str, mobile: str) -> IssuedOTP:
        """Send OTP: to ``mobile``, for the account of ``user_name``, which need not exist yet.

        Raises:
            InvalidInput: the mobile number is none, or not the one registered for the account.
        """
        customer = {"UserName": user_name, "merchantId": self._transport.merchant_id, "MobileNo": mobile}
        answer = await self._ask("carts.send_otp", headers=_HIDDEN, data={"customer": customer})
        return answer.whole(IssuedOTP)

    async def validate_otp(self, *, mobile: str, otp: SecretStr) -> None:
        """Validate OTP: check the one-time password last sent to ``mobile``, and use it up.

        Raises:
            InvalidInput: it is wrong, was used or has expired.
        """
        await self._ask("carts.validate_otp", headers=_HIDDEN, data={"OTP": otp, "mobile": mobile})
