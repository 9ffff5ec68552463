"""What every test shares: one event loop kind, no colour switch from outside, seeds and a saved menu."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from console.storage.people import offline_sign_in
from tests.fresh_seeds import SEED_VARIABLE, base_seed, draw_base_seed
from tests.saved_menu import copy_menu, fetch_menu, skip_first_refresh
from tests.seeded_store import close_opened_stores

# Textual reads it at import; set, it would change every snapshot.
os.environ.pop("NO_COLOR", None)

PROFILE_VARIABLE = "HYPOTHESIS_PROFILE"
GC_THRESHOLD = 20_000
"""New objects between two garbage collections; Python's own figure is 700."""
GATE_EXAMPLES, NIGHTLY_EXAMPLES = 25, 400

settings.register_profile(
    "console",
    max_examples=GATE_EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
settings.register_profile(
    "nightly",
    settings.get_profile("console"),
    max_examples=NIGHTLY_EXAMPLES,
    derandomize=False,
    print_blob=True,
)
# A mutation run calls each test many times in one process, which hypothesis takes for a mistake.
settings.register_profile(
    "mutants",
    settings.get_profile("console"),
    max_examples=10,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
)
settings.load_profile(os.environ.get(PROFILE_VARIABLE, "console"))


def pytest_configure() -> None:
    draw_base_seed()


def pytest_collection_finish() -> None:
    """Keep the garbage collector off what lives until the end: a fifth of the suite's time was its walks."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)


def pytest_report_header() -> str:
    return f"{SEED_VARIABLE}={base_seed()}, {PROFILE_VARIABLE}={os.environ.get(PROFILE_VARIABLE, 'console')}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    """Print how to repeat a failure that fresh seeds found."""
    report = yield
    if report.failed and base_seed():
        report.sections.append(("Seed", f"repeat it with {SEED_VARIABLE}={base_seed()}"))
    return report


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def closed_stores() -> Iterator[None]:
    """Close the sandbox stores of a test when it ends."""
    with close_opened_stores():
        yield


@pytest.fixture
def fast_password_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a guess at a password cheap; what one costs has a test of its own."""
    monkeypatch.setattr(offline_sign_in, "SCRYPT_PARALLELISM", 1)


@pytest.fixture(scope="session")
def menu_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the sandbox's menu, fetched once."""
    return fetch_menu(tmp_path_factory.mktemp("menu"))


@pytest.fixture
def saved_menu(
    request: pytest.FixtureRequest, tmp_path: Path, menu_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The menu is there from the beginning, unless the test is about fetching it."""
    if request.node.get_closest_marker("fetches_menu") is None:
        copy_menu(menu_file, tmp_path)
        skip_first_refresh(monkeypatch)
