"""A machine with its store: consoles that share a drafts file, are killed, and start again.

Engine, files, API layer and sandbox are the real ones; only time is virtual.
"""

import asyncio
import json
from collections import Counter as Counts
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.errors import PlatformError, TimedOut, Unreachable
from console.api.transport.auth import AuthToken
from console.api.transport.endpoint import Endpoint, Timeouts
from console.api.transport.http import HttpPort
from console.api.transport.port import Port, RawResponse, Request
from console.ordering.checkout import Checkout, PaymentMethod
from console.ordering.customer import Customer
from console.ordering.draft import AddLine, DecideCheckout, Draft, DraftLine, Edit, OrderItem, SetCheckout
from console.ordering.money import Currency
from console.sandbox.self_description import CartRecord
from console.sandbox.switches import Fault, FaultKind, Switches
from console.sandbox.switches import SandboxCartOwner as SandboxOwner
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftHeader, DraftStore
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PlacementStore
from console.storage.drafts.process_registry import ProcessStatus
from console.sync.cart.acceptance import acceptance_edits, keep_edits
from console.sync.cart.differences import LineComparison
from console.sync.clock import Clock
from console.sync.connection.customer_sessions import CustomerSessions, OperatorCredentials
from console.sync.connection.monitor import ConnectionMonitor, ConnectionState, ProbeResult
from console.sync.context import SyncContext
from console.sync.engine import Engine
from console.sync.platform_rules import PlatformCartOwner, PlatformRules, ReferenceAttribute
from console.sync.status import Activity, OrderStatus, PlacementStatus, PlacementView
from tests.shops import LAYLAS_ID, LAYLAS_PASSWORD, LOCATION_ID, SandboxBackend
from tests.sync.virtual_time import NOON, VirtualClock

TOM = Customer("2fbb775a-863b-4e87-a99e-ec725fd7a2d1", "tom.sawyer@example.com", "Tom", "Sawyer")

GARLIC_BREAD, ONION_RINGS, UMM_ALI, TAHINI_DIP = 13047603, 13047613, 13047657, 13047675
PEPSI, PEPSI_CAN, PEPSI_BOTTLE = 13047633, 9758597, 9758599
CHICKEN_SUPREME, MARGHERITA = 13047273, 13047285
TWO_PIZZAS = 13047461

COD = PaymentMethod("COD", "COD", "0", "Cash")
TRANSFER = PaymentMethod("OnlineBankTransfer", "OnlineBankTrans", "10961", "Transfer")
PAID_IN_CASH = SetCheckout(Checkout(payment=COD))

TIMEOUT_SECONDS = 5
"""Real seconds after which a test hangs; nothing takes a fraction of it."""

Contents = Counts[tuple[int, int]]
"""How many of each product and variant."""


class CrashError(BaseException):
    """The process ends here."""


PRICES = {
    (GARLIC_BREAD, 0): "0.750",
    (UMM_ALI, 0): "1.200",
}
"""Prices on the menu; those of other products differ from the platform's."""


def item(product_id: int, variant_id: int = 0) -> OrderItem:
    price = PRICES.get((product_id, variant_id), "1.000")
    return OrderItem(product_id, variant_id, f"Product {product_id}", "", Decimal(price))


def add(line_id: str, product_id: int, variant_id: int = 0, quantity: int = 1) -> AddLine:
    return AddLine(DraftLine(line_id, item(product_id, variant_id), quantity))


def draft_contents(draft: Draft) -> Contents:
    contents: Contents = Counts()
    for line in draft.lines:
        contents[line.item.product_id, line.item.variant_id] += line.quantity
    return contents


def cart_contents(cart: CartRecord) -> Contents:
    contents: Contents = Counts()
    for line in cart.lines:
        contents[line.product_id, line.variant_id] += line.quantity
    return contents


class RecordingPort:
    """A port that records each request and its time."""

    def __init__(self, port: Port, clock: Clock) -> None:
        self._port = port
        self._clock = clock
        self.requests: list[tuple[str, float]] = []

    async def send(self, request: Request) -> RawResponse:
        self.requests.append((request.operation.name, self._clock.now()))
        return await self._port.send(request)

    async def aclose(self) -> None:
        await self._port.aclose()

    def times_of(self, name: str) -> list[float]:
        return [at for asked, at in self.requests if asked == name]

    @property
    def writes(self) -> int:
        names = ("carts.add_items", "carts.update_quantity", "carts.remove")
        return sum(name in names for name, _ in self.requests)


@dataclass
class Machine:
    """The machine and its store: they outlive a killed console."""

    home: Path
    cart_owner: PlatformCartOwner = PlatformCartOwner.TOKEN
    clock: Clock = field(default_factory=VirtualClock)
    running: set[str] = field(default_factory=set)
    timeouts: Timeouts | None = None
    reference: ReferenceAttribute | None = None
    sole_console: bool = True

    @property
    def rules(self) -> PlatformRules:
        """The platform rules of every console."""
        return PlatformRules(
            Currency("KWD"),
            self.cart_owner,
            settle_seconds=30.0,
            reference=self.reference,
            sole_console=self.sole_console,
        )

    store_clock: Callable[[], float] | None = None
    """The store's clock, where it is not the machine's."""

    def __post_init__(self) -> None:
        self.backend = SandboxBackend(
            self.home, clock=self.store_clock or self.clock.now, sleep=self.clock.sleep
        )
        self.switch()

    @property
    def virtual_clock(self) -> VirtualClock:
        """The machine's clock, to be stopped and moved by a test."""
        assert isinstance(self.clock, VirtualClock)
        return self.clock

    def port(self, endpoint: Endpoint) -> Port:
        """The port of one console."""
        return HttpPort(app=endpoint.app)

    def switch(self, *faults: Fault, **quirks: Any) -> None:
        """Switch the platform's faults and quirks; the cart's owner stays."""
        owner = SandboxOwner(self.cart_owner.value)
        switches = Switches(cart_owner=owner, faults=faults, **quirks)
        self.backend.switch(switches)

    def carts(self) -> list[CartRecord]:
        """The carts with lines by the sandbox's records, the oldest first."""
        return [cart for cart in self.backend.store.carts() if cart.lines]

    def orders(self) -> list[Contents]:
        """The contents of the orders by the sandbox's records, the oldest first."""
        return list(self.placed_orders().values())

    def placed_orders(self) -> dict[int, Contents]:
        """The contents of the orders by number."""
        numbers = self.backend.store.rows("SELECT order_id FROM placed_order ORDER BY order_id")
        return {int(row["order_id"]): self._order_contents(int(row["order_id"])) for row in numbers}

    def total(self, order_id: int) -> Decimal:
        """The total of an order by the sandbox's records."""
        row = self.backend.store.row("SELECT record FROM placed_order WHERE order_id = ?", order_id)
        assert row is not None
        return Decimal(json.loads(row["record"])["total"])

    def _order_contents(self, order_id: int) -> Contents:
        contents: Contents = Counts()
        rows = self.backend.store.rows("SELECT quantity, part FROM order_line WHERE order_id = ?", order_id)
        for row in rows:
            product_id, variant_id, *_ = json.loads(row["part"])
            contents[product_id, variant_id] += row["quantity"]
        return contents

    def process_status(self, process: str) -> ProcessStatus:
        return ProcessStatus.ALIVE if process in self.running else ProcessStatus.DEAD

    @asynccontextmanager
    async def console(
        self, name: str = "one", *, checkpoint: Callable[[str], None] = lambda _point: None
    ) -> AsyncIterator["Console"]:
        """Run a console, killed at the end as by kill -9."""
        database = await Database.open(
            self.home / "drafts.sqlite", migrations=schema.DRAFTS, synchronous="NORMAL"
        )
        console = Console(self, name, database, checkpoint)
        self.running.add(name)
        try:
            yield console
        finally:
            self.running.discard(name)
            # Closed first: a killed process releases no lease.
            await database.close()
            await console.engine.close()
            await console.monitor.close()
            await console.api.aclose()


class Console:
    """One process with its engine. It stores drafts as the services do."""

    def __init__(
        self, machine: Machine, name: str, database: Database, checkpoint: Callable[[str], None]
    ) -> None:
        endpoint = machine.backend.endpoint(timeouts=machine.timeouts)
        self.machine = machine
        self.port = RecordingPort(machine.port(endpoint), machine.clock)
        # Another process has other nonces; the sandbox refuses a nonce that it knows.
        nonces = Random(f"nonces of {name}")
        self.api = ApiClient(endpoint, port=self.port, clock=machine.clock.now, random=nonces)
        self.drafts = DraftStore(database, clock=machine.clock.now, process_status=machine.process_status)
        self.placement_store = PlacementStore(
            database, clock=machine.clock.now, process_status=machine.process_status
        )
        self.connections: list[ConnectionState] = []
        self.monitor = ConnectionMonitor(probe=self._probe, clock=machine.clock, report=self._on_connection)
        self.sessions = CustomerSessions(self.api, needs_token=True)
        self.sessions.sign_in(OperatorCredentials(LAYLAS_ID, SecretStr(LAYLAS_PASSWORD)))
        self.status: dict[str, OrderStatus] = {}
        self.status_history: list[OrderStatus] = []
        self.current_drafts: dict[str, Draft] = {}
        self._changed = asyncio.Event()
        context = SyncContext(
            api=self.api,
            rules=machine.rules,
            clock=machine.clock,
            random=Random(1),
            checkpoint=checkpoint,
        )
        self.engine = Engine(
            context,
            drafts=self.drafts,
            placement_store=self.placement_store,
            monitor=self.monitor,
            sessions=self.sessions,
            owner=name,
            report=self._on_order_status,
        )

    async def start_order(self, customer: Customer | None = TOM, draft_id: str = "D1") -> str:
        """Start a new order."""
        header = DraftHeader(draft_id, "Shop", LAYLAS_ID, "Layla", LOCATION_ID, customer, NOON, "")
        await self.drafts.create(header)
        await self.resume_order(draft_id)
        return draft_id

    async def resume_order(self, draft_id: str = "D1") -> None:
        """Go on with a stored order."""
        stored = await self.drafts.load(draft_id)
        self.current_drafts[draft_id] = stored.draft
        self.engine.add(stored)

    async def edit(self, *edits: Edit | None, draft_id: str = "D1") -> None:
        """Store these edits and hand them to the engine; ``None`` is an undo."""
        draft = self.current_drafts[draft_id]
        for edit in edits:
            if edit is None:
                await self.drafts.remove_last_edit(draft_id, len(draft.edits) - 1)
                draft = draft.undo()
            else:
                await self.drafts.append(draft_id, len(draft.edits), edit)
                draft = draft.apply(edit)
        self.current_drafts[draft_id] = draft
        self.engine.update_draft(draft_id, draft)

    async def order(self, *edits: Edit, customer: Customer | None = TOM) -> None:
        """Start an order with these lines, and wait until it is in sync."""
        await self.start_order(customer)
        await self.wait_for_activity(Activity.IDLE)
        await self.edit(*edits)
        await self.wait_until_settled()

    async def place(self, quoted_total: str, draft_id: str = "D1") -> None:
        """Store a request to place an order at this total, and hand it to the engine."""
        draft = self.current_drafts[draft_id]
        placement_request = PlacementRequest(
            Decimal(quoted_total), self.machine.clock.now(), len(draft.edits)
        )
        await self.placement_store.request_placement(draft_id, placement_request)
        self.engine.place(draft_id, placement_request)

    async def accept_differences(self, draft_id: str = "D1") -> None:
        """Take back a request to place, and accept each difference as the cart has it."""
        draft = self.current_drafts[draft_id]
        comparison = self.engine.compare(draft_id, draft)
        edits = [
            *(
                edit
                for line, fact in zip(draft.lines, comparison.lines, strict=True)
                for edit in acceptance_edits(line, fact)
            ),
            *(edit for line in comparison.unexpected for edit in keep_edits(line)),
            *(
                DecideCheckout(accepted, one.identity if accepted == draft.checkout else "")
                for one in comparison.rejected
                if (accepted := one.accepted(draft.checkout)) is not None
            ),
        ]
        if edits:
            await self.placement_store.withdraw(draft_id)
            self.engine.place(draft_id, None)
            await self.edit(*edits, draft_id=draft_id)

    async def wait_for_placing_state(self, state: PlacementStatus, draft_id: str = "D1") -> PlacementView:
        """Wait for a state in the outbox."""
        await self.until(lambda: draft_id in self.status and self.status[draft_id].placement.state is state)
        return self.status[draft_id].placement

    async def wait_until_settled(self, draft_id: str = "D1") -> None:
        """Wait until nothing is left to send."""
        await self.until(lambda: self.is_settled(draft_id))

    def is_uncertain(self, draft_id: str = "D1") -> bool:
        """Return True if Place Order was sent and its outcome is unknown."""
        return self.status[draft_id].placement.state is PlacementStatus.OUTCOME_UNKNOWN

    def is_settled(self, draft_id: str = "D1") -> bool:
        """Return True if the cart equals the draft, or every difference was reported."""
        status, draft = self.status.get(draft_id), self.current_drafts[draft_id]
        untouched = draft.is_empty and (status is not None and status.comparison.totals is None)
        is_idle = status is not None and status.activity is Activity.IDLE
        return is_idle and (untouched or self.engine.compare(draft_id, draft).in_sync)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until a report makes this true."""
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def wait_for_activity(self, activity: Activity, draft_id: str = "D1") -> OrderStatus:
        """Wait for an activity."""
        await self.until(lambda: draft_id in self.status and self.status[draft_id].activity is activity)
        return self.status[draft_id]

    def line_comparisons(self, draft_id: str = "D1") -> tuple[LineComparison, ...]:
        """The comparison of each line."""
        return self.engine.compare(draft_id, self.current_drafts[draft_id]).lines

    def _on_order_status(self, status: OrderStatus) -> None:
        self.status[status.draft_id] = status
        self.status_history.append(status)
        self._changed.set()

    def _on_connection(self, connection: ConnectionState) -> None:
        self.connections.append(connection)
        self._changed.set()

    async def _probe(self, _seconds: float) -> ProbeResult:
        try:
            await self.api.oauth.timestamp()
        except (Unreachable, TimedOut):
            return ProbeResult.UNREACHABLE
        except PlatformError:
            return ProbeResult.RESPONDED
        finally:
            self._changed.set()
        return ProbeResult.RESPONDED


def second_home(machine: Machine) -> Machine:
    """Another machine with files of its own, at the same store."""
    home = machine.home / "second"
    home.mkdir()
    other = Machine(
        home,
        machine.cart_owner,
        machine.clock,
        reference=machine.reference,
        sole_console=machine.sole_console,
    )
    other.backend = machine.backend
    return other


def use_auth_token(machine: Machine) -> None:
    """Authenticate consoles with a fixed token, so that no request depends on the time."""
    merchant, endpoint = machine.backend.store.merchant, machine.backend.endpoint
    auth = AuthToken(merchant.consumer_key, merchant.auth_token)
    machine.backend.endpoint = lambda **how: replace(endpoint(**how), auth=auth)


def fault(
    kind: FaultKind, pattern: str = "carts.*", times: int | None = 1, seconds: float | None = None
) -> Fault:
    fault = Fault(pattern, kind, times=times)
    return fault if seconds is None else replace(fault, seconds=seconds)
