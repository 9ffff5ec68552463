"""Draw checkouts of simulated customers: pickup or delivery, slot, voucher and payment.

Everything is read from the operator session, as the checkout screen does.
"""

from dataclasses import replace
from random import Random
from typing import Any

from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot, PaymentMethod
from console.ordering.customer import Customer
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
from console.services.views import OrderView

DELIVERY_PROBABILITY = 0.4
SLOT_PROBABILITY = 0.3
VOUCHER_PROBABILITY = 0.3
NON_CASH_PROBABILITY = 0.35
"""Probability of each choice at the checkout."""
CHANGE_PROBABILITY = 0.15
"""Probability that a customer changes a choice afterwards."""
NEW_ADDRESS_PROBABILITY = 0.3
"""Probability that a customer with saved addresses wants a new one."""
NEXT_SLOTS = 5
"""Number of next slots to choose from."""

PINS = ("22001", "22002", "22003", "")
"""PIN codes that the store delivers to, and none."""
UNDELIVERABLE_PIN = "32001"
UNDELIVERABLE_PROBABILITY = 0.1
STREETS = ("Salem Al Mubarak Street", "Gulf Road", "Amman Street", "Qatar Street", "Baghdad Street")
VOUCHERS = (
    *("HALFDINAR", "HALFDINAR", "TENOFF", "TENOFF", "DRINKS", "COLLECT"),
    *("FIRSTTWO", "SUMMER19", "NOSUCHCODE"),
)
"""The last three are limited to two orders, expired and unknown."""


class CheckoutGenerator:
    """Draws checkouts, and replacements for rejected parts of them."""

    def __init__(self, session: OperatorSession, random: Random) -> None:
        self._session = session
        self._random = random

    async def checkouts(self, view: OrderView) -> tuple[Checkout, ...]:
        """Draw the checkout step by step; the last one is complete."""
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
        """Draw a saved address of the customer or a new one, which is saved at times."""
        if customer is not None and self._random.random() >= NEW_ADDRESS_PROBABILITY:
            try:
                if saved_addresses := await self._session.checkout.addresses(customer):
                    return self._random.choice(saved_addresses)
            except ServiceError:
                return self._new_address(customer)
        new_address = self._new_address(customer)
        if customer is not None and self._random.random() < 0.5:
            try:
                return await self._session.checkout.save_address(customer, new_address)
            except ServiceError:
                return new_address
        return new_address

    async def slot(self, draft_id: str, *, also_full: bool = False) -> DeliverySlot | None:
        """Draw one of the next slots; ``None`` (as soon as possible) if the platform offers none."""
        try:
            offered = await self._session.checkout.delivery_slots(draft_id)
        except ServiceError:
            return None
        free = [slot.delivery_slot for slot in offered if also_full or not slot.is_full]
        return self._random.choice(free[:NEXT_SLOTS]) if free else None

    async def _payment(self, draft_id: str) -> PaymentMethod:
        try:
            payments = await self._session.checkout.payment_options(draft_id)
        except ServiceError:
            payments = self._session.checkout.known_payment_options
        cash, *non_cash = payments
        return (
            self._random.choice(non_cash)
            if non_cash and self._random.random() < NON_CASH_PROBABILITY
            else cash
        )

    async def other_payment(self, draft_id: str, payment: PaymentMethod | None) -> PaymentMethod | None:
        """Draw a payment other than this one, or the same where the platform offers no other."""
        try:
            offered = await self._session.checkout.payment_options(draft_id)
        except ServiceError:
            offered = self._session.checkout.known_payment_options
        others = [one for one in offered if payment is None or one.option != payment.option]
        return self._random.choice(others) if others else payment

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
