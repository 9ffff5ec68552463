"""A fetch of a menu that is under way, kept page by page, so that a lost line costs one page and not all.

Used by the desk while it fetches a menu; what it makes of the pages is kept in the catalogue.
"""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from console.ordering.catalogue import Product
from console.storage.database import Database
from console.storage.record_format import RecordFormat, Stored

_ID_PAGE = RecordFormat(Stored[tuple[int, ...]])
_PRODUCT_PAGE = RecordFormat(Stored[tuple[Product, ...]])


class FetchStep(StrEnum):
    """What a page holds."""

    IDS = "ids"
    PRODUCTS = "products"


@dataclass(frozen=True, slots=True)
class CachedPages:
    """What has come so far, each page once and in order. ``seen_at`` is the age of the oldest page."""

    id_pages: tuple[tuple[int, ...], ...] = ()
    product_pages: tuple[tuple[Product, ...], ...] = ()
    seen_at: float | None = None


class FetchCache:
    """The pages in a file that was opened with ``schema.CATALOGUE``. Times are Unix seconds.

    Pages count from 0 and are kept in their order. Every method raises ``StorageError`` where the file
    cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save_ids(
        self, profile: str, location_id: int, page: int, ids: tuple[int, ...], *, seen_at: float
    ) -> None:
        """Keep one page of the list of products."""
        await self._save_page((profile, location_id, FetchStep.IDS.value, page, _ID_PAGE.dump(ids), seen_at))

    async def save_products(
        self, profile: str, location_id: int, page: int, products: tuple[Product, ...], *, seen_at: float
    ) -> None:
        """Keep one page of products."""
        text = _PRODUCT_PAGE.dump(products)
        await self._save_page((profile, location_id, FetchStep.PRODUCTS.value, page, text, seen_at))

    async def load(self, profile: str, location_id: int, *, since: float, until: float) -> CachedPages:
        """The pages of a fetch whose last page came between these times; nothing where it is older.

        Raises:
            UnreadableRecord: a page is damaged.
        """

        def read(connection: sqlite3.Connection) -> list[tuple[str, int, str, float]]:
            return connection.execute(
                "SELECT step, page, answer, seen_at FROM fetched WHERE profile = ? AND location_id = ?"
                " ORDER BY step, page",
                (profile, location_id),
            ).fetchall()

        rows = await self._database.run(read)
        if not rows or not since <= max(row[3] for row in rows) <= until:
            return CachedPages()
        return CachedPages(
            id_pages=tuple(map(_ID_PAGE.load, _contiguous_pages(rows, FetchStep.IDS))),
            product_pages=tuple(map(_PRODUCT_PAGE.load, _contiguous_pages(rows, FetchStep.PRODUCTS))),
            seen_at=min(row[3] for row in rows),
        )

    async def clear(self, profile: str, location_id: int) -> None:
        """Forget the pages: the fetch is complete, or begins anew."""
        await self._database.write(
            lambda connection: connection.execute(
                "DELETE FROM fetched WHERE profile = ? AND location_id = ?", (profile, location_id)
            )
        )

    async def _save_page(self, row: tuple[str, int, str, int, str, float]) -> None:
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO fetched (profile, location_id, step, page, answer, seen_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )
        )


def _contiguous_pages(rows: list[tuple[str, int, str, float]], step: FetchStep) -> list[str]:
    # Two consoles may fetch one menu at once: what comes after a gap is fetched again.
    pages = [(page, text) for saved_step, page, text, _ in rows if saved_step == step]
    return [text for number, (page, text) in enumerate(pages) if page == number]
