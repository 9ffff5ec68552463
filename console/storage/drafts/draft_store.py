"""Drafts on this machine. Every edit is durable before it counts as saved."""

import sqlite3
import time
from collections.abc import Callable

from console.ordering.customer import Customer
from console.ordering.draft import Edit
from console.storage.database import Database
from console.storage.drafts import leases
from console.storage.drafts.edit_format import edit_to_text
from console.storage.drafts.leases import Lease
from console.storage.drafts.process_registry import ProcessStatus
from console.storage.drafts.rebuild import MAY_BE_PLACED
from console.storage.drafts.stamp import stamp_draft
from console.storage.drafts.stored_draft import (
    SELECT_DRAFT,
    DraftHeader,
    DraftRow,
    StoredDraft,
    read_draft,
    select_row,
)
from console.storage.errors import (
    CustomerHasAccount,
    DraftBeingPlaced,
    DraftClosed,
    EditConflict,
    LeaseLost,
    NoSuchDraft,
)
from console.storage.formats import CUSTOMER
from console.storage.safeguard.row_checksums import row_checksum

__all__ = ["DraftHeader", "DraftStore", "Lease", "LeaseLost", "StoredDraft"]

_INSERT_DRAFT = (
    "INSERT INTO draft (draft_id, profile, operator_id, operator_name, location_id, customer, created_at,"
    " name, sync, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class DraftStore:
    """The drafts in a file opened with ``schema.DRAFTS`` and ``synchronous="FULL"``.

    Every method raises ``StorageError`` if the file cannot be read or written.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], float] = time.time,
        process_status: Callable[[str], ProcessStatus] = lambda _owner: ProcessStatus.UNKNOWN,
    ) -> None:
        """``clock`` gives Unix seconds, for the last change; ``process_status`` knows owners of leases."""
        self._database = database
        self._clock = clock
        self._process_status = process_status

    def watch_rebuilt(self, restore: Callable[[], None]) -> None:
        """Call ``restore`` in the event loop whenever the file was destroyed, and rebuilt with losses."""
        self._database.on_rebuilt = restore

    async def create(self, header: DraftHeader) -> None:
        """Save a new draft without edits; saving the same one again is allowed.

        Raises:
            EditConflict: another draft has this id.
        """
        row = _header_row(header)

        def insert(connection: sqlite3.Connection) -> None:
            saved_row = select_row(connection, header.draft_id)
            if saved_row is None:
                connection.execute(_INSERT_DRAFT, row)
            elif saved_row[:8] != row[:8]:
                raise EditConflict(header.draft_id)

        await self._database.write(insert, stamp=stamp_draft(header.draft_id))

    async def append(self, draft_id: str, seq: int, edit: Edit) -> None:
        """Save an edit as number ``seq`` of the draft, counted from 0; durable on return.

        Repeating one that is saved already is allowed.

        Raises:
            EditConflict: another edit has this number, or an earlier one is missing.
            NoSuchDraft: the draft is not saved here.
            DraftClosed: the draft takes no more edits.
            DraftBeingPlaced: it takes none while it is being placed.
        """
        text = edit_to_text(edit)

        def insert(connection: sqlite3.Connection) -> None:
            count, revision = _check_open(connection, draft_id)
            if seq < count:
                saved_edit = connection.execute(
                    "SELECT edit FROM edit WHERE draft_id = ? AND seq = ?", (draft_id, seq)
                ).fetchone()
                if saved_edit != (text,):
                    raise EditConflict(draft_id)
                return
            if seq > count:
                raise EditConflict(draft_id)
            row = (draft_id, seq, text, revision)
            connection.execute(
                "INSERT INTO edit (draft_id, seq, edit, revision, checksum) VALUES (?, ?, ?, ?, ?)",
                (*row, row_checksum("edit", *row)),
            )

        await self._database.write(insert, stamp=stamp_draft(draft_id, updated_at=self._clock()))

    async def remove_last_edit(self, draft_id: str, seq: int) -> None:
        """Undo: delete the draft's last edit, which is number ``seq``; durable on return.

        Raises:
            EditConflict: the last edit has another number.
            NoSuchDraft: the draft is not saved here.
            DraftClosed: the draft takes no more edits.
            DraftBeingPlaced: it is to be placed as it is.
        """

        def delete(connection: sqlite3.Connection) -> None:
            if seq < 0 or _check_open(connection, draft_id)[0] != seq + 1:
                raise EditConflict(draft_id)
            # An undo and another edit would have the same count as the request, but other contents.
            (request_text,) = connection.execute(
                "SELECT placement_request FROM draft WHERE draft_id = ?", (draft_id,)
            ).fetchone()
            if request_text:
                raise DraftBeingPlaced(draft_id)
            connection.execute("DELETE FROM edit WHERE draft_id = ? AND seq = ?", (draft_id, seq))

        await self._database.write(delete, stamp=stamp_draft(draft_id, updated_at=self._clock()))

    async def load(self, draft_id: str) -> StoredDraft:
        """Load one draft, open or closed.

        Raises:
            NoSuchDraft: the draft is not saved here.
        """

        def read(connection: sqlite3.Connection) -> StoredDraft:
            row = select_row(connection, draft_id)
            if row is None:
                raise NoSuchDraft(draft_id)
            return read_draft(connection, row)

        return await self._database.read(read)

    async def open_drafts(self, profile: str, operator_id: str | None = None) -> list[StoredDraft]:
        """Load the open drafts of a profile, of one operator or of all, newest first."""

        def read(connection: sqlite3.Connection) -> list[StoredDraft]:
            rows: list[DraftRow] = connection.execute(
                f"{SELECT_DRAFT} WHERE profile = ? AND closed_at IS NULL"
                " AND operator_id = coalesce(?, operator_id) ORDER BY created_at DESC, draft_id DESC",
                (profile, operator_id),
            ).fetchall()
            return [read_draft(connection, row) for row in rows]

        return await self._database.read(read)

    async def placed_drafts(
        self, profile: str, operator_id: str, *, since: float, limit: int
    ) -> list[StoredDraft]:
        """Load the latest ``limit`` drafts of an operator that became orders ``since``, in Unix seconds."""

        def read(connection: sqlite3.Connection) -> list[StoredDraft]:
            rows: list[DraftRow] = connection.execute(
                f"{SELECT_DRAFT} WHERE profile = ? AND operator_id = ? AND order_id > 0 AND closed_at >= ?"
                " ORDER BY closed_at DESC, draft_id DESC LIMIT ?",
                (profile, operator_id, since, limit),
            ).fetchall()
            return [read_draft(connection, row) for row in rows]

        return await self._database.read(read)

    async def save_sync(self, draft_id: str, fence: int, sync_text: str) -> None:
        """Save how far the platform has followed; durable on return.

        Raises:
            LeaseLost: ``fence`` is no longer the number of the draft's owner; nothing was written.
        """

        def update(connection: sqlite3.Connection) -> None:
            if not leases.is_current(connection, draft_id, fence):
                raise LeaseLost(draft_id)
            connection.execute("UPDATE draft SET sync = ? WHERE draft_id = ?", (sync_text, draft_id))

        await self._database.write(update, stamp=stamp_draft(draft_id))

    async def save_customer(self, draft_id: str, fence: int, customer: Customer) -> None:
        """Save the account of a customer who had none, and clear the sync state.

        Raises:
            LeaseLost: as for ``save_sync``.
        """

        def update(connection: sqlite3.Connection) -> None:
            if not leases.is_current(connection, draft_id, fence):
                raise LeaseLost(draft_id)
            connection.execute(
                "UPDATE draft SET customer = ?, sync = '' WHERE draft_id = ?",
                (CUSTOMER.dump(customer), draft_id),
            )

        await self._database.write(update, stamp=stamp_draft(draft_id))

    async def reassign(self, draft_id: str, customer: Customer | None, owner: str, *, now: float) -> None:
        """Reassign an open draft whose customer has no account yet; ``None`` makes it a walk-in.

        Any other process that sends for it must take a new lease, and then reads the new customer.

        Raises:
            CustomerHasAccount: its customer has one by now.
            LeaseLost: a console that is known to be alive has it, other than ``owner``.
            NoSuchDraft, DraftClosed, DraftBeingPlaced: as they say.
        """

        def update(connection: sqlite3.Connection) -> None:
            _check_open(connection, draft_id)
            row = select_row(connection, draft_id)
            customer_text = None if row is None else row[5]
            if customer_text is None or CUSTOMER.load(customer_text).has_account:
                raise CustomerHasAccount(draft_id)
            lease = leases.acquire(
                connection, draft_id, owner, now=now, seconds=0.0, process_status=self._process_status
            )
            if lease is None:
                raise LeaseLost(draft_id)
            connection.execute(
                "UPDATE draft SET customer = ?, sync = '' WHERE draft_id = ?",
                (None if customer is None else CUSTOMER.dump(customer), draft_id),
            )
            leases.release(connection, lease)

        await self._database.write(update, stamp=stamp_draft(draft_id))

    async def restore(self, header: DraftHeader, edits: tuple[Edit, ...], *, may_be_placed: bool) -> None:
        """Save a draft as it is in memory, after the file was destroyed and rebuilt; durable on return.

        ``may_be_placed`` locks it, unless the file still has the record of placing it.
        """
        draft_id = header.draft_id
        texts = [edit_to_text(edit) for edit in edits]

        def rewrite(connection: sqlite3.Connection) -> None:
            row = select_row(connection, draft_id)
            if row is None:
                connection.execute(_INSERT_DRAFT, _header_row(header))
            (in_flight, order_id) = connection.execute(
                "SELECT in_flight, order_id FROM draft WHERE draft_id = ?", (draft_id,)
            ).fetchone()
            connection.execute("DELETE FROM edit WHERE draft_id = ?", (draft_id,))
            connection.executemany(
                "INSERT INTO edit (draft_id, seq, edit) VALUES (?, ?, ?)",
                [(draft_id, seq, text) for seq, text in enumerate(texts)],
            )
            damage = MAY_BE_PLACED if may_be_placed and not (in_flight or order_id) else ""
            connection.execute(
                "UPDATE draft SET damage = ?, placement_request = iif(?, '', placement_request)"
                " WHERE draft_id = ?",
                (damage, not in_flight, draft_id),
            )

        await self._database.write(rewrite, stamp=stamp_draft(draft_id))

    async def close(self, draft_id: str, reason: str) -> None:
        """Close an empty draft: it takes no more edits. Closing twice leaves the first reason.

        Raises:
            EditConflict: another console has added something to it.
            NoSuchDraft: the draft is not saved here.
        """

        def update(connection: sqlite3.Connection) -> None:
            row = select_row(connection, draft_id)
            if row is None:
                raise NoSuchDraft(draft_id)
            stored = read_draft(connection, row)
            if not stored.draft.is_empty or stored.corruption:
                raise EditConflict(draft_id)
            connection.execute(
                "UPDATE draft SET closed_at = ?, close_reason = ? WHERE draft_id = ? AND closed_at IS NULL",
                (self._clock(), reason, draft_id),
            )

        await self._database.write(update, stamp=stamp_draft(draft_id))

    async def delete_closed(self, before: float) -> int:
        """Delete the drafts that were closed before this Unix time; return how many."""

        def delete(connection: sqlite3.Connection) -> int:
            return connection.execute("DELETE FROM draft WHERE closed_at < ?", (before,)).rowcount

        return await self._database.write(delete)

    async def acquire(self, draft_id: str, owner: str, *, now: float, seconds: float) -> Lease | None:
        """Take a draft for sending if it is free or one's own; ``None`` if another console has it.

        ``owner`` is the unique name of a running console. A console that is known to be alive keeps its
        leases, one that is known to be dead keeps none, and any other keeps them for the time it asked
        for. Every lease has a higher fence than the one before, which is void from then on.

        Raises:
            NoSuchDraft: the draft is not saved here.
        """

        def take(connection: sqlite3.Connection) -> Lease | None:
            if select_row(connection, draft_id) is None:
                raise NoSuchDraft(draft_id)
            return leases.acquire(
                connection, draft_id, owner, now=now, seconds=seconds, process_status=self._process_status
            )

        return await self._database.write(take)

    async def renew(self, lease: Lease, *, now: float, seconds: float) -> bool:
        """Extend a lease; ``False`` if another console has the draft by now.

        Call it before every write to the platform.
        """
        return await self._database.write(
            lambda connection: leases.renew(connection, lease, now=now, seconds=seconds)
        )

    async def release(self, lease: Lease) -> None:
        """Release a draft; one that another console has by now is left alone."""
        await self._database.write(lambda connection: leases.release(connection, lease))

    async def release_all(self, owner: str) -> None:
        """Release every draft of a dead console."""
        await self._database.write(lambda connection: leases.release_all(connection, owner))


def _header_row(header: DraftHeader) -> tuple[str | int | float | None, ...]:
    customer = None if header.customer is None else CUSTOMER.dump(header.customer)
    return (
        *(header.draft_id, header.profile, header.operator_id, header.operator_name),
        *(header.location_id, customer, header.created_at, header.name, "", header.created_at),
    )


def _check_open(connection: sqlite3.Connection, draft_id: str) -> tuple[int, int]:
    """Check that a draft is open; return how many edits it has, and its revision."""
    row = connection.execute(
        "SELECT closed_at, in_flight, revision FROM draft WHERE draft_id = ?", (draft_id,)
    ).fetchone()
    if row is None:
        raise NoSuchDraft(draft_id)
    if row[0] is not None:
        raise DraftClosed(draft_id)
    if row[1]:
        raise DraftBeingPlaced(draft_id)
    count: int = connection.execute("SELECT count(*) FROM edit WHERE draft_id = ?", (draft_id,)).fetchone()[0]
    return count, row[2]
