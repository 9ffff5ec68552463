"""The sandbox's database: its tables, and what a new one is filled with.

Used by the store when it opens a file or memory for the first time.
"""

import hashlib
import hmac
import json
import sqlite3
from functools import lru_cache

from console.sandbox.draws import Draws
from console.sandbox.menu.menu_files import load_menu
from console.sandbox.merchant import Location, load_merchant
from console.sandbox.orders import order_schema
from console.sandbox.people import account_schema
from console.sandbox.people.people import Person, population
from console.sandbox.products import product_schema

VERSION = 2

FIRST_CREATED, CREATED_WITHIN = 1_735_689_600, 180 * 86_400
"""From when on, in Unix seconds, and within how many seconds a new store's customers were created."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE operator (
    operator_id TEXT PRIMARY KEY, user_name TEXT NOT NULL UNIQUE, password TEXT NOT NULL
) STRICT;
CREATE TABLE token (
    token TEXT PRIMARY KEY, user_id TEXT NOT NULL, customer_id TEXT, operator_id TEXT, location_id INTEGER,
    issued_at REAL NOT NULL, used_at REAL NOT NULL, state TEXT NOT NULL DEFAULT 'open'
) STRICT;
CREATE TABLE nonce (nonce TEXT PRIMARY KEY, seen_at REAL NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX nonce_age ON nonce (seen_at);
CREATE TABLE customer (
    user_id TEXT PRIMARY KEY, user_name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE,
    mobile TEXT NOT NULL, digits TEXT NOT NULL, email TEXT NOT NULL, active INTEGER NOT NULL,
    password TEXT NOT NULL, groups TEXT NOT NULL, record TEXT NOT NULL, created_at REAL NOT NULL
) STRICT;
CREATE INDEX customer_email ON customer (email);
CREATE INDEX customer_digits ON customer (digits);
CREATE TABLE stock (
    location_id INTEGER NOT NULL, product_id INTEGER NOT NULL, variant_id INTEGER NOT NULL,
    quantity INTEGER NOT NULL, PRIMARY KEY (location_id, product_id, variant_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE cart (
    cart_id INTEGER PRIMARY KEY, owner TEXT NOT NULL UNIQUE, token TEXT NOT NULL, customer TEXT NOT NULL,
    location_id INTEGER NOT NULL, mode TEXT NOT NULL, ship_city TEXT NOT NULL, ship_country TEXT NOT NULL,
    ship_state TEXT NOT NULL, shipping TEXT NOT NULL DEFAULT '0', discount TEXT NOT NULL DEFAULT '0'
) STRICT;
CREATE TABLE line (
    line_id INTEGER PRIMARY KEY, cart_id INTEGER NOT NULL REFERENCES cart, key TEXT NOT NULL UNIQUE,
    location_id INTEGER NOT NULL, product_id INTEGER NOT NULL, variant_id INTEGER NOT NULL,
    quantity INTEGER NOT NULL, parts TEXT NOT NULL, title TEXT NOT NULL, options TEXT NOT NULL,
    unit_price TEXT NOT NULL DEFAULT '0', free INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX line_of_cart ON line (cart_id, line_id);
"""

PARTS = (TABLES, product_schema.TABLES, order_schema.TABLES, account_schema.TABLES)


def fill(db: sqlite3.Connection, *, seed: int) -> None:
    """Make the tables and put the merchant's operators, customers and stock into them."""
    for statement in "".join(PARTS).split(";"):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("INSERT INTO meta VALUES ('seed', ?)", (str(seed),))
    db.executemany(
        "INSERT INTO operator (operator_id, user_name, password) VALUES (?, ?, ?)",
        [
            (operator.operator_id, operator.user_name, hashed(operator.password, salt=operator.operator_id))
            for operator in load_merchant().operators
        ],
    )
    db.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", customer_rows(seed))
    db.executemany("INSERT OR REPLACE INTO stock VALUES (?, ?, ?, ?)", stock_rows(seed))
    product_schema.fill(db)


def add_what_is_new(db: sqlite3.Connection) -> None:
    """Give what came onto the menu after a store was made the stock that a new store has of it.

    What no location has a stock of counts as new.
    """
    stocked = {(int(row[0]), int(row[1])) for row in db.execute("SELECT product_id, variant_id FROM stock")}
    new = {
        (product.product_id, variant_id)
        for product in load_menu().products.values()
        for variant_id in [variant.variant_id for variant in product.variants] or [0]
    } - stocked
    if new:
        seed = int(db.execute("SELECT value FROM meta WHERE name = 'seed'").fetchone()[0])
        rows = [row for row in stock_rows(seed) if (row[1], row[2]) in new]
        db.executemany("INSERT OR REPLACE INTO stock VALUES (?, ?, ?, ?)", rows)


@lru_cache(maxsize=2)
def customer_rows(seed: int) -> tuple[tuple[str | int | float, ...], ...]:
    """The customers of a new store."""
    draws = Draws(f"{seed}:created")
    return tuple(
        customer_row(person, created=FIRST_CREATED + draws.below(CREATED_WITHIN))
        for person in population(seed)
    )


def customer_row(person: Person, *, created: float, password: str = "") -> tuple[str | int | float, ...]:
    """A customer as the table has them. ``created`` is Unix seconds, ``password`` the hash."""
    return (
        person.user_id,
        person.user_name,
        person.user_name.casefold(),
        person.mobile,
        digits(person.mobile),
        person.email.casefold(),
        int(person.active),
        password,
        json.dumps(person.groups),
        json.dumps(person.record, ensure_ascii=False),
        created,
    )


def digits(text: str) -> str:
    """The digits of a number however it is written."""
    return "".join(character for character in text if character.isdigit())


@lru_cache(maxsize=2)
def stock_rows(seed: int) -> tuple[tuple[int, int, int, int], ...]:
    """How many of everything each location has: by the seed, then by the merchant's own list."""
    merchant, menu = load_merchant(), load_menu()
    rows: list[tuple[int, int, int, int]] = []
    for location in merchant.locations:
        for product in menu.products.values():
            for variant_id in [variant.variant_id for variant in product.variants] or [0]:
                draws = Draws(f"{seed}:{location.location_id}:{product.product_id}:{variant_id}")
                quantity = 200 + draws.below(200) if product.staple else _quantity(location, draws)
                rows.append((location.location_id, product.product_id, variant_id, quantity))
    return (*rows, *merchant.fixed_stock)


def _quantity(location: Location, draws: Draws) -> int:
    share = draws.below(100)
    if share < location.zero:
        return 0
    if share < location.zero + location.low:
        return 1 + draws.below(4)
    return 12 + draws.below(120)


def hashed(password: str, *, salt: str) -> str:
    """A password as it is kept. The cost is low on purpose: nothing here is worth guarding."""
    return hashlib.scrypt(password.encode(), salt=salt.encode(), n=16, r=8, p=1, dklen=32).hex()


def matches(password: str, *, salt: str, kept: str) -> bool:
    """Whether this is the password that was kept."""
    return hmac.compare_digest(hashed(password, salt=salt), kept)
