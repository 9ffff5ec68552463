"""One cart on the platform: reads it and writes to it in the values of sync."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import SecretStr

from console.api.carts.models import FailedItem, WireCart
from console.api.carts.requests import WireDeliveryMode
from console.api.errors import ForeignSession
from console.api.transport.identity import ids_conflict
from console.operations import OPERATIONS_BY_NAME
from console.storage.drafts.draft_store import DraftHeader
from console.sync.cart.checkout import (
    ApplyVoucher,
    CheckoutChange,
    RemoveVoucher,
    SetAddress,
    SetDeliverySlot,
)
from console.sync.cart.mapping import item_request, map_cart, order_address
from console.sync.cart.observed_cart import ObservedCart, ObservedCheckout
from console.sync.cart.reconcile import AddCartLine, RemoveCartLine, SetCartLineQuantity, Write
from console.sync.context import SyncContext

READ_CART = OPERATIONS_BY_NAME["carts.get"]
MAX_READS = 5
"""Reads of a cart that comes incomplete, or with stale keys, before that is believed."""


class CartUnreadableError(Exception):
    """The platform's cart came without a bundle's parts, again and again; nothing may be sent."""


class CartClient:
    """The cart of one access token. Every method raises ``PlatformError``.

    ``user_id`` is the account that the token was issued for.
    """

    def __init__(self, context: SyncContext, header: DraftHeader, token: SecretStr, *, user_id: str) -> None:
        self._carts = context.api.carts
        self._currency = context.rules.currency
        self._properties = context.rules.vocabulary.properties
        self._store_time = context.rules.store_time
        self._clock = context.clock
        self._header = header
        self._token = token
        self._user_id = user_id
        self._observed_user_id = ""

    async def read(self) -> ObservedCart:
        """Read the cart, again where it comes incomplete.

        Raises:
            CartUnreadableError: it came incomplete every time.
            ForeignSession: it is another account's; the session has to be started again.
        """
        for _ in range(MAX_READS):
            found = await self._carts.get_with_session(token=self._token)
            if found.session is None and not found.cart.items:
                # "No record" names no cart, so it may belong to another request: two of them do not.
                found = await self._carts.get_with_session(token=self._token)
            if found.session is not None:
                self._observed_user_id = found.session.user_id
            if ids_conflict(self._user_id, self._observed_user_id):
                raise ForeignSession(operation=READ_CART, diagnostics="UserId is another one")
            observed = self._map(found.cart)
            if observed.complete:
                return observed
        raise CartUnreadableError

    async def write(self, write: Write) -> ObservedCart | None:
        """Send one write to a line. Returns the echoed cart; the response to a removal has none."""
        match write:
            case AddCartLine(item=item, quantity=quantity, mode=mode):
                response = await self._carts.add_items(
                    token=self._token,
                    items=[item_request(item, quantity, self._header.location_id)],
                    delivery_mode=WireDeliveryMode(mode),
                )
            case SetCartLineQuantity(key=key, quantity=quantity):
                response = await self._carts.update_quantity(
                    token=self._token, reference_key=key, quantity=quantity
                )
            case RemoveCartLine(key=key, quantity=quantity):
                await self._carts.remove(token=self._token, reference_key=key, quantity=quantity)
                return None
        return self._map(response.cart, response.failed_items)

    async def change_checkout(self, change: CheckoutChange, observed: ObservedCheckout) -> ObservedCart:
        """Send one change of the checkout; ``observed`` is the checkout before it."""
        match change:
            case SetAddress(address):
                billing = order_address(address, observed, self._header.customer)
                cart = await self._carts.update_address(
                    token=self._token, billing=billing, validate_area=True
                )
            case SetDeliverySlot(slot) if slot is not None:
                cart = await self._carts.set_slot(
                    token=self._token, slot_id=slot.slot_id, day=self._store_time.at(slot.starts_at)
                )
            case SetDeliverySlot():
                cart = await self._carts.update_properties(
                    token=self._token,
                    slot_id=0,
                    requested_time=self._store_time.at(self._clock.now()),
                    location_id=self._header.location_id,
                )
            case ApplyVoucher(code):
                cart = await self._carts.apply_voucher(token=self._token, voucher_code=code)
            case RemoveVoucher(code):
                cart = await self._carts.remove_voucher(token=self._token, voucher_code=code)
        return self._map(cart)

    def _map(self, cart: WireCart, failed: Sequence[FailedItem] = ()) -> ObservedCart:
        """Map a cart, or the echo of a write: those of one token are of one account."""
        observed = map_cart(cart, failed, self._currency, self._clock.now(), self._properties)
        return replace(observed, user_id=self._observed_user_id)
