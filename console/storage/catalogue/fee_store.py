"""Delivery fees as the platform's carts showed them. All of them can be observed again."""

import sqlite3
from collections.abc import Mapping

from console.ordering.checkout import DeliveryMode
from console.ordering.pricing.delivery_fee import FeeArea, ObservedFee
from console.storage.database import Database
from console.storage.errors import UnreadableRecord
from console.storage.formats import OBSERVED_FEE

MAX_FEES = 500
"""Fees kept of one profile, the latest seen: more than a merchant has stores and areas nearby."""


class DeliveryFeeStore:
    """The fees in a file opened with ``schema.CATALOGUE``.

    Every method raises ``StorageError`` if the file cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, profile: str, area: FeeArea, fee: ObservedFee) -> None:
        """Save a fee in place of the one before, and forget the oldest beyond ``MAX_FEES``."""
        row = (profile, area.location_id, area.area, area.mode.value, OBSERVED_FEE.dump(fee), fee.seen_at)

        def update(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO delivery_fee (profile, location_id, area, mode, fee, seen_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )
            connection.execute(
                "DELETE FROM delivery_fee WHERE profile = ?1 AND (location_id, area, mode) NOT IN"
                " (SELECT location_id, area, mode FROM delivery_fee WHERE profile = ?1"
                " ORDER BY seen_at DESC LIMIT ?2)",
                (profile, MAX_FEES),
            )

        await self._database.write(update)

    async def load(self, profile: str) -> Mapping[FeeArea, ObservedFee]:
        """Load the fees of a profile; one that cannot be read is left out."""

        def read(connection: sqlite3.Connection) -> dict[FeeArea, ObservedFee]:
            rows: list[tuple[int, str, str, str]] = connection.execute(
                "SELECT location_id, area, mode, fee FROM delivery_fee WHERE profile = ?", (profile,)
            ).fetchall()
            fees: dict[FeeArea, ObservedFee] = {}
            for location_id, area, mode, text in rows:
                try:
                    fees[FeeArea(location_id, area, DeliveryMode(mode))] = OBSERVED_FEE.load(text)
                except (UnreadableRecord, ValueError):
                    # It is observed again at the next order there.
                    continue
            return fees

        return await self._database.read(read)
