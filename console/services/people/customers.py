"""Customers: search, recent customers, details, new accounts."""

from collections.abc import Iterable
from dataclasses import replace

from console.api.customers.models import WireCustomer as Record
from console.api.errors import PlatformError
from console.ordering.customer import Customer
from console.ordering.phone_number import (
    contains_number,
    format_phone,
    full_number,
    is_whole_number,
    same_number,
    search_digits,
)
from console.ordering.stores import Location
from console.services.error_mapping import platform_errors, storage_errors
from console.services.events import Notification, ServiceError
from console.services.session_context import SessionContext
from console.services.views import NewCustomer
from console.storage.people.recent_customers import matches_customer
from console.sync.account_creation import account_details, random_password
from console.sync.background_task import spawn
from console.sync.connection.monitor import ConnectionState

MAX_RECENT = 20
NOT_REMEMBERED = "The customer is not among the recent ones."
MIN_DIGITS = 3
"""Shortest part of a number that is searched: shorter ones match too much."""


class NumberTakenError(ServiceError):
    """The number of a new customer has the account of somebody else: ``owner``."""

    def __init__(self, owner: Customer) -> None:
        super().__init__(f"{owner.mobile} is the number of {owner.name}.")
        self.owner = owner


class CustomerService:
    """Finds and creates customers of one store profile."""

    def __init__(self, context: SessionContext, location: Location) -> None:
        self._api = context.api
        self._monitor = context.monitor
        self._people = context.storage.people
        self._profile = context.profile.name
        self._preferences = context.preferences
        self._clock = context.clock
        self._random = context.random
        self._publish = context.publish
        self._country = location.country

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

    async def search(self, text: str) -> tuple[Customer, ...]:
        """Search the platform: a number by mobile number, an ``@`` by e-mail, else by user name.

        A number is searched by the part that stands in each way of writing it; a customer with the same
        digits in another country is left out. User names are searched by their beginning, so of several
        words the first is asked for, and the others choose among the names found.

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        digits = search_digits(text, self._country)
        if digits and len(digits) < MIN_DIGITS:
            return ()
        with platform_errors(self._monitor):
            if digits:
                found = await self._api.customers.search(mobile=digits)
            elif "@" in text:
                found = await self._api.customers.search(email=text.strip())
            else:
                found = await self._api.customers.search(user_name=first_word(text))
        customers = tuple(self._to_customer(record) for record in found)
        if not digits:
            has_several_words = len(text.split()) > 1
            return tuple(one for one in customers if not has_several_words or matches_customer(one, text))
        number = full_number(text, self._country)
        return tuple(one for one in customers if _has_number(one, number))

    async def details(self, customer: Customer) -> Customer:
        """Fetch the customer with address and groups.

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        with platform_errors(self._monitor):
            record = await self._api.customers.details(user_id=customer.user_id)
            groups = await self._api.groups.of_customer(user_id=customer.user_id)
        return replace(
            self._to_customer(record), groups=tuple(group.name for group in groups if group.is_active)
        )

    async def create(self, details: NewCustomer) -> Customer:
        """Create an account for the mobile number or the e-mail; its random password is stored nowhere.

        An account with this number and this name is returned as it is: an earlier response may have been
        lost. Offline, the customer has no account yet; sync creates it with the first order.

        Raises:
            NumberTakenError: the number has the account of somebody else.
            ServiceError: something is missing, or the platform refused.
        """
        customer = self._validate(details)
        if self._monitor.state is ConnectionState.OFFLINE:
            return await self._recent_or_unregistered(customer)
        try:
            with platform_errors(self._monitor):
                if (found := await self._find_by_number(customer)) is not None:
                    return found
                record = await self._api.customers.create(
                    details=account_details(customer), password=random_password(self._random)
                )
        except ServiceError as error:
            if not error.offline:
                raise
            response_lost = isinstance(error.__cause__, PlatformError) and error.__cause__.outcome_unknown
            return await self._recent_or_unregistered(replace(customer, creation_uncertain=response_lost))
        return self._to_customer(record)

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
        known = await self.search_recent(customer.mobile) if customer.mobile else ()
        return _choose_account(known, customer) or customer

    async def _find_by_number(self, customer: Customer) -> Customer | None:
        """Search the account of the customer's number."""
        if not customer.mobile:
            return None
        found = await self._api.customers.search(mobile=search_digits(customer.mobile, self._country))
        return _choose_account([self._to_customer(record) for record in found], customer)

    def _validate(self, details: NewCustomer) -> Customer:
        """Return the typed customer, without an account.

        Raises:
            ServiceError: something is missing.
        """
        email, number = details.email.strip(), full_number(details.mobile, self._country)
        if details.mobile.strip() and not number:
            raise ServiceError("A mobile number has digits only, after a + with its country code.")
        if number and not is_whole_number(number):
            raise ServiceError("The mobile number is too short.")
        if not details.first_name.strip() or not (number or email):
            raise ServiceError("Enter a first name, and a mobile number or an e-mail.")
        return Customer(
            user_id="",
            user_name=email or number.removeprefix("+"),
            first_name=details.first_name.strip(),
            last_name=details.last_name.strip(),
            mobile=format_phone(number),
            email=email,
        )

    def _to_customer(self, record: Record) -> Customer:
        address = ", ".join(part for part in (record.postal_address, record.street, record.area) if part)
        return Customer(
            user_id=record.user_id,
            user_name=record.user_name,
            first_name=record.first_name,
            last_name=record.last_name,
            mobile=format_phone(record.mobile, self._country),
            email=record.alternate_email or (record.user_name if "@" in record.user_name else ""),
            address=address,
            city=record.city_name,
        )


def first_word(text: str) -> str:
    """Return the word that user names are searched by."""
    return next(iter(text.split()), "")


def _choose_account(accounts: Iterable[Customer], customer: Customer) -> Customer | None:
    """Return the account with the number and the name of a typed customer; None if the number has none.

    Raises:
        NumberTakenError: the number has accounts, and none with this name.
    """
    same = [account for account in accounts if same_number(account.mobile, customer.mobile)]
    own = next((account for account in same if account.has_same_name(customer)), None)
    if same and own is None:
        raise NumberTakenError(same[0])
    return own


def _has_number(customer: Customer, typed: str) -> bool:
    return contains_number(customer.mobile, typed) or same_number(customer.mobile, typed)
