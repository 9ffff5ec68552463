"""The whole path by keys alone, in the installed command, against the sandbox's own record."""

from pathlib import Path

import pytest

from tests.terminal.consoles import PASSWORD, Console, print_carts, serve_store
from tests.terminal.steps import add, confirmed_total, make_profile, start_toms_session

ANY_SIZE = pytest.mark.parametrize(
    ("columns", "rows"), [(80, 24), pytest.param(120, 36, marks=pytest.mark.slow)]
)


@ANY_SIZE
def test_from_sign_in_to_a_stocked_cart(home: Path, consoles: list[Console], columns: int, rows: int) -> None:
    console = Console(home, columns=columns, rows=rows)
    consoles.append(console)
    console.sign_in()
    console.see("Type a number")
    console.type("74116")
    console.see("Tom Sawyer")
    console.keys("f12")
    start_toms_session(console)
    add(console, "garlic bread")
    console.see("Added 1 Garlic Bread")
    add(console, "pepsi")
    console.see("Variant", "Bottle 1 l")
    console.type("bottle")
    console.keys("enter")
    console.see("Added 1 Pepsi")
    add(console, "2*wedges")
    console.see("Added 2 Potato Wedges")
    console.keys("f3")
    console.see("which stores have 1?", "this store")
    console.keys("f12", "f2")
    console.see("for Tom Sawyer")
    console.keys("home", "3", "enter")
    console.see("3 Garlic Bread")
    console.keys("end", "f8")
    console.see("Removed 2 Potato Wedges")
    console.keys("f7")
    console.see("Undone.")
    total = confirmed_total(console)
    console.keys("f12")
    console.see_gone("for Tom Sawyer")
    console.keys("ctrl+q")
    assert console.wait_ended() == 0
    carts = print_carts(home)
    assert all(title in carts for title in ("Garlic Bread", "Pepsi", "Potato Wedges")), carts
    assert total in carts


@pytest.mark.slow
def test_a_profile_is_made_and_used_for_a_served_store(
    tmp_path: Path, home: Path, consoles: list[Console]
) -> None:
    with serve_store(tmp_path / "store.sqlite") as store:
        console = Console(home)
        consoles.append(console)
        make_profile(console, store.base_url, store.merchant_id, store.consumer_key, store.consumer_secret)
        console.sign_in()
        console.see("Type a number")
        start_toms_session(console)
        add(console, "garlic bread")
        confirmed_total(console)
        # What bundles are made of is learnt meanwhile, in carts of nobody's.
        (cart,) = [cart for cart in store.carts() if cart["lines"] and cart["customer"] != "walk-in"]
        assert [line["title"] for line in cart["lines"]] == ["Garlic Bread"]
    files = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert PASSWORD.encode() not in files
