"""Measure a served sandbox store under load: operators sign in, find customers and fill carts.

Run: ``python -m benchmarks.operators [--operators 50] [--rounds 5]``. It uses only this machine.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import TypeVar

from pydantic import SecretStr

from console.api.carts.requests import CartItemRequest, WireDeliveryMode
from console.api.client import ApiClient
from console.api.errors import PlatformError
from console.api.products.models import ProductSearch
from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint

Response = TypeVar("Response")
COMMAND = str(Path(sys.executable).with_name("store-console"))


@dataclass
class Tally:
    """Seconds of each call by operation, and the number of errors by cause."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)

    async def time(self, name: str, call: Callable[[], Awaitable[Response]]) -> Response | None:
        """Make one call and record its duration, and its error if it fails."""
        since = time.perf_counter()
        try:
            return await call()
        except PlatformError as error:
            self.errors[f"{name}: {type(error).__name__}"] += 1
            return None
        finally:
            self.seconds.setdefault(name, []).append(time.perf_counter() - since)


async def operator(store: dict[str, object], number: int, rounds: int, tally: Tally) -> None:
    """Simulate one operator with an API client of their own."""
    random = Random(number)
    auth = OAuth1(str(store["consumer_key"]), str(store["consumer_secret"]))
    api = ApiClient(Endpoint(str(store["base_url"]), str(store["merchant_id"]), auth), random=random)
    location = int(str(store["location_id"]))
    accounts = store["operators"]
    assert isinstance(accounts, list)
    account = accounts[0]
    try:
        name, password = account["username"], SecretStr(account["password"])
        await tally.time("sign in", lambda: api.customers.agent_login(user_name=name, password=password))
        ids = await api.products.search(ProductSearch(page_size=50))
        plain = [p for p in await api.products.multiple(product_ids=ids) if not p.is_parent]
        for _ in range(rounds):
            digits = str(random.randint(100, 999))
            await tally.time("find a customer", lambda d=digits: api.customers.search(mobile=d))
            token = await tally.time("begin a session", api.customers.access_token)
            if token is None:
                continue
            key = token.access_token
            for product in random.sample(plain, 3):
                item = CartItemRequest(product.product_id, location)
                await tally.time(
                    "add to the cart",
                    lambda i=item, k=key: api.carts.add_items(
                        token=k, items=[i], delivery_mode=WireDeliveryMode.PICKUP
                    ),
                )
            await tally.time("read the cart", lambda k=key: api.carts.by_token(token=k))
            await tally.time("end the session", lambda k=key: api.customers.logout(token=k))
    finally:
        await api.aclose()


def report(tally: Tally, operators: int, elapsed: float) -> str:
    """Format a table of milliseconds by operation and the errors by cause."""
    lines = [f"{'':<18}{'calls':>8}{'median ms':>12}{'p99 ms':>10}"]
    for name, seconds in tally.seconds.items():
        p99 = quantiles(seconds, n=100)[98] if len(seconds) > 1 else seconds[0]
        lines.append(f"{name:<18}{len(seconds):>8}{median(seconds) * 1000:>12.1f}{p99 * 1000:>10.1f}")
    calls = sum(map(len, tally.seconds.values()))
    errors = sum(tally.errors.values())
    rate = f"{calls} calls in {elapsed:.1f} s, {calls / elapsed:.0f} a second"
    lines.append(f"{operators} operators, {rate}, {errors} errors")
    lines += [f"  {cause}: {count}" for cause, count in tally.errors.most_common()]
    return "\n".join(lines)


async def run_operators(store: dict[str, object], operators: int, rounds: int) -> Tally:
    """Run all operators concurrently."""
    tally = Tally()
    await asyncio.gather(*(operator(store, number, rounds, tally) for number in range(operators)))
    return tally


def main() -> int:
    """Serve a store, run the operators and print the table; return 1 if a call failed."""
    parser = argparse.ArgumentParser(description="Load of a served sandbox store.")
    parser.add_argument("--operators", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5, help="customers served by each operator")
    arguments = parser.parse_args()
    command = [COMMAND, "sandbox", "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            store = json.loads(process.stdout.readline())
            since = time.perf_counter()
            tally = asyncio.run(run_operators(store, arguments.operators, arguments.rounds))
            print(report(tally, arguments.operators, time.perf_counter() - since))
        finally:
            process.terminate()
    return 1 if tally.errors else 0


if __name__ == "__main__":
    sys.exit(main())
