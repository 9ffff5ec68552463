"""The sandbox's state: one SQLite database, in a file or in memory, with the menu beside it."""

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Self, cast
from uuid import UUID

from console.sandbox.data.fulfilment_data import Fulfilment, load_fulfilment
from console.sandbox.data.menu_loader import load_menu
from console.sandbox.data.merchant import Merchant, load_merchant
from console.sandbox.data.promotions import SandboxPromotion, load_promotions
from console.sandbox.database import schema
from console.sandbox.menu.menu import Menu
from console.sandbox.menu.overrides import apply_changes
from console.sandbox.menu.sale_rules import SaleRules, sale_rules
from console.sandbox.self_description import CartRecord, DemoAccess, DemoOperator, LineRecord, PartRecord
from console.sandbox.switches import SandboxCartOwner

Value = str | int | float | None


class StoreError(Exception):
    """The store's file cannot be used; the text says why."""


class Store:
    """The state of the sandbox. Safe to use from any thread: one connection, one user at a time."""

    def __init__(
        self, db: sqlite3.Connection, *, clock: Callable[[], float], cart_owner: SandboxCartOwner
    ) -> None:
        self._db = db
        self._lock = threading.RLock()
        self.clock = clock
        self.cart_owner = cart_owner
        self._menu: Menu | None = None
        self._dated: dict[int, SaleRules] | None = None
        self.merchant: Merchant = load_merchant()
        self.promotions: tuple[SandboxPromotion, ...] = load_promotions()
        self.fulfilment: Fulfilment = load_fulfilment()
        self.seed = int(str(db.execute("SELECT value FROM meta WHERE name = 'seed'").fetchone()[0]))

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        *,
        seed: int = 1,
        clock: Callable[[], float] = time.time,
        cart_owner: SandboxCartOwner = SandboxCartOwner.TOKEN,
    ) -> Self:
        """Open the store in a file, or in memory if ``path`` is ``None``.

        An existing file is used unchanged, with its own seed; a new one is filled from the seed.

        Raises:
            StoreError: the file is not a sandbox store, or one of another version.
        """
        try:
            db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise StoreError(f"The sandbox store {path} cannot be opened: {error}") from error
        try:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("BEGIN IMMEDIATE")
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            if version == 0:
                schema.create_and_seed(db, seed=seed)
            elif version != schema.VERSION:
                raise StoreError(f"The sandbox store {path} is of another version. Delete it to start again.")
            else:
                schema.add_missing_tables(db)
                schema.add_missing_stock(db)
            db.execute("COMMIT")
            return cls(db, clock=clock, cart_owner=cart_owner)
        except sqlite3.Error as error:
            db.close()
            raise StoreError(f"{path} is not a sandbox store: {error}") from error
        except StoreError:
            db.close()
            raise

    def close(self) -> None:
        """Close the database; all committed work is in the file."""
        with self._lock:
            self._db.close()

    def reset(self) -> None:
        """Start again as a new store of the same seed: no carts, orders or changes."""
        with self.transaction():
            tables = self.rows(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
            for table in tables:
                self._db.execute(f'DROP TABLE "{table["name"]}"')
            schema.create_and_seed(self._db, seed=self.seed)
        self.invalidate_menu()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Commit everything inside, or undo it all if it raises."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                self.invalidate_menu()
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def savepoint(self) -> Generator[None]:
        """Undo everything inside if it raises, and keep the rest of the transaction."""
        with self._lock:
            self._db.execute("SAVEPOINT attempt")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK TO attempt")
                self.invalidate_menu()
                raise
            finally:
                self._db.execute("RELEASE attempt")

    @property
    def menu(self) -> Menu:
        """The menu with updates applied."""
        if self._menu is None:
            rows = self.rows("SELECT * FROM product_change")
            changes = [(int(r[0]), int(r[1]), str(r[2]), str(r[3])) for r in rows]
            self._menu = apply_changes(load_menu(), changes)
        return self._menu

    def invalidate_menu(self) -> None:
        """Drop the cached menu: a product has changed, or a change was undone."""
        self._menu = None
        self._dated = None

    def off_sale(self, now: float) -> frozenset[int]:
        """Return the ids of products and variants that are not sold now, in Unix seconds, by their days."""
        if self._dated is None:
            products = self.menu.products.values()
            updates = {product.product_id: product.updates for product in products}
            updates |= {v.variant_id: v.updates for product in products for v in product.variants}
            self._dated = {key: sale_rules(values) for key, values in updates.items() if values}
        return frozenset(key for key, rules in self._dated.items() if not rules.is_on_sale(now))

    def rows(self, sql: str, *values: Value) -> list[sqlite3.Row]:
        """Return the rows of a query."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Value) -> sqlite3.Row | None:
        """Return the first row of a query, ``None`` without one."""
        rows = self.rows(sql, *values)
        return rows[0] if rows else None

    def run(self, sql: str, *values: Value) -> int:
        """Execute a statement; return the number of changed rows."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def new_guid(self) -> str:
        """Return a new GUID; the same sequence for the same seed."""
        return str(UUID(bytes=self._next_digest()[:16], version=4))

    def new_token(self) -> str:
        """Return a new access token, spelt as in the documents."""
        letters = "abcdefghijklmnopqrstuvwxyz0123456789"
        return "".join(letters[byte % len(letters)] for byte in self._next_digest()[:24])

    def _next_digest(self) -> bytes:
        row = self.row(
            "INSERT INTO counter VALUES ('fresh', 1)"
            " ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"
        )
        count = 0 if row is None else int(row["value"])
        return hashlib.blake2b(f"{self.seed}:fresh:{count}".encode()).digest()

    def stock(self, location_id: int, product_id: int, variant_id: int = 0) -> int:
        """Return the location's stock of a product without variants, or of a variant."""
        row = self.row(
            "SELECT quantity FROM stock WHERE location_id = ? AND product_id = ? AND variant_id = ?",
            location_id,
            product_id,
            variant_id,
        )
        return 0 if row is None else int(row["quantity"])

    def stock_of_product(self, location_id: int, product_id: int) -> int:
        """Return the location's stock of a product, all variants together."""
        row = self.row(
            "SELECT sum(quantity) AS quantity FROM stock WHERE location_id = ? AND product_id = ?",
            location_id,
            product_id,
        )
        return 0 if row is None or row["quantity"] is None else int(row["quantity"])

    def change_stock(self, location_id: int, product_id: int, variant_id: int, *, delta: int) -> None:
        """Add to a location's stock, or subtract from it."""
        self.run(
            "UPDATE stock SET quantity = max(0, quantity + ?)"
            " WHERE location_id = ? AND product_id = ? AND variant_id = ?",
            delta,
            location_id,
            product_id,
            variant_id,
        )

    def carts(self) -> list[CartRecord]:
        """Return the sandbox's own record of every cart, the oldest first."""
        with self._lock:
            carts = self.rows("SELECT * FROM cart LEFT JOIN checkout USING (cart_id) ORDER BY cart_id")
            lines = self.rows("SELECT * FROM line ORDER BY line_id")
        ship_addresses = [cast("dict[str, str]", json.loads(str(cart["ship"] or "{}"))) for cart in carts]
        return [
            CartRecord(
                token=f"{str(cart['token'])[:6]}...",
                customer=str(cart["customer"]),
                location_id=int(cart["location_id"]),
                mode=str(cart["mode"]),
                lines=tuple(
                    _line_record(line, self.menu) for line in lines if line["cart_id"] == cart["cart_id"]
                ),
                shipping_cost=Decimal(str(cart["shipping"])),
                discount=Decimal(str(cart["discount"])),
                vouchers=tuple(cast("list[str]", json.loads(str(cart["vouchers"] or "[]")))),
                slot_id=int(cart["slot_id"] or 0),
                street=ship.get("Address1", ""),
                area=ship.get("Address2", ""),
                pin=ship.get("PostCode", ""),
            )
            for cart, ship in zip(carts, ship_addresses, strict=True)
        ]

    def expire_sessions(self, *, anonymous: bool = False) -> int:
        """Expire every open customer session, and walk-ins' with ``anonymous``; return how many."""
        return self.run(
            "UPDATE token SET state = 'expired' WHERE state = 'open' AND (? OR customer_id IS NOT NULL)",
            anonymous,
        )

    def demo_access(self) -> DemoAccess:
        """Return the credentials to reach this merchant and sign in."""
        merchant = self.merchant
        customers = self.rows("SELECT user_name FROM customer WHERE active ORDER BY rowid")
        return DemoAccess(
            merchant_id=merchant.merchant_id,
            consumer_key=merchant.consumer_key,
            consumer_secret=merchant.consumer_secret,
            auth_token=merchant.auth_token,
            operators=tuple(
                DemoOperator(o.user_name, o.password, f"{o.first_name} {o.last_name}", o.locations)
                for o in merchant.operators
            ),
            customers=tuple(str(row["user_name"]) for row in customers),
            location_id=merchant.default_location,
        )


_StoredPart = tuple[int, int, int, str, int, list["_StoredPart"]]
"""A part as stored in the table of lines."""


def read_carts(path: Path) -> list[CartRecord]:
    """Return the record of the carts in a store's file, which may be in use.

    Raises:
        StoreError: there is no such file, or it is not a sandbox store.
    """
    if not path.exists():
        raise StoreError(f"There is no sandbox store at {path}.")
    with closing(Store.open(path)) as store:
        return store.carts()


def _line_record(line: sqlite3.Row, menu: Menu) -> LineRecord:
    return LineRecord(
        product_id=int(line["product_id"]),
        variant_id=int(line["variant_id"]),
        title=str(line["title"]),
        options=str(line["options"]),
        quantity=int(line["quantity"]),
        unit_price=Decimal(str(line["unit_price"])),
        parts=_part_records(json.loads(str(line["parts"])), menu),
    )


def _part_records(stored_parts: list[_StoredPart], menu: Menu) -> tuple[PartRecord, ...]:
    records: list[PartRecord] = []
    for product_id, variant_id, quantity, portion, _, parts in stored_parts:
        product = menu.products[product_id]
        variant = product.variant(variant_id)
        records.append(
            PartRecord(
                product_id=product_id,
                variant_id=variant_id,
                title=product.title,
                options=" ".join(value for _, value in variant.options) if variant else "",
                quantity=quantity,
                portion=portion,
                parts=_part_records(parts, menu),
            )
        )
    return tuple(records)
