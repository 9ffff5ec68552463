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
from console.sync import checkout
from console.sync.cart import ObservedCart, ObservedCheckout
from console.sync.checkout import ApplyVoucher, RemoveVoucher, SetAddress, SetSlot, Telling, next_telling
from console.sync.journal import SyncState
from console.sync.memory import absorb
from console.sync.observe import item_request, observed, order_address
from console.sync.reconcile import (
    Add,
    Observe,
    RemoveLine,
    SetLineQuantity,
    Settled,
    Write,
    answered,
    before,
    claimed,
    declined,
    next_step,
)
from console.sync.rules import Rules
from console.sync.timer import Timer

_DECLINES = (CartRefused, InvalidInput, NotFound, AlreadyExists, VoucherRefused)

LOOKS = 5
"""How often a cart that is incomplete, or whose keys are stale, is looked at before that is believed."""


class CartUnreadableError(Exception):
    """The platform's cart came without a bundle's parts, again and again; nothing may be sent."""

    message = "The platform's cart comes with parts missing. Nothing is sent until it can be read whole."


class Settler:
    """Brings one cart to one draft, in one pass. ``save`` makes a state durable before it returns.

    ``quiet_for`` says for how many seconds nothing was sent whose answer was lost, as far as this process
    can tell.
    """

    def __init__(
        self,
        *,
        api: ApiClient,
        rules: Rules,
        timer: Timer,
        header: DraftHeader,
        save: Callable[[SyncState], Awaitable[None]],
        quiet_for: Callable[[], float],
        crash: Callable[[str], None],
    ) -> None:
        self._api = api
        self._rules = rules
        self._timer = timer
        self._header = header
        self._save = save
        self._quiet_for = quiet_for
        self._crash = crash
        self._stale_keys = 0

    async def run(self, token: SecretStr, state: SyncState, wish: Callable[[], Draft]) -> SyncState:
        """Look, compare and send until nothing is left to send for the wish as it is by then.

        Raises:
            PlatformError: the line or the platform failed; what was saved so far is true.
            CartUnreadableError: no whole look at the cart was to be had.
        """
        state, cart = await self._look(token, state)
        while True:
            draft = wish()
            state = replace(state, memory=claimed(state.memory, draft, cart))
            match next_step(draft, cart, state.memory):
                case Settled():
                    telling = next_telling(draft, cart, state.checkout)
                    if telling is None:
                        return state
                    state, cart = await self._tell(token, state, draft, telling)
                case Observe():
                    state, cart = await self._look(token, state)
                case write:
                    state, cart = await self._send(token, state, draft, write)

    async def _send(
        self, token: SecretStr, state: SyncState, draft: Draft, write: Write
    ) -> tuple[SyncState, ObservedCart]:
        # Until it is answered, it may land: so it is kept, should this process end before.
        sending = replace(state, memory=before(state.memory, write), lost_at=self._timer.now())
        await self._save(sending)
        self._crash("before the write")
        try:
            echo = await self._write(token, write)
        except PlatformError as error:
            if error.outcome_unknown:
                raise
            if isinstance(error, NotFound) and not isinstance(write, Add) and self._stale_keys < LOOKS:
                # Somebody else changed the cart since the look, and with it the line's key.
                self._stale_keys += 1
                await self._save(state)
                return await self._look(token, state)
            if not isinstance(error, _DECLINES):
                # The line, the session or the key: it says nothing about this write, which never landed.
                await self._save(state)
                raise
            memory = declined(sending.memory, draft, write, error.message)
            refused = replace(sending, memory=memory, lost_at=state.lost_at)
            await self._save(refused)
            return await self._look(token, refused)
        self._crash("after the write")
        cart = echo if echo and echo.complete else await self._whole_cart(token)
        memory = answered(sending.memory, draft, write, cart)
        done = SyncState(memory, cart, state.lost_at, state.checkout)
        await self._save(done)
        self._crash("after the answer")
        return done, cart

    async def _tell(
        self, token: SecretStr, state: SyncState, draft: Draft, telling: Telling
    ) -> tuple[SyncState, ObservedCart]:
        """Tell the cart one thing of the checkout; the state has had a look at the cart."""
        if state.cart is None:
            return await self._look(token, state)
        wish = checkout.wish_of(telling, draft, state.cart)
        memory = checkout.before(state.checkout, telling, wish)
        sending = replace(state, checkout=memory, lost_at=self._timer.now())
        await self._save(sending)
        self._crash("before telling")
        try:
            echo = await self._told(token, telling, state.cart.checkout)
        except PlatformError as error:
            if error.outcome_unknown:
                raise
            if not isinstance(error, _DECLINES):
                await self._save(state)
                raise
            memory = checkout.declined(
                replace(memory, lost=state.checkout.lost), telling, wish, error.message
            )
            declined = replace(state, checkout=memory)
            await self._save(declined)
            return await self._look(token, declined)
        self._crash("after telling")
        cart = echo if echo.complete else await self._whole_cart(token)
        memory = checkout.answered(state.checkout, memory, telling, wish, cart)
        done = SyncState(absorb(state.memory, cart), cart, state.lost_at, memory)
        await self._save(done)
        return done, cart

    async def _told(self, token: SecretStr, telling: Telling, there: ObservedCheckout) -> ObservedCart:
        carts = self._api.carts
        match telling:
            case SetAddress(address):
                where = order_address(address, there, self._header.customer)
                cart = await carts.update_address(token=token, billing=where, validate_area=True)
            case SetSlot(slot) if slot is not None:
                cart = await carts.set_slot(token=token, slot_id=slot.slot_id, day=_local(slot.starts_at))
            case SetSlot():
                now, here = _local(self._timer.now()), self._header.location_id
                cart = await carts.update_properties(
                    token=token, slot_id=0, requested_time=now, location_id=here
                )
            case ApplyVoucher(code):
                cart = await carts.apply_voucher(token=token, voucher_code=code)
            case RemoveVoucher(code):
                cart = await carts.remove_voucher(token=token, voucher_code=code)
        return observed(cart, (), self._rules.currency, self._timer.now())

    async def _look(self, token: SecretStr, state: SyncState) -> tuple[SyncState, ObservedCart]:
        # Before the look: what lands while it is on its way may not be in it.
        is_quiet = self._quiet_for() >= self._rules.settle_seconds
        cart = await self._whole_cart(token)
        memory, lost_at, telling = absorb(state.memory, cart), state.lost_at, state.checkout
        if lost_at is not None and is_quiet:
            memory, lost_at, telling = memory.with_nothing_under_way(), None, replace(telling, lost=())
        state = SyncState(memory, cart, lost_at, telling)
        await self._save(state)
        return state, cart

    async def _whole_cart(self, token: SecretStr) -> ObservedCart:
        for _ in range(LOOKS):
            cart = await self._api.carts.by_token(token=token)
            look = observed(cart, (), self._rules.currency, self._timer.now())
            if look.complete:
                return look
        raise CartUnreadableError

    async def _write(self, token: SecretStr, write: Write) -> ObservedCart | None:
        """Send one write; the answer to a removal has no cart."""
        carts = self._api.carts
        match write:
            case Add(item=item, quantity=quantity, mode=mode):
                answer = await carts.add_items(
                    token=token,
                    items=[item_request(item, quantity, self._header.location_id)],
                    delivery_mode=WireDeliveryMode(mode),
                )
            case SetLineQuantity(key=key, quantity=quantity):
                answer = await carts.update_quantity(token=token, reference_key=key, quantity=quantity)
            case RemoveLine(key=key, quantity=quantity):
                await carts.remove(token=token, reference_key=key, quantity=quantity)
                return None
        return observed(answer.cart, answer.failed_items, self._rules.currency, self._timer.now())


def _local(seconds: float) -> datetime:
    """A moment in the time of the store, which is this machine's."""
    return datetime.fromtimestamp(seconds).astimezone()
