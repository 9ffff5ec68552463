"""The customers' service: searching, remembering whom was served lately, details, new accounts.

Called by the customer screens.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from console.api.client import ApiClient
from console.api.customers.models import WireCustomer as Record
from console.api.errors import PlatformError
from console.config.settings import Settings
from console.desk.changes import Trouble
from console.desk.phones import readable
from console.desk.values import NewCustomer
from console.desk.words import asking, remembering
from console.ordering.customer import Customer, phone_digits
from console.storage.people.recent_customers import RecentCustomerStore
from console.sync.account_creation import account_details, random_password
from console.sync.clock import Clock
from console.sync.connection.monitor import ConnectionMonitor, ConnectionState

RECENT = 20
FEWEST_DIGITS = 3
"""A part of a number shorter than this would find half the town."""
FEWEST_MOBILE_DIGITS = 7
"""No mobile number is shorter; a part of one could be the end of somebody else's."""


class CustomersDesk:
    """Finds and makes customers of one store profile."""

    def __init__(
        self,
        *,
        api: ApiClient,
        link: ConnectionMonitor,
        people: RecentCustomerStore,
        profile: str,
        preferences: Callable[[], Settings],
        timer: Clock,
        random: Random,
    ) -> None:
        self._api = api
        self._link = link
        self._people = people
        self._profile = profile
        self._preferences = preferences
        self._timer = timer
        self._random = random

    @property
    def _days(self) -> int:
        return self._preferences().recent_customer_days

    async def recent(self) -> tuple[Customer, ...]:
        """Customers lately served on this machine, the last one first."""
        with remembering():
            found = await self._people.recent(
                self._profile, limit=RECENT, now=self._timer.now(), days=self._days
            )
        return tuple(found)

    async def known(self, text: str) -> tuple[Customer, ...]:
        """Customers lately served that fit what is typed; no line is needed."""
        with remembering():
            found = await self._people.find(
                self._profile, text, limit=RECENT, now=self._timer.now(), days=self._days
            )
        return tuple(found)

    async def search(self, text: str) -> tuple[Customer, ...]:
        """Ask the platform: digits search mobile numbers, an ``@`` searches e-mail, else the user name.

        Raises:
            Trouble: the platform is not there, or refused.
        """
        digits = phone_digits(text)
        if digits and len(digits) < FEWEST_DIGITS:
            return ()
        with asking(self._link):
            if digits:
                found = await self._api.customers.search(mobile=digits)
            elif "@" in text:
                found = await self._api.customers.search(email=text.strip())
            else:
                found = await self._api.customers.search(user_name=text.strip())
        return tuple(_customer(record) for record in found)

    async def details(self, customer: Customer) -> Customer:
        """The customer with address and groups as the platform has them now.

        Raises:
            Trouble: the platform is not there, or refused.
        """
        with asking(self._link):
            record = await self._api.customers.details(user_id=customer.user_id)
            groups = await self._api.groups.of_customer(user_id=customer.user_id)
        return replace(_customer(record), groups=tuple(group.name for group in groups if group.is_active))

    async def create(self, new: NewCustomer) -> Customer:
        """Create an account under the mobile number or the e-mail; its random password is kept nowhere.

        A number that has an account already gives that account: an answer may have been lost before.
        With the line down the customer has no account yet, and an order begun for one makes it later.

        Raises:
            Trouble: something is missing, or the platform refused.
        """
        customer = _typed(new)
        if self._link.state is ConnectionState.OFFLINE:
            return await self._without_the_line(customer)
        try:
            with asking(self._link):
                if customer.mobile and (found := await self._of_number(phone_digits(customer.mobile))):
                    return found
                record = await self._api.customers.create(
                    details=account_details(customer), password=random_password(self._random)
                )
        except Trouble as trouble:
            if not trouble.offline:
                raise
            lost = isinstance(trouble.__cause__, PlatformError) and trouble.__cause__.outcome_unknown
            return await self._without_the_line(replace(customer, creation_uncertain=lost))
        return _customer(record)

    async def served(self, customer: Customer) -> None:
        """Remember a customer with an account as lately served, as long as the settings say."""
        if not customer.has_account:
            return
        with remembering():
            await self._people.remember(self._profile, customer, now=self._timer.now(), days=self._days)

    async def _without_the_line(self, customer: Customer) -> Customer:
        """Who was lately served under this number, else the customer as typed, with no account yet."""
        digits = phone_digits(customer.mobile)
        known = await self.known(digits) if digits else ()
        return next((one for one in known if phone_digits(one.mobile).endswith(digits)), customer)

    async def _of_number(self, digits: str) -> Customer | None:
        """Whose number ends with these digits: the country's code may not have been typed."""
        found = await self._api.customers.search(mobile=digits)
        return next((_customer(r) for r in found if phone_digits(r.mobile).endswith(digits)), None)


def _typed(new: NewCustomer) -> Customer:
    """Who was typed, without an account.

    Raises:
        Trouble: something is missing.
    """
    digits, email = phone_digits(new.mobile), new.email.strip()
    if new.mobile.strip() and len(digits) < FEWEST_MOBILE_DIGITS:
        raise Trouble("That is not a whole mobile number.")
    if not new.first_name.strip() or not (digits or email):
        raise Trouble("A name and a mobile number or an e-mail are needed.")
    return Customer(
        user_id="",
        user_name=email or digits,
        first_name=new.first_name.strip(),
        last_name=new.last_name.strip(),
        mobile=digits,
        email=email,
    )


def _customer(record: Record) -> Customer:
    address = ", ".join(part for part in (record.postal_address, record.street, record.area) if part)
    return Customer(
        user_id=record.user_id,
        user_name=record.user_name,
        first_name=record.first_name,
        last_name=record.last_name,
        mobile=readable(record.mobile),
        email=record.alternate_email or (record.user_name if "@" in record.user_name else ""),
        address=address,
        city=record.city_name,
    )
