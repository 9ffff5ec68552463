"""Customers: search, recent customers, details, new accounts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from console.api.customers.models import WireCustomer as Record
from console.api.errors import PlatformError
from console.api.transport.records import Records
from console.ordering.checkout import without_placeholder
from console.ordering.customer import Customer
from console.ordering.phone_number import (
    format_phone,
    full_number,
    is_whole_number,
    matches_number,
    same_number,
    search_digits,
)
from console.ordering.plain_text import clean
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
MAX_SEARCHED_WORDS = 3
"""Words of a name that are asked for, one request each."""


class AccountTakenError(ServiceError):
    """The number or the e-mail of a new customer has accounts of somebody else: ``owners``."""

    def __init__(self, owners: Sequence[Customer], identity: str) -> None:
        names = " and ".join(owner.name for owner in owners)
        super().__init__(f"{identity} of {names}.")
        self.owners = tuple(owners)


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

    async def search(self, text: str) -> Records[Customer]:
        """Search the platform: a number by mobile number, an ``@`` by e-mail, else by user name.

        A number is searched by the part that stands in each way of writing it; a customer with the same
        digits in another country is left out. User names are searched by their beginning, so the first word
        is asked for, and all of them choose among the names found; without one, the next word is asked for.

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        digits = search_digits(text, self._country)
        if digits and len(digits) < MIN_DIGITS:
            return Records()
        with platform_errors(self._monitor):
            if digits:
                found = await self._api.customers.search(mobile=digits)
            elif "@" in text:
                found = await self._api.customers.search(email=clean(text).strip())
            else:
                return await self._search_names(text)
        number = full_number(text, self._country)
        customers = found.map(self._to_customer)
        matching = (one for one in customers if not digits or matches_number(one.mobile, number))
        return Records(matching, found.faults)

    async def _search_names(self, text: str) -> Records[Customer]:
        words = searched_words(text)
        faults: list[str] = []
        for word in words:
            found = await self._api.customers.search(user_name=word)
            faults += found.faults
            customers = found.map(self._to_customer)
            if matching := [one for one in customers if len(words) == 1 or matches_customer(one, text)]:
                return Records(matching, faults)
        return Records((), faults)

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

        An account with this number or e-mail and this name is returned as it is: an earlier response may have
        been lost. Offline, the customer has no account yet; sync creates it with the first order.

        Raises:
            AccountTakenError: the number or the e-mail has the account of somebody else.
            ServiceError: something is missing, or the platform refused.
        """
        customer = self._validate(details)
        if self._monitor.state is ConnectionState.OFFLINE:
            return await self._recent_or_unregistered(customer)
        try:
            with platform_errors(self._monitor):
                if (found := await self._find_account(customer)) is not None:
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
        """Return a recent customer with this number or e-mail, else the typed one, without an account."""
        known = [one for text in (customer.mobile, customer.email) for one in await self.search_recent(text)]
        return _choose_account(known, customer) or customer

    async def _find_account(self, customer: Customer) -> Customer | None:
        """Search the account of the customer's number, and of the e-mail."""
        found: list[Record] = []
        if customer.mobile:
            digits = search_digits(customer.mobile, self._country)
            found += await self._api.customers.search(mobile=digits)
        if customer.email:
            found += await self._api.customers.search(email=customer.email)
        return _choose_account(map(self._to_customer, found), customer)

    def _validate(self, details: NewCustomer) -> Customer:
        """Return the typed customer, without an account.

        Raises:
            ServiceError: something is missing.
        """
        email, number = clean(details.email).strip(), full_number(details.mobile, self._country)
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
        area = without_placeholder(record.area or record.other_area)
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
            area=area,
            pin=without_placeholder(record.pin),
            city_code=record.city,
            state=record.state,
        )


def searched_words(text: str) -> tuple[str, ...]:
    """Return the words by which user names are searched for a name, one after the other."""
    words = (word.strip(",;") for word in text.split())
    return tuple(dict.fromkeys(word for word in words if word))[:MAX_SEARCHED_WORDS]


def _choose_account(accounts: Iterable[Customer], customer: Customer) -> Customer | None:
    """Return the account with the number or e-mail, and the name, of a typed customer; None without any.

    Raises:
        AccountTakenError: there are accounts, and none with this name.
    """
    found = list({account.user_id: account for account in accounts}.values())
    with_number = [one for one in found if same_number(one.mobile, customer.mobile)]
    with_email = [one for one in found if customer.email and _has_email(one, customer.email)]
    same = with_number or with_email
    own = next((account for account in same if account.has_same_name(customer)), None)
    if same and own is None:
        identity = f"{same[0].mobile} is the number" if with_number else f"{customer.email} is the e-mail"
        raise AccountTakenError(same, identity)
    return own


def _has_email(customer: Customer, email: str) -> bool:
    return email.casefold() in (customer.email.casefold(), customer.user_name.casefold())
