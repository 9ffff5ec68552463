"""One run: a served store, two consoles in one home or in two, the faults, and the final check.

The consoles are processes that are killed by SIGKILL and started again on the same files.
"""

import asyncio
import math
import shutil
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import cast

from benchmarks.faults.check import Verdict, check
from benchmarks.faults.console_process import KILLED, ConsoleProcess
from benchmarks.faults.log import OperatorLog
from benchmarks.faults.other_home import OtherHome
from benchmarks.faults.placing_requests import PlacingRequests
from benchmarks.faults.plan import (
    CONSOLES,
    EXPIRES_EVERY,
    JUMPS_EVERY,
    LATE_SECONDS,
    LATER_SECONDS,
    MAX_JUMP,
    PASSWORDS,
    REFERENCE,
    REFERENCE_FIELD,
    SETTLE_SECONDS,
    SOON_SECONDS,
    RunPlan,
)
from benchmarks.faults.sandbox_process import Json, ServedStore
from benchmarks.faults.worker import Assignment
from console.api.client import ApiClient
from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.config.paths import Paths
from console.config.profiles import (
    AuthSettings,
    CartSettings,
    PlacingSettings,
    PlatformCartOwner,
    Profile,
    ProfileKind,
)
from console.config.settings import Settings, save_settings
from console.ordering.customer import Customer
from console.sandbox.self_description import WALK_IN
from console.services.limited_concurrency import for_each_limited

PROFILE = "Served"
PATIENCE = 90.0
"""Seconds without a report after which a console counts as finished."""
MAX_FAILURES = 20
"""Number of failed consoles above which a run gives up."""
FINISH_SECONDS = 120.0
"""Seconds in which every order must settle once no fault strikes any more."""


@dataclass(slots=True)
class Outcome:
    """Result of a run: the verdict, and the number of faults, kills, restarts and clock jumps."""

    plan: RunPlan
    verdict: Verdict
    fault_counts: Counter[str] = field(default_factory=Counter[str])
    kills: int = 0
    jumps: int = 0
    restarts: int = 0
    failures: list[str] = field(default_factory=list[str])
    """Consoles that ended without being killed, or never settled."""


@dataclass(frozen=True, slots=True)
class MenuCache:
    """Saved menu that the first run fetches for all runs."""

    folder: Path
    fetch_lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Run:
    """One run in a folder of its own."""

    def __init__(self, plan: RunPlan, folder: Path, menu: MenuCache) -> None:
        self._plan = plan
        self._folder = folder
        self._menu = menu
        self._claims = folder / "claims"
        self._homes = [Paths.under(folder / f"home-{number}") for number in range(plan.homes)]
        # The text is part of the seed: another text makes every run another run.
        self._random = Random(f"befalls {plan.seed}")
        self._customers: tuple[Customer, ...] = ()
        self._secret = ""
        self._jumps = self._restarts = 0
        self._killed_at: list[float] = []
        self._failures: list[str] = []

    async def run(self) -> Outcome:
        """Run the consoles under faults, let every order settle, and check the result."""
        self._folder.mkdir(parents=True)
        store = await ServedStore.start(self._plan)
        try:
            await self._prepare(store)
            await store.switch(faults=self._plan.faults())
            expiry_task = asyncio.create_task(self._expire(store))
            await asyncio.gather(*(self._run_console(number) for number in range(CONSOLES)))
            expiry_task.cancel()
            fault_counts = await store.fault_counts()
            await store.switch(faults=[])
            await asyncio.sleep(LATE_SECONDS * 2)
            first_cart_count = len(await store.carts())
            for home in range(self._plan.homes):
                await self._finish(home)
            verdict = await check(
                self._plan,
                [paths.drafts_file for paths in self._homes],
                OperatorLog.read(*sorted(self._folder.glob("log-*"))),
                orders=await store.orders(),
                requests=PlacingRequests(await store.placing_attempts(), tuple(self._killed_at)),
                carts=self._carts_of_orders(await store.carts(), first_cart_count),
            )
        finally:
            await store.stop()
        return Outcome(
            self._plan,
            verdict,
            Counter(dict(fault_counts)),
            kills=len(self._killed_at),
            jumps=self._jumps,
            restarts=self._restarts,
            failures=self._failures,
        )

    async def _finish(self, home: int) -> None:
        """Let every order of a home settle, for each operator who works there."""
        operators = (self._plan.operators[home],) if self._plan.two_homes else self._plan.operators
        for number, operator in enumerate(dict.fromkeys(operators)):
            name = f"finish{home}{number} 0"
            await self._run_to_end(self._assignment(operator, name, home, finish_only=True))

    def _carts_of_orders(self, carts: Sequence[Json], first_cart_count: int) -> list[Json]:
        """Return the carts that may hold an open order.

        These are the carts of customers if the platform saves them, and every cart made
        since the faults ended.
        """
        are_saved = self._plan.carts_are_customers
        return [
            cart
            for index, cart in enumerate(carts)
            if index >= first_cart_count or (are_saved and cart["customer"] != WALK_IN)
        ]

    async def _prepare(self, store: ServedStore) -> None:
        """Save the settings and the menu on the machine, and find the store's customers."""
        description = store.description
        self._secret = str(description["consumer_secret"])
        profile = Profile(
            name=PROFILE,
            kind=ProfileKind.PLATFORM,
            host=str(description["base_url"]),
            merchant_id=str(description["merchant_id"]),
            auth=AuthSettings(public_key=str(description["consumer_key"])),
            cart=CartSettings(
                owner=PlatformCartOwner.CUSTOMER
                if self._plan.carts_are_customers
                else PlatformCartOwner.TOKEN
            ),
            placing=PlacingSettings(
                settle_seconds=SETTLE_SECONDS,
                reference_field_id=REFERENCE_FIELD if self._plan.with_reference else 0,
                reference_field=REFERENCE if self._plan.with_reference else "",
                sole_console=not self._plan.two_homes,
            ),
        )
        for paths in self._homes:
            paths.config.mkdir(parents=True)
            save_settings(paths.settings_file, Settings(profiles=(profile,)))
        self._claims.mkdir()
        self._customers = await _customers(description, self._plan.customers)
        async with self._menu.fetch_lock:
            if not self._menu.folder.exists():
                await self._run_to_end(
                    self._assignment(self._plan.operators[0], "prepare", 0, fetch_only=True)
                )
                shutil.copytree(self._homes[0].cache, self._menu.folder)
        for paths in self._homes:
            shutil.copytree(self._menu.folder, paths.cache, dirs_exist_ok=True)

    def _customers_of(self, console_name: str) -> tuple[Customer, ...]:
        """Return the customers of a console.

        If a cart belongs to its customer, two consoles must not fill it at once.
        """
        number = console_name.partition(" ")[0]
        if not self._plan.carts_are_customers or not number.isdigit():
            return self._customers
        return self._customers[int(number) :: CONSOLES]

    def _assignment(
        self,
        operator: str,
        console_name: str,
        home: int,
        *,
        own_drafts: tuple[str, ...] = (),
        orders: int = 0,
        fetch_only: bool = False,
        finish_only: bool = False,
    ) -> Assignment:
        return Assignment(
            home=self._folder / f"home-{home}",
            other_home=OtherHome(self._homes[1 - home].drafts_file, self._claims)
            if self._plan.two_homes
            else None,
            log=self._folder / f"log-{console_name.partition(' ')[0]}.jsonl",
            seed=f"{self._plan.seed} {console_name}",
            operator=operator,
            password=PASSWORDS[operator],
            secret=self._secret,
            customers=self._customers_of(console_name),
            own_drafts=own_drafts,
            orders=orders,
            fetch_only=fetch_only,
            finish_only=finish_only,
        )

    async def _run_to_end(self, assignment: Assignment) -> None:
        """Run a console until it ends by itself."""
        console = await ConsoleProcess.start(assignment)
        try:
            async with asyncio.timeout(FINISH_SECONDS):
                while await console.read_report():
                    pass
                code = await console.wait_ended()
            if code:
                self._failures.append(f"a console ended by itself with {code}")
        except TimeoutError:
            self._failures.append("a console did not settle its orders")
        finally:
            await console.kill()

    async def _expire(self, store: ServedStore) -> None:
        while True:
            await asyncio.sleep(self._random.expovariate(1 / EXPIRES_EVERY))
            await store.expire()

    async def _run_console(self, number: int) -> None:
        """Start a console again after each kill, until it has begun and followed all its orders."""
        operator, restart = self._plan.operators[number], 0
        random = Random(f"{self._plan.seed} console {number}")
        while True:
            log = OperatorLog.read(self._folder / f"log-{number}.jsonl")
            finished = {*log.parked, *log.placed}
            own_drafts = tuple(draft_id for draft_id in log.begun if draft_id not in finished)
            orders = max(0, self._plan.orders_of(number) - len(log.begun))
            console = await ConsoleProcess.start(
                self._assignment(
                    operator,
                    f"{number} {restart}",
                    self._plan.home_of(number),
                    own_drafts=own_drafts,
                    orders=orders,
                )
            )
            try:
                is_done = await self._run_until_killed(console, random)
            finally:
                killed_at = time.time()
                code = await console.kill()
            if code == KILLED:
                self._killed_at.append(killed_at)
            else:
                self._failures.append(f"console {number} ended by itself with {code}")
            if is_done or len(self._failures) > MAX_FAILURES:
                return
            self._restarts += 1
            restart += 1

    async def _run_until_killed(self, console: ConsoleProcess, random: Random) -> bool:
        """Follow a console until it is to be killed; return True if it is done or silent for too long."""
        now = asyncio.get_running_loop().time
        orders, kill_at = self._plan.orders_before_kill(random), math.inf
        jump_at = now() + random.expovariate(1 / JUMPS_EVERY)
        last_report_at = now()
        while now() < kill_at and now() - last_report_at < PATIENCE:
            if now() >= jump_at:
                jump_at = now() + random.expovariate(1 / JUMPS_EVERY)
                self._jumps += 1
                console.set_clock_offset(random.uniform(-MAX_JUMP, MAX_JUMP))
            try:
                async with asyncio.timeout(max(min(kill_at, jump_at) - now(), 0.001)):
                    report = await console.read_report()
            except TimeoutError:
                continue
            last_report_at = now()
            if report in ("", "done"):
                return bool(report)
            orders -= report.startswith("requested")
            if not orders and kill_at == math.inf:
                kill_at = now() + random.uniform(0, random.choice((SOON_SECONDS, LATER_SECONDS)))
        return now() - last_report_at >= PATIENCE


async def _customers(description: Mapping[str, object], count: int) -> tuple[Customer, ...]:
    """Read the customers of the store from the platform."""
    auth = OAuth1(str(description["consumer_key"]), str(description["consumer_secret"]))
    api = ApiClient(Endpoint(str(description["base_url"]), str(description["merchant_id"]), auth))
    names = cast("list[str]", description["customers"])[:count]
    customers: list[Customer] = []

    async def find(name: str) -> None:
        records = await api.customers.search(user_name=name)
        customers.extend(
            Customer(record.user_id, name, record.first_name, record.last_name)
            for record in records
            if record.user_name == name
        )

    try:
        await for_each_limited(names, find)
    finally:
        await api.aclose()
    return tuple(sorted(customers, key=lambda customer: customer.user_id))
