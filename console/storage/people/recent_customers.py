"""Customers lately served, kept as briefly as the settings say.

Used by the desk: shown before anything is typed, and found while the platform cannot be asked.
"""

import sqlite3

from console.ordering.customer import Customer
from console.storage.database import Database
from console.storage.formats import CUSTOMER

DAY = 86400.0


class RecentCustomerStore:
    """The customers in a file that was opened with ``schema.PEOPLE`` and ``synchronous="NORMAL"``.

    Times are Unix seconds. ``days`` is the settings' ``recent_customer_days``: whoever was served longer
    ago is deleted whenever the store is asked, and 0 keeps nobody. Every method raises ``StorageError``
    where the file cannot be read or written, and those that read raise ``UnreadableRecord`` where what was
    kept is damaged.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember(self, profile: str, customer: Customer, *, now: float, days: int) -> None:
        """Keep a customer as served just now."""
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
        """The customers served lately, the latest first."""
        return (await self._load_recent(profile, now, days))[:limit]

    async def find(self, profile: str, text: str, *, limit: int, now: float, days: int) -> list[Customer]:
        """Those among them whom ``text`` fits, the latest first.

        Digits are looked for in the mobile number, text with an ``@`` in the e-mail address, and each
        word of anything else at the beginning of a part of the name or the user name.
        """
        customers = await self._load_recent(profile, now, days)
        return [customer for customer in customers if matches_customer(customer, text)][:limit]

    async def wipe(self) -> int:
        """Forget every customer of every profile, the file's free space and log included; how many.

        Raises:
            StorageError: as ever, and where another console keeps the log from being emptied.
        """
        return await self._database.wipe("customer")

    async def _load_recent(self, profile: str, now: float, days: int) -> list[Customer]:
        def read(connection: sqlite3.Connection) -> list[str]:
            _delete_expired(connection, now, days)
            rows = connection.execute(
                "SELECT customer FROM customer WHERE profile = ? ORDER BY served_at DESC, user_id", (profile,)
            )
            return [text for (text,) in rows]

        return [CUSTOMER.load(text) for text in await self._database.write(read)]


def matches_customer(customer: Customer, text: str) -> bool:
    """Whether what an operator typed means this customer; nothing typed means nobody."""
    typed = text.strip().casefold()
    digits = "".join(character for character in typed if character.isdecimal())
    if "@" in typed:
        return typed in customer.email.casefold()
    if digits and not any(character.isalpha() for character in typed):
        mobile = "".join(character for character in customer.mobile if character.isdecimal())
        # As dialled from inside the country, a number begins with a zero that is not in the long form.
        return (_ascii_digits(digits).lstrip("0") or digits) in _ascii_digits(mobile)
    names = f"{customer.name} {customer.user_name}".casefold().split()
    words = typed.split()
    return bool(words) and all(any(name.startswith(word) for name in names) for word in words)


def _ascii_digits(digits: str) -> str:
    # Arabic and Indic keyboards type digits of their own.
    return "".join(str(int(digit)) for digit in digits)


def _delete_expired(connection: sqlite3.Connection, now: float, days: int) -> None:
    # Both ways: what a clock that was wrong dated far ahead must not stay for years.
    connection.execute(
        "DELETE FROM customer WHERE served_at <= ? OR served_at >= ?", (now - days * DAY, now + days * DAY)
    )
