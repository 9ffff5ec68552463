"""Bundles and deals as last seen, so that the builder works without a line; the platform has it all.

Used by the desk, beside the catalogue and in the same file.
"""

import sqlite3
from collections.abc import Iterable

from console.ordering.configuration.bundle import Bundle
from console.storage.catalogue.bundle_format import bundles_from_text, bundles_to_text
from console.storage.database import Database


class BundleStore:
    """The bundles of each location, in a file that was opened with ``schema.CATALOGUE``.

    Both methods raise ``StorageError`` where the file cannot be read or written, and ``load`` raises
    ``UnreadableRecord`` where what was kept is damaged.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, profile: str, location_id: int, bundles: Iterable[Bundle]) -> None:
        """Keep the bundles of a location in place of those before."""
        saved_bundles = tuple(bundles)

        def replace(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO bundles (profile, location_id, bundles) VALUES (?, ?, ?)",
                (profile, location_id, bundles_to_text(saved_bundles)),
            )

        await self._database.write(replace)

    async def load(self, profile: str, location_id: int) -> tuple[Bundle, ...]:
        """The bundles of a location as last seen; none where there were none."""

        def read(connection: sqlite3.Connection) -> tuple[Bundle, ...]:
            row = connection.execute(
                "SELECT bundles FROM bundles WHERE profile = ? AND location_id = ?", (profile, location_id)
            ).fetchone()
            return () if row is None else bundles_from_text(row[0])

        return await self._database.run(read)
