"""How simulated customers want an order: collected or delivered, when, with which voucher, paid in which way.

Used by ``fault_operator.py`` and ``fault_mending.py``. Everything is asked of the desk, as the checkout does.
"""

from dataclasses import replace
from random import Random

from console.desk.changes import Trouble
from console.desk.desk import Desk
from console.desk.values import OrderView
from console.ordering.checkout import Address, Checkout, DeliveryMode, Slot
from console.ordering.customer import Customer

DELIVERED = 0.4
AT_A_TIME = 0.3
VOUCHER = 0.3
NOT_CASH = 0.35
"""How often each is wished."""
SECOND_THOUGHTS = 0.15
"""How often a customer who has said how and where to says something else after."""
NEW_ADDRESS = 0.3
"""How often a customer whose addresses are known has another one."""
SOON = 5
"""So many of the next slots are asked for."""

PINS = ("22001", "22002", "22003", "")
"""What the store of the runs delivers to, and no PIN code at all."""
TOO_FAR = "32001"
OFTEN_TOO_FAR = 0.1
STREETS = ("Salem Al Mubarak Street", "Gulf Road", "Amman Street", "Qatar Street", "Baghdad Street")
VOUCHERS = (
    *("HALFDINAR", "HALFDINAR", "TENOFF", "TENOFF", "DRINKS", "COLLECT"),
    *("FIRSTTWO", "SUMMER19", "NOSUCHCODE"),
)
"""The last three are for two orders altogether, over, and not to be had."""


class Terms:
    """Draws a checkout, or one that the platform may take in the place of one it does not."""

    def __init__(self, desk: Desk, random: Random) -> None:
        self._desk = desk
        self._random = random

    async def drawn(self, view: OrderView) -> tuple[Checkout, ...]:
        """What the customer says at the checkout, one thing after the other; the last is all of it."""
        said = [view.draft.checkout]

        def says(**more: object) -> None:
            said.append(replace(said[-1], **more))  # pyright: ignore[reportArgumentType]

        if self._random.random() < DELIVERED:
            says(mode=DeliveryMode.DELIVERY)
            says(address=await self.address(view.customer))
            if self._random.random() < SECOND_THOUGHTS:
                says(address=await self.address(view.customer))
        if self._random.random() < AT_A_TIME:
            says(slot=await self.slot(view.draft_id, also_full=True))
        if self._random.random() < VOUCHER:
            says(voucher=self._random.choice(VOUCHERS))
            if self._random.random() < SECOND_THOUGHTS:
                says(voucher=self._random.choice(VOUCHERS))
        says(payment=await self._payment(view.draft_id))
        if self._random.random() < SECOND_THOUGHTS:
            other = {DeliveryMode.PICKUP: DeliveryMode.DELIVERY, DeliveryMode.DELIVERY: DeliveryMode.PICKUP}
            says(mode=other[said[-1].mode], address=said[-1].address or await self.address(view.customer))
        return tuple(said[1:])

    async def address(self, customer: Customer | None) -> Address:
        """One of the customer's own, or one that is typed, which the platform keeps at times."""
        if customer is not None and self._random.random() >= NEW_ADDRESS:
            try:
                if known := await self._desk.checkout.addresses(customer):
                    return self._random.choice(known)
            except Trouble:
                return self._typed(customer)
        typed = self._typed(customer)
        if customer is not None and self._random.random() < 0.5:
            try:
                return await self._desk.checkout.save_address(customer, typed)
            except Trouble:
                return typed
        return typed

    async def slot(self, draft_id: str, *, also_full: bool = False) -> Slot | None:
        """One of the next slots; as soon as possible where the platform does not tell of any."""
        try:
            offered = await self._desk.checkout.slots(draft_id)
        except Trouble:
            return None
        free = [slot.slot for slot in offered if also_full or not slot.is_full]
        return self._random.choice(free[:SOON]) if free else None

    async def _payment(self, draft_id: str) -> object:
        try:
            ways = await self._desk.checkout.payments(draft_id)
        except Trouble:
            ways = self._desk.checkout.payments_known
        cash, *others = ways
        return self._random.choice(others) if others and self._random.random() < NOT_CASH else cash

    def _typed(self, customer: Customer | None) -> Address:
        far = self._random.random() < OFTEN_TOO_FAR
        return Address(
            street=f"{self._random.choice(STREETS)} {self._random.randint(1, 99)}",
            area=self._random.choice(("", "Block 2", "Block 10")),
            pin=TOO_FAR if far else self._random.choice(PINS),
            city="Hawalli",
            city_code="846",
            state="KW2",
            country="KW",
            first_name=customer.first_name if customer else "Anybody",
            last_name=customer.last_name if customer else "",
            mobile=customer.mobile if customer else "",
        )
