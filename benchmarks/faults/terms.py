"""How simulated customers want an order: collected or delivered, when, with which voucher, paid in which way.

Used by ``fault_operator.py`` and ``fault_mending.py``. Everything is asked of the desk, as the checkout does.
"""

from dataclasses import replace
from random import Random
from typing import Any

from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot
from console.ordering.customer import Customer
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
from console.services.views import OrderView

DELIVERY_PROBABILITY = 0.4
SLOT_PROBABILITY = 0.3
VOUCHER_PROBABILITY = 0.3
NON_CASH_PROBABILITY = 0.35
"""How often each is wished."""
CHANGE_PROBABILITY = 0.15
"""How often a customer who has said how and where to says something else after."""
NEW_ADDRESS_PROBABILITY = 0.3
"""How often a customer whose addresses are known has another one."""
NEXT_SLOTS = 5
"""So many of the next slots are asked for."""

PINS = ("22001", "22002", "22003", "")
"""What the store of the runs delivers to, and no PIN code at all."""
UNDELIVERABLE_PIN = "32001"
UNDELIVERABLE_PROBABILITY = 0.1
STREETS = ("Salem Al Mubarak Street", "Gulf Road", "Amman Street", "Qatar Street", "Baghdad Street")
VOUCHERS = (
    *("HALFDINAR", "HALFDINAR", "TENOFF", "TENOFF", "DRINKS", "COLLECT"),
    *("FIRSTTWO", "SUMMER19", "NOSUCHCODE"),
)
"""The last three are for two orders altogether, over, and not to be had."""


class CheckoutGenerator:
    """Draws a checkout, or one that the platform may take in the place of one it does not."""

    def __init__(self, desk: OperatorSession, random: Random) -> None:
        self._desk = desk
        self._random = random

    async def checkouts(self, view: OrderView) -> tuple[Checkout, ...]:
        """What the customer says at the checkout, one thing after the other; the last is all of it."""
        steps = [view.draft.checkout]

        def add_step(**more: Any) -> None:
            steps.append(replace(steps[-1], **more))

        if self._random.random() < DELIVERY_PROBABILITY:
            add_step(mode=DeliveryMode.DELIVERY)
            add_step(address=await self.address(view.customer))
            if self._random.random() < CHANGE_PROBABILITY:
                add_step(address=await self.address(view.customer))
        if self._random.random() < SLOT_PROBABILITY:
            add_step(delivery_slot=await self.slot(view.draft_id, also_full=True))
        if self._random.random() < VOUCHER_PROBABILITY:
            add_step(voucher=self._random.choice(VOUCHERS))
            if self._random.random() < CHANGE_PROBABILITY:
                add_step(voucher=self._random.choice(VOUCHERS))
        add_step(payment=await self._payment(view.draft_id))
        if self._random.random() < CHANGE_PROBABILITY:
            other = {DeliveryMode.PICKUP: DeliveryMode.DELIVERY, DeliveryMode.DELIVERY: DeliveryMode.PICKUP}
            add_step(
                mode=other[steps[-1].mode], address=steps[-1].address or await self.address(view.customer)
            )
        return tuple(steps[1:])

    async def address(self, customer: Customer | None) -> Address:
        """One of the customer's own, or one that is typed, which the platform keeps at times."""
        if customer is not None and self._random.random() >= NEW_ADDRESS_PROBABILITY:
            try:
                if saved_addresses := await self._desk.checkout.addresses(customer):
                    return self._random.choice(saved_addresses)
            except ServiceError:
                return self._new_address(customer)
        typed = self._new_address(customer)
        if customer is not None and self._random.random() < 0.5:
            try:
                return await self._desk.checkout.save_address(customer, typed)
            except ServiceError:
                return typed
        return typed

    async def slot(self, draft_id: str, *, also_full: bool = False) -> DeliverySlot | None:
        """One of the next slots; as soon as possible where the platform does not tell of any."""
        try:
            offered = await self._desk.checkout.delivery_slots(draft_id)
        except ServiceError:
            return None
        free = [slot.delivery_slot for slot in offered if also_full or not slot.is_full]
        return self._random.choice(free[:NEXT_SLOTS]) if free else None

    async def _payment(self, draft_id: str) -> object:
        try:
            payments = await self._desk.checkout.payment_options(draft_id)
        except ServiceError:
            payments = self._desk.checkout.known_payment_options
        cash, *non_cash = payments
        return (
            self._random.choice(non_cash)
            if non_cash and self._random.random() < NON_CASH_PROBABILITY
            else cash
        )

    def _new_address(self, customer: Customer | None) -> Address:
        is_undeliverable = self._random.random() < UNDELIVERABLE_PROBABILITY
        return Address(
            street=f"{self._random.choice(STREETS)} {self._random.randint(1, 99)}",
            area=self._random.choice(("", "Block 2", "Block 10")),
            pin=UNDELIVERABLE_PIN if is_undeliverable else self._random.choice(PINS),
            city="Hawalli",
            city_code="846",
            state="KW2",
            country="KW",
            first_name=customer.first_name if customer else "Anybody",
            last_name=customer.last_name if customer else "",
            mobile=customer.mobile if customer else "",
        )
