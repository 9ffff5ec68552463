"""A customer made offline: the account is looked for by mobile number, and made only where there is none.

Used by the engine before such an order's first session, and by the desk for who is made with the line up.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from math import inf
from random import Random

from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.customers.models import CustomerAccountDetails
from console.api.customers.models import WireCustomer as Record
from console.api.errors import AlreadyExists, InvalidInput, PlatformError
from console.ordering.customer import Customer, phone_digits
from console.storage.drafts.draft_store import DraftStore, Lease
from console.sync.cart.sync_state import SyncState
from console.sync.clock import Clock
from console.sync.order_job import OrderJob
from console.sync.placement.placer import NeedsAttentionError
from console.sync.platform_rules import PlatformRules

POLL_SECONDS = 3.0
"""Between two looks for an account whose answer was lost."""
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"


class AccountCreator:
    """Gives the customers of drafts that were begun offline their accounts, one at a time.

    That a request may have been sent is kept with the draft as its last lost answer: without an account
    there is no cart, and nothing else that could be lost.
    """

    def __init__(
        self,
        *,
        api: ApiClient,
        drafts: DraftStore,
        rules: PlatformRules,
        clock: Clock,
        random: Random,
        checkpoint: Callable[[str], None],
    ) -> None:
        self._api = api
        self._drafts = drafts
        self._rules = rules
        self._clock = clock
        self._random = random
        self._checkpoint = checkpoint
        # Two orders for one number must not both find nobody and both create.
        self._lock = asyncio.Lock()
        # When an answer was last lost for each number, by the timer's count of seconds.
        self._uncertain_creations: dict[str, float] = {}

    async def ensure_account(
        self,
        job: OrderJob,
        customer: Customer,
        lease: Lease,
        *,
        save: Callable[[SyncState], Awaitable[None]],
    ) -> float | None:
        """Write the customer's account into the draft's header; the pause where one may still appear.

        ``save`` makes durable that a request may have been sent, before it is.

        Raises:
            StoppedError: the platform refuses, or the number has several accounts.
            PlatformError: the line or the platform failed.
        """
        if job.account_error and not job.retries_rejected:
            raise NeedsAttentionError(job.account_error)
        job.account_error = ""
        try:
            async with self._lock:
                known = await self._find(customer)
                if known is None:
                    if (
                        self._clock.monotonic() - self._last_uncertain_creation(job, customer)
                        < self._rules.settle_seconds
                    ):
                        return POLL_SECONDS
                    known = await self._create(job.state, customer, save)
        except NeedsAttentionError as stopped:
            job.account_error, job.retries_rejected = stopped.message, False
            raise
        self._checkpoint("after the account")
        await self._drafts.save_customer(job.header.draft_id, lease.fence, known)
        job.header, job.state = replace(job.header, customer=known), SyncState()
        self._checkpoint("after the account's name")
        return None

    def _last_uncertain_creation(self, job: OrderJob, customer: Customer) -> float:
        """When an account for this number was last asked for whose answer was lost, for any order."""
        may_land = customer.creation_uncertain or job.state.uncertain_write_at is not None
        return max(
            self._uncertain_creations.get(_lookup_key(customer), -inf),
            job.last_uncertain_write if may_land else -inf,
        )

    async def _create(
        self,
        state: SyncState,
        customer: Customer,
        save: Callable[[SyncState], Awaitable[None]],
    ) -> Customer:
        self._checkpoint("before the account's mark")
        await save(replace(state, uncertain_write_at=self._clock.now()))
        self._checkpoint("before the account")
        try:
            record = await self._api.customers.create(
                details=account_details(customer), password=random_password(self._random)
            )
        except PlatformError as error:
            if error.outcome_unknown:
                self._uncertain_creations[_lookup_key(customer)] = self._clock.monotonic()
                raise
            await save(replace(state, uncertain_write_at=None))
            if not isinstance(error, InvalidInput | AlreadyExists):
                raise
            # Another console may have made it since the look.
            if (found := await self._find(customer)) is not None:
                return found
            raise NeedsAttentionError(f"No account was made for {customer.name}. {error.message}") from error
        return replace(
            customer,
            user_id=record.user_id,
            user_name=record.user_name or customer.user_name,
            creation_uncertain=False,
        )

    async def _find(self, customer: Customer) -> Customer | None:
        """The account under this number, or with no number under this name.

        Raises:
            StoppedError: there are several, and none that is plainly this one.
        """
        digits = phone_digits(customer.mobile)
        if digits:
            # The country's code may not have been typed.
            records = await self._api.customers.search(mobile=digits)
            found = [record for record in records if phone_digits(record.mobile).endswith(digits)]
        else:
            records = await self._api.customers.search(user_name=customer.user_name)
            found = [record for record in records if _has_user_name(record, customer)]
        if len(found) > 1:
            # The name under which this one would have been made.
            found = [record for record in found if _has_user_name(record, customer)] or found
        if len(found) > 1:
            raise NeedsAttentionError(
                f"{len(found)} customers have the number {customer.mobile}. Choose whose order this is."
            )
        return _with_account(customer, found[0]) if found else None


def account_details(customer: Customer) -> CustomerAccountDetails:
    """What the account is made of."""
    return CustomerAccountDetails(
        user_name=customer.user_name,
        first_name=customer.first_name,
        last_name=customer.last_name,
        mobile=phone_digits(customer.mobile),
        alternate_email=customer.email,
    )


def random_password(random: Random) -> SecretStr:
    """A password that nobody knows and that is kept nowhere."""
    return SecretStr("".join(random.choice(_ALPHABET) for _ in range(20)) + "-9a")


def _lookup_key(customer: Customer) -> str:
    """What an account is looked for by: the number, or the name of who has none."""
    return phone_digits(customer.mobile) or customer.user_name.casefold()


def _has_user_name(record: Record, customer: Customer) -> bool:
    return record.user_name.casefold() == customer.user_name.casefold()


def _with_account(customer: Customer, record: Record) -> Customer:
    """The account that is there already, by its own name."""
    return replace(
        customer,
        user_id=record.user_id,
        user_name=record.user_name,
        first_name=record.first_name,
        last_name=record.last_name,
        creation_uncertain=False,
    )
