"""A fetch of a menu that is under way, kept page by page, so that a lost line costs one page and not all.

Used by the desk while it fetches a menu; what it makes of the pages is kept in the catalogue.
"""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from console.local.database import Database
from console.local.fields import Fields, to_text
from console.local.menu_codec import product_from_text, product_to_text
from console.ordering.catalogue import Product


class Step(StrEnum):
    """What a page holds."""

    IDS = "ids"
    PRODUCTS = "products"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What has come so far, each page once and in order. ``seen_at`` is the age of the oldest page."""

    ids: tuple[tuple[int, ...], ...] = ()
    products: tuple[tuple[Product, ...], ...] = ()
    seen_at: float | None = None


class FetchedPages:
    """The pages in a file that was opened with ``schema.CATALOGUE``. Times are Unix seconds.

    Pages count from 0 and are kept in their order. Every method raises ``StorageError`` where the file
    cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep_ids(
        self, profile: str, location_id: int, page: int, ids: tuple[int, ...], *, seen_at: float
    ) -> None:
        """Keep one page of the list of products."""
        await self._keep((profile, location_id, Step.IDS.value, page, to_text({"ids": ids}), seen_at))

    async def keep_products(
        self, profile: str, location_id: int, page: int, products: tuple[Product, ...], *, seen_at: float
    ) -> None:
        """Keep one page of products."""
        text = to_text({"products": tuple(map(product_to_text, products))})
        await self._keep((profile, location_id, Step.PRODUCTS.value, page, text, seen_at))

    async def load(self, profile: str, location_id: int, *, since: float, until: float) -> Fetched:
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
            return Fetched()
        return Fetched(
            ids=tuple(_ids(text) for text in _unbroken(rows, Step.IDS)),
            products=tuple(_products(text) for text in _unbroken(rows, Step.PRODUCTS)),
            seen_at=min(row[3] for row in rows),
        )

    async def drop(self, profile: str, location_id: int) -> None:
        """Forget the pages: the fetch is complete, or begins anew."""
        await self._database.write(
            lambda connection: connection.execute(
                "DELETE FROM fetched WHERE profile = ? AND location_id = ?", (profile, location_id)
            )
        )

    async def _keep(self, row: tuple[str, int, str, int, str, float]) -> None:
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO fetched (profile, location_id, step, page, answer, seen_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )
        )


def _unbroken(rows: list[tuple[str, int, str, float]], step: Step) -> list[str]:
    # Two consoles may fetch one menu at once: what comes after a gap is fetched again.
    pages = [(page, text) for kept, page, text, _ in rows if kept == step]
    return [text for number, (page, text) in enumerate(pages) if page == number]


def _ids(text: str) -> tuple[int, ...]:
    return Fields.of_text(text).wholes("ids")


def _products(text: str) -> tuple[Product, ...]:
    texts = Fields.of_text(text).texts_or_none("products") or ()
    return tuple(product_from_text(product, None) for product in texts)
