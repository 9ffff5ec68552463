"""Drafts that are being placed: the request, the in-flight mark before sending, the order number."""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

from console.ordering.customer import Operator
from console.storage.database import Database
from console.storage.drafts import leases
from console.storage.drafts.leases import Lease
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.process_registry import ProcessStatus
from console.storage.drafts.stamp import stamp_draft
from console.storage.errors import (
    DraftBeingPlaced,
    DraftClosed,
    LeaseLost,
    NoSuchDraft,
    OrderNumberTaken,
    PlacementOutdated,
)
from console.storage.formats import PLACEMENT_REQUEST

PLACED = "placed"
"""Why a draft is closed that became an order."""


@dataclass(frozen=True, slots=True)
class OtherDraft:
    """Another draft's order number once it is known, else the engine's record about placing it."""

    draft_id: str
    order_id: int
    placement_text: str
    is_in_flight: bool


class PlacementStore:
    """The placement columns of the drafts file. Every method raises ``StorageError`` if it fails."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], float] = time.time,
        process_status: Callable[[str], ProcessStatus] = lambda _owner: ProcessStatus.UNKNOWN,
    ) -> None:
        """``clock`` gives Unix seconds; ``process_status`` knows owners of leases."""
        self._database = database
        self._clock = clock
        self._process_status = process_status

    async def request_placement(self, draft_id: str, placement_request: PlacementRequest) -> None:
        """Save the request to place a draft, replacing an earlier one; durable on return.

        Raises:
            PlacementOutdated: the draft has more or fewer edits than the request is about.
            DraftBeingPlaced: an earlier request is in flight. DraftClosed, NoSuchDraft: as they say.
        """

        def update(connection: sqlite3.Connection) -> None:
            _check_open(connection, draft_id)
            if _edit_count(connection, draft_id) != placement_request.edit_count:
                raise PlacementOutdated(draft_id)
            connection.execute(
                "UPDATE draft SET placement_request = ? WHERE draft_id = ?",
                (PLACEMENT_REQUEST.dump(placement_request), draft_id),
            )

        await self._database.write(update, stamp=stamp_draft(draft_id))

    async def withdraw(self, draft_id: str) -> None:
        """Delete the request while nothing was sent for it; having none is allowed.

        Raises:
            DraftBeingPlaced: it is in flight. DraftClosed, NoSuchDraft: as they say.
        """

        def update(connection: sqlite3.Connection) -> None:
            _check_open(connection, draft_id)
            connection.execute("UPDATE draft SET placement_request = '' WHERE draft_id = ?", (draft_id,))

        await self._database.write(update, stamp=stamp_draft(draft_id))

    async def mark_in_flight(
        self, draft_id: str, fence: int, placement_request: PlacementRequest, placement_text: str
    ) -> None:
        """Mark the draft before Place Order is sent; durable on return.

        Raises:
            LeaseLost: ``fence`` is no longer the number of the draft's owner.
            PlacementOutdated: the request or the draft changed. DraftClosed, NoSuchDraft: as they say.
        """

        def update(connection: sqlite3.Connection) -> None:
            _check_lease(connection, draft_id, fence)
            _check_open(connection, draft_id)
            (saved_request,) = connection.execute(
                "SELECT placement_request FROM draft WHERE draft_id = ?", (draft_id,)
            ).fetchone()
            if (
                saved_request != PLACEMENT_REQUEST.dump(placement_request)
                or _edit_count(connection, draft_id) != placement_request.edit_count
            ):
                raise PlacementOutdated(draft_id)
            connection.execute(
                "UPDATE draft SET placement = ?, in_flight = 1 WHERE draft_id = ?", (placement_text, draft_id)
            )

        await self._database.write(update, stamp=stamp_draft(draft_id))

    async def save(
        self, draft_id: str, fence: int, placement_text: str, *, in_flight: bool, order_id: int = 0
    ) -> None:
        """Save the progress; ``in_flight`` until it is certain that no sent request can still place it.

        Raises:
            LeaseLost: as for ``mark_in_flight``.
            OrderNumberTaken: another draft is the order of this number.
        """

        def update(connection: sqlite3.Connection) -> None:
            _check_lease(connection, draft_id, fence)
            _check_order_id(connection, draft_id, order_id)
            connection.execute(
                "UPDATE draft SET placement = ?, in_flight = ?, order_id = ? WHERE draft_id = ?",
                (placement_text, in_flight, order_id, draft_id),
            )

        await self._database.write(update, stamp=stamp_draft(draft_id))

    async def close(
        self, draft_id: str, fence: int, placement_text: str, *, order_id: int, reason: str
    ) -> None:
        """Close a draft as the order of this number, or with 0 undecided; durable on return.

        Raises:
            LeaseLost, OrderNumberTaken: as for ``save``.
        """

        def update(connection: sqlite3.Connection) -> None:
            _check_lease(connection, draft_id, fence)
            _check_order_id(connection, draft_id, order_id)
            connection.execute(
                "UPDATE draft SET placement = ?, order_id = ?, placement_request = '',"
                " closed_at = coalesce(closed_at, ?), close_reason = ? WHERE draft_id = ?",
                (placement_text, order_id, self._clock(), reason, draft_id),
            )

        await self._database.write(update, stamp=stamp_draft(draft_id))

    async def other_drafts(self, profile: str, draft_id: str) -> list[OtherDraft]:
        """Load what the other drafts of a profile became or may be becoming."""

        def read(connection: sqlite3.Connection) -> list[OtherDraft]:
            rows: list[tuple[str, int, str, int]] = connection.execute(
                # Placed orders have a number: their records, a month's worth, are not read again each time.
                "SELECT draft_id, order_id, iif(order_id > 0, '', placement), in_flight FROM draft"
                " WHERE profile = ? AND draft_id <> ? AND (in_flight = 1 OR order_id > 0) ORDER BY draft_id",
                (profile, draft_id),
            ).fetchall()
            return [
                OtherDraft(other, number, text, bool(in_flight)) for other, number, text, in_flight in rows
            ]

        return await self._database.read(read)

    async def adopt(self, draft_id: str, operator: Operator, *, owner: str, now: float) -> Lease:
        """Give an open draft to another operator, whose console ``owner`` takes the lease.

        Raises:
            LeaseLost: a console that is known to be alive has it. DraftClosed, NoSuchDraft: as they say.
        """

        def update(connection: sqlite3.Connection) -> Lease:
            row = connection.execute("SELECT closed_at FROM draft WHERE draft_id = ?", (draft_id,)).fetchone()
            if row is None:
                raise NoSuchDraft(draft_id)
            if row[0] is not None:
                raise DraftClosed(draft_id)
            lease = leases.acquire(
                connection, draft_id, owner, now=now, seconds=0.0, process_status=self._process_status
            )
            if lease is None:
                raise LeaseLost(draft_id)
            connection.execute(
                "UPDATE draft SET operator_id = ?, operator_name = ? WHERE draft_id = ?",
                (operator.operator_id, operator.name, draft_id),
            )
            return lease

        return await self._database.write(update, stamp=stamp_draft(draft_id))


def _check_lease(connection: sqlite3.Connection, draft_id: str, fence: int) -> None:
    if not leases.is_current(connection, draft_id, fence):
        raise LeaseLost(draft_id)


def _check_open(connection: sqlite3.Connection, draft_id: str) -> None:
    row = connection.execute(
        "SELECT closed_at, in_flight FROM draft WHERE draft_id = ?", (draft_id,)
    ).fetchone()
    if row is None:
        raise NoSuchDraft(draft_id)
    if row[0] is not None:
        raise DraftClosed(draft_id)
    if row[1]:
        raise DraftBeingPlaced(draft_id)


def _check_order_id(connection: sqlite3.Connection, draft_id: str, order_id: int) -> None:
    other_draft = connection.execute(
        "SELECT 1 FROM draft WHERE order_id = ? AND order_id > 0 AND draft_id <> ?"
        " AND profile = (SELECT profile FROM draft WHERE draft_id = ?)",
        (order_id, draft_id, draft_id),
    ).fetchone()
    if other_draft is not None:
        raise OrderNumberTaken(draft_id)


def _edit_count(connection: sqlite3.Connection, draft_id: str) -> int:
    count: int = connection.execute("SELECT count(*) FROM edit WHERE draft_id = ?", (draft_id,)).fetchone()[0]
    return count
