"""The OAuth resource: the platform's clock, its nonces, and the token of an application.

Needed when this machine's clock is in doubt: a signature is valid only for some minutes.
"""

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from console.api.transport.auth import check_header_value
from console.api.transport.resource import Resource
from console.api.transport.wire_types import Text, WireInt, WireModel, aliases

_MILLISECONDS = 100_000_000_000
"""A larger time is in milliseconds: as seconds, it is a date 3,000 years from now."""


def _to_seconds(time: int) -> int:
    return time if time < _MILLISECONDS else time // 1000


class PlatformTime(WireModel):
    """The platform's clock in Unix seconds, as expected in ``oauth_timestamp``."""

    seconds: Annotated[WireInt, AfterValidator(_to_seconds)] = Field(
        validation_alias=aliases("TimeStamp", "Timestamp", "timeStamp", "timestamp")
    )


class PlatformNonce(WireModel):
    """A nonce that the platform generated, for ``oauth_nonce``."""

    nonce: Text = Field(validation_alias=aliases("Nonce", "Nounce", "nonce", "nounce"))


def _check_token(token: SecretStr) -> SecretStr:
    check_header_value(token.get_secret_value(), "token")
    return token


class ApplicationToken(WireModel):
    """The token of an application, for the ``AuthToken`` header (JWT Authentication)."""

    token: Annotated[SecretStr, AfterValidator(_check_token)] = Field(
        validation_alias=aliases("AuthToken", "authToken", "Token", "token")
    )


class PlatformSignature(WireModel):
    """A signature that the platform generated, for ``oauth_signature``."""

    signature: Text = Field(validation_alias=aliases("Signature", "signature", "oauth_signature"))


class OAuth(Resource):
    """Operations of the resource OAuth. Each raises ``PlatformError``.

    The documents print no response for any of them: the value is read under several names, or alone.
    """

    async def timestamp(self, *, single_attempt: bool = False) -> PlatformTime:
        """Generate TimeStamp. ``single_attempt`` sends one request without a retry."""
        response = await self._call("oauth.timestamp", single_attempt=single_attempt)
        return response.parse_body(PlatformTime)

    async def nonce(self) -> str:
        """Generate Nonce. The console makes its own and needs none."""
        response = await self._call("oauth.nonce")
        return response.parse_body(PlatformNonce).nonce

    async def auth_token(self, *, public_key: str) -> SecretStr:
        """Generate Auth Token: the token that the ``AuthToken`` authentication needs for this key.

        Raises:
            NotAuthorised: the platform does not know the key.
        """
        response = await self._call("oauth.auth_token", path={"PublicKey": public_key})
        return response.parse_body(ApplicationToken).token

    async def signature(
        self, *, public_key: str, secret_key: SecretStr, seconds: int, nonce: str, method: str, url: str
    ) -> str:
        """Generate OAuth Signature of a method and a URL, for diagnosis: this library signs by itself.

        The secret travels in the URL, so the request goes to this machine only. ``seconds`` is Unix time.

        Raises:
            ValueError: the platform is on another machine.
            NotAuthorised: the platform does not know the key, or not with this secret.
        """
        if not self._transport.is_local:
            raise ValueError("a signature is requested on this machine only: its URL holds the secret")
        path = {
            "public_key": public_key,
            "secret_key": secret_key,
            "timeStamp": seconds,
            "nonce": nonce,
            "http_method": method,
        }
        response = await self._call("oauth.signature", path=path, query={"url": url})
        return response.parse_body(PlatformSignature).signature
