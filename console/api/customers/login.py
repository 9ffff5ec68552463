"""The Customer resource, login part: customer logins, and changing or resetting passwords."""

from collections.abc import Mapping

from pydantic import Field, SecretStr

from console.api.customers.models import SessionToken
from console.api.customers.requests import ResetType, ThirdPartyProfile
from console.api.transport.encoding import Encodable
from console.api.transport.resource import Resource
from console.api.transport.wire_types import Text, WireModel, aliases

_VERSION = "1"


class ResetProof(WireModel):
    """The kind and the proof of a password reset (Validate Reset Request)."""

    user_id: Text = Field(validation_alias=aliases("UserId", "UserID", "userId"))


class CustomerLogin(Resource):
    """Operations for logins and passwords. Each raises ``PlatformError``."""

    async def login(self, *, user_name: str, password: SecretStr) -> SessionToken:
        """Customer Login (with Credentials): the session of a customer.

        Raises:
            NotFound: there is no such account.
            WrongPassword: the password is wrong.
            AccountLocked: there were too many attempts.
            SignInRefused: the account is not activated.
        """
        response = await self._call("customers.login", data={"username": user_name, "password": password})
        return await response.parse_record(SessionToken)

    async def login_with_otp(
        self,
        *,
        user_name: str,
        otp: SecretStr,
        otp_token: SecretStr | None = None,
        token: SecretStr | None = None,
    ) -> SessionToken:
        """Customer Login (with OTP): the session of a customer; an unknown one is registered first.

        ``otp`` and ``otp_token`` are of ``carts.send_otp``; ``token`` is of the session so far.

        Raises:
            InvalidInput: the one-time password is wrong, was used or has expired.
            SignInRefused: the account is not activated, or is locked.
        """
        response = await self._call(
            "customers.login_with_otp",
            query={"username": user_name, "oTP": otp},
            headers={} if otp_token is None else {"otptoken": otp_token},
            data={"OTP": otp, "UserName": user_name},
            token=token,
        )
        return await response.parse_record(SessionToken)

    async def login_with_third_party(self, *, profile: ThirdPartyProfile) -> SessionToken:
        """Customer Login (with Third Party Authentication): creates a missing account.

        Raises:
            InvalidInput: the profile names no account, or a field is not accepted.
            SignInRefused: the account is not activated, or is locked.
        """
        response = await self._call("customers.login_with_third_party", data=profile.to_wire())
        return await response.parse_record(SessionToken)

    async def login_with_third_party_async(self, *, profile: ThirdPartyProfile) -> SessionToken:
        """Customer Login (with Third Party Async): as above, with the token that the provider issued.

        Raises:
            ValueError: the profile has no token.
            InvalidInput: the profile names no account, or a field is not accepted.
            SignInRefused: the account is not activated, or is locked.
        """
        if profile.token is None:
            raise ValueError("this login needs the token that the provider issued")
        response = await self._call("customers.login_with_third_party_async", data=profile.to_wire())
        return await response.parse_record(SessionToken)

    async def change_password(self, *, user_id: str, password: SecretStr) -> None:
        """Change Password without the old one. It travels in the URL; prefer ``change_password_v2``.

        Raises:
            NotFound: there is no such customer.
            WrongPassword: the merchant's policy does not accept the new password.
        """
        query = {"password": password}
        await self._call("customers.change_password", path={"UserId": user_id}, query=query)

    async def change_password_v2(
        self, *, user_id: str, old: SecretStr, new: SecretStr, token: SecretStr | None = None
    ) -> None:
        """Change Password (V2) by the old one. ``token`` is of the customer's own session.

        Raises:
            WrongPassword: the old password is wrong, or the new one is not accepted.
            AccountLocked: there were too many attempts.
            InvalidInput: the session is another customer's.
        """
        await self._call(
            "customers.change_password_v2",
            path={"userId": user_id},
            headers={"APIversion": _VERSION},
            data={"OldPassword": old, "NewPassword": new},
            token=token,
        )

    async def reset_password(self, *, user_name: str, token: SecretStr | None = None, url: str = "") -> None:
        """Generate Reset ID (V2 - ResetPassword): send the customer the proof that ``validate_reset`` needs.

        If ``user_name`` is an e-mail address, a link (``url`` with the reset id) goes there. If it is a
        mobile number, a one-time password goes there.

        Raises:
            NotFound: there is no such account.
        """
        request = {"UserName": user_name, "Url": url} if url else {"UserName": user_name}
        await self._call("customers.reset_password", data={"ResetPasswordRequest": request}, token=token)

    async def validate_reset(
        self, *, user_name: str, kind: ResetType, proof: SecretStr, token: SecretStr | None = None
    ) -> str:
        """Validate Reset Request: the id of the customer whose password may now be changed.

        ``proof`` is the one-time password for ``ResetType.MOBILE``, the reset id for ``ResetType.EMAIL``.

        Raises:
            NotFound: there is no such account.
            InvalidInput: the proof is wrong, was used or has expired.
        """
        key = "otp" if kind is ResetType.MOBILE else "resetid"
        details: Mapping[str, Encodable] = {"UserName": user_name, "Resettype": kind, key: proof}
        response = await self._call(
            "customers.validate_reset", data={"ResetPasswordDetails": details}, token=token
        )
        return response.parse_body(ResetProof).user_id
