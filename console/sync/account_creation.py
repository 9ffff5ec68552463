"""Accounts for customers entered offline: found by mobile number, and created only where there is none."""

import asyncio
from dataclasses import replace
from math import inf
from random import Random

from pydantic import SecretStr

from console.api.customers.models import CustomerAccountDetails
from console.api.customers.models import WireCustomer as Record
from console.api.errors import AlreadyExists, InvalidInput, PlatformError
from console.ordering.customer import Customer
from console.ordering.phone_number import dialled_digits, same_number, search_digits, stored_number
from console.storage.drafts.draft_store import DraftStore, Lease
from console.sync.cart.sync_state import SyncState
from console.sync.cart.synchronizer import CartJournal
from console.sync.context import SyncContext
from console.sync.order_task import OrderTask
from console.sync.problems import NeedsAttentionError, Problem, ProblemCode

POLL_SECONDS = 3.0
"""Between two searches for an account whose response was lost."""
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"


class AccountCreator:
    """Gives customers who were entered offline their accounts, one at a time.

    Create Customer is recorded in the cart's state as its last uncertain write: without an account there
    is no cart, and no other write whose response could be lost.
    """

    def __init__(self, context: SyncContext, drafts: DraftStore) -> None:
        self._customers = context.api.customers
        self._settle_seconds = context.rules.settle_seconds
        self._clock = context.clock
        self._random = context.random
        self._checkpoint = context.checkpoint
        self._drafts = drafts
        # Two orders for one number must not both find no account and both create one.
        self._lock = asyncio.Lock()
        # The last uncertain creation for each number, by the monotonic clock.
        self._uncertain_creations: dict[str, float] = {}

    async def ensure_account(
        self, order: OrderTask, customer: Customer, lease: Lease, journal: CartJournal
    ) -> float | None:
        """Write the customer's account into the draft's header.

        Returns the seconds to wait where an account may still appear, else ``None``.

        Raises:
            NeedsAttentionError: the platform rejects the customer, or the number has several accounts.
            PlatformError: connection or platform failed.
        """
        if order.account_error and not order.retries_rejected:
            raise NeedsAttentionError(order.account_error)
        order.account_error = None
        try:
            async with self._lock:
                account = await self._find(customer)
                if account is None:
                    uncertain_since = self._last_uncertain_creation(order, customer)
                    if self._clock.monotonic() - uncertain_since < self._settle_seconds:
                        return POLL_SECONDS
                    account = await self._create(order.state.sync, customer, journal)
        except NeedsAttentionError as stopped:
            order.account_error, order.retries_rejected = stopped.problem, False
            raise
        self._checkpoint("after the account")
        await self._drafts.save_customer(order.draft_id, lease.fence, account)
        header = replace(order.state.header, customer=account)
        order.state = replace(order.state, header=header, sync=SyncState())
        self._checkpoint("after the account's name")
        return None

    def _last_uncertain_creation(self, order: OrderTask, customer: Customer) -> float:
        """When the last Create Customer without a response was sent for this number, by any order."""
        may_land = customer.creation_uncertain or order.state.sync.uncertain_write_at is not None
        return max(
            self._uncertain_creations.get(_lookup_key(customer), -inf),
            order.last_uncertain_write if may_land else -inf,
        )

    async def _create(self, cart: SyncState, customer: Customer, journal: CartJournal) -> Customer:
        self._checkpoint("before the account's record")
        await journal.save(replace(cart, uncertain_write_at=self._clock.now()))
        self._checkpoint("before the account")
        try:
            record = await self._customers.create(
                details=account_details(customer), password=random_password(self._random)
            )
        except PlatformError as error:
            if error.outcome_unknown:
                self._uncertain_creations[_lookup_key(customer)] = self._clock.monotonic()
                raise
            await journal.save(replace(cart, uncertain_write_at=None))
            if not isinstance(error, InvalidInput | AlreadyExists):
                raise
            # Another console may have created it since the search.
            if (found := await self._find(customer)) is not None:
                return found
            problem = Problem(ProblemCode.ACCOUNT_REFUSED, message=error.message, subject=customer.name)
            raise NeedsAttentionError(problem) from error
        return replace(
            customer,
            user_id=record.user_id,
            user_name=record.user_name or customer.user_name,
            creation_uncertain=False,
        )

    async def _find(self, customer: Customer) -> Customer | None:
        """The account under this number, or with no number under this name.

        Raises:
            NeedsAttentionError: there are several, or none that is certainly this customer's.
        """
        if dialled_digits(customer.mobile):
            records = await self._customers.search(mobile=search_digits(customer.mobile))
            found = [record for record in records if same_number(record.mobile, customer.mobile)]
        else:
            records = await self._customers.search(user_name=customer.user_name)
            found = [record for record in records if _same_user_name(record, customer)]
        if not found:
            return None
        identity = customer.mobile or customer.user_name
        accounts = [_with_account(customer, record) for record in found]
        own = [account for account in accounts if account.has_similar_name(customer)]
        # The user name that this account would have been created with.
        best = [account for account in own if _same_user_name(account, customer)] or own or accounts
        if len(best) > 1:
            raise NeedsAttentionError(
                Problem(ProblemCode.ACCOUNT_AMBIGUOUS, subject=identity, counts=(len(best),))
            )
        if not own:
            problem = Problem(ProblemCode.ACCOUNT_TAKEN, subject=identity, message=accounts[0].name)
            raise NeedsAttentionError(problem)
        return best[0]


def account_details(customer: Customer) -> CustomerAccountDetails:
    """What the account is made of."""
    return CustomerAccountDetails(
        user_name=customer.user_name,
        first_name=customer.first_name,
        last_name=customer.last_name,
        mobile=stored_number(customer.mobile),
        alternate_email=customer.email,
    )


def random_password(random: Random) -> SecretStr:
    """Generate a password that is stored nowhere."""
    return SecretStr("".join(random.choice(_ALPHABET) for _ in range(20)) + "-9a")


def _lookup_key(customer: Customer) -> str:
    """The key of an account: the mobile number, or the user name where there is none."""
    return dialled_digits(customer.mobile) or customer.user_name.casefold()


def _same_user_name(one: Record | Customer, customer: Customer) -> bool:
    return one.user_name.casefold() == customer.user_name.casefold()


def _with_account(customer: Customer, record: Record) -> Customer:
    """Take over an existing account, with its own name."""
    return replace(
        customer,
        user_id=record.user_id,
        user_name=record.user_name,
        first_name=record.first_name,
        last_name=record.last_name,
        creation_uncertain=False,
    )
