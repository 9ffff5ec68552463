"""A simulated operator at a console: begins orders, changes them, parks some, has the others placed.

Used by ``fault_worker.py``. Does what a person would: believes the screen, and presses the key again.
"""

import asyncio
from collections.abc import Callable
from decimal import Decimal
from random import Random

from fault_deciding import Deciding
from fault_log import SeenLog
from fault_mending import Mending, to_mend
from fault_orders import Tastes
from fault_terms import Terms
from fault_watch import OVER, Watch, is_settled, wants_something

from console.desk.changes import Trouble
from console.desk.checkout import CASH
from console.desk.desk import Desk
from console.desk.values import (
    Activity,
    Aspect,
    LineState,
    OrderView,
    PlacingState,
)
from console.ordering.checkout import Checkout
from console.ordering.customer import Customer
from console.ordering.draft import (
    AddLine,
    EditError,
    Line,
    NameOrder,
    RemoveLine,
    ReplaceItem,
    SetCheckout,
    SetQuantity,
)

AT_ONCE, LONGER = 0.8, 0.4
"""How often the next thing at the checkout is said at once; and after how many seconds it is said else."""
THINKS = 0.05
"""Seconds between two keys, at most."""
PARKED = 0.06
WALK_IN = 0.3
REGULARS, FEW = 0.15, 3
"""How often it is one of so many customers who always have the same."""
LOOKS_FIRST = 0.6
"""How often the operator waits for the platform's total before telling it."""
DECIDES = 0.5
"""How often an operator who is asked what became of an order answers at once; else the question is left."""
PRESSES = 12
"""So often a key is pressed again before the order is left alone."""
SAYS_FIRST = 0.3
"""How often the customer says how they want it before they know all they want."""
AS_WISHED = frozenset({LineState.CONFIRMED, LineState.DIFFERS})


class SimulatedOperator:
    """Serves customers at one desk. ``say`` tells whoever started this process what was just done."""

    def __init__(
        self,
        desk: Desk,
        *,
        log: SeenLog,
        tastes: Tastes,
        customers: list[Customer],
        random: Random,
        say: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._orders = desk.orders
        self._log = log
        self._tastes = tastes
        self._customers = customers
        self._random = random
        self._say = say
        self._beginning = asyncio.Lock()
        """A person begins one order at a time."""
        self._terms = Terms(desk, random)
        self._watch = Watch(desk.orders, log)
        self._mending = Mending(desk.orders, log=log, watch=self._watch, terms=self._terms, line=self._line)
        self._deciding = Deciding(desk, log=log, watch=self._watch, random=random)
        self.heard = self._watch.heard

    async def serve_one(self) -> None:
        """Serve the next customer from the first word to the order's number."""
        if self._random.random() < REGULARS:
            await self._serve_regular()
            return
        draft_id = await self._begin(self._customers)
        self._say(f"begun {draft_id}")
        for _ in range(self._random.randint(1, 4)):
            self._orders.change(draft_id, AddLine(self._line()))
            await self._think()
        if self._random.random() < SAYS_FIRST:
            await self._arrange(draft_id)
        for _ in range(self._random.choice((0, 0, 1, 2))):
            self._change_something(draft_id)
            await self._think()
        await self.go_on(draft_id, parks=self._random.random() < PARKED)

    async def _serve_regular(self) -> None:
        """Serve one of a few customers who have the same as ever, perhaps at the other console just now."""
        draft_id = await self._begin(self._customers[:FEW], walks_in=0.0)
        self._say(f"begun {draft_id}")
        usual = Line(self._orders.new_line_id(), self._tastes.usual(self._random), 1)
        self._orders.change(draft_id, AddLine(usual))
        self._orders.change(draft_id, SetCheckout(Checkout(payment=CASH)))
        await self.go_on(draft_id)

    async def go_on(self, draft_id: str, *, parks: bool = False) -> None:
        """Bring an order that is open to its end, wherever it was left."""
        view = self._orders.view(draft_id)
        if view.placing.state is PlacingState.DRAFT:
            if view.draft.is_empty:
                self._orders.change(draft_id, AddLine(self._line()))
            if view.draft.checkout.payment is None:
                await self._arrange(draft_id)
            await self._watch.saved(draft_id)
            if parks:
                self._log.parked(draft_id)
                return
            if self._random.random() < LOOKS_FIRST:
                await self._watch.until(draft_id, lambda view: not view.pending, patience=5.0)
                await self._mending.mend(draft_id)
            await self._ask(draft_id)
        await self.follow(draft_id)

    async def follow(self, draft_id: str) -> None:
        """See an order through that is to be placed: until it is, or nobody but the platform could know."""
        for _ in range(PRESSES):
            view = await self._watch.until(draft_id, wants_something, patience=60.0)
            if view.placing.undecided and self._random.random() < DECIDES:
                await self._deciding.decide(draft_id)
                continue
            if view.placing.state in OVER or view.placing.undecided:
                break
            if view.placing.state is PlacingState.ELSEWHERE:
                return
            await asyncio.sleep(self._random.uniform(0.1, 0.5))
            await self._mending.mend(draft_id)
            await self._ask(draft_id)
        view = self._orders.view(draft_id)
        if view.placing.state is PlacingState.PLACED:
            self._log.placed(draft_id, view.placing.order_id)
            self._say(f"placed {draft_id}")

    def rests(self) -> None:
        """Write down what is open still, and why."""
        for view in self._orders.all:
            asks = view.placing.state is not PlacingState.DRAFT
            why = (view.placing.sentence or view.problem or view.placing.state.value) if asks else ""
            total = view.totals.total if view.totals is not None and not view.pending else None
            self._log.rests(view.draft_id, undecided=view.placing.undecided, why=why, total=total)

    async def settled(self, draft_id: str) -> None:
        """See to it that the platform's cart is as the order, without what it does not take."""
        for _ in range(PRESSES):
            await self._watch.until(draft_id, is_settled, patience=60.0)
            if not await self._mending.mend(draft_id):
                return

    async def looked(self, draft_id: str) -> None:
        """Wait until nothing is being done for it any more."""
        await self._watch.until(draft_id, lambda view: view.activity is not Activity.SENDING, patience=20.0)

    async def _begin(self, customers: list[Customer], *, walks_in: float = WALK_IN) -> str:
        async with self._beginning:
            taken = {view.customer.user_id for view in self._orders.all if view.customer}
            free = [customer for customer in customers if customer.user_id not in taken]
            walk_in = not free or self._random.random() < walks_in
            draft_id = await self._orders.start(None if walk_in else self._random.choice(free))
            self._log.begun(draft_id)
            return draft_id

    async def _ask(self, draft_id: str) -> None:
        """Tell the customer the total that the screen shows, and press the key, unless it shows a refusal.

        An address that is refused must stop the order by itself.
        """
        view = self._orders.view(draft_id)
        if to_mend(view) - {Aspect.ADDRESS}:
            return
        told = _total(view)
        self._log.tells(draft_id, told)
        try:
            await self._orders.place(draft_id, told, view)
        except Trouble:
            # As a person would: something else was pressed, and the screen shows the order as it is kept.
            self._touch(draft_id)
            await asyncio.sleep(0.2)
            return
        self._log.asked(draft_id)
        self._say(f"asked {draft_id}")

    async def _arrange(self, draft_id: str) -> None:
        """Ask how the customer wants it, and note one thing after the other."""
        for checkout in await self._terms.drawn(self._orders.view(draft_id)):
            self._orders.change(draft_id, SetCheckout(checkout))
            await (self._think() if self._random.random() < AT_ONCE else asyncio.sleep(LONGER))

    def _touch(self, draft_id: str) -> None:
        try:
            self._orders.change(draft_id, NameOrder(f"again {self._random.randint(0, 999)}"))
        except EditError:
            return

    def _change_something(self, draft_id: str) -> None:
        line = self._random.choice(self._orders.view(draft_id).draft.lines)
        roll = self._random.random()
        if roll < 0.5:
            self._orders.change(draft_id, SetQuantity(line.line_id, self._random.randint(1, 6)))
        elif roll < 0.75:
            self._orders.change(draft_id, ReplaceItem(line.line_id, self._tastes.item(self._random)))
        else:
            self._orders.change(draft_id, AddLine(self._line()))
            self._orders.change(draft_id, RemoveLine(line.line_id))

    def _line(self) -> Line:
        quantity = self._random.choice((1, 1, 1, 2, 3))
        return Line(self._orders.new_line_id(), self._tastes.item(self._random), quantity)

    async def _think(self) -> None:
        await asyncio.sleep(self._random.uniform(0.0, THINKS))


def _total(view: OrderView) -> Decimal:
    """What the platform says it costs, once it has all of it as it was wished; else the estimate."""
    if view.totals is not None and all(fact.state in AS_WISHED for fact in view.facts) and not view.strange:
        return view.totals.total
    return view.estimate
