"""What every test shares: one event loop kind, no colour switch from outside, a fixed Hypothesis profile."""

import os

import pytest
from hypothesis import HealthCheck, settings

# Textual reads it at import; set, it would change every snapshot.
os.environ.pop("NO_COLOR", None)

settings.register_profile(
    "console",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
settings.load_profile("console")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
