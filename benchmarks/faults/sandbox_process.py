"""A sandbox store served by a process of its own, and its control endpoint.

Used by ``fault_run.py``.
"""

import asyncio
import json
import sys
import urllib.request
from collections.abc import Mapping, Sequence
from typing import cast

from benchmarks.faults.plan import REFERENCE, RunPlan
from console.sandbox.store import Store

Json = dict[str, object]
PLENTY = 1_000_000


class ServedStore:
    """The store of one run. Make it with ``start``; end it with ``stop``."""

    def __init__(self, process: asyncio.subprocess.Process, description: Json) -> None:
        self._process = process
        self.description = description
        """What it says of itself: address, keys, customers."""

    @classmethod
    async def start(cls, plan: RunPlan) -> "ServedStore":
        """Serve a store in memory that never runs out of anything and strikes nobody yet."""
        owner = "customer" if plan.carts_are_customers else "token"
        command = ("-m", "console.cli", "sandbox", "serve", "--port", "0", "--json", "--cart-owner", owner)
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, "--seed", str(plan.seed), stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        store = cls(process, json.loads(await process.stdout.readline()))
        attributes = [REFERENCE] if plan.with_reference else []
        await store.switch(stock_changes=plentiful_stock(), order_attributes=attributes, group_data=True)
        return store

    async def stop(self) -> None:
        """End it, and everything it knows."""
        self._process.terminate()
        await self._process.wait()

    async def switch(self, **switches: object) -> None:
        """Have it behave like this from now on."""
        await self._ask("/sandbox/switches", switches)

    async def expire(self) -> None:
        """Let every session expire, walk-ins' too."""
        await self._ask("/sandbox/expire", {"anonymous": True})

    async def fault_counts(self) -> Mapping[str, int]:
        """How often a fault of each kind has struck."""
        return cast("dict[str, int]", await self._ask("/sandbox/faults"))

    async def orders(self) -> Sequence[Json]:
        """Its record of the orders."""
        return cast("list[Json]", await self._ask("/sandbox/orders"))

    async def carts(self) -> Sequence[Json]:
        """Its record of the carts, the oldest first."""
        return cast("list[Json]", await self._ask("/sandbox/carts"))

    async def _ask(self, path: str, body: object = None) -> object:
        url = f"{self.description['base_url']}{path}"
        data = None if body is None else json.dumps(body).encode()

        def ask() -> object:
            with urllib.request.urlopen(urllib.request.Request(url, data), timeout=60) as answer:  # noqa: S310
                return json.load(answer)

        return await asyncio.to_thread(ask)


_STOCK: dict[str, int] = {}


def plentiful_stock() -> Mapping[str, int]:
    """Plenty of every product and variant, as the control endpoint takes it."""
    if not _STOCK:
        store = Store.open(None, seed=1)
        _STOCK.update(dict.fromkeys(map(str, _ids(store)), PLENTY))
        store.close()
    return _STOCK


def _ids(store: Store) -> set[int]:
    menu = store.menu
    return {*menu.products, *menu.by_variant}
