"""Wiping the people that this machine remembers: customers, also on saved tickets, and operators offline.

Called by the settings' service and by the command ``store-console forget``; orders are none of it.
"""

import asyncio

from console.config.paths import Paths
from console.services.error_mapping import storage_errors
from console.services.events import ServiceError
from console.services.tickets.files import delete_tickets
from console.storage import schema
from console.storage.database import Database
from console.storage.people.offline_sign_in import OperatorStore
from console.storage.people.recent_customers import RecentCustomerStore


async def erase_people(paths: Paths, *, operators: bool = False) -> str:
    """Forget every customer of every profile, with ``operators`` also who may sign in without a line.

    Tickets that were kept as files, with customers' names in them, and copies of a damaged file go too. The
    answer says how many they were.

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
        raise ServiceError(f"{paths.people_file} cannot be wiped: {error.strerror or error}.") from error
    return f"{summary} {_count_text(tickets, 'saved ticket')} deleted." if tickets else summary


async def _erase_rows(paths: Paths, *, operators: bool) -> str:
    if not paths.people_file.exists():
        return "Nobody is remembered on this machine."
    with storage_errors():
        async with await Database.open(
            paths.people_file, migrations=schema.PEOPLE, synchronous="NORMAL"
        ) as database:
            customers = await RecentCustomerStore(database).wipe()
            summary = f"{_count_text(customers, 'customer')} forgotten."
            if not operators:
                return summary
            signed_in = await OperatorStore(database).wipe()
            return (
                f"{summary} {_count_text(signed_in, 'operator')} forgotten: the next sign-in needs the line."
            )


def _count_text(count: int, noun: str) -> str:
    return f"1 {noun} is" if count == 1 else f"{count} {noun}s are"
