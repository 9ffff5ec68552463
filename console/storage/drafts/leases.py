"""Leases on drafts with a fencing number, so that two consoles never send for one draft at once.

The functions run inside the transactions of the draft store.

Clocks jump, so time alone never makes an owner: whoever takes a draft gets a higher fence, and the owner
of a lower one fails at its next write or renewal, whatever its own clock says. Nor does time alone end
the lease of a process that is known to be alive. A process that is known to be dead owns nothing.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from console.storage.drafts.process_registry import ProcessStatus

MAX_TERMS_AHEAD = 10
"""An expiry more than this many terms ahead was written before the clock was set back."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to send for a draft, until a higher ``fence`` is given out."""

    draft_id: str
    owner: str
    fence: int


def acquire(
    connection: sqlite3.Connection,
    draft_id: str,
    owner: str,
    *,
    now: float,
    seconds: float,
    process_status: Callable[[str], ProcessStatus],
) -> Lease | None:
    """Take the draft, if it is free or one's own, under a new fence; ``None`` if another owner holds it."""
    row = connection.execute(
        "SELECT owner, fence, expires_at, seconds FROM lease WHERE draft_id = ?", (draft_id,)
    ).fetchone()
    fence = 1
    if row is not None:
        holder, last_fence, expires_at, term = row
        far_off = now + MAX_TERMS_AHEAD * max(term, seconds)
        if holder not in {"", owner} and _is_held(
            process_status(holder), in_time=now < expires_at <= far_off
        ):
            return None
        fence = last_fence + 1
    connection.execute(
        "INSERT OR REPLACE INTO lease (draft_id, owner, fence, expires_at, seconds) VALUES (?, ?, ?, ?, ?)",
        (draft_id, owner, fence, now + seconds, seconds),
    )
    return Lease(draft_id, owner, fence)


def _is_held(status: ProcessStatus, *, in_time: bool) -> bool:
    return status is ProcessStatus.ALIVE or (status is ProcessStatus.UNKNOWN and in_time)


def renew(connection: sqlite3.Connection, lease: Lease, *, now: float, seconds: float) -> bool:
    """Extend a lease; ``False`` if another owner has the draft or it was released.

    An expired lease can be renewed as long as no other owner has taken the draft.
    """
    changed = connection.execute(
        "UPDATE lease SET expires_at = ?, seconds = ? WHERE draft_id = ? AND fence = ? AND owner <> ''",
        (now + seconds, seconds, lease.draft_id, lease.fence),
    )
    return changed.rowcount == 1


def release(connection: sqlite3.Connection, lease: Lease) -> None:
    """Release a draft; a draft that another owner has is left alone."""
    connection.execute(
        "UPDATE lease SET owner = '', expires_at = 0 WHERE draft_id = ? AND fence = ?",
        (lease.draft_id, lease.fence),
    )


def release_all(connection: sqlite3.Connection, owner: str) -> None:
    """Release every draft of a dead owner."""
    connection.execute("UPDATE lease SET owner = '', expires_at = 0 WHERE owner = ?", (owner,))


def is_current(connection: sqlite3.Connection, draft_id: str, fence: int) -> bool:
    """Return True if the fence is the one given out last and not released."""
    row = connection.execute(
        "SELECT 1 FROM lease WHERE draft_id = ? AND fence = ? AND owner <> ''", (draft_id, fence)
    ).fetchone()
    return row is not None
