"""A sandbox store in memory, seeded once a process: each test gets a copy of its own."""

import atexit
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from console.sandbox.store import Store
from console.sandbox.switches import SandboxCartOwner

_opened: list[sqlite3.Connection] = []


@contextmanager
def close_opened_stores() -> Generator[None]:
    """Close every seeded store that the block opens, at its end."""
    already = len(_opened)
    yield
    while len(_opened) > already:
        _opened.pop().close()


def open_seeded_store(*, seed: int = 1, clock: Callable[[], float] = time.time) -> Store:
    """Open what ``Store.open(seed=seed, clock=clock)`` opens, at an eighth of its cost."""
    database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _opened.append(database)
    database.row_factory = sqlite3.Row
    _seeded_database(seed).backup(database)
    return Store(database, clock=clock, cart_owner=SandboxCartOwner.TOKEN)


@lru_cache
def _seeded_database(seed: int) -> sqlite3.Connection:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sandbox.sqlite"
        Store.open(file, seed=seed).close()
        seeded = sqlite3.connect(":memory:", check_same_thread=False)
        atexit.register(seeded.close)
        with closing(sqlite3.connect(file)) as source:
            source.backup(seeded)
    return seeded
