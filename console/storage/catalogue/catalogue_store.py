"""Menu and stock as last seen, with full-text search. All of it can be fetched again."""

import sqlite3
from contextlib import suppress
from dataclasses import replace

from console.ordering.catalogue import Catalogue, Category, Product, Variant
from console.ordering.stores import StockReport
from console.storage.catalogue import fts_query
from console.storage.catalogue import search as menu_search
from console.storage.database import Database
from console.storage.errors import UnreadableRecord
from console.storage.formats import PRODUCT, STOCK_REPORT, VARIANTS

SAVE_SECONDS = 60.0
"""Seconds that a menu of 100,000 products may take to be saved on a slow disk."""


class CatalogueStore:
    """The menus in a file opened with ``schema.CATALOGUE`` and ``synchronous="NORMAL"``.

    Every method raises ``StorageError`` if the file cannot be read or written, and those that read raise
    ``UnreadableRecord`` if a record is damaged.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, profile: str, catalogue: Catalogue) -> None:
        """Save the menu of a location, replacing the one before.

        A product whose variants are not known (``None``) keeps those that were saved earlier.
        """
        menu_key = (profile, catalogue.location_id)

        def update(connection: sqlite3.Connection) -> None:
            connection.execute(
                "DELETE FROM product_text WHERE rowid IN"
                " (SELECT id FROM product WHERE profile = ? AND location_id = ?)",
                menu_key,
            )
            connection.execute("DELETE FROM product WHERE profile = ? AND location_id = ?", menu_key)
            rows = [
                _insert_product(connection, menu_key, number, product)
                for number, product in enumerate(catalogue.products)
            ]
            connection.execute(
                "INSERT OR REPLACE INTO catalogue (profile, location_id, seen_at, first_row, last_row)"
                " VALUES (?, ?, ?, ?, ?)",
                (*menu_key, catalogue.seen_at, min(rows, default=0), max(rows, default=0)),
            )
            for product in catalogue.products:
                if product.variants is not None:
                    _save_variants(connection, menu_key, product.product_id, product.variants)
            connection.execute(
                "DELETE FROM variants WHERE profile = ? AND location_id = ? AND product_id NOT IN"
                " (SELECT product_id FROM product WHERE profile = ? AND location_id = ?)",
                (*menu_key, *menu_key),
            )
            for product_id, text in _load_variants(connection, menu_key).items():
                with suppress(UnreadableRecord):  # fetched again, after the menu
                    _index_variants(connection, menu_key, product_id, VARIANTS.load(text))
            menu_search.update_word_list(connection)

        await self._database.write(update, seconds=SAVE_SECONDS)

    async def load(
        self, profile: str, location_id: int, *, without_damaged: bool = False
    ) -> Catalogue | None:
        """Load the menu of a location as last seen; ``None`` if there is none.

        ``without_damaged`` leaves out the products whose record cannot be read.
        """
        menu_key = (profile, location_id)

        def read(connection: sqlite3.Connection) -> Catalogue | None:
            menu_row = connection.execute(
                "SELECT seen_at FROM catalogue WHERE profile = ? AND location_id = ?", menu_key
            ).fetchone()
            if menu_row is None:
                return None
            variants = _load_variants(connection, menu_key)
            rows: list[tuple[int, str]] = connection.execute(
                "SELECT product_id, product FROM product WHERE profile = ? AND location_id = ?"
                " ORDER BY place",
                menu_key,
            ).fetchall()
            products: list[Product] = []
            for product_id, text in rows:
                try:
                    products.append(_read_product(text, variants.get(product_id)))
                except UnreadableRecord:
                    if not without_damaged:
                        raise
            return Catalogue(location_id, tuple(products), menu_row[0])

        return await self._database.read(read)

    async def save_variants(
        self,
        profile: str,
        location_id: int,
        product_id: int,
        variants: tuple[Variant, ...],
    ) -> None:
        """Save the variants of one product."""
        menu_key = (profile, location_id)

        def save(connection: sqlite3.Connection) -> None:
            _save_variants(connection, menu_key, product_id, variants)
            _index_variants(connection, menu_key, product_id, variants)

        await self._database.write(save)

    async def search(
        self,
        profile: str,
        location_id: int,
        text: str,
        *,
        category: Category | None = None,
        limit: int = 50,
    ) -> menu_search.FoundProducts:
        """Find the products that match every word of ``text`` by a word or the beginning of one.

        Title, category, SKU (the variants' too) and barcode are searched; the best match
        comes first. With a word of one letter the results are in the menu's own order. Text without a letter
        finds nothing. If nothing is found, every word of three letters or more may have one typing error:
        what is found then is a guess.
        """
        scope = menu_search.SearchScope(profile, location_id, category)
        return await self._database.read(
            lambda connection: menu_search.find_products(connection, scope, text, limit)
        )

    async def save_stock(self, profile: str, report: StockReport) -> None:
        """Save the stock of one product or variant at every store."""
        row = (profile, report.product_id, report.variant_id, STOCK_REPORT.dump(report))
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO stock (profile, product_id, variant_id, report) VALUES (?, ?, ?, ?)",
                row,
            )
        )

    async def load_stock(self, profile: str, product_id: int, variant_id: int = 0) -> StockReport | None:
        """Load the stock as last seen; ``None`` if there is none."""

        def read(connection: sqlite3.Connection) -> StockReport | None:
            row = connection.execute(
                "SELECT report FROM stock WHERE profile = ? AND product_id = ? AND variant_id = ?",
                (profile, product_id, variant_id),
            ).fetchone()
            return None if row is None else STOCK_REPORT.load(row[0])

        return await self._database.run(read)


def _insert_product(
    connection: sqlite3.Connection, menu_key: tuple[str, int], number: int, product: Product
) -> int:
    """Insert a product and index its texts; return its row number."""
    row = connection.execute(
        "INSERT INTO product (profile, location_id, product_id, place, product, category_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (*menu_key, product.product_id, number, _product_text(product), product.category_id),
    ).lastrowid
    if row is None:
        raise RuntimeError("an inserted row has no number")
    texts = (product.title, product.category, product.sku, product.barcode)
    connection.execute(
        "INSERT INTO product_text (rowid, title, category, sku, barcode) VALUES (?, ?, ?, ?, ?)",
        (row, *map(fts_query.indexed_text, texts)),
    )
    return row


def _product_text(product: Product) -> str:
    return PRODUCT.dump(product if product.variants is None else replace(product, variants=None))


def _read_product(text: str, variants_text: str | None) -> Product:
    product = PRODUCT.load(text)
    return product if variants_text is None else replace(product, variants=VARIANTS.load(variants_text))


def _load_variants(connection: sqlite3.Connection, menu_key: tuple[str, int]) -> dict[int, str]:
    rows = connection.execute(
        "SELECT product_id, variants FROM variants WHERE profile = ? AND location_id = ?", menu_key
    )
    return dict(rows.fetchall())


def _save_variants(
    connection: sqlite3.Connection, menu_key: tuple[str, int], product_id: int, variants: tuple[Variant, ...]
) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO variants (profile, location_id, product_id, variants) VALUES (?, ?, ?, ?)",
        (*menu_key, product_id, VARIANTS.dump(variants)),
    )


def _index_variants(
    connection: sqlite3.Connection, menu_key: tuple[str, int], product_id: int, variants: tuple[Variant, ...]
) -> None:
    # Without a row the variants stay: their product comes with the next menu.
    rows: list[tuple[int, str]] = connection.execute(
        "SELECT id, product FROM product WHERE profile = ? AND location_id = ? AND product_id = ?",
        (*menu_key, product_id),
    ).fetchall()
    for row, text in rows:
        try:
            product = PRODUCT.load(text)
        except UnreadableRecord:
            continue  # the next menu replaces it
        skus = dict.fromkeys((product.sku, *(variant.sku for variant in variants)))
        connection.execute(
            "UPDATE product_text SET sku = ? WHERE rowid = ?", (fts_query.normalize_text(" ".join(skus)), row)
        )
