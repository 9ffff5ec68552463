"""Recent customers, stored for as few days as the settings say."""

import re
import sqlite3
from contextlib import suppress

from console.ordering.customer import Customer
from console.ordering.name_form import compared_name
from console.ordering.phone_number import dialled_digits, matches_number
from console.storage.database import Database
from console.storage.errors import UnreadableRecord
from console.storage.formats import CUSTOMER

DAY = 86400.0
_PUNCTUATION = re.compile(r"[\W_]+")


class RecentCustomerStore:
    """The customers in a file opened with ``schema.PEOPLE`` and ``synchronous="NORMAL"``.

    Times are Unix seconds. ``days`` is the setting ``recent_customer_days``: every call deletes customers
    that were served longer ago, and 0 stores none. Every method raises ``StorageError`` if the file cannot be
    read or written. A record that cannot be read is left out.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember(self, profile: str, customer: Customer, *, now: float, days: int) -> None:
        """Save a customer as served just now."""
        text = CUSTOMER.dump(customer)

        def save(connection: sqlite3.Connection) -> None:
            if days > 0:
                connection.execute(
                    "INSERT OR REPLACE INTO customer (profile, user_id, customer, served_at)"
                    " VALUES (?, ?, ?, ?)",
                    (profile, customer.user_id, text, now),
                )
            _delete_expired(connection, now, days)

        await self._database.write(save)

    async def recent(self, profile: str, *, limit: int, now: float, days: int) -> list[Customer]:
        """Load the recent customers, the latest first."""
        return (await self._load_recent(profile, now, days))[:limit]

    async def find(self, profile: str, text: str, *, limit: int, now: float, days: int) -> list[Customer]:
        """Find the recent customers that match ``text``, the latest first.

        Digits are searched in the mobile number, text with an ``@`` in the e-mail address, and each word of
        anything else at the beginning of a part of the name or the user name.
        """
        customers = await self._load_recent(profile, now, days)
        return [customer for customer in customers if matches_customer(customer, text)][:limit]

    async def wipe(self) -> int:
        """Delete every customer of every profile, from the log too; return how many.

        Raises:
            StorageError: as ever, or another console keeps the log from being emptied.
        """
        return await self._database.wipe("customer")

    async def _load_recent(self, profile: str, now: float, days: int) -> list[Customer]:
        def read(connection: sqlite3.Connection) -> list[str]:
            _delete_expired(connection, now, days)
            rows = connection.execute(
                "SELECT customer FROM customer WHERE profile = ? ORDER BY served_at DESC, user_id", (profile,)
            )
            return [text for (text,) in rows]

        customers: list[Customer] = []
        for text in await self._database.write(read):
            # One that another version wrote must not cost the others.
            with suppress(UnreadableRecord):
                customers.append(CUSTOMER.load(text))
        return customers


def matches_customer(customer: Customer, text: str) -> bool:
    """Return True if the typed text matches the customer; empty text matches none."""
    typed = text.strip().casefold()
    if "@" in typed:
        return typed in customer.email.casefold()
    if dialled_digits(typed):
        return matches_number(customer.mobile, typed)
    names = _name_parts(f"{customer.name} {customer.user_name}")
    words = [word for word in (one.strip(",;") for one in compared_name(text).split()) if word]
    return bool(words) and all(any(name.startswith(word) for name in names) for word in words)


def _name_parts(text: str) -> list[str]:
    """The words of a name, and where one is put together of several, such as Al-Ajmi, those as well."""
    words = compared_name(text).split()
    split = [part for word in words for part in _PUNCTUATION.split(word)]
    return [*words, *(_PUNCTUATION.sub("", word) for word in words), *split]


def _delete_expired(connection: sqlite3.Connection, now: float, days: int) -> None:
    # In both directions: a record that a wrong clock dated far ahead must not stay for years.
    connection.execute(
        "DELETE FROM customer WHERE served_at <= ? OR served_at >= ?", (now - days * DAY, now + days * DAY)
    )
