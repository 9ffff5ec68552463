"""Builds the API layer's endpoint from a store profile and its secret."""

from collections.abc import Callable
from dataclasses import dataclass

from console.api.transport.auth import Auth, AuthToken, OAuth1
from console.api.transport.endpoint import Endpoint, Timeouts
from console.config.profiles import PLAIN_HTTP_CONSENT, AuthMethod, Profile
from console.services.events import DemoCredentials, ServiceError

CONSUMER_SECRET = "consumer_secret"
"""The name under which the secret store holds the consumer secret, or the AuthToken."""


@dataclass(frozen=True, slots=True)
class ResolvedEndpoint:
    """An endpoint with what belongs to it."""

    endpoint: Endpoint
    demo_credentials: DemoCredentials | None = None
    """The sandbox store's credentials, None for any other."""
    close: Callable[[], None] = lambda: None
    """Releases what the endpoint holds."""
    supplement: str = ""
    """The text of a menu supplement, for a profile that names none of its own."""


def build_endpoint(profile: Profile, secret: str | None) -> Endpoint:
    """Build the endpoint of a platform profile.

    Raises:
        ServiceError: there is no secret, or a value of the profile cannot be used.
    """
    if not secret:
        raise ServiceError(f"The secret of {profile.name} is not on this machine. F9 opens the settings.")
    try:
        return Endpoint(
            base_url=profile.host,
            merchant_id=profile.merchant_id,
            auth=_build_auth(profile, secret),
            language=profile.language,
            timeouts=_timeouts(profile),
            allow_plain_http=profile.plain_http == PLAIN_HTTP_CONSENT,
        )
    except ValueError as error:
        raise ServiceError(str(error)) from error


def _timeouts(profile: Profile) -> Timeouts:
    timeouts = profile.timeouts
    return Timeouts(
        connect=timeouts.connect_seconds,
        attempt=timeouts.attempt_seconds,
        read=timeouts.read_seconds,
        write=timeouts.write_seconds,
    )


def _build_auth(profile: Profile, secret: str) -> Auth:
    auth = profile.auth
    if auth.method is AuthMethod.TOKEN:
        return AuthToken(auth.public_key, secret)
    return OAuth1(
        auth.public_key,
        secret,
        placement=auth.placement,
        sign_body=auth.sign_body,
        signed_path=auth.signed_path,
    )
