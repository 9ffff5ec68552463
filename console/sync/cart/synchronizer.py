"""One pass over one draft: look at its cart, compare, send what is missing, until nothing is left.

Run by the engine, which decides when; there is no other path from a draft to the platform.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from pydantic import SecretStr

from console.api.carts.requests import WireDeliveryMode
from console.api.client import ApiClient
from console.api.errors import (
    AlreadyExists,
    CartRefused,
    InvalidInput,
    NotFound,
    PlatformError,
    VoucherRefused,
)
from console.ordering.draft import Draft
from console.storage.drafts.draft_store import DraftHeader
from console.sync.cart import checkout
from console.sync.cart.checkout import (
    ApplyVoucher,
    CheckoutChange,
    RemoveVoucher,
    SetAddress,
    SetDeliverySlot,
    next_checkout_change,
)
from console.sync.cart.ledger import update_ledger
from console.sync.cart.mapping import item_request, map_cart, order_address
from console.sync.cart.observed_cart import ObservedCart, ObservedCheckout
from console.sync.cart.reconcile import (
    AddCartLine,
    InSync,
    Observe,
    RemoveCartLine,
    SetCartLineQuantity,
    Write,
    claim_removals,
    next_step,
    record_pending,
    record_rejection,
    record_response,
)
from console.sync.cart.sync_state import SyncState
from console.sync.clock import Clock
from console.sync.platform_rules import PlatformRules

_REJECTIONS = (CartRefused, InvalidInput, NotFound, AlreadyExists, VoucherRefused)

MAX_READS = 5
"""How often a cart that is incomplete, or whose keys are stale, is looked at before that is believed."""


class CartUnreadableError(Exception):
    """The platform's cart came without a bundle's parts, again and again; nothing may be sent."""

    message = "The platform's cart comes with parts missing. Nothing is sent until it can be read whole."


class CartSynchronizer:
    """Brings one cart to one draft, in one pass. ``save`` makes a state durable before it returns.

    ``quiet_for`` says for how many seconds nothing was sent whose answer was lost, as far as this process
    can tell.
    """

    def __init__(
        self,
        *,
        api: ApiClient,
        rules: PlatformRules,
        clock: Clock,
        header: DraftHeader,
        save: Callable[[SyncState], Awaitable[None]],
        seconds_since_uncertain_write: Callable[[], float],
        checkpoint: Callable[[str], None],
    ) -> None:
        self._api = api
        self._rules = rules
        self._clock = clock
        self._header = header
        self._save = save
        self._seconds_since_uncertain_write = seconds_since_uncertain_write
        self._checkpoint = checkpoint
        self._stale_keys = 0

    async def run(self, token: SecretStr, state: SyncState, current_draft: Callable[[], Draft]) -> SyncState:
        """Look, compare and send until nothing is left to send for the wish as it is by then.

        Raises:
            PlatformError: the line or the platform failed; what was saved so far is true.
            CartUnreadableError: no whole look at the cart was to be had.
        """
        state, cart = await self._read_cart(token, state)
        while True:
            draft = current_draft()
            state = replace(state, ledger=claim_removals(state.ledger, draft, cart))
            match next_step(draft, cart, state.ledger):
                case InSync():
                    change = next_checkout_change(draft, cart, state.checkout_ledger)
                    if change is None:
                        return state
                    state, cart = await self._send_checkout_change(token, state, draft, change)
                case Observe():
                    state, cart = await self._read_cart(token, state)
                case write:
                    state, cart = await self._send_write(token, state, draft, write)

    async def _send_write(
        self, token: SecretStr, state: SyncState, draft: Draft, write: Write
    ) -> tuple[SyncState, ObservedCart]:
        # Until it is answered, it may land: so it is kept, should this process end before.
        pending = replace(
            state, ledger=record_pending(state.ledger, write), uncertain_write_at=self._clock.now()
        )
        await self._save(pending)
        self._checkpoint("before the write")
        try:
            echo = await self._apply_write(token, write)
        except PlatformError as error:
            if error.outcome_unknown:
                raise
            if (
                isinstance(error, NotFound)
                and not isinstance(write, AddCartLine)
                and self._stale_keys < MAX_READS
            ):
                # Somebody else changed the cart since the look, and with it the line's key.
                self._stale_keys += 1
                await self._save(state)
                return await self._read_cart(token, state)
            if not isinstance(error, _REJECTIONS):
                # The line, the session or the key: it says nothing about this write, which never landed.
                await self._save(state)
                raise
            ledger = record_rejection(pending.ledger, draft, write, error.message)
            rejected = replace(pending, ledger=ledger, uncertain_write_at=state.uncertain_write_at)
            await self._save(rejected)
            return await self._read_cart(token, rejected)
        self._checkpoint("after the write")
        cart = echo if echo and echo.complete else await self._complete_cart(token)
        ledger = record_response(pending.ledger, draft, write, cart)
        done = SyncState(ledger, cart, state.uncertain_write_at, state.checkout_ledger)
        await self._save(done)
        self._checkpoint("after the answer")
        return done, cart

    async def _send_checkout_change(
        self, token: SecretStr, state: SyncState, draft: Draft, change: CheckoutChange
    ) -> tuple[SyncState, ObservedCart]:
        """Tell the cart one thing of the checkout; the state has had a look at the cart."""
        if state.cart is None:
            return await self._read_cart(token, state)
        fingerprint = checkout.fingerprint_of(change, draft, state.cart)
        ledger = checkout.record_pending(state.checkout_ledger, change, fingerprint)
        pending = replace(state, checkout_ledger=ledger, uncertain_write_at=self._clock.now())
        await self._save(pending)
        self._checkpoint("before telling")
        try:
            echo = await self._apply_checkout_change(token, change, state.cart.checkout)
        except PlatformError as error:
            if error.outcome_unknown:
                raise
            if not isinstance(error, _REJECTIONS):
                await self._save(state)
                raise
            ledger = checkout.record_rejection(
                replace(ledger, pending=state.checkout_ledger.pending), change, fingerprint, error.message
            )
            rejected = replace(state, checkout_ledger=ledger)
            await self._save(rejected)
            return await self._read_cart(token, rejected)
        self._checkpoint("after telling")
        cart = echo if echo.complete else await self._complete_cart(token)
        ledger = checkout.record_response(state.checkout_ledger, ledger, change, fingerprint, cart)
        done = SyncState(update_ledger(state.ledger, cart), cart, state.uncertain_write_at, ledger)
        await self._save(done)
        return done, cart

    async def _apply_checkout_change(
        self, token: SecretStr, change: CheckoutChange, observed: ObservedCheckout
    ) -> ObservedCart:
        carts = self._api.carts
        match change:
            case SetAddress(address):
                address_request = order_address(address, observed, self._header.customer)
                cart = await carts.update_address(token=token, billing=address_request, validate_area=True)
            case SetDeliverySlot(slot) if slot is not None:
                cart = await carts.set_slot(
                    token=token, slot_id=slot.slot_id, day=_local_time(slot.starts_at)
                )
            case SetDeliverySlot():
                now, here = _local_time(self._clock.now()), self._header.location_id
                cart = await carts.update_properties(
                    token=token, slot_id=0, requested_time=now, location_id=here
                )
            case ApplyVoucher(code):
                cart = await carts.apply_voucher(token=token, voucher_code=code)
            case RemoveVoucher(code):
                cart = await carts.remove_voucher(token=token, voucher_code=code)
        return map_cart(cart, (), self._rules.currency, self._clock.now())

    async def _read_cart(self, token: SecretStr, state: SyncState) -> tuple[SyncState, ObservedCart]:
        # Before the look: what lands while it is on its way may not be in it.
        is_quiet = self._seconds_since_uncertain_write() >= self._rules.settle_seconds
        cart = await self._complete_cart(token)
        ledger, uncertain_write_at, checkout_ledger = (
            update_ledger(state.ledger, cart),
            state.uncertain_write_at,
            state.checkout_ledger,
        )
        if uncertain_write_at is not None and is_quiet:
            ledger, uncertain_write_at, checkout_ledger = (
                ledger.without_any_pending(),
                None,
                replace(checkout_ledger, pending=()),
            )
        state = SyncState(ledger, cart, uncertain_write_at, checkout_ledger)
        await self._save(state)
        return state, cart

    async def _complete_cart(self, token: SecretStr) -> ObservedCart:
        for _ in range(MAX_READS):
            cart = await self._api.carts.by_token(token=token)
            observed = map_cart(cart, (), self._rules.currency, self._clock.now())
            if observed.complete:
                return observed
        raise CartUnreadableError

    async def _apply_write(self, token: SecretStr, write: Write) -> ObservedCart | None:
        """Send one write; the answer to a removal has no cart."""
        carts = self._api.carts
        match write:
            case AddCartLine(item=item, quantity=quantity, mode=mode):
                answer = await carts.add_items(
                    token=token,
                    items=[item_request(item, quantity, self._header.location_id)],
                    delivery_mode=WireDeliveryMode(mode),
                )
            case SetCartLineQuantity(key=key, quantity=quantity):
                answer = await carts.update_quantity(token=token, reference_key=key, quantity=quantity)
            case RemoveCartLine(key=key, quantity=quantity):
                await carts.remove(token=token, reference_key=key, quantity=quantity)
                return None
        return map_cart(answer.cart, answer.failed_items, self._rules.currency, self._clock.now())


def _local_time(seconds: float) -> datetime:
    """A moment in the time of the store, which is this machine's."""
    return datetime.fromtimestamp(seconds).astimezone()
