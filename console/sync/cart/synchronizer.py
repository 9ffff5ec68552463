"""The reconcile loop of one cart: observe, compare, send what is missing, until nothing is left.

There is no other path from a draft to the platform's cart.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from console.api.errors import (
    AlreadyExists,
    CartRefused,
    InvalidInput,
    NotFound,
    PlatformError,
    VoucherRefused,
)
from console.ordering.draft import Draft
from console.sync.cart import checkout
from console.sync.cart.cart_client import MAX_READS, CartClient
from console.sync.cart.checkout import CheckoutChange, next_checkout_change
from console.sync.cart.ledger import update_ledger
from console.sync.cart.observed_cart import ObservedCart
from console.sync.cart.reconcile import (
    AddCartLine,
    InSync,
    Observe,
    Write,
    claim_removals,
    next_step,
    record_pending,
    record_rejection,
    record_response,
    shows_write,
)
from console.sync.cart.sync_state import SyncState
from console.sync.context import SyncContext
from console.sync.problems import Rejection, RejectionCode

_REJECTIONS = (CartRefused, InvalidInput, NotFound, AlreadyExists, VoucherRefused)


class CartJournal(Protocol):
    """Durable record of what is known of one cart."""

    async def save(self, state: SyncState) -> None:
        """Make a state durable before returning."""
        ...

    def seconds_since_uncertain_write(self) -> float:
        """Seconds since the last write whose response was lost."""
        ...


class CartSynchronizer:
    """Makes one cart equal to one draft, in one pass.

    Before every write the journal records that it may land; after the response, that it landed or not.
    """

    def __init__(self, context: SyncContext, cart: CartClient, journal: CartJournal) -> None:
        self._settle_seconds = context.rules.settle_seconds
        self._clock = context.clock
        self._checkpoint = context.checkpoint
        self._cart = cart
        self._journal = journal
        self._stale_keys = 0

    async def run(self, state: SyncState, current_draft: Callable[[], Draft]) -> SyncState:
        """Observe, compare and send until nothing is left to send for the draft as it is by then.

        Raises:
            PlatformError: connection or platform failed; what was saved so far is true.
            CartUnreadableError: the cart never came complete.
        """
        state, cart = await self._observe(state)
        while True:
            draft = current_draft()
            state = replace(state, ledger=claim_removals(state.ledger, draft, cart))
            match next_step(draft, cart, state.ledger):
                case Observe():
                    state, cart = await self._observe(state)
                case InSync():
                    change = next_checkout_change(draft, cart, state.checkout_ledger)
                    if change is None:
                        return state
                    state, cart = await self._send_checkout_change(state, cart, draft, change)
                case write:
                    state, cart = await self._send_write(state, draft, write)

    async def _observe(self, state: SyncState) -> tuple[SyncState, ObservedCart]:
        # Measure before reading the cart: a write that lands during the read may be missing from it.
        is_quiet = self._journal.seconds_since_uncertain_write() >= self._settle_seconds
        cart = await self._cart.read()
        observed = replace(state, ledger=update_ledger(state.ledger, cart), cart=cart)
        if state.uncertain_write_at is not None and is_quiet:
            observed = observed.without_pending()
        await self._journal.save(observed)
        return observed, cart

    async def _send_write(
        self, state: SyncState, draft: Draft, write: Write
    ) -> tuple[SyncState, ObservedCart]:
        # Until its response is here, the write may land even if this process ends.
        pending = replace(
            state, ledger=record_pending(state.ledger, write), uncertain_write_at=self._clock.now()
        )
        await self._journal.save(pending)
        self._checkpoint("before the write")
        try:
            echo = await self._cart.write(write)
        except PlatformError as error:
            if error.outcome_unknown:
                raise
            if self._may_retry_key(write, error):
                await self._journal.save(state)
                return await self._observe(state)
            if not isinstance(error, _REJECTIONS):
                # Connection, session or store key: the write never landed, and nothing is known of it.
                await self._journal.save(state)
                raise
            ledger = record_rejection(pending.ledger, draft, write, _rejection(error))
            rejected = replace(state, ledger=ledger)
            await self._journal.save(rejected)
            return await self._observe(rejected)
        self._checkpoint("after the write")
        # Without the change in it, the echo may be that of another request.
        is_expected = echo is not None and shows_write(echo, state.cart, write)
        cart = echo if echo and is_expected else await self._cart.read()
        done = replace(state, ledger=record_response(pending.ledger, draft, write, cart, echo), cart=cart)
        await self._journal.save(done)
        self._checkpoint("after the response")
        return done, cart

    def _may_retry_key(self, write: Write, error: PlatformError) -> bool:
        """Return True if another session changed the cart since it was read, and with it the line's key."""
        if not isinstance(error, NotFound) or isinstance(write, AddCartLine):
            return False
        self._stale_keys += 1
        return self._stale_keys <= MAX_READS

    async def _send_checkout_change(
        self, state: SyncState, observed: ObservedCart, draft: Draft, change: CheckoutChange
    ) -> tuple[SyncState, ObservedCart]:
        before = state.checkout_ledger
        fingerprint = checkout.fingerprint_of(change, draft, observed)
        pending = checkout.record_pending(before, change, fingerprint)
        await self._journal.save(
            replace(state, checkout_ledger=pending, uncertain_write_at=self._clock.now())
        )
        self._checkpoint("before the checkout change")
        try:
            echo = await self._cart.change_checkout(change, observed.checkout)
        except PlatformError as error:
            if error.outcome_unknown:
                raise
            if not isinstance(error, _REJECTIONS):
                await self._journal.save(state)
                raise
            ledger = checkout.record_rejection(
                replace(pending, pending=before.pending), change, fingerprint, _rejection(error)
            )
            rejected = replace(state, checkout_ledger=ledger)
            await self._journal.save(rejected)
            return await self._observe(rejected)
        self._checkpoint("after the checkout change")
        is_expected = checkout.shows_change(echo, observed, change)
        cart = echo if is_expected else await self._cart.read()
        done = replace(
            state,
            ledger=update_ledger(state.ledger, cart),
            cart=cart,
            checkout_ledger=checkout.record_response(before, pending, change, fingerprint, cart),
        )
        await self._journal.save(done)
        return done, cart


def _rejection(error: PlatformError) -> Rejection:
    return Rejection(RejectionCode.REFUSED, message=error.message)
