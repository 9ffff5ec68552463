"""How long an edit of an order takes until it is durable: one append to the drafts' journal.

Run by anyone: ``python benchmarks/journal.py [--edits 2000] [--folder DIRECTORY]``; it names the disk.
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

LIMIT_MS = 10.0
"""What the 99th percentile must stay under, so that "saved" is never waited for."""
LINES = 20
"""Lines of one order, after which the next begins."""


def edits(count: int, seed: int) -> list[tuple[str, int, Edit]]:
    """The edits of a day: draft, place in it, and edit."""
    random = Random(seed)
    products = menu(500, seed).products
    made: list[tuple[str, int, Edit]] = []
    for number in range(count):
        draft, place = divmod(number, LINES * 2)
        line_id = f"L{place // 2}"
        if place % 2:
            edit: Edit = SetQuantity(line_id, random.randint(1, 9))
        else:
            product = random.choice(products)
            item = OrderItem(product.product_id, 0, product.title, "", product.price)
            edit = AddLine(DraftLine(line_id, item, 1))
        made.append((f"D{draft}", place, edit))
    return made


async def measure(folder: Path, count: int, seed: int) -> bool:
    """Print the figures; whether the 99th percentile is under the limit."""
    file = folder / "drafts.sqlite"
    async with await Database.open(file, migrations=schema.DRAFTS, synchronous="FULL") as database:
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
    """Measure in a folder that is deleted afterwards; 1 where it was over the limit."""
    parser = argparse.ArgumentParser(description="Edits made durable.")
    parser.add_argument("--edits", type=int, default=2000)
    parser.add_argument("--folder", type=Path, help="a folder on the disk that is meant")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        return 0 if asyncio.run(measure(Path(folder), asked.edits, asked.seed)) else 1


if __name__ == "__main__":
    sys.exit(main())
