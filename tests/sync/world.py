"""A counter under everything at once: faults, lost lines, dying consoles, jumping clocks, expiring sessions.

Its operators place a few orders and say the truth when they are asked; every bit of it follows from a seed.
"""

import asyncio
from collections import Counter as Counts
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

from console.api.endpoint import Endpoint
from console.api.port import Port
from console.local.errors import LocalError
from console.ordering.checkout import Checkout, DeliveryMode, Payment
from console.ordering.customer import Customer
from console.ordering.draft import Edit, SetCheckout, SetQuantity
from console.sandbox.switches import CartOwner as SandboxOwner
from console.sandbox.switches import Fault, FaultKind, Switches
from console.sync.as_told import seen
from console.sync.lookup import DAY
from console.sync.placing_state import ItIs, PlaceAgain
from console.sync.rules import CartOwner, Reference
from console.sync.status import OrderStatus, PlacingState
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
    Counter,
    CrashError,
    Ordered,
    add,
    by_token,
    ordered,
)
from tests.sync.simulated_port import SimulatedPort
from tests.sync.simulated_time import SimulatedTime
from tests.sync.test_sync_checkout_sent import HOME, SLOT

STORM = 150.0
"""Seconds of trouble; after them nothing goes wrong any more."""
CALM = 900.0
"""Seconds in which everything must be done then."""
PLENTY = 10_000
FIELD = "ConsoleReference"
PRODUCTS = ((GARLIC_BREAD, 0), (UMM_ALI, 0), (PEPSI, PEPSI_CAN), (CHICKEN_SUPREME, 0), (TWO_PIZZAS, 0))
PATTERNS = ("orders.place", "orders.place", "orders.*", "carts.*", "customers.*", "*")
POINTS = (
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
class Told:
    """What happened, counted by kind; ``left`` are the causes of what was left to the operator."""

    happened: Counts[str] = field(default_factory=Counts)
    left: list[str] = field(default_factory=list)
    orders: int = 0


@dataclass
class Plan:
    """An order that an operator is going to take."""

    draft_id: str
    customer: Customer | None
    starts_at: float
    edits: tuple[Edit, ...]
    places_after: float
    change: Edit | None


class World(Counter):
    """The machine, its store and the line between them, over one seed."""

    def __init__(self, home: Path, time: SimulatedTime, seed: int, told: Told) -> None:
        self.random = Random(seed)
        self.time = time
        self.told = told
        self.down_until = 0.0
        self.kills_next = False
        self.lives = 0
        owner = self.random.choice(list(CartOwner))
        reference = Reference(77, FIELD) if self.random.random() < 0.5 else None
        super().__init__(home, owner, time, reference=reference, clock=time.true)
        strike = self.shop.app._faults.strike

        def counted(operation: str) -> object:
            struck = strike(operation)
            if struck.kind is not None:
                told.happened[struck.kind] += 1
            if operation == "orders.place" and struck.kind is FaultKind.DROP_LATE:
                # The worst: it is still to land, on a cart of which nobody knows any more.
                self.kills_next = self.random.random() < 0.7
            if struck.seconds:
                told.happened[FaultKind.LATENCY] += 1
            return struck

        self.shop.app._faults.strike = counted
        self.jumps = JUMPS
        if Random(f"auth {seed}").random() < 0.3:
            by_token(self)
            self.jumps = FAR_JUMPS
        self.quirks = {
            "new_keys": self.random.random() < 0.7,
            "merge_lines": self.random.random() < 0.7,
            "split_lines": self.random.random() < 0.2,
            "children_apart": self.random.random() < 0.3,
            # What runs out has tests of its own: here every order can be had.
            "stock_changes": {
                some_id: PLENTY
                for product in self.shop.store.menu.products.values()
                for some_id in (product.product_id, *(v.variant_id for v in product.variants))
            },
        }
        self.plans = [self._plan(number) for number in range(self.random.randint(1, 3))]

    def port(self, endpoint: Endpoint) -> Port:
        return SimulatedPort(self.shop.app, is_up=self._is_up)

    def _is_up(self) -> bool:
        up = self.time.true() >= self.down_until
        self.told.happened["line down"] += not up
        return up

    @property
    def is_calm(self) -> bool:
        return self.time.elapsed() > STORM

    def _plan(self, number: int) -> Plan:
        pick, customers = self.random, self.customers()
        # Where the cart is the customer's, there is one active draft for each.
        customer = customers[number] if self.owner is CartOwner.CUSTOMER else pick.choice(customers[:2])
        if pick.random() < 0.3:
            customer = newcomer(number)
        lines = tuple(
            add(f"L{n}", *pick.choice(PRODUCTS), quantity=pick.randint(1, 3))
            for n in range(pick.randint(1, 3))
        )
        delivered = pick.random() < 0.4
        checkout = Checkout(
            mode=DeliveryMode.DELIVERY if delivered else DeliveryMode.PICKUP,
            address=HOME if delivered else None,
            slot=SLOT if pick.random() < 0.3 else None,
            voucher="HALFDINAR" if pick.random() < 0.2 else "",
            payment=self._payment(),
        )
        return Plan(
            draft_id=f"D{number}",
            customer=customer,
            starts_at=pick.uniform(0, 20),
            edits=(*lines, SetCheckout(checkout)),
            places_after=pick.choice([0.0, pick.uniform(0, 10)]),
            change=SetQuantity("L0", pick.randint(1, 4)) if pick.random() < 0.3 else None,
        )

    def _payment(self) -> Payment:
        return TRANSFER if self.random.random() < 0.2 else COD

    def customers(self) -> list[Customer | None]:
        rows = self.shop.store.rows("SELECT user_id, user_name FROM customer ORDER BY user_id LIMIT 3")
        return [TOM, None, *(Customer(str(row["user_id"]), str(row["user_name"])) for row in rows)]

    def accounts(self, customer: Customer) -> list[str]:
        """The ids of those who have this number."""
        rows = self.shop.store.rows("SELECT user_id FROM customer WHERE digits = ?", customer.mobile)
        return [str(row["user_id"]) for row in rows]

    async def trouble(self) -> None:
        """Make the platform and the line misbehave, in new ways by and by, until it is calm."""
        while not self.is_calm:
            self._switch(*(self._fault() for _ in range(self.random.randint(0, 3))))
            if self.random.random() < 0.3:
                self.down_until = self.time.true() + self.random.uniform(1, 12)
            if self.random.random() < 0.3:
                self.told.happened["sessions expired"] += 1
                self.shop.store.expire_sessions(anonymous=True)
            if self.random.random() < 0.4:
                offset = self.random.choice(self.jumps)
                self.told.happened["clock jumped"] += 1
                self.told.happened["clock jumped by days"] += abs(offset) >= DAY
                self.time.jump(offset)
            await asyncio.sleep(self.random.uniform(2, 20))
        self._switch()
        self.time.jump(0.0)

    def _switch(self, *faults: Fault) -> None:
        attributes = frozenset({FIELD}) if self.reference else frozenset[str]()
        owner = SandboxOwner(self.owner.value)
        self.shop.switch(
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
        trouble = asyncio.create_task(self.trouble())
        consoles = [self._consoles() for _ in range(self.random.choice([1, 1, 2]))]
        async with asyncio.timeout(STORM + CALM):
            await asyncio.gather(*consoles, trouble)

    async def _consoles(self) -> None:
        """One console after the other, each until it dies."""
        pause = 0.0
        while not await self._live(after=pause):
            pause = self.random.uniform(0, 5)

    async def _live(self, *, after: float) -> bool:
        """One console's life, after a pause; whether everything is placed at its end."""
        await asyncio.sleep(after)
        self.lives += 1
        name, end = f"console {self.lives}", asyncio.Event()
        at, fuse = (
            self.random.choice(["", *POINTS]),
            self.random.choice([0, 1, 1, self.random.randint(1, 30)]),
        )

        def crash(point: str) -> None:
            nonlocal fuse
            fuse -= at in ("", point)
            if fuse == 0 and not self.is_calm:
                self.told.happened[f"ended {point}"] += 1
                end.set()
            if end.is_set():
                raise CrashError

        async with self.console(name, crash=crash) as console:
            operator = Operator(self, console)
            while not end.is_set():
                if not self.is_calm and (self.kills_next or self.random.random() < 0.02):
                    self.kills_next = False
                    self.told.happened["killed"] += 1
                    return False
                if await operator.tick():
                    return True
                await asyncio.sleep(self.random.uniform(0.3, 2))
        return False


class Operator:
    """Works at one console: takes the planned orders, and says what is asked."""

    def __init__(self, world: World, console: Console) -> None:
        self._world = world
        self._console = console

    async def tick(self) -> bool:
        """Do what is to be done now; whether everything is placed."""
        placed = 0
        for plan in self._world.plans:
            if self._world.time.elapsed() >= plan.starts_at:
                try:
                    placed += await self._go_on(plan)
                except LocalError:
                    continue  # the other console was quicker
        return placed == len(self._world.plans)

    async def _go_on(self, plan: Plan) -> bool:
        console = self._console
        known = {stored.header.draft_id for stored in await console.drafts.open_drafts("Shop")}
        if plan.draft_id not in console.wished:
            if plan.draft_id in known:
                await console.go_on(plan.draft_id)
            elif not await self._is_kept(plan):
                await console.begin(plan.customer, plan.draft_id)
        stored = await console.drafts.load(plan.draft_id)
        if stored.order_id and plan.draft_id not in known:
            return True
        status = console.status.get(plan.draft_id)
        if plan.draft_id not in console.wished or status is None:
            return False
        if status.placing.state is PlacingState.ELSEWHERE or "Another console" in status.problem:
            return False
        done = len(stored.draft.edits)
        if done > len(console.wished[plan.draft_id].edits):
            # The other console went on with it; this one shows it as it is kept by now.
            console.wished[plan.draft_id] = stored.draft
            console.engine.wish(plan.draft_id, stored.draft)
        if done < len(plan.edits):
            await console.edit(plan.edits[done], draft_id=plan.draft_id)
        elif status.placing.state is PlacingState.NEEDS_YOU:
            await self._answer(plan, status)
        elif stored.wish is None and self._world.time.elapsed() >= plan.starts_at + plan.places_after:
            await self._place(plan, stored.draft.edits, status)
        return False

    async def _is_kept(self, plan: Plan) -> bool:
        try:
            await self._console.drafts.load(plan.draft_id)
        except LocalError:
            return False
        return True

    async def _place(self, plan: Plan, edits: tuple[Edit, ...], status: OrderStatus) -> None:
        if plan.change is not None and len(edits) == len(plan.edits):
            await self._console.edit(plan.change, draft_id=plan.draft_id)
        wished = self._console.wished[plan.draft_id]
        facts = self._console.engine.facts(plan.draft_id, wished)
        estimate = sum((line.item.unit_price * line.quantity for line in wished.lines), Decimal(0))
        total = facts.totals.total if facts.totals and facts.settled else estimate
        await self._console.place(str(total), plan.draft_id, seen=seen(facts))

    async def _answer(self, plan: Plan, status: OrderStatus) -> None:
        console, world = self._console, self._world
        if not status.placing.undecided:
            world.told.happened["another word"] += 1
            if status.facts.settled and status.facts.totals is not None:
                await self._place(plan, (), status)
            console.engine.wake()
            return
        world.told.left.append(status.placing.sentence)
        if world.reference is not None:
            raise AssertionError(f"left to the operator although it can be read back: {status.placing}")
        missing = await self._unclaimed(plan)
        console.engine.decide(plan.draft_id, ItIs(missing) if missing else PlaceAgain())

    async def _unclaimed(self, plan: Plan) -> int:
        """The number of an order on the platform that is this one and nobody's yet: the truth; 0 for none."""
        others = await self._console.outbox.others("Shop", plan.draft_id)
        claimed = {other.order_id for other in others}
        draft = self._console.wished[plan.draft_id]
        for order_id, bought in self._world.placed().items():
            if order_id not in claimed and bought == ordered(draft) and self._is_his(order_id, plan):
                return order_id
        return 0

    def _is_his(self, order_id: int, plan: Plan) -> bool:
        row = self._world.shop.store.row("SELECT user_id FROM placed_order WHERE order_id = ?", order_id)
        user_id = str(row["user_id"]) if row else ""
        if plan.customer is not None and not plan.customer.has_account:
            return [user_id] == self._world.accounts(plan.customer)
        customers = {one.user_id for one in self._world.customers() if one is not None}
        customers |= {made for number in range(3) for made in self._world.accounts(newcomer(number))}
        return user_id == plan.customer.user_id if plan.customer else user_id not in customers


def newcomer(number: int) -> Customer:
    """Somebody who has no account before the console makes one."""
    mobile = f"5999000{number}"
    return Customer("", mobile, "New", mobile=mobile)


def check(world: World, drafts: dict[str, tuple[int, Ordered, Decimal]]) -> None:
    """Every order is on the platform exactly once, as wished, to the last digit, and nothing else is."""
    placed = world.placed()
    for plan in world.plans:
        if plan.customer is not None and not plan.customer.has_account:
            assert len(world.accounts(plan.customer)) == 1
    assert sorted(number for number, _, _ in drafts.values()) == sorted(placed)
    for number, wished, told in drafts.values():
        assert (number, placed[number]) == (number, wished)
        assert (number, world.total(number)) == (number, told)
