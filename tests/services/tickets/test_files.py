"""Saved tickets expire as recent customers do; other files in the folder stay."""

import os
import time
from pathlib import Path

import pytest

from console.ordering.placed.ticket import TicketCopy
from tests.services.connections import connected, operator_session
from tests.services.samples import TICKET
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

DAY = 86_400


def saved_ticket(folder: Path, name: str, *, days_ago: float) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text("Tom Sawyer")
    when = time.time() - days_ago * DAY
    os.utime(file, (when, when))
    return file


def set_days(backend: SandboxBackend, days: int) -> None:
    backend.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    backend.paths.settings_file.write_text(f"recent_customer_days = {days}\n")


def left(backend: SandboxBackend) -> set[str]:
    return {file.name for file in backend.paths.tickets_folder.iterdir()}


async def test_expired_tickets_are_deleted_at_the_next_start(
    backend: SandboxBackend,
) -> None:
    saved_ticket(backend.paths.tickets_folder, "7400001-customer.txt", days_ago=30.1)
    saved_ticket(backend.paths.tickets_folder, "not-placed-kitchen-duplicate.txt", days_ago=400)
    saved_ticket(backend.paths.tickets_folder, "7400002-customer.txt", days_ago=29.9)
    async with connected(backend):
        assert left(backend) == {"7400002-customer.txt"}


async def test_the_settings_say_for_how_many_days(backend: SandboxBackend) -> None:
    set_days(backend, 2)
    saved_ticket(backend.paths.tickets_folder, "7400001-customer.txt", days_ago=2.1)
    saved_ticket(backend.paths.tickets_folder, "7400002-customer.txt", days_ago=1.9)
    async with connected(backend):
        assert left(backend) == {"7400002-customer.txt"}


async def test_with_no_days_both_copies_are_there_until_the_next_start(backend: SandboxBackend) -> None:
    set_days(backend, 0)
    async with operator_session(backend) as (session, _):
        await session.tickets.save(TICKET, TicketCopy.CUSTOMER, reprint=False)
        await session.tickets.save(TICKET, TicketCopy.KITCHEN, reprint=False)
        assert left(backend) == {"7400001-customer.txt", "7400001-kitchen.txt"}
    async with connected(backend):
        assert left(backend) == set()


async def test_console_running_for_weeks_deletes_on_saving(backend: SandboxBackend) -> None:
    """A console that runs for weeks deletes expired tickets when it saves the next."""
    async with operator_session(backend) as (session, _):
        saved_ticket(backend.paths.tickets_folder, "7400000-customer.txt", days_ago=31)
        await session.tickets.save(TICKET, TicketCopy.CUSTOMER, reprint=False)
        assert left(backend) == {"7400001-customer.txt"}


async def test_ticket_dated_far_ahead_does_not_stay_for_years(backend: SandboxBackend) -> None:
    saved_ticket(backend.paths.tickets_folder, "7400001-customer.txt", days_ago=-400)
    async with connected(backend):
        assert left(backend) == set()


async def test_what_was_left_of_one_being_written_goes_too(backend: SandboxBackend) -> None:
    saved_ticket(backend.paths.tickets_folder, ".7400001-customer.txt.k3j_2x9a", days_ago=31)
    async with connected(backend):
        assert left(backend) == set()


async def test_files_of_somebodys_own_stay(backend: SandboxBackend, tmp_path: Path) -> None:
    elsewhere = saved_ticket(tmp_path / "archive", "7400001-customer.txt", days_ago=400)
    for name in ("notes.txt", "7400001-customer.txt.bak", "7400001 customer.txt", "till-customer.txt.gz"):
        saved_ticket(backend.paths.tickets_folder, name, days_ago=400)
    (backend.paths.tickets_folder / "7400009-kitchen.txt").symlink_to(elsewhere)
    before = left(backend)
    async with connected(backend):
        assert left(backend) == before
    assert elsewhere.exists()


async def test_a_folder_that_is_a_link_is_somebodys_own(backend: SandboxBackend, tmp_path: Path) -> None:
    elsewhere = saved_ticket(tmp_path / "archive", "7400001-customer.txt", days_ago=400)
    backend.paths.data.mkdir(parents=True)
    backend.paths.tickets_folder.symlink_to(elsewhere.parent)
    async with connected(backend):
        assert elsewhere.exists()


async def test_ticket_that_cannot_be_deleted_is_reported(
    backend: SandboxBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    saved_ticket(backend.paths.tickets_folder, "7400001-customer.txt", days_ago=31)
    monkeypatch.setattr(Path, "unlink", refuse)
    async with connected(backend) as (_, recorded):
        [notice] = recorded.notifications
        assert (
            notice == f"Old tickets in {backend.paths.tickets_folder} cannot be deleted: Permission denied."
        )
