"""A counter under everything at once: faults, lost lines, dying consoles, jumping clocks, expiring sessions.

Its operators place a few orders and say the truth when they are asked; every bit of it follows from a seed.
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
from console.ordering.draft import Edit, SetCheckout, SetQuantity
from console.sandbox.switches import Fault, FaultKind, Switches
from console.sandbox.switches import SandboxCartOwner as SandboxOwner
from console.storage.errors import LocalError
from console.sync.placement.order_lookup import DAY
from console.sync.placement.preconditions import differences_digest
from console.sync.placement.state import ConfirmOrder, Retry
from console.sync.platform_rules import PlatformCartOwner, ReferenceAttribute
from console.sync.status import OrderStatus, PlacementStatus
from tests.sync.cart.test_checkout_sent import HOME, SLOT
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
    Console,
    Contents,
    CrashError,
    Machine,
    add,
    draft_contents,
    use_auth_token,
)
from tests.sync.simulated_port import SimulatedPort
from tests.sync.simulated_time import SimulatedClock

TROUBLE_SECONDS = 150.0
"""Seconds of trouble; after them nothing goes wrong any more."""
CALM_SECONDS = 900.0
"""Seconds in which everything must be done then."""
PLENTY = 10_000
FIELD = "ConsoleReference"
PRODUCTS = ((GARLIC_BREAD, 0), (UMM_ALI, 0), (PEPSI, PEPSI_CAN), (CHICKEN_SUPREME, 0), (TWO_PIZZAS, 0))
PATTERNS = ("orders.place", "orders.place", "orders.*", "carts.*", "customers.*", "*")
CHECKPOINTS = (
    "before the write",
    "after the write",
    "after the answer",
    "before telling",
    "after telling",
    "before the mark",
    "before placing",
    "after placing",
    "before authorising",
    "after authorising",
    "after the order's number",
    "after the proof",
    "before the account's mark",
    "before the account",
    "after the account",
    "after the account's name",
)
"""Where a console may end, by the names that the engine gives them."""
JUMPS = (-200.0, -45.0, 0.0, 0.0, 45.0, 200.0)
FAR_JUMPS = (-400 * DAY, -3 * DAY, 0.0, 45.0, 3 * DAY, 400 * DAY)
"""Where requests are not signed with the time, the platform does not mind a clock that is days off."""


@dataclass
class Tally:
    """What happened, counted by kind; ``left`` are the causes of what was left to the operator."""

    counts: Counts[str] = field(default_factory=Counts)
    unresolved: list[str] = field(default_factory=list)
    orders: int = 0


@dataclass
class PlannedOrder:
    """An order that an operator is going to take."""

    draft_id: str
    customer: Customer | None
    starts_at: float
    edits: tuple[Edit, ...]
    places_after: float
    change: Edit | None


class World(Machine):
    """The machine, its store and the line between them, over one seed."""

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
                # The worst: it is still to land, on a cart of which nobody knows any more.
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
            # What runs out has tests of its own: here every order can be had.
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
        self.tally.counts["line down"] += not is_online
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
        """The ids of those who have this number."""
        rows = self.backend.store.rows("SELECT user_id FROM customer WHERE digits = ?", customer.mobile)
        return [str(row["user_id"]) for row in rows]

    async def inject_trouble(self) -> None:
        """Make the platform and the line misbehave, in new ways by and by, until it is calm."""
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
        """Let operators work until every order is placed."""
        trouble_task = asyncio.create_task(self.inject_trouble())
        consoles = [self._restart_consoles() for _ in range(self.random.choice([1, 1, 2]))]
        async with asyncio.timeout(TROUBLE_SECONDS + CALM_SECONDS):
            await asyncio.gather(*consoles, trouble_task)

    async def _restart_consoles(self) -> None:
        """One console after the other, each until it dies."""
        pause = 0.0
        while not await self._run_console(delay=pause):
            pause = self.random.uniform(0, 5)

    async def _run_console(self, *, delay: float) -> bool:
        """One console's life, after a pause; whether everything is placed at its end."""
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


class SimulatedOperator:
    """Works at one console: takes the planned orders, and says what is asked."""

    def __init__(self, world: World, console: Console) -> None:
        self._world = world
        self._console = console

    async def tick(self) -> bool:
        """Do what is to be done now; whether everything is placed."""
        placed = 0
        for plan in self._world.plans:
            if self._world.time.monotonic() >= plan.starts_at:
                try:
                    placed += await self._advance(plan)
                except LocalError:
                    continue  # the other console was quicker
        return placed == len(self._world.plans)

    async def _advance(self, plan: PlannedOrder) -> bool:
        console = self._console
        known = {stored.header.draft_id for stored in await console.drafts.open_drafts("Shop")}
        if plan.draft_id not in console.current_drafts:
            if plan.draft_id in known:
                await console.resume_order(plan.draft_id)
            elif not await self._is_saved(plan):
                await console.start_order(plan.customer, plan.draft_id)
        stored = await console.drafts.load(plan.draft_id)
        if stored.order_id and plan.draft_id not in known:
            return True
        status = console.status.get(plan.draft_id)
        if plan.draft_id not in console.current_drafts or status is None:
            return False
        if status.placement.state is PlacementStatus.LEASED_ELSEWHERE or "Another console" in status.problem:
            return False
        done = len(stored.draft.edits)
        if done > len(console.current_drafts[plan.draft_id].edits):
            # The other console went on with it; this one shows it as it is kept by now.
            console.current_drafts[plan.draft_id] = stored.draft
            console.engine.update_draft(plan.draft_id, stored.draft)
        if done < len(plan.edits):
            await console.edit(plan.edits[done], draft_id=plan.draft_id)
        elif status.placement.state is PlacementStatus.NEEDS_ATTENTION:
            await self._resolve(plan, status)
        elif (
            stored.placement_request is None
            and self._world.time.monotonic() >= plan.starts_at + plan.places_after
        ):
            await self._place(plan, stored.draft.edits, status)
        return False

    async def _is_saved(self, plan: PlannedOrder) -> bool:
        try:
            await self._console.drafts.load(plan.draft_id)
        except LocalError:
            return False
        return True

    async def _place(self, plan: PlannedOrder, edits: tuple[Edit, ...], status: OrderStatus) -> None:
        if plan.change is not None and len(edits) == len(plan.edits):
            await self._console.edit(plan.change, draft_id=plan.draft_id)
        draft = self._console.current_drafts[plan.draft_id]
        comparison = self._console.engine.compare(plan.draft_id, draft)
        estimate = sum((line.item.unit_price * line.quantity for line in draft.lines), Decimal(0))
        total = comparison.totals.total if comparison.totals and comparison.in_sync else estimate
        await self._console.place(
            str(total), plan.draft_id, accepted_differences_digest=differences_digest(comparison)
        )

    async def _resolve(self, plan: PlannedOrder, status: OrderStatus) -> None:
        console, world = self._console, self._world
        if not status.placement.needs_decision:
            world.tally.counts["another word"] += 1
            if status.comparison.in_sync and status.comparison.totals is not None:
                await self._place(plan, (), status)
            console.engine.wake()
            return
        world.tally.unresolved.append(status.placement.message)
        if world.reference is not None:
            raise AssertionError(f"left to the operator although it can be read back: {status.placement}")
        missing = await self._unclaimed(plan)
        console.engine.decide(plan.draft_id, ConfirmOrder(missing) if missing else Retry())

    async def _unclaimed(self, plan: PlannedOrder) -> int:
        """The number of an order on the platform that is this one and nobody's yet: the truth; 0 for none."""
        other_placements = await self._console.placement_store.other_drafts("Shop", plan.draft_id)
        claimed = {other.order_id for other in other_placements}
        draft = self._console.current_drafts[plan.draft_id]
        for order_id, contents in self._world.placed_orders().items():
            if (
                order_id not in claimed
                and contents == draft_contents(draft)
                and self._belongs_to(order_id, plan)
            ):
                return order_id
        return 0

    def _belongs_to(self, order_id: int, plan: PlannedOrder) -> bool:
        row = self._world.backend.store.row("SELECT user_id FROM placed_order WHERE order_id = ?", order_id)
        user_id = str(row["user_id"]) if row else ""
        if plan.customer is not None and not plan.customer.has_account:
            return [user_id] == self._world.accounts(plan.customer)
        customers = {one.user_id for one in self._world.customers() if one is not None}
        customers |= {
            made for number in range(3) for made in self._world.accounts(customer_without_account(number))
        }
        return user_id == plan.customer.user_id if plan.customer else user_id not in customers


def customer_without_account(number: int) -> Customer:
    """Somebody who has no account before the console makes one."""
    mobile = f"5999000{number}"
    return Customer("", mobile, "New", mobile=mobile)


def assert_exactly_once(world: World, drafts: dict[str, tuple[int, Contents, Decimal]]) -> None:
    """Every order is on the platform exactly once, as wished, to the last digit, and nothing else is."""
    placed = world.placed_orders()
    for plan in world.plans:
        if plan.customer is not None and not plan.customer.has_account:
            assert len(world.accounts(plan.customer)) == 1
    assert sorted(number for number, _, _ in drafts.values()) == sorted(placed)
    for number, wished, told in drafts.values():
        assert (number, placed[number]) == (number, wished)
        assert (number, world.total(number)) == (number, told)
