"""Menu and stock as last seen, searchable as one types; the platform has it all, so it may be lost.

Used by the desk, which fills it behind the screens and reads it before the platform has answered.
"""

import sqlite3
from dataclasses import replace

from console.ordering.catalogue import Catalogue, Category, Product, Variant
from console.ordering.stores import StockReport
from console.storage.catalogue import fts_query
from console.storage.catalogue import search as menu_search
from console.storage.database import Database
from console.storage.formats import PRODUCT, STOCK_REPORT, VARIANTS


class CatalogueStore:
    """The menus in a file that was opened with ``schema.CATALOGUE`` and ``synchronous="NORMAL"``.

    Every method raises ``StorageError`` where the file cannot be read or written, and those that read
    raise ``UnreadableRecord`` where what was kept is damaged.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, profile: str, catalogue: Catalogue) -> None:
        """Keep the menu of a location in place of the one before.

        A product whose variants are not known (``None``) keeps those that were kept for it earlier.
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
                _index_variants(connection, menu_key, product_id, VARIANTS.load(text))
            menu_search.update_word_list(connection)

        await self._database.write(update)

    async def load(self, profile: str, location_id: int) -> Catalogue | None:
        """The menu of a location as last seen, ``None`` where it never was."""
        menu_key = (profile, location_id)

        def read(connection: sqlite3.Connection) -> Catalogue | None:
            seen = connection.execute(
                "SELECT seen_at FROM catalogue WHERE profile = ? AND location_id = ?", menu_key
            ).fetchone()
            if seen is None:
                return None
            variants = _load_variants(connection, menu_key)
            rows: list[tuple[int, str]] = connection.execute(
                "SELECT product_id, product FROM product WHERE profile = ? AND location_id = ?"
                " ORDER BY place",
                menu_key,
            ).fetchall()
            products = tuple(_read_product(text, variants.get(product_id)) for product_id, text in rows)
            return Catalogue(location_id, products, seen[0])

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
    ) -> list[int]:
        """The ids of the products that hold every word of ``text``, or a word that begins with it.

        Title, category, SKU (the variants' too) and barcode are searched; the best come first. With a
        word of one letter they come in the menu's own order. Text without a letter finds nothing. Where
        nothing is found, every word of three letters or more may have one typing error.
        """
        scope = menu_search.SearchScope(profile, location_id, category)
        return await self._database.read(
            lambda connection: menu_search.find_products(connection, scope, text, limit)
        )

    async def save_stock(self, profile: str, report: StockReport) -> None:
        """Keep what every store has of one product or variant."""
        row = (profile, report.product_id, report.variant_id, STOCK_REPORT.dump(report))
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO stock (profile, product_id, variant_id, report) VALUES (?, ?, ?, ?)",
                row,
            )
        )

    async def load_stock(self, profile: str, product_id: int, variant_id: int = 0) -> StockReport | None:
        """What every store had when last asked, ``None`` where none was."""

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
    """The row it was given."""
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
        (row, *map(fts_query.normalize_text, texts)),
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
    # Without a row the variants are kept all the same: their product comes with the next menu.
    rows: list[tuple[int, str]] = connection.execute(
        "SELECT id, product FROM product WHERE profile = ? AND location_id = ? AND product_id = ?",
        (*menu_key, product_id),
    ).fetchall()
    for row, text in rows:
        product = PRODUCT.load(text)
        skus = dict.fromkeys((product.sku, *(variant.sku for variant in variants)))
        connection.execute(
            "UPDATE product_text SET sku = ? WHERE rowid = ?", (fts_query.normalize_text(" ".join(skus)), row)
        )
