"""Take 500 orders in one console and fail where memory, tasks, timers or jobs grow with them.

Run: ``python -m benchmarks.shift``. It needs Linux. The console is the real one, driven by keys without a
terminal; its sandbox store is served by a process of its own, so that only the console is measured.
"""

import argparse
import asyncio
import gc
import json
import sys
import tempfile
import time
import tracemalloc
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.timer import Timer

from benchmarks.faults.sandbox_process import plentiful_stock
from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.app import ConnectProfile, ConsoleApp
from console.config.paths import Paths
from console.config.startup_settings import StartupSettings
from console.services.endpoint_factory import ResolvedEndpoint
from console.services.events import DemoCredentials, Event
from console.services.startup import ConnectResult, connect
from console.sync.order_task import OrderTask

MEGABYTE = 1e6
SETTLED_AFTER = 20
"""Orders after which caches are filled, and the first figures are taken."""
MAX_GROWTH = 10.0
"""Megabytes that memory may grow from then on."""
SLACK = 3
"""Objects of a kind that may be on their way when they are counted."""
LOOK_SECONDS = 0.02
"""Seconds between two looks at the screen."""
PATIENCE = 60.0
"""Seconds until what is waited for on the screen does not come any more."""
SETTINGS = 'debounce_ms = 0\n\n[[profiles]]\nname = "Sandbox store"\nkind = "sandbox"\n'


@dataclass(frozen=True, slots=True)
class Figures:
    """Memory in megabytes and counts of what must not pile up."""

    resident: float
    traced: float
    tasks: int
    timers: int
    screens: int
    order_tasks: int
    jobs: tuple[str, ...]
    """Names of the tasks that work on an order."""

    def row(self, orders: int) -> str:
        """Format as a row of the table."""
        counts = f"{self.tasks:>7}{self.timers:>8}{self.screens:>9}{self.order_tasks:>13}{len(self.jobs):>6}"
        return f"{orders:>6}{self.resident:>11.1f}{self.traced:>11.1f}{counts}"


HEAD = "orders    RSS, MB traced, MB  tasks  timers  screens order states  jobs"


def measure() -> Figures:
    """Collect garbage and take the figures of this process."""
    gc.collect()
    found = gc.get_objects()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    tasks = [task for task in asyncio.all_tasks() if not task.done()]
    names = [task.get_name() for task in tasks]
    return Figures(
        resident=pages * 4096 / MEGABYTE,
        traced=tracemalloc.get_traced_memory()[0] / MEGABYTE,
        tasks=len(tasks),
        timers=sum(isinstance(one, Timer) for one in found),
        screens=sum(isinstance(one, Screen) for one in found),
        order_tasks=sum(isinstance(one, OrderTask) for one in found),
        jobs=tuple(name for name in names if " order " in name),
    )


def growth(first: Figures, last: Figures) -> list[str]:
    """Return what has grown, as sentences."""
    problems = [
        f"{name} grew by {after - before:.1f} MB"
        for name, before, after in (
            ("resident memory", first.resident, last.resident),
            ("traced memory", first.traced, last.traced),
        )
        if after - before > MAX_GROWTH
    ]
    problems += [
        f"{after - before} more {name}"
        for name, before, after in (
            ("tasks", first.tasks, last.tasks),
            ("timers", first.timers, last.timers),
            ("screens", first.screens, last.screens),
            ("order states", first.order_tasks, last.order_tasks),
        )
        if after - before > SLACK
    ]
    return problems + [f"still running: {name}" for name in last.jobs]


class Operator:
    """Somebody at the keys, who looks before each key."""

    def __init__(self, app: ConsoleApp, pilot: Pilot[None]) -> None:
        self._app = app
        self._pilot = pilot

    @property
    def screen(self) -> str:
        """What the terminal shows."""
        strips = self._app.screen._compositor.render_strips(self._app.size)
        return "\n".join(strip.text for strip in strips)

    async def see(self, *texts: str) -> None:
        """Wait until all of these are on the screen."""
        await self._until(lambda: all(text in self.screen for text in texts), f"{texts}")

    async def _until(self, condition: Callable[[], bool], what: str) -> None:
        for _ in range(int(PATIENCE / LOOK_SECONDS)):
            if condition():
                return
            await asyncio.sleep(LOOK_SECONDS)
        raise TimeoutError(f"{what} did not come; the screen shows:\n{self.screen}")

    async def press(self, keys: str, *marks: str) -> None:
        """Press keys one after the other, then wait for marks."""
        await self._put(keys.split(), marks)

    async def type(self, text: str, *marks: str) -> None:
        """Type a text, then wait for marks."""
        await self._put(list(text), marks)

    async def _put(self, keys: list[str], marks: tuple[str, ...]) -> None:
        for key in keys:
            character = key if len(key) == 1 else None
            self._app.post_message(Key(_character_to_key(key) if character else key, character))
        await self._pilot.pause()
        await self.see(*marks)

    async def sign_in(self) -> None:
        """Sign in as the demonstration operator and wait for the whole menu."""
        await self.see("F2 fills in")
        await self.press("f2 enter", "Customer ", "F3 New")
        await self.press("f2", "for Walk-in", "Chicken Supreme")
        await self._until(lambda: " of 68" not in self.screen, "the menu")
        await self.press("escape", "F3 New")

    async def walk_in(self) -> None:
        """Begin a walk-in's order with garlic bread."""
        await self.press("f2", "for Walk-in")
        await self.type("garlic bread")
        await self.press("enter", "Added ")

    async def customer(self) -> None:
        """Begin a customer's order with a pizza, typed in one line."""
        await self.type("tom.sawyer", "tom.sawyer@")
        await self.press("enter", "for Tom Sawyer")
        await self.press("semicolon", "Complete")
        await self.type("l pan chicken supreme +olives:l", "Enter adds it")
        await self.press("enter", "Chicken Supreme")

    async def look_around(self) -> None:
        """Open the quick order, the keys page and the outbox, and leave each."""
        await self.press("f1", "Keys:")
        await self.press("escape", "for ")
        await self.press("f3", "F5 Refresh")
        await self.press("escape", "for ")

    async def place(self) -> None:
        """Check out, place, look at the ticket and go to the next customer."""
        await self.see("✓")
        await self.press("f10", "Pickup at")
        await self.press("f10", "Place for")
        await self.press("enter", "Order sent to the store.")
        await self.press("t", "F7 ")
        await self.press("escape", "Order sent to the store.")
        await self.press("enter", "Customer ", "F3 New")

    async def past_orders(self) -> None:
        """Look at the past orders of the day and at the outbox."""
        await self.press("f5", "Today at")
        await self.press("escape", "F3 New")
        await self.press("f6", "F8 Take over")
        await self.press("escape", "F3 New")


async def take_orders(operator: Operator, orders: int, settled_after: int) -> list[str]:
    """Take orders and print the figures on the way; return what has grown."""
    print(HEAD, flush=True)
    first = measure()
    for number in range(1, orders + 1):
        await (operator.customer() if number % 3 == 0 else operator.walk_in())
        if number % 5 == 0:
            await operator.look_around()
        await operator.place()
        if number % 4 == 0:
            await operator.past_orders()
        if number % 50 == 0 or number in (settled_after, orders):
            figures = measure()
            print(figures.row(number), flush=True)
            first = figures if number == settled_after else first
    return growth(first, measure())


def fill_the_shelves(base_url: str) -> None:
    """Set a stock that lasts for the shift."""
    data = json.dumps({"stock_changes": plentiful_stock()}).encode()
    request = urllib.request.Request(  # noqa: S310  # the address is the one that the served store printed
        f"{base_url}/sandbox/switches", data, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310  # as above
        response.read()


@asynccontextmanager
async def served_store() -> AsyncIterator[dict[str, str]]:
    """Serve a sandbox store from a process of its own; its address and keys."""
    command = ("-m", "console.cli", "sandbox", "serve", "--port", "0", "--json")
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        store = cast("dict[str, str]", json.loads(await process.stdout.readline()))
        await asyncio.to_thread(fill_the_shelves, store["base_url"])
        yield store
    finally:
        process.terminate()
        await process.wait()


def connector(home: Path, store: dict[str, str]) -> ConnectProfile:
    """Return what connects the application to the served store, over HTTP."""
    paths = Paths.under(home)
    paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    paths.settings_file.write_text(SETTINGS)
    endpoint = ResolvedEndpoint(
        Endpoint(
            base_url=store["base_url"],
            merchant_id=store["merchant_id"],
            auth=OAuth1(store["consumer_key"], store["consumer_secret"]),
        ),
        DemoCredentials("layla@sandbox.example", "counter-1"),
    )

    async def connect_profile(publish: Callable[[Event], None], profile: str) -> ConnectResult:
        return await connect(
            paths=paths, profile=profile, open_sandbox=lambda _profile: endpoint, publish=publish
        )

    return connect_profile


async def run(orders: int, settled_after: int) -> list[str]:
    """Take the orders in a console of its own; return what has grown."""
    async with served_store() as store:
        with tempfile.TemporaryDirectory() as home:
            connect_profile = connector(Path(home), store)
            app = ConsoleApp(StartupSettings(), connect_profile, save_crash_report=lambda account: account)
            try:
                async with app.run_test(size=(80, 24)) as pilot:
                    operator = Operator(app, pilot)
                    await operator.sign_in()
                    return await take_orders(operator, orders, settled_after)
            finally:
                with suppress(asyncio.CancelledError):
                    await app.close()


def main() -> int:
    """Take the orders; return 1 if something has grown."""
    parser = argparse.ArgumentParser(description="Take the orders of a shift and watch memory and tasks.")
    parser.add_argument("--orders", type=int, default=500)
    parser.add_argument("--settled-after", type=int, default=SETTLED_AFTER)
    parser.add_argument("--untraced", action="store_true", help="no tracemalloc: twice as fast")
    arguments = parser.parse_args()
    if not arguments.untraced:
        tracemalloc.start()
    began = time.monotonic()
    problems = asyncio.run(run(arguments.orders, arguments.settled_after))
    print(f"{arguments.orders} orders in {time.monotonic() - began:.0f} s", *problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
