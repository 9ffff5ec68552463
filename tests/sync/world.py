"""A simulated store under all faults at once: lost connections, killed consoles, clock jumps, ended sessions.

Its operators place a few orders and decide truthfully; all of it follows from a seed.
"""

import asyncio
from collections import Counter as Counts
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

from console.api.transport.endpoint import Endpoint
from console.api.transport.port import Port
from console.ordering.checkout import Checkout, DeliveryMode, PaymentMethod
from console.ordering.customer import Customer
from console.ordering.draft import SetCheckout, SetQuantity
from console.sandbox.switches import Fault, FaultKind, Switches
from console.sandbox.switches import SandboxCartOwner as SandboxOwner
from console.sync.placement.order_lookup import DAY
from console.sync.platform_rules import PlatformCartOwner, ReferenceAttribute
from tests.sync.cart.sent_checkouts import HOME, SLOT
from tests.sync.counter import (
    CHICKEN_SUPREME,
    COD,
    GARLIC_BREAD,
    PEPSI,
    PEPSI_CAN,
    TOM,
    TRANSFER,
    TWO_PIZZAS,
    UMM_ALI,
    Contents,
    CrashError,
    Machine,
    add,
    use_auth_token,
)
from tests.sync.simulated_operator import PlannedOrder, SimulatedOperator, customer_without_account
from tests.sync.simulated_port import SimulatedPort
from tests.sync.simulated_time import SimulatedClock

TROUBLE_SECONDS = 150.0
"""Seconds with faults."""
CALM_SECONDS = 900.0
"""Seconds without faults, in which everything must be done."""
PLENTY = 10_000
FIELD = "ConsoleReference"
PRODUCTS = ((GARLIC_BREAD, 0), (UMM_ALI, 0), (PEPSI, PEPSI_CAN), (CHICKEN_SUPREME, 0), (TWO_PIZZAS, 0))
PATTERNS = ("orders.place", "orders.place", "orders.*", "carts.*", "customers.*", "*")
CHECKPOINTS = (
    "before the write",
    "after the write",
    "after the response",
    "before the checkout change",
    "after the checkout change",
    "before the record",
    "before placing",
    "after placing",
    "before authorising",
    "after authorising",
    "after the order's number",
    "after the proof",
    "before the account's record",
    "before the account",
    "after the account",
    "after the account's name",
)
"""The points where a console may be killed."""
JUMPS = (-200.0, -45.0, 0.0, 0.0, 45.0, 200.0)
FAR_JUMPS = (-400 * DAY, -3 * DAY, 0.0, 45.0, 3 * DAY, 400 * DAY)
"""Clock jumps for requests that are not signed with the time."""


@dataclass
class Tally:
    """Events counted by kind; ``unresolved`` are the questions put to the operator."""

    counts: Counts[str] = field(default_factory=Counts)
    unresolved: list[str] = field(default_factory=list)
    orders: int = 0


class World(Machine):
    """The machine, its store and the connection between them, from one seed."""

    def __init__(self, home: Path, time: SimulatedClock, seed: int, tally: Tally) -> None:
        self.random = Random(seed)
        self.time = time
        self.tally = tally
        self.down_until = 0.0
        self.kill_pending = False
        self.started_consoles = 0
        owner = self.random.choice(list(PlatformCartOwner))
        reference = ReferenceAttribute(77, FIELD) if self.random.random() < 0.5 else None
        super().__init__(home, owner, time, reference=reference, store_clock=time.true_now)
        strike = self.backend.app._faults.next_effect

        def counted_strike(operation: str) -> object:
            fault = strike(operation)
            if fault.kind is not None:
                tally.counts[fault.kind] += 1
            if operation == "orders.place" and fault.kind is FaultKind.DROP_LATE:
                # The worst case: the request lands later, on a cart that no console knows any more.
                self.kill_pending = self.random.random() < 0.7
            if fault.delay:
                tally.counts[FaultKind.LATENCY] += 1
            return fault

        setattr(self.backend.app._faults, "next_effect", counted_strike)  # noqa: B010  # no seam
        self.jumps = JUMPS
        if Random(f"auth {seed}").random() < 0.3:
            use_auth_token(self)
            self.jumps = FAR_JUMPS
        self.quirks = {
            "new_keys": self.random.random() < 0.7,
            "merge_lines": self.random.random() < 0.7,
            "split_lines": self.random.random() < 0.2,
            "children_apart": self.random.random() < 0.3,
            # Stock has tests of its own: here every product is available.
            "reference_attribute": FIELD if Random(f"reference {seed}").random() < 0.5 else "",
            "stock_changes": {
                some_id: PLENTY
                for product in self.backend.store.menu.products.values()
                for some_id in (product.product_id, *(v.variant_id for v in product.variants))
            },
        }
        self.plans = [self._plan(number) for number in range(self.random.randint(1, 3))]

    def port(self, endpoint: Endpoint) -> Port:
        return SimulatedPort(self.backend.app, is_up=self._is_online)

    def _is_online(self) -> bool:
        is_online = self.time.true_now() >= self.down_until
        self.tally.counts["offline"] += not is_online
        return is_online

    @property
    def is_calm(self) -> bool:
        return self.time.monotonic() > TROUBLE_SECONDS

    def _plan(self, number: int) -> PlannedOrder:
        pick, customers = self.random, self.customers()
        # Where the cart is the customer's, there is one active draft for each.
        customer = (
            customers[number] if self.cart_owner is PlatformCartOwner.CUSTOMER else pick.choice(customers[:2])
        )
        if pick.random() < 0.3:
            customer = customer_without_account(number)
        lines = tuple(
            add(f"L{n}", *pick.choice(PRODUCTS), quantity=pick.randint(1, 3))
            for n in range(pick.randint(1, 3))
        )
        delivered = pick.random() < 0.4
        checkout = Checkout(
            mode=DeliveryMode.DELIVERY if delivered else DeliveryMode.PICKUP,
            address=HOME if delivered else None,
            delivery_slot=SLOT if pick.random() < 0.3 else None,
            voucher="HALFDINAR" if pick.random() < 0.2 else "",
            payment=self._payment(),
        )
        return PlannedOrder(
            draft_id=f"D{number}",
            customer=customer,
            starts_at=pick.uniform(0, 20),
            edits=(*lines, SetCheckout(checkout)),
            places_after=pick.choice([0.0, pick.uniform(0, 10)]),
            change=SetQuantity("L0", pick.randint(1, 4)) if pick.random() < 0.3 else None,
        )

    def _payment(self) -> PaymentMethod:
        return TRANSFER if self.random.random() < 0.2 else COD

    def customers(self) -> list[Customer | None]:
        rows = self.backend.store.rows("SELECT user_id, user_name FROM customer ORDER BY user_id LIMIT 3")
        return [TOM, None, *(Customer(str(row["user_id"]), str(row["user_name"])) for row in rows)]

    def accounts(self, customer: Customer) -> list[str]:
        """The ids of the accounts with this number."""
        rows = self.backend.store.rows("SELECT user_id FROM customer WHERE digits = ?", customer.mobile)
        return [str(row["user_id"]) for row in rows]

    async def inject_trouble(self) -> None:
        """Inject new faults of platform and connection until the calm begins."""
        while not self.is_calm:
            self._switch(*(self._fault() for _ in range(self.random.randint(0, 3))))
            if self.random.random() < 0.3:
                self.down_until = self.time.true_now() + self.random.uniform(1, 12)
            if self.random.random() < 0.3:
                self.tally.counts["sessions expired"] += 1
                self.backend.store.expire_sessions(anonymous=True)
            if self.random.random() < 0.4:
                offset = self.random.choice(self.jumps)
                self.tally.counts["clock jumped"] += 1
                self.tally.counts["clock jumped by days"] += abs(offset) >= DAY
                self.time.set_offset(offset)
            await asyncio.sleep(self.random.uniform(2, 20))
        self._switch()
        self.time.set_offset(0.0)

    def _switch(self, *faults: Fault) -> None:
        attributes = frozenset({FIELD}) if self.reference else frozenset[str]()
        owner = SandboxOwner(self.cart_owner.value)
        self.backend.switch(
            Switches(cart_owner=owner, faults=faults, order_attributes=attributes, **self.quirks)
        )

    def _fault(self) -> Fault:
        pick = self.random
        seconds = pick.choice([0.5, 6.0, 20.0])
        if pick.random() < 0.25:
            kind = pick.choice([FaultKind.DROP_BEFORE, FaultKind.DROP_LATE])
            return Fault("orders.place", kind, times=1, seconds=20.0)
        return Fault(
            pick.choice(PATTERNS), pick.choice(list(FaultKind)), times=pick.randint(1, 3), seconds=seconds
        )

    async def run(self) -> None:
        """Run the operators until every order is placed."""
        trouble_task = asyncio.create_task(self.inject_trouble())
        consoles = [self._restart_consoles() for _ in range(self.random.choice([1, 1, 2]))]
        async with asyncio.timeout(TROUBLE_SECONDS + CALM_SECONDS):
            await asyncio.gather(*consoles, trouble_task)

    async def _restart_consoles(self) -> None:
        """Run one console after the other, each until it is killed."""
        pause = 0.0
        while not await self._run_console(delay=pause):
            pause = self.random.uniform(0, 5)

    async def _run_console(self, *, delay: float) -> bool:
        """Run one console after a pause. Returns True if everything is placed at its end."""
        await asyncio.sleep(delay)
        self.started_consoles += 1
        name, end = f"console {self.started_consoles}", asyncio.Event()
        crash_point, fuse = (
            self.random.choice(["", *CHECKPOINTS]),
            self.random.choice([0, 1, 1, self.random.randint(1, 30)]),
        )

        def checkpoint(point: str) -> None:
            nonlocal fuse
            fuse -= crash_point in ("", point)
            if fuse == 0 and not self.is_calm:
                self.tally.counts[f"ended {point}"] += 1
                end.set()
            if end.is_set():
                raise CrashError

        async with self.console(name, checkpoint=checkpoint) as console:
            operator = SimulatedOperator(self, console)
            while not end.is_set():
                if not self.is_calm and (self.kill_pending or self.random.random() < 0.02):
                    self.kill_pending = False
                    self.tally.counts["killed"] += 1
                    return False
                if await operator.tick():
                    return True
                await asyncio.sleep(self.random.uniform(0.3, 2))
        return False


def assert_exactly_once(world: World, drafts: dict[str, tuple[int, Contents, Decimal]]) -> None:
    """Every order is on the platform exactly once, as requested, to the last digit, and nothing else is."""
    placed = world.placed_orders()
    for plan in world.plans:
        if plan.customer is not None and not plan.customer.has_account:
            assert len(world.accounts(plan.customer)) == 1
    assert sorted(number for number, _, _ in drafts.values()) == sorted(placed)
    for number, contents, quoted in drafts.values():
        assert (number, placed[number]) == (number, contents)
        assert (number, world.total(number)) == (number, quoted)
