"""What the first paint loads: nothing of wire, validation, files or sandbox, and no later screen."""

import re
import subprocess
import sys

import pytest

from tests.paths import ROOT

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
    "iso4217",
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
def test_screen_imports_load_nothing_heavy_and_no_screen(module: str) -> None:
    assert loaded_by(module) & (HEAVY | {"textual"}) == set()


def test_the_rules_of_an_order_do_no_input_and_output() -> None:
    modules = ("draft", "pricing.estimate", "catalogue", "stores")
    assert (
        loaded_by(", ".join(f"console.ordering.{module}" for module in modules))
        & (HEAVY | {"asyncio", "textual"})
        == set()
    )


def test_no_screen_reaches_wire_or_storage_through_a_session() -> None:
    """The import contracts do not see attributes."""
    beyond = re.compile(r"\.context\.(api|monitor|storage|customer_sessions)\b")
    assert [file for file in (ROOT / "screens").rglob("*.py") if beyond.search(file.read_text())] == []


def test_command_line_loads_nothing_before_its_command() -> None:
    assert loaded_by("console.cli") & (HEAVY | {"textual", "importlib.metadata"}) == set()
