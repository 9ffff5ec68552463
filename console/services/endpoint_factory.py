"""From a store profile and its secret to the endpoint that the API layer calls.

Used by the door, and by the command line.
"""

from collections.abc import Callable
from dataclasses import dataclass

from console.api.transport.auth import Auth, AuthToken, OAuth1, SignaturePath, SignaturePlacement
from console.api.transport.endpoint import Endpoint
from console.config.profiles import PLAIN_HTTP_CONSENT, Authentication, OauthPlace, Profile
from console.config.profiles import SignedPath as ProfileSignedPath
from console.services.events import DemoCredentials, ServiceError

CONSUMER_SECRET = "consumer_secret"
"""The name under which the consumer secret, or the AuthToken, is kept with the secrets."""

_OAUTH_PLACES = {
    OauthPlace.HEADER: SignaturePlacement.HEADER,
    OauthPlace.HEADERS: SignaturePlacement.HEADERS,
    OauthPlace.QUERY: SignaturePlacement.QUERY,
}
_SIGNED_PATHS = {
    ProfileSignedPath.FULL: SignaturePath.FULL,
    ProfileSignedPath.WITHOUT_DEVELOPERAPI: SignaturePath.WITHOUT_DEVELOPERAPI,
}


@dataclass(frozen=True, slots=True)
class ResolvedEndpoint:
    """An endpoint, how to sign in where that is no secret, and what to call when it is done with.

    ``supplement`` is the text of a menu supplement, for a profile that names none of its own.
    """

    endpoint: Endpoint
    demo_credentials: DemoCredentials | None = None
    close: Callable[[], None] = lambda: None
    supplement: str = ""


def build_endpoint(profile: Profile, secret: str | None) -> Endpoint:
    """How this profile's platform is called.

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
            allow_plain_http=profile.plain_http == PLAIN_HTTP_CONSENT,
        )
    except ValueError as error:
        raise ServiceError(str(error)) from error


def _build_auth(profile: Profile, secret: str) -> Auth:
    if profile.authentication is Authentication.AUTHTOKEN:
        return AuthToken(profile.public_key, secret)
    return OAuth1(
        profile.public_key,
        secret,
        placement=_OAUTH_PLACES[profile.oauth_place],
        sign_body=profile.sign_body,
        signed_path=_SIGNED_PATHS[profile.signed_path],
    )
