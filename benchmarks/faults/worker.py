"""One console without screens, in a process that may be killed at any moment.

Its socket carries reports of the operator's actions out, and offsets of its clock in.
"""

import asyncio
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.faults.clock import JumpingClock
from benchmarks.faults.log import OperatorLogWriter
from benchmarks.faults.operator import SimulatedOperator
from benchmarks.faults.orders import ItemGenerator
from benchmarks.faults.other_home import OtherHome
from console.config.paths import Paths
from console.config.profiles import Profile
from console.config.secret_store import SecretStore, secret_variable
from console.config.settings import LoadedSettings, load_settings
from console.ordering.customer import Customer
from console.services.endpoint_factory import CONSUMER_SECRET, ResolvedEndpoint
from console.services.events import Event, ServiceError
from console.services.operator_session import OperatorSession
from console.services.profile_connection import ProfileConnection
from console.services.settings import SettingsService
from console.services.views import PlacementStatus

CONCURRENT_ORDERS = 8
"""Orders that an operator works on at the same time."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Task of a console process.

    ``own_drafts`` are open orders that it began before a kill and did not park; ``orders`` is the number of
    orders still to begin. With ``fetch_only`` it only fetches the menu; with ``finish_only`` it begins no
    order and settles the open ones.
    """

    home: Path
    log: Path
    seed: str
    operator: str
    password: str
    secret: str
    customers: tuple[Customer, ...]
    other_home: OtherHome | None = None
    own_drafts: tuple[str, ...] = ()
    orders: int = 0
    fetch_only: bool = False
    finish_only: bool = False


class Worker:
    """A console and its simulated operator."""

    def __init__(self, assignment: Assignment, connection: socket.socket) -> None:
        self._assignment = assignment
        self._connection = connection
        self._clock = JumpingClock()
        self._random = Random(assignment.seed)
        self._operator: SimulatedOperator | None = None
        self._orders_left = assignment.orders

    async def run(self) -> None:
        """Connect to the profile, sign in and carry out the assignment."""
        reader, self._writer = await asyncio.open_connection(sock=self._connection)
        listening = asyncio.create_task(self._listen(reader))
        assignment, paths = self._assignment, Paths.under(self._assignment.home)
        # Signing in saves the last operator's name; with it in place, the settings are not written.
        loaded = LoadedSettings(
            load_settings(paths.settings_file).settings.with_values(operator=assignment.operator)
        )
        secret = secret_variable(loaded.settings.profiles[0].name, CONSUMER_SECRET)
        settings = SettingsService(
            paths=paths,
            loaded=loaded,
            secrets=SecretStore(paths.secrets_file, environ={secret: assignment.secret}),
        )
        connection = await ProfileConnection.open(
            settings,
            settings.find_profile(""),
            open_sandbox=_no_sandbox,
            publish=self._on_event,
            clock=self._clock,
        )
        try:
            session = await self._sign_in(connection)
            if assignment.fetch_only:
                await self._wait_for_fetch(session)
                return
            session.menu.cancel()
            log = OperatorLogWriter(assignment.log)
            self._operator = SimulatedOperator(
                session,
                log=log,
                items=ItemGenerator(session, (await session.menu.search("")).products),
                customers=list(assignment.customers),
                random=self._random,
                report=self._report,
                other_home=assignment.other_home,
            )
            await (self._finish if assignment.finish_only else self._serve)(session, self._operator)
            self._report("done")
            await self._writer.drain()
            if not assignment.finish_only:
                await asyncio.Event().wait()
        finally:
            listening.cancel()
            await connection.close()

    async def _serve(self, session: OperatorSession, operator: SimulatedOperator) -> None:
        own_drafts = {view.draft_id for view in session.orders.open_orders} & set(self._assignment.own_drafts)
        running = {asyncio.create_task(operator.advance(draft_id)) for draft_id in sorted(own_drafts)}
        while self._orders_left or running:
            while self._orders_left and len(running) < CONCURRENT_ORDERS:
                self._orders_left -= 1
                running.add(asyncio.create_task(operator.serve_one()))
            finished, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in finished:
                task.result()

    async def _finish(self, session: OperatorSession, operator: SimulatedOperator) -> None:
        session.orders.retry_now()
        requested = [
            v.draft_id for v in session.orders.open_orders if v.placement.state is not PlacementStatus.DRAFT
        ]
        open_drafts = [
            v.draft_id for v in session.orders.open_orders if v.placement.state is PlacementStatus.DRAFT
        ]
        await asyncio.gather(*map(operator.follow, requested), *map(operator.settle, open_drafts))
        # Search again for unresolved orders, now that the others are confirmed.
        session.orders.retry_now()
        await asyncio.sleep(1.0)
        await asyncio.gather(
            *(operator.wait_until_idle(view.draft_id) for view in session.orders.open_orders)
        )
        # A new cart may reject what the old one accepted, such as a slot that is full by now.
        await asyncio.gather(*map(operator.settle, open_drafts))
        operator.log_unfinished()

    async def _wait_for_fetch(self, session: OperatorSession) -> None:
        for _ in range(600):
            if not session.menu.is_fetching:
                return
            await asyncio.sleep(0.1)

    async def _sign_in(self, connection: ProfileConnection) -> OperatorSession:
        while True:
            with suppress(ServiceError):
                signed_in = await connection.sign_in_service.sign_in(
                    self._assignment.operator, self._assignment.password
                )
                return await connection.start_session(signed_in, signed_in.locations[0])
            await asyncio.sleep(0.3)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            self._clock.offset = float(line)

    def _report(self, message: str) -> None:
        self._writer.write(f"{message}\n".encode())

    def _on_event(self, event: Event) -> None:
        if self._operator is not None:
            self._operator.on_event(event)


def _no_sandbox(profile: Profile) -> ResolvedEndpoint:
    raise ServiceError(f"{profile.name} is not a served store.")


def work(assignment: Assignment, connection: socket.socket) -> None:
    """Run a console in this process."""
    asyncio.run(Worker(assignment, connection).run())
