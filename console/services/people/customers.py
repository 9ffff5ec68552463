"""Customers: search, recent customers, details, new accounts."""

from dataclasses import replace

from console.api.customers.models import WireCustomer as Record
from console.api.errors import PlatformError
from console.api.transport.records import Records
from console.ordering.customer import Customer, phone_digits
from console.services.error_mapping import platform_errors, storage_errors
from console.services.events import Notification, ServiceError
from console.services.people.phone_format import format_phone
from console.services.session_context import SessionContext
from console.services.views import NewCustomer
from console.sync.account_creation import account_details, random_password
from console.sync.background_task import spawn
from console.sync.connection.monitor import ConnectionState

MAX_RECENT = 20
NOT_REMEMBERED = "The customer is not among the recent ones."
MIN_DIGITS = 3
"""Shortest part of a number that is searched: shorter ones match too much."""
MIN_MOBILE_DIGITS = 7
"""Shortest whole mobile number: a part of one could be the end of another's."""


class CustomerService:
    """Finds and creates customers of one store profile."""

    def __init__(self, context: SessionContext) -> None:
        self._api = context.api
        self._monitor = context.monitor
        self._people = context.storage.people
        self._profile = context.profile.name
        self._preferences = context.preferences
        self._clock = context.clock
        self._random = context.random
        self._publish = context.publish

    @property
    def _days(self) -> int:
        return self._preferences().recent_customer_days

    async def recent(self) -> tuple[Customer, ...]:
        """Return the customers served recently on this machine, the latest first."""
        with storage_errors():
            found = await self._people.recent(
                self._profile, limit=MAX_RECENT, now=self._clock.now(), days=self._days
            )
        return tuple(found)

    async def search_recent(self, text: str) -> tuple[Customer, ...]:
        """Find recent customers that match a text; works offline."""
        with storage_errors():
            found = await self._people.find(
                self._profile, text, limit=MAX_RECENT, now=self._clock.now(), days=self._days
            )
        return tuple(found)

    async def search(self, text: str) -> Records[Customer]:
        """Search the platform: digits by mobile number, an ``@`` by e-mail, else by user name.

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        digits = phone_digits(text)
        if digits and len(digits) < MIN_DIGITS:
            return Records()
        with platform_errors(self._monitor):
            if digits:
                found = await self._api.customers.search(mobile=digits)
            elif "@" in text:
                found = await self._api.customers.search(email=text.strip())
            else:
                found = await self._api.customers.search(user_name=text.strip())
        return found.map(_to_customer)

    async def details(self, customer: Customer) -> Customer:
        """Fetch the customer with address and groups.

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        with platform_errors(self._monitor):
            record = await self._api.customers.details(user_id=customer.user_id)
            groups = await self._api.groups.of_customer(user_id=customer.user_id)
        return replace(_to_customer(record), groups=tuple(group.name for group in groups if group.is_active))

    async def create(self, details: NewCustomer) -> Customer:
        """Create an account for the mobile number or the e-mail; its random password is stored nowhere.

        A number with an account returns that account: an earlier response may have been lost. Offline, the
        customer has no account yet; sync creates it with the first order.

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
        except ServiceError as error:
            if not error.offline:
                raise
            response_lost = isinstance(error.__cause__, PlatformError) and error.__cause__.outcome_unknown
            return await self._recent_or_unregistered(replace(customer, creation_uncertain=response_lost))
        return _to_customer(record)

    async def remember_served(self, customer: Customer) -> None:
        """Save a customer with an account as recently served, for as long as the settings say."""
        if not customer.has_account:
            return
        with storage_errors():
            await self._people.remember(self._profile, customer, now=self._clock.now(), days=self._days)

    def remember_later(self, customer: Customer) -> None:
        """``remember_served`` in the background: no order waits for the list of recent customers."""
        spawn(
            self._remember_or_report(customer),
            name="remember a customer",
            on_failure=lambda: self._publish(Notification(NOT_REMEMBERED, is_error=True)),
        )

    async def _remember_or_report(self, customer: Customer) -> None:
        try:
            await self.remember_served(customer)
        except ServiceError as error:
            self._publish(Notification(f"{NOT_REMEMBERED} {error.message}", is_error=True))

    async def _recent_or_unregistered(self, customer: Customer) -> Customer:
        """Return a recent customer with this number, else the typed one, without an account."""
        digits = phone_digits(customer.mobile)
        known = await self.search_recent(digits) if digits else ()
        return next((one for one in known if phone_digits(one.mobile).endswith(digits)), customer)

    async def _find_by_number(self, digits: str) -> Customer | None:
        """Search the customer whose number ends with these digits: the country code may be missing."""
        found = await self._api.customers.search(mobile=digits)
        return next((_to_customer(r) for r in found if phone_digits(r.mobile).endswith(digits)), None)


def _validate(details: NewCustomer) -> Customer:
    """Return the typed customer, without an account.

    Raises:
        ServiceError: something is missing.
    """
    digits, email = phone_digits(details.mobile), details.email.strip()
    if details.mobile.strip() and len(digits) < MIN_MOBILE_DIGITS:
        raise ServiceError("The mobile number is too short.")
    if not details.first_name.strip() or not (digits or email):
        raise ServiceError("Enter a first name, and a mobile number or an e-mail.")
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
