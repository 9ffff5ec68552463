"""Orders placed from a real terminal: with the store there, stopped in the middle, and the console killed."""

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.consoles import Console, ServedStore, serve_store
from tests.terminal.steps import Counted, begin_an_order, confirmed_total, port_of

# Real processes in pseudo-terminals; one walk, in test_path.py, stays with the quick tests.
pytestmark = pytest.mark.slow

TOTAL = "2.350"


def orders(store: ServedStore) -> list[dict[str, Any]]:
    """The orders of this test, by the sandbox's own list."""
    with urllib.request.urlopen(f"{store.base_url}/sandbox/orders") as response:
        return [order for order in json.load(response) if order["order_id"] >= 7400001]


def switch(store: ServedStore, **switches: object) -> None:
    """Have the served store behave like this from now on."""
    body = json.dumps(switches).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{store.base_url}/sandbox/switches", body, headers)
    with urllib.request.urlopen(request) as response:
        assert json.load(response) == {"set": True}


def place(console: Console) -> None:
    """Check out as it stands, and confirm the sentence."""
    console.keys("f10")
    console.see("Pickup at", "F10  Place")
    console.keys("f10")
    console.see("Place for Tom Sawyer")
    console.keys("enter")


def sign_in_again(home: Path, consoles: list[Console]) -> Console:
    again = Console(home)
    consoles.append(again)
    again.type("counter-1")
    again.keys("enter")
    again.see("F6 Outbox")
    return again


def test_an_order_is_placed(tmp_path: Path, home: Path, consoles: list[Console]) -> None:
    with serve_store(tmp_path / "store.sqlite") as store:
        console = begin_an_order(home, consoles, store)
        assert confirmed_total(console) == TOTAL
        place(console)
        console.see("placed, 7400001", "Order sent to the store.")
        assert [order["total"] for order in orders(store)] == [TOTAL]


def test_order_placed_while_store_is_gone_is_sent_once(
    tmp_path: Path, home: Path, consoles: list[Console]
) -> None:
    file = tmp_path / "store.sqlite"
    with serve_store(file) as store:
        console = begin_an_order(home, consoles, store)
        confirmed_total(console)
    place(console)
    console.see("offline, waiting", "1 to place")
    with serve_store(file, port_of(store)) as store:
        console.see("placed, 7400001")
        assert [order["total"] for order in orders(store)] == [TOTAL]


def test_order_of_a_console_killed_while_placing_is_sent_once(
    tmp_path: Path, home: Path, consoles: list[Console]
) -> None:
    """A console killed after Place and before the response finds its order, and places it once.

    Another home may have placed an equal order: whose it is, the operator says.
    """
    with serve_store(tmp_path / "store.sqlite") as store:
        console = begin_an_order(home, consoles, store)
        confirmed_total(console)
        switch(store, faults=[{"pattern": "orders.place", "kind": "drop-late", "times": 1, "seconds": 2}])
        place(console)
        console.see("sent, not confirmed yet")
        console.kill()
        again = sign_in_again(home, consoles)
        again.keys("f6")
        again.see("Order 7400001", "is just like this one.", "Is it this one?")
        again.keys("f4")
        again.see("It is order 7400001")
        again.keys("enter")
        again.see("Tom Sawyer", "placed, 7400001")
        assert [order["total"] for order in orders(store)] == [TOTAL]


def test_repeat_order_takes_thirty_keys_or_fewer(home: Path, consoles: list[Console]) -> None:
    """A repeat customer's half and half and a drink take thirty keys or fewer."""
    console = Console(home)
    consoles.append(console)
    console.sign_in()
    console.see("Type a number")
    counted = Counted(console)
    counted.type("74116")
    console.see("Tom Sawyer")
    counted.press("enter")
    console.see("for Tom Sawyer", "F4 All: 68")
    counted.press(";")
    console.see("Tab Complete")
    counted.type("l ma/pe;pep c")
    console.see("Pepsi, Can 330 ml", "Enter adds it")
    counted.press("enter")
    confirmed_total(console)
    counted.press("f10")
    console.see("Pickup at Salmiya", "Cash", "= KWD")
    counted.press("enter")
    console.see("Place for Tom Sawyer")
    counted.press("enter")
    console.see("placed, 7400001")
    assert counted.keys_pressed <= 30
