"""The OAuth resource: the platform's clock, its nonces, and the token of an application.

Used where this machine's clock is in doubt: a signature counts only for some minutes.
"""

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from console.api.auth import check_header_value
from console.api.resource import Resource
from console.api.wire import Text, WireInt, WireModel, spelt


class PlatformTime(WireModel):
    """The platform's clock in Unix seconds, as it wants it in ``oauth_timestamp``."""

    seconds: WireInt = Field(validation_alias=spelt("TimeStamp", "Timestamp", "timeStamp", "timestamp"))


class PlatformNonce(WireModel):
    """A nonce that the platform made, for ``oauth_nonce``."""

    nonce: Text = Field(validation_alias=spelt("Nonce", "Nounce", "nonce", "nounce"))


def _can_travel(token: SecretStr) -> SecretStr:
    check_header_value(token.get_secret_value(), "token")
    return token


class ApplicationToken(WireModel):
    """The token of an application, for the ``AuthToken`` header (JWT Authentication)."""

    token: Annotated[SecretStr, AfterValidator(_can_travel)] = Field(
        validation_alias=spelt("AuthToken", "authToken", "Token", "token")
    )


class PlatformSignature(WireModel):
    """A signature that the platform made, for ``oauth_signature``."""

    signature: Text = Field(validation_alias=spelt("Signature", "signature", "oauth_signature"))


class OAuth(Resource):
    """Operations of the resource OAuth. Each raises ``PlatformError``.

    The documents print no answer for any of them; what holds the answer is read under several names.
    """

    async def timestamp(self, *, once: bool = False) -> PlatformTime:
        """Generate TimeStamp. ``once`` makes a probe of it, which sends one request and no second."""
        answer = await self._ask("oauth.timestamp", once=once)
        return answer.whole(PlatformTime)

    async def nonce(self) -> str:
        """Generate Nonce. The console makes its own and needs none."""
        answer = await self._ask("oauth.nonce")
        return answer.whole(PlatformNonce).nonce

    async def auth_token(self, *, public_key: str) -> SecretStr:
        """Generate Auth Token: what the ``AuthToken`` way of authenticating wants for this key.

        Raises:
            NotAuthorised: the platform does not know the key.
        """
        answer = await self._ask("oauth.auth_token", path={"PublicKey": public_key})
        return answer.whole(ApplicationToken).token

    async def signature(
        self, *, public_key: str, secret_key: SecretStr, seconds: int, nonce: str, method: str, url: str
    ) -> str:
        """Generate OAuth Signature of a method and a URL, for diagnosis: this library signs by itself.

        The secret travels in the URL, so that it is sent to this machine alone. ``seconds`` is Unix time.

        Raises:
            ValueError: the platform is on another machine.
            NotAuthorised: the platform does not know the key, or not with this secret.
        """
        if not self._transport.is_local:
            raise ValueError("a signature is asked for on this machine only: its URL holds the secret")
        path = {
            "public_key": public_key,
            "secret_key": secret_key,
            "timeStamp": seconds,
            "nonce": nonce,
            "http_method": method,
        }
        answer = await self._ask("oauth.signature", path=path, query={"url": url})
        return answer.whole(PlatformSignature).signature
