"""The store: filled from a seed, saved in a file, safe from any thread; and its menu."""

import threading
from contextlib import closing
from pathlib import Path

import pytest

from console.operations import OPERATIONS
from console.sandbox.app import HANDLERS
from console.sandbox.data.data_loader import DataError, TomlTable
from console.sandbox.data.menu_loader import load_menu
from console.sandbox.menu.menu import MenuProductKind
from console.sandbox.self_description import format_carts
from console.sandbox.server import describe_carts
from console.sandbox.store import Store, StoreError
from console.sandbox.switches import SandboxCartOwner
from tests.sandbox.sandbox_calls import GARLIC_BREAD, Caller, Clock, item


def contents(store: Store) -> list[tuple[object, ...]]:
    queries = ("SELECT * FROM customer", "SELECT * FROM stock")
    return [tuple(row) for query in queries for row in store.rows(query)]


def test_a_store_is_always_the_same_for_the_same_seed() -> None:
    with closing(Store.open(seed=7)) as first, closing(Store.open(seed=7)) as again:
        assert contents(first) == contents(again)
        assert first.new_token() == again.new_token()
        with closing(Store.open(seed=8)) as other:
            assert contents(first) != contents(other)


def test_the_menu_has_what_a_shop_sells(store: Store) -> None:
    menu = store.menu
    sellable = [product for product in menu.products.values() if menu.is_sellable(product)]
    assert len(sellable) >= 60
    assert len({product.category_id for product in sellable}) >= 8
    assert {product.kind for product in sellable} == {
        MenuProductKind.NORMAL,
        MenuProductKind.BUNDLE,
        MenuProductKind.DEAL,
    }
    assert load_menu() is menu


def test_an_older_store_stocks_products_added_since(tmp_path: Path) -> None:
    file, spinach = tmp_path / "store.db", 13047229
    with closing(Store.open(file)) as store:
        new = contents(store)
        store.run("DELETE FROM stock WHERE product_id = ?", spinach)
        store.change_stock(27299, GARLIC_BREAD, 0, delta=-1)
        left = store.stock(27299, GARLIC_BREAD)
    with closing(Store.open(file)) as store:
        assert len(contents(store)) == len(new)
        assert store.stock(27299, spinach, 9758719) > 0
        assert store.stock(27299, GARLIC_BREAD) == left


def test_every_location_lacks_something_else(store: Store) -> None:
    empty = store.rows("SELECT location_id, count(*) AS n FROM stock WHERE quantity = 0 GROUP BY location_id")
    low = store.rows("SELECT count(*) AS n FROM stock WHERE quantity BETWEEN 1 AND 4")
    assert len(empty) == len(store.merchant.locations) == 8
    assert low[0]["n"] > 20


def test_there_are_two_hundred_customers_of_whom_tom_is_one(store: Store) -> None:
    assert len(store.rows("SELECT * FROM customer")) == 200
    assert "tom.sawyer@example.com" in store.demo_access().customers
    assert "asleep@example.com" not in store.demo_access().customers


def test_every_operation_of_the_table_gets_a_response() -> None:
    assert {operation.name for operation in OPERATIONS} <= HANDLERS.keys()


@pytest.mark.anyio
async def test_a_file_is_used_again_as_it_was_left(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "store.sqlite"
    first = Store.open(path, seed=3, clock=clock)
    caller = Caller(first, clock)
    token = await caller.walk_in()
    await caller.add(item(GARLIC_BREAD))
    first.close()
    again = Store.open(path, seed=4, clock=clock)
    caller = Caller(again, clock)
    caller.token = token
    assert (await caller.cart())["ProductCost"] == 0.75
    assert again.seed == 3
    assert await caller.walk_in() != token
    again.close()
    assert "Garlic Bread" in describe_carts(path)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear sir, this is no database, however long one looks at it.")
    with pytest.raises(StoreError, match=r"letter\.txt"):
        Store.open(path)
    with pytest.raises(StoreError, match="no sandbox store"):
        describe_carts(tmp_path / "nowhere.sqlite")


def test_the_owner_of_carts_is_what_the_store_was_opened_with() -> None:
    with closing(Store.open(cart_owner=SandboxCartOwner.CUSTOMER)) as store:
        assert Caller(store, Clock()).app.state.switches.current.cart_owner is SandboxCartOwner.CUSTOMER


def test_threads_may_share_a_store(store: Store) -> None:
    tokens: list[str] = []

    def work() -> None:
        for _ in range(20):
            with store.transaction():
                tokens.append(store.new_token())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(tokens)) == 80


@pytest.mark.anyio
async def test_the_record_as_text_shows_hostile_names_as_text(caller: Caller) -> None:
    await caller.walk_in()
    customer = {"customer": {"UserName": "\x1b[31m@example.com", "Password": "secret-1"}}
    await caller.input("Customer/{M}/Create", customer)
    await caller.serve_customer("\x1b[31m@example.com")
    await caller.add(item(GARLIC_BREAD, quantity=2))
    text = format_carts(caller.store.carts(), currency="KWD", digits=3)
    assert "\x1b" not in text
    assert text.splitlines()[1].split() == ["2", "Garlic", "Bread", "1.500"]


def test_no_carts_are_said_to_be_none() -> None:
    assert format_carts([], currency="KWD", digits=3) == "No carts.\n"


@pytest.mark.parametrize("value", [None, 5, "x", "-1.000", "NaN"])
def test_a_wrong_price_in_a_file_is_named_with_its_place(value: object) -> None:
    with pytest.raises(DataError, match=r"products\.toml, product 3: price"):
        TomlTable({"price": value}, "products.toml, product 3").amount("price")


def test_no_secret_is_in_a_representation(store: Store) -> None:
    demo = store.demo_access()
    shown = repr(demo) + repr(store.merchant)
    secrets = (demo.consumer_secret, demo.auth_token, *(operator.password for operator in demo.operators))
    assert not any(secret in shown for secret in secrets)
