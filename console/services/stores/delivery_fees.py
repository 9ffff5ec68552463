"""The delivery fees that the platform's carts showed, for the estimates of later orders."""

import asyncio
from dataclasses import replace
from decimal import Decimal

from console.ordering.checkout import Checkout, DeliveryMode
from console.ordering.money import ZERO
from console.ordering.pricing.delivery_fee import FeeArea, ObservedFee, expected_fee, fee_area, learn_fee
from console.services.events import Notification
from console.services.session_context import SessionContext
from console.storage.errors import StorageError
from console.sync.background_task import spawn
from console.sync.cart.observed_cart import CartTotals

NOT_SAVED = "Delivery fees cannot be saved here: after a restart, offline totals say plus delivery."


class DeliveryFeeService:
    """Remembers fees by store, area and mode. No order waits for its file."""

    def __init__(self, context: SessionContext) -> None:
        self._store = context.storage.delivery_fees
        self._profile = context.profile.name
        self._clock = context.clock
        self._publish = context.publish
        self._fees: dict[FeeArea, ObservedFee] = {}
        self._unsaved: dict[FeeArea, ObservedFee] = {}
        self._writer: asyncio.Task[None] | None = None
        self._warned = False

    async def begin(self) -> None:
        """Load what earlier sessions observed; without it, the fees are observed anew."""
        try:
            self._fees = {**await self._store.load(self._profile), **self._fees}
        except StorageError:
            self._warn()

    async def end(self) -> None:
        """Wait until everything observed is saved."""
        if self._writer is not None:
            await asyncio.gather(self._writer, return_exceptions=True)

    def expected(self, location_id: int, checkout: Checkout, goods: Decimal) -> Decimal | None:
        """The fee to expect for goods of this amount, ``None`` if none was observed there.

        Pickup costs nothing unless a fee was seen for it.
        """
        area = fee_area(location_id, checkout)
        fee = expected_fee(self._fees.get(area), goods) if area is not None else None
        return ZERO if fee is None and checkout.mode is DeliveryMode.PICKUP else fee

    def observe(self, location_id: int, checkout: Checkout, totals: CartTotals) -> None:
        """Remember the fee of a cart that is as the order wants it, address included."""
        area = fee_area(location_id, checkout)
        if area is None or not totals.products or (not totals.shipping and totals.discount):
            # No goods, no fee; and a voucher may have paid for the delivery.
            return
        known = self._fees.get(area)
        learnt = learn_fee(known, fee=totals.shipping, goods=totals.products, seen_at=self._clock.now())
        if known is None or replace(learnt, seen_at=known.seen_at) != known:
            self._fees[area] = self._unsaved[area] = learnt
            if self._writer is None or self._writer.done():
                self._writer = spawn(self._save(), name="save delivery fees", on_failure=self._warn)

    async def _save(self) -> None:
        while self._unsaved:
            area, fee = self._unsaved.popitem()
            try:
                await self._store.save(self._profile, area, fee)
            except StorageError:
                self._warn()

    def _warn(self) -> None:
        """Tell the operator once: it changes what an offline customer hears."""
        if not self._warned:
            self._warned = True
            self._publish(Notification(NOT_SAVED, is_error=True))
