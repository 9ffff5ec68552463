"""Erases the people saved on this machine: recent customers, saved tickets, offline sign-ins."""

import asyncio

from console.config.paths import Paths
from console.services.error_mapping import storage_errors
from console.services.events import ServiceError
from console.services.tickets.files import delete_tickets
from console.storage import schema
from console.storage.database import Database
from console.storage.people.offline_sign_in import OperatorStore
from console.storage.people.rebuild import PeopleSafeguard
from console.storage.people.recent_customers import RecentCustomerStore


async def erase_people(paths: Paths, *, operators: bool = False) -> str:
    """Erase the recent customers of every profile; return a sentence with their number.

    ``operators`` erases the saved sign-ins too. Saved tickets, with customers' names on them, and copies of a
    damaged file are deleted as well.

    Raises:
        ServiceError: a file cannot be read, written or deleted.
    """
    try:
        tickets = await asyncio.to_thread(delete_tickets, paths.tickets_folder)
    except OSError as error:
        raise ServiceError(
            f"The tickets in {paths.tickets_folder} cannot be deleted: {error.strerror or error}."
        ) from error
    try:
        summary = await _erase_rows(paths, operators=operators)
        for copy in paths.people_file.parent.glob(f"{paths.people_file.name}.damaged-*"):
            copy.unlink(missing_ok=True)
    except OSError as error:
        raise ServiceError(f"{paths.people_file} cannot be erased: {error.strerror or error}.") from error
    return f"{summary} {_count_text(tickets, 'saved ticket')} deleted." if tickets else summary


async def _erase_rows(paths: Paths, *, operators: bool) -> str:
    if not paths.people_file.exists():
        return "No customers are saved on this machine."
    with storage_errors():
        async with await Database.open(
            paths.people_file, migrations=schema.PEOPLE, synchronous="NORMAL", safeguard=PeopleSafeguard()
        ) as database:
            customers = await RecentCustomerStore(database).wipe()
            summary = f"{_count_text(customers, 'recent customer')} erased."
            if not operators:
                return summary
            signed_in = await OperatorStore(database).wipe()
            return f"{summary} {_count_text(signed_in, 'operator')} erased: the next sign-in must be online."


def _count_text(count: int, noun: str) -> str:
    return f"1 {noun} is" if count == 1 else f"{count} {noun}s are"
