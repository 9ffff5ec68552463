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
from console.ordering.customer import Customer, phone_digits
from console.services.error_mapping import platform_errors, storage_errors
from console.services.events import ServiceError
from console.services.people.phone_format import format_phone
from console.services.views import NewCustomer
from console.storage.people.recent_customers import RecentCustomerStore
from console.sync.account_creation import account_details, random_password
from console.sync.clock import Clock
from console.sync.connection.monitor import ConnectionMonitor, ConnectionState

MAX_RECENT = 20
MIN_DIGITS = 3
"""A part of a number shorter than this would find half the town."""
MIN_MOBILE_DIGITS = 7
"""No mobile number is shorter; a part of one could be the end of somebody else's."""


class CustomerService:
    """Finds and makes customers of one store profile."""

    def __init__(
        self,
        *,
        api: ApiClient,
        monitor: ConnectionMonitor,
        people: RecentCustomerStore,
        profile: str,
        preferences: Callable[[], Settings],
        clock: Clock,
        random: Random,
    ) -> None:
        self._api = api
        self._monitor = monitor
        self._people = people
        self._profile = profile
        self._preferences = preferences
        self._clock = clock
        self._random = random

    @property
    def _days(self) -> int:
        return self._preferences().recent_customer_days

    async def recent(self) -> tuple[Customer, ...]:
        """Customers lately served on this machine, the last one first."""
        with storage_errors():
            found = await self._people.recent(
                self._profile, limit=MAX_RECENT, now=self._clock.now(), days=self._days
            )
        return tuple(found)

    async def search_recent(self, text: str) -> tuple[Customer, ...]:
        """Customers lately served that fit what is typed; no line is needed."""
        with storage_errors():
            found = await self._people.find(
                self._profile, text, limit=MAX_RECENT, now=self._clock.now(), days=self._days
            )
        return tuple(found)

    async def search(self, text: str) -> tuple[Customer, ...]:
        """Ask the platform: digits search mobile numbers, an ``@`` searches e-mail, else the user name.

        Raises:
            ServiceError: the platform is not there, or refused.
        """
        digits = phone_digits(text)
        if digits and len(digits) < MIN_DIGITS:
            return ()
        with platform_errors(self._monitor):
            if digits:
                found = await self._api.customers.search(mobile=digits)
            elif "@" in text:
                found = await self._api.customers.search(email=text.strip())
            else:
                found = await self._api.customers.search(user_name=text.strip())
        return tuple(_to_customer(record) for record in found)

    async def details(self, customer: Customer) -> Customer:
        """The customer with address and groups as the platform has them now.

        Raises:
            ServiceError: the platform is not there, or refused.
        """
        with platform_errors(self._monitor):
            record = await self._api.customers.details(user_id=customer.user_id)
            groups = await self._api.groups.of_customer(user_id=customer.user_id)
        return replace(_to_customer(record), groups=tuple(group.name for group in groups if group.is_active))

    async def create(self, details: NewCustomer) -> Customer:
        """Create an account under the mobile number or the e-mail; its random password is kept nowhere.

        A number that has an account already gives that account: an answer may have been lost before.
        With the line down the customer has no account yet, and an order begun for one makes it later.

        Raises:
            ServiceError: something is missing, or the platform refused.
        """
        customer = _validate(details)
        if self._monitor.state is ConnectionState.OFFLINE:
            return await self._recent_or_unregistered(customer)
        try:
            with platform_errors(self._monitor):
                if customer.mobile and (found := await self._find_by_number(phone_digits(customer.mobile))):
                    return found
                record = await self._api.customers.create(
                    details=account_details(customer), password=random_password(self._random)
                )
        except ServiceError as trouble:
            if not trouble.offline:
                raise
            response_lost = isinstance(trouble.__cause__, PlatformError) and trouble.__cause__.outcome_unknown
            return await self._recent_or_unregistered(replace(customer, creation_uncertain=response_lost))
        return _to_customer(record)

    async def remember_served(self, customer: Customer) -> None:
        """Remember a customer with an account as lately served, as long as the settings say."""
        if not customer.has_account:
            return
        with storage_errors():
            await self._people.remember(self._profile, customer, now=self._clock.now(), days=self._days)

    async def _recent_or_unregistered(self, customer: Customer) -> Customer:
        """Who was lately served under this number, else the customer as typed, with no account yet."""
        digits = phone_digits(customer.mobile)
        known = await self.search_recent(digits) if digits else ()
        return next((one for one in known if phone_digits(one.mobile).endswith(digits)), customer)

    async def _find_by_number(self, digits: str) -> Customer | None:
        """Whose number ends with these digits: the country's code may not have been typed."""
        found = await self._api.customers.search(mobile=digits)
        return next((_to_customer(r) for r in found if phone_digits(r.mobile).endswith(digits)), None)


def _validate(details: NewCustomer) -> Customer:
    """Who was typed, without an account.

    Raises:
        ServiceError: something is missing.
    """
    digits, email = phone_digits(details.mobile), details.email.strip()
    if details.mobile.strip() and len(digits) < MIN_MOBILE_DIGITS:
        raise ServiceError("That is not a whole mobile number.")
    if not details.first_name.strip() or not (digits or email):
        raise ServiceError("A name and a mobile number or an e-mail are needed.")
    return Customer(
        user_id="",
        user_name=email or digits,
        first_name=details.first_name.strip(),
        last_name=details.last_name.strip(),
        mobile=digits,
        email=email,
    )


def _to_customer(record: Record) -> Customer:
    address = ", ".join(part for part in (record.postal_address, record.street, record.area) if part)
    return Customer(
        user_id=record.user_id,
        user_name=record.user_name,
        first_name=record.first_name,
        last_name=record.last_name,
        mobile=format_phone(record.mobile),
        email=record.alternate_email or (record.user_name if "@" in record.user_name else ""),
        address=address,
        city=record.city_name,
    )
