"""Asks a platform whether it can be worked with: address, clock, merchant and key."""

import time

from console.api.client import ApiClient
from console.api.errors import PlatformError, SetupProblem
from console.api.transport.endpoint import Endpoint
from console.services.events import ServiceError

MAX_CLOCK_DIFFERENCE = 120
"""Seconds by which the clocks may differ before signatures are at risk."""


async def check_connection(endpoint: Endpoint) -> str:
    """Read the platform's time, then an access token; return a sentence about both.

    Raises:
        ServiceError: the platform cannot be reached, or refuses the key.
    """
    api = ApiClient(endpoint)
    try:
        platform_time = await api.oauth.timestamp()
        await api.customers.access_token()
    except SetupProblem as error:
        raise ServiceError(f"{error.reason} {error.advice}".strip()) from error
    except PlatformError as error:
        raise ServiceError(error.message) from error
    finally:
        await api.aclose()
    difference = round(platform_time.seconds - time.time())
    if abs(difference) > MAX_CLOCK_DIFFERENCE:
        return f"The key is accepted, but this machine's clock differs by {abs(difference)} seconds."
    return f"Connected: {endpoint.base_url} accepts the key."
