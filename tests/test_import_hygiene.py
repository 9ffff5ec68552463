"""What the first paint loads: nothing of wire, validation, files or sandbox, and no later screen."""

import subprocess
import sys

import pytest

HEAVY = {
    "httpx",
    "pydantic",
    "starlette",
    "uvicorn",
    "sqlite3",
    "oauthlib",
    "keyring",
    "tomlkit",
    "stamina",
    "babel",
    "phonenumbers",
    "console.api.transport.transport",
    "console.services.profile_connection",
    "console.storage.database",
    "console.sandbox",
    "console.sync.engine",
    "screens.home.customer_search",
    "screens.order.screen",
}


def loaded_by(module: str) -> set[str]:
    program = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_first_paint_loads_nothing_heavy() -> None:
    assert loaded_by("console.app") & (HEAVY | {"console.services.views"}) == set()


@pytest.mark.parametrize(
    "module", ["console.services.views", "console.config.startup_settings", "console.ordering.draft"]
)
def test_what_the_screens_import_loads_nothing_heavy_and_no_screen(module: str) -> None:
    assert loaded_by(module) & (HEAVY | {"textual"}) == set()


def test_the_rules_of_an_order_do_no_input_and_output() -> None:
    modules = (
        "console.ordering.draft, console.ordering.pricing.estimate,"
        " console.ordering.catalogue, console.ordering.stores"
    )
    assert loaded_by(modules) & (HEAVY | {"asyncio", "textual"}) == set()


def test_the_command_line_loads_nothing_before_it_knows_the_command() -> None:
    assert loaded_by("console.cli") & (HEAVY | {"textual", "importlib.metadata"}) == set()
