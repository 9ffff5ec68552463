"""The endpoint of a profile has the profile's deadlines."""

from console.api.transport.endpoint import Timeouts
from console.config.profiles import AuthSettings, Profile, ProfileKind, TimeoutSettings
from console.services.endpoint_factory import build_endpoint


def profile(timeouts: TimeoutSettings) -> Profile:
    return Profile(
        name="Shop",
        auth=AuthSettings(public_key="key"),
        kind=ProfileKind.PLATFORM,
        host="https://store.example",
        merchant_id="6c57599f",
        timeouts=timeouts,
    )


def test_a_profiles_deadlines_are_the_endpoints() -> None:
    asked = TimeoutSettings(connect_seconds=2, attempt_seconds=40, read_seconds=60, write_seconds=90)

    assert build_endpoint(profile(asked), "secret").timeouts == Timeouts(
        connect=2, attempt=40, read=60, write=90
    )


def test_a_profile_without_deadlines_has_the_endpoints_defaults() -> None:
    assert build_endpoint(profile(TimeoutSettings()), "secret").timeouts == Timeouts()
