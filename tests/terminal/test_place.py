"""The console ends in the middle of placing, by SIGKILL or with its terminal: the order is placed once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.paths import Paths
from console.config.profiles import AuthSettings, PlacingSettings, Profile, ProfileKind
from console.config.secret_store import secret_variable
from console.config.settings import Settings, save_settings
from tests.terminal.consoles import Console, ServedStore, serve_store, until
from tests.terminal.steps import add, confirmed_total, start_toms_session

# Real processes in pseudo-terminals; one walk, in test_path.py, stays with the quick tests.
pytestmark = pytest.mark.slow

SETTLES = 2
"""Seconds after which what was sent can no longer land."""


@pytest.fixture
def console(
    home: Path, consoles: list[Console], monkeypatch: pytest.MonkeyPatch
) -> Callable[[ServedStore], Console]:
    """Starts a console at the served store, again on the same files each time."""

    def start(store: ServedStore) -> Console:
        profile = Profile(
            name="Served",
            kind=ProfileKind.PLATFORM,
            host=store.base_url,
            merchant_id=store.merchant_id,
            auth=AuthSettings(public_key=store.consumer_key),
            placing=PlacingSettings(settle_seconds=SETTLES, sole_console=True),
        )
        save_settings(
            Paths.under(home).settings_file, Settings(profiles=(profile,), operator="layla@sandbox.example")
        )
        monkeypatch.setenv(secret_variable("Served", "consumer_secret"), store.consumer_secret)
        console = Console(home)
        consoles.append(console)
        console.type("counter-1")
        console.keys("enter")
        return console

    return start


def place(console: Console) -> None:
    """Everything up to the key after which the order may be sent."""
    console.see("Type a number")
    start_toms_session(console)
    add(console, "2*garlic bread")
    confirmed_total(console)
    console.keys("f10")
    console.see("Pickup at")
    console.keys("enter")
    console.see("Place for Tom Sawyer")
    console.keys("enter")


def orders(store: ServedStore) -> list[list[tuple[int, int]]]:
    """What the orders that were placed here are of, by the sandbox's own record."""
    return [[(line["product_id"], line["quantity"]) for line in order["lines"]] for order in store.orders()]


BREAD = [[(13047603, 2)]]


def outbox(console: Console, *texts: str) -> None:
    """What the outbox says of the only order, once somebody is signed in again; it may be proved by then."""
    console.see("F6 Outbox")
    console.keys("f6")
    console.see("Take over", *texts)


def test_killed_while_the_platform_places_it(
    tmp_path: Path, console: Callable[[ServedStore], Console]
) -> None:
    with serve_store(tmp_path / "store.sqlite") as store:
        first = console(store)
        store.inject_fault("orders.place", "latency", seconds=0.5)
        place(first)
        until(lambda: store.fault_count("latency") == 1)
        first.kill()
        outbox(console(store), "placed, 7400001")
        assert orders(store) == BREAD


def test_killed_when_the_request_was_lost(tmp_path: Path, console: Callable[[ServedStore], Console]) -> None:
    with serve_store(tmp_path / "store.sqlite") as store:
        first = console(store)
        store.inject_fault("orders.place", "drop-before")
        place(first)
        until(lambda: store.fault_count("drop-before") == 1)
        first.kill()
        again = console(store)
        outbox(again, "! needs you", "No such order was found")
        assert orders(store) == []
        again.keys("d")
        again.see("Not placed")
        again.keys("enter")
        again.see("placed, 7400001")
        assert orders(store) == BREAD


def test_hung_up_while_the_platform_places_it(
    tmp_path: Path, console: Callable[[ServedStore], Console]
) -> None:
    with serve_store(tmp_path / "store.sqlite") as store:
        first = console(store)
        store.inject_fault("orders.place", "latency", seconds=0.5)
        place(first)
        until(lambda: store.fault_count("latency") == 1)
        first.hang_up()
        first.wait()
        outbox(console(store), "placed, 7400001")
        assert orders(store) == BREAD
