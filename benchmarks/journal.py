"""Measure the time until an edit of an order is durable in the drafts file.

Run: ``python -m benchmarks.journal [--edits 2000] [--folder DIRECTORY]``. The folder selects the disk.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from benchmarks.menus import menu
from benchmarks.search import figures
from console.ordering.draft import AddLine, DraftLine, Edit, OrderItem, SetQuantity
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftHeader, DraftStore
from console.storage.drafts.rebuild import DraftsSafeguard

LIMIT_MS = 10.0
"""Limit of the 99th percentile: an operator must never wait for a save."""
LINES = 20
"""Number of lines in each order."""


def edits(count: int, seed: int) -> list[tuple[str, int, Edit]]:
    """Generate edits, each with its draft id and its sequence number."""
    random = Random(seed)
    products = menu(500, seed).products
    result: list[tuple[str, int, Edit]] = []
    for number in range(count):
        draft, place = divmod(number, LINES * 2)
        line_id = f"L{place // 2}"
        if place % 2:
            edit: Edit = SetQuantity(line_id, random.randint(1, 9))
        else:
            product = random.choice(products)
            item = OrderItem(product.product_id, 0, product.title, "", product.price)
            edit = AddLine(DraftLine(line_id, item, 1))
        result.append((f"D{draft}", place, edit))
    return result


async def measure(folder: Path, count: int, seed: int) -> bool:
    """Print the figures and return True if the 99th percentile is under the limit."""
    file = folder / "drafts.sqlite"
    async with await Database.open(
        file, migrations=schema.DRAFTS, synchronous="FULL", safeguard=DraftsSafeguard()
    ) as database:
        store = DraftStore(database)
        seconds: list[float] = []
        for draft, place, edit in edits(count, seed):
            if place == 0:
                await store.create(DraftHeader(draft, "Shop", "op-1", "Ravi", 1, None, time.time(), ""))
            since = time.perf_counter()
            await store.append(draft, place, edit)
            seconds.append(time.perf_counter() - since)
    middle, last, worst = figures(seconds)
    print(f"{count} edits made durable: median {middle:.2f} ms, p99 {last:.2f} ms, slowest {worst:.2f} ms")
    return last < LIMIT_MS


def main() -> int:
    """Measure in a temporary folder and return 1 above the limit."""
    parser = argparse.ArgumentParser(description="Time until an edit is durable.")
    parser.add_argument("--edits", type=int, default=2000)
    parser.add_argument("--folder", type=Path, help="folder on the disk to measure")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        return 0 if asyncio.run(measure(Path(folder), arguments.edits, arguments.seed)) else 1


if __name__ == "__main__":
    sys.exit(main())
