"""One console without screens, in a process of its own that may be killed at any moment.

Started by ``fault_run.py``. It says over its socket what was done, and is told by how much its clock is off.
"""

import asyncio
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from fault_clock import JumpingTimer
from fault_log import SeenLog
from fault_operator import SimulatedOperator
from fault_orders import Tastes

from console.desk.changes import Change, Trouble
from console.desk.connection import CONSUMER_SECRET, Connected
from console.desk.desk import Desk
from console.desk.door import Door
from console.desk.values import PlacingState
from console.ordering.customer import Customer
from console.paths import Paths
from console.profiles import Profile
from console.secrets import SecretStore, variable
from console.settings import load

AT_ONCE = 8
"""So many customers are served at the same time."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a console is to do. ``mine`` are the open orders its earlier lives began and did not park.

    ``orders`` is how many are still to be begun. ``fetches`` lets it fetch the menu, and nothing else.
    ``finishes`` lets it begin nothing, and bring everything to rest that is open.
    """

    home: Path
    log: Path
    seed: str
    operator: str
    password: str
    secret: str
    customers: tuple[Customer, ...]
    mine: tuple[str, ...] = ()
    orders: int = 0
    fetches: bool = False
    finishes: bool = False


class Worker:
    """The console and its operator."""

    def __init__(self, assignment: Assignment, line: socket.socket) -> None:
        self._assignment = assignment
        self._line = line
        self._timer = JumpingTimer()
        self._random = Random(assignment.seed)
        self._operator: SimulatedOperator | None = None
        self._left = assignment.orders

    async def run(self) -> None:
        """Open the door, sign in, and do what is to be done."""
        reader, self._writer = await asyncio.open_connection(sock=self._line)
        listening = asyncio.create_task(self._listen(reader))
        assignment, paths = self._assignment, Paths.below(self._assignment.home)
        settings = load(paths.settings_file).settings
        secret = variable(settings.active.name, CONSUMER_SECRET)
        door = await Door.open(
            paths=paths,
            settings=settings,
            secrets=SecretStore(paths.secrets_file, environ={secret: assignment.secret}),
            open_box=_no_box,
            remember_name=_remember_nothing,
            tell=self._heard,
            timer=self._timer,
        )
        try:
            desk = await self._signed_in(door)
            if assignment.fetches:
                await self._fetched(desk)
                return
            desk.menu.cancel()
            log = SeenLog(assignment.log)
            self._operator = SimulatedOperator(
                desk,
                log=log,
                tastes=Tastes(desk, await desk.menu.search("")),
                customers=list(assignment.customers),
                random=self._random,
                say=self._say,
            )
            await (self._finish if assignment.finishes else self._serve)(desk, self._operator)
            self._say("done")
            await self._writer.drain()
            if not assignment.finishes:
                await asyncio.Event().wait()
        finally:
            listening.cancel()
            await door.close()

    async def _serve(self, desk: Desk, operator: SimulatedOperator) -> None:
        mine = {view.draft_id for view in desk.orders.all} & set(self._assignment.mine)
        under_way = {asyncio.create_task(operator.go_on(draft_id)) for draft_id in sorted(mine)}
        while self._left or under_way:
            while self._left and len(under_way) < AT_ONCE:
                self._left -= 1
                under_way.add(asyncio.create_task(operator.serve_one()))
            over, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            for task in over:
                task.result()

    async def _finish(self, desk: Desk, operator: SimulatedOperator) -> None:
        desk.orders.try_again()
        to_place = [v.draft_id for v in desk.orders.all if v.placing.state is not PlacingState.DRAFT]
        others = [v.draft_id for v in desk.orders.all if v.placing.state is PlacingState.DRAFT]
        await asyncio.gather(*map(operator.follow, to_place), *map(operator.settled, others))
        # What is asked about is looked for once more, now that the others are proved.
        desk.orders.try_again()
        await asyncio.sleep(1.0)
        await asyncio.gather(*(operator.looked(view.draft_id) for view in desk.orders.all))
        # A cart that was made anew may not take what the one before it had: a slot is full by now.
        await asyncio.gather(*map(operator.settled, others))
        operator.rests()

    async def _fetched(self, desk: Desk) -> None:
        for _ in range(600):
            if not desk.menu.fetches:
                return
            await asyncio.sleep(0.1)

    async def _signed_in(self, door: Door) -> Desk:
        while True:
            with suppress(Trouble):
                offer = await door.operators.sign_in(self._assignment.operator, self._assignment.password)
                return await door.enter(offer, offer.locations[0])
            await asyncio.sleep(0.3)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            self._timer.off = float(line)

    def _say(self, what: str) -> None:
        self._writer.write(f"{what}\n".encode())

    def _heard(self, change: Change) -> None:
        if self._operator is not None:
            self._operator.heard(change)


def _no_box(profile: Profile) -> Connected:
    raise Trouble(f"{profile.name} is no store that is served.")


async def _remember_nothing(_user_name: str) -> None:
    """The run knows who signs in."""


def work(assignment: Assignment, line: socket.socket) -> None:
    """What the process does."""
    asyncio.run(Worker(assignment, line).run())
