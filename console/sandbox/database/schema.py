"""The sandbox's database: its tables, and the contents of a new one."""

import hashlib
import hmac
import json
import sqlite3
from functools import lru_cache

from console.sandbox.data.customer_seed import Person, seed_customers
from console.sandbox.data.menu_loader import load_menu
from console.sandbox.data.merchant import MerchantLocation, load_merchant
from console.sandbox.database import account_tables, order_tables, product_tables
from console.sandbox.seeded_random import SeededRandom

VERSION = 3

CREATED_FROM, CREATED_WITHIN = 1_735_689_600, 180 * 86_400
"""Unix seconds of the earliest creation of a new store's customers, and the range of seconds after it."""

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

TABLE_SCRIPTS = (
    TABLES, product_tables.TABLES, order_tables.TABLES, account_tables.TABLES, account_tables.LATER_TABLES
)  # fmt: skip


def create_and_seed(db: sqlite3.Connection, *, seed: int) -> None:
    """Create the tables, with the merchant's operators, customers and stock."""
    for statement in "".join(TABLE_SCRIPTS).split(";"):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("INSERT INTO meta VALUES ('seed', ?)", (str(seed),))
    db.executemany(
        "INSERT INTO operator (operator_id, user_name, password) VALUES (?, ?, ?)",
        [
            (
                operator.operator_id,
                operator.user_name,
                hash_password(operator.password, salt=operator.operator_id),
            )
            for operator in load_merchant().operators
        ],
    )
    db.executemany("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", customer_rows(seed))
    db.executemany("INSERT OR REPLACE INTO stock VALUES (?, ?, ?, ?)", stock_rows(seed))
    product_tables.seed(db)


def add_missing_tables(db: sqlite3.Connection) -> None:
    """Create the tables that a store of an earlier release lacks."""
    for statement in account_tables.LATER_TABLES.split(";"):
        db.execute(statement)


def add_missing_stock(db: sqlite3.Connection) -> None:
    """Stock products that came onto the menu after the store was created, as in a new store.

    A product without a stock row at any location counts as new.
    """
    known = {(int(row[0]), int(row[1])) for row in db.execute("SELECT product_id, variant_id FROM stock")}
    new = {
        (product.product_id, variant_id)
        for product in load_menu().products.values()
        for variant_id in [variant.variant_id for variant in product.variants] or [0]
    } - known
    if new:
        seed = int(db.execute("SELECT value FROM meta WHERE name = 'seed'").fetchone()[0])
        rows = [row for row in stock_rows(seed) if (row[1], row[2]) in new]
        db.executemany("INSERT OR REPLACE INTO stock VALUES (?, ?, ?, ?)", rows)


@lru_cache(maxsize=2)
def customer_rows(seed: int) -> tuple[tuple[str | int | float, ...], ...]:
    """The customers of a new store."""
    rng = SeededRandom(f"{seed}:created")
    return tuple(
        customer_row(person, created_at=CREATED_FROM + rng.randbelow(CREATED_WITHIN))
        for person in seed_customers(seed)
    )


def customer_row(
    person: Person, *, created_at: float, password_hash: str = ""
) -> tuple[str | int | float, ...]:
    """Return a customer's row in the table. ``created_at`` is in Unix seconds."""
    return (
        person.user_id,
        person.user_name,
        person.user_name.casefold(),
        person.mobile,
        digits_only(person.mobile),
        person.email.casefold(),
        int(person.active),
        password_hash,
        json.dumps(person.groups),
        json.dumps(person.record, ensure_ascii=False),
        created_at,
    )


def digits_only(text: str) -> str:
    """Return the digits of a phone number in any notation."""
    return "".join(character for character in text if character.isdigit())


@lru_cache(maxsize=2)
def stock_rows(seed: int) -> tuple[tuple[int, int, int, int], ...]:
    """Return the stock of every product at each location: by the seed, then by the merchant's own list."""
    merchant, menu = load_merchant(), load_menu()
    rows: list[tuple[int, int, int, int]] = []
    for location in merchant.locations:
        for product in menu.products.values():
            for variant_id in [variant.variant_id for variant in product.variants] or [0]:
                rng = SeededRandom(f"{seed}:{location.location_id}:{product.product_id}:{variant_id}")
                quantity = 200 + rng.randbelow(200) if product.staple else _random_quantity(location, rng)
                rows.append((location.location_id, product.product_id, variant_id, quantity))
    return (*rows, *merchant.fixed_stock)


def _random_quantity(location: MerchantLocation, rng: SeededRandom) -> int:
    share = rng.randbelow(100)
    if share < location.sold_out_percent:
        return 0
    if share < location.sold_out_percent + location.low_stock_percent:
        return 1 + rng.randbelow(4)
    return 12 + rng.randbelow(120)


def hash_password(password: str, *, salt: str) -> str:
    """Hash a password. The cost is low on purpose: the sandbox holds nothing worth guarding."""
    return hashlib.scrypt(password.encode(), salt=salt.encode(), n=16, r=8, p=1, dklen=32).hex()


def verify_password(password: str, *, salt: str, password_hash: str) -> bool:
    """Return True if this is the stored password."""
    return hmac.compare_digest(hash_password(password, salt=salt), password_hash)
