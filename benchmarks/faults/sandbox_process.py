"""Serve a sandbox store from a process of its own and call its control endpoint."""

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
    """Sandbox store of one run. Create it with ``start`` and end it with ``stop``."""

    def __init__(self, process: asyncio.subprocess.Process, description: Json) -> None:
        self._process = process
        self.description = description
        """Description printed by the store: address, keys, customers."""

    @classmethod
    async def start(cls, plan: RunPlan) -> "ServedStore":
        """Serve a store in memory with plentiful stock of most products and no faults yet."""
        owner = "customer" if plan.carts_are_customers else "token"
        command = ("-m", "console.cli", "sandbox", "serve", "--port", "0", "--json", "--cart-owner", owner)
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, "--seed", str(plan.seed), stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        store = cls(process, json.loads(await process.stdout.readline()))
        attributes = [REFERENCE] if plan.with_reference else []
        await store.switch(
            stock_changes={**plentiful_stock(), **plan.oddities.stock()},
            order_attributes=attributes,
            reference_attribute=REFERENCE if plan.maps_reference else "",
            group_data=True,
            **plan.oddities.switches(),
        )
        return store

    async def stop(self) -> None:
        """End the process and with it the store's data."""
        self._process.terminate()
        await self._process.wait()

    async def switch(self, **switches: object) -> None:
        """Set switches of the store."""
        await self._call("/sandbox/switches", switches)

    async def expire(self) -> None:
        """Expire every session, including those of walk-ins."""
        await self._call("/sandbox/expire", {"anonymous": True})

    async def fault_counts(self) -> Mapping[str, int]:
        """Read the number of injected faults by kind."""
        return cast("dict[str, int]", await self._call("/sandbox/faults"))

    async def orders(self) -> Sequence[Json]:
        """Read the store's record of its orders."""
        return cast("list[Json]", await self._call("/sandbox/orders"))

    async def placing_attempts(self) -> Sequence[Json]:
        """Read the requests to place an order, oldest first, with the refusals that arrived."""
        return cast("list[Json]", await self._call("/sandbox/placings"))

    async def carts(self) -> Sequence[Json]:
        """Read the store's record of its carts, oldest first."""
        return cast("list[Json]", await self._call("/sandbox/carts"))

    async def _call(self, path: str, body: object = None) -> object:
        url = f"{self.description['base_url']}{path}"
        data = None if body is None else json.dumps(body).encode()

        headers = {"Content-Type": "application/json"}

        def call() -> object:
            # The address is the one that the served store printed, always http.
            request = urllib.request.Request(url, data, headers)  # noqa: S310
            with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
                return json.load(response)

        return await asyncio.to_thread(call)


_STOCK: dict[str, int] = {}


def plentiful_stock() -> Mapping[str, int]:
    """Return a large stock of every product and variant, in the format of the control endpoint."""
    if not _STOCK:
        store = Store.open(None, seed=1)
        _STOCK.update(dict.fromkeys(map(str, _ids(store)), PLENTY))
        store.close()
    return _STOCK


def _ids(store: Store) -> set[int]:
    menu = store.menu
    return {*menu.products, *menu.by_variant}
