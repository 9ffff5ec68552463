"""A console killed in the middle of an order: the next one shows it as last seen, and the cart equals it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from console.config.paths import Paths
from tests.terminal.consoles import Console, ServedStore, serve_store, until
from tests.terminal.steps import (
    add,
    begin_an_order,
    confirmed_total,
    port_of,
)

# Real processes in pseudo-terminals; one walk, in test_path.py, stays with the quick tests.
pytestmark = pytest.mark.slow


def lines(store: ServedStore) -> list[tuple[str, int]]:
    """What the last cart with anything in it holds, by the sandbox's own record."""
    carts = [cart["lines"] for cart in store.carts() if cart["lines"]]
    return sorted((line["title"], line["quantity"]) for line in carts[-1])


def saved_edits(home: Path) -> int:
    """How many edits of drafts are durable on this machine."""
    file = Paths.under(home).drafts_file
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as drafts:
        return drafts.execute("SELECT count(*) FROM edit").fetchone()[0]


def test_with_the_store_there(tmp_path: Path, home: Path, consoles: list[Console]) -> None:
    with serve_store(tmp_path / "store.sqlite") as store:
        begin_an_order(home, consoles, store).kill()
        again = Console(home)
        consoles.append(again)
        again.type("counter-1")
        again.keys("enter")
        again.see("for Tom Sawyer", "2  Garlic Bread", "1  Potato Wedges")
        confirmed_total(again)
        assert lines(store) == [("Garlic Bread", 2), ("Potato Wedges", 1)]


def test_with_the_store_gone(tmp_path: Path, home: Path, consoles: list[Console]) -> None:
    file = tmp_path / "store.sqlite"
    with serve_store(file) as store:
        console = begin_an_order(home, consoles, store)
        confirmed_total(console)
    add(console, "caesar")
    console.see("Added 1 Caesar Salad", "offline")
    until(lambda: saved_edits(home) == 3)
    console.kill()
    again = Console(home)
    consoles.append(again)
    again.type("counter-1")
    again.keys("enter")
    again.see("for Tom Sawyer", "2  Garlic Bread", "1  Potato Wedges", "1  Caesar Salad", "offline")
    with serve_store(file, port_of(store)) as store:
        again.see("online")
        confirmed_total(again)
        assert lines(store) == [("Caesar Salad", 1), ("Garlic Bread", 2), ("Potato Wedges", 1)]


def test_a_console_whose_terminal_hangs_up_ends(home: Path) -> None:
    console = Console(home)
    console.hang_up()
    try:
        console.wait()
    finally:
        console.close()
