"""What this machine remembers, opened for one console: three files, and its claim to be alive.

Opened by the door, which closes it again.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from console.desk.words import remembering
from console.local import schema
from console.local.bundles import BundleStore
from console.local.catalogue import CatalogueStore
from console.local.database import Database, Migration, Synchronous
from console.local.drafts import DraftStore
from console.local.fetched import FetchedPages
from console.local.operators import OperatorStore
from console.local.outbox import Outbox
from console.local.owners import Owners
from console.local.people import PeopleStore
from console.paths import Paths


@dataclass(frozen=True, slots=True)
class Files:
    """The stores. ``notices`` are what the operator must know about opening them, one sentence each."""

    drafts: DraftStore
    outbox: Outbox
    catalogue: CatalogueStore
    pages: FetchedPages
    bundles: BundleStore
    people: PeopleStore
    operators: OperatorStore
    notices: tuple[str, ...]


async def open_files(stack: AsyncExitStack, paths: Paths, *, owner: str, forget_before: float) -> Files:
    """Open everything; ``stack`` closes it. ``owner`` names this console among those on this machine.

    Orders that were closed before ``forget_before`` (Unix seconds) are deleted, customers' names and all.

    Raises:
        Trouble: a file cannot be opened.
    """
    with remembering():
        drafts = await _opened(stack, paths.drafts_file, schema.DRAFTS, "FULL")
        catalogue = await _opened(stack, paths.catalogue_file, schema.CATALOGUE, "NORMAL")
        people = await _opened(stack, paths.people_file, schema.PEOPLE, "NORMAL")
        owners = Owners(paths.data / "consoles")
        store = DraftStore(drafts, life=owners.life)
        await _claim(stack, owners, owner, store)
        await store.forget_closed(forget_before)
    return Files(
        drafts=store,
        outbox=Outbox(drafts, life=owners.life),
        catalogue=CatalogueStore(catalogue),
        pages=FetchedPages(catalogue),
        bundles=BundleStore(catalogue),
        people=PeopleStore(people),
        operators=OperatorStore(people),
        notices=tuple(file.notice for file in (drafts, catalogue, people) if file.notice),
    )


async def _opened(
    stack: AsyncExitStack, path: Path, migrations: Sequence[Migration], synchronous: Synchronous
) -> Database:
    database = await Database.open(path, migrations=migrations, synchronous=synchronous)
    return await stack.enter_async_context(database)


async def _claim(stack: AsyncExitStack, owners: Owners, owner: str, drafts: DraftStore) -> None:
    """Begin to own drafts, and let go of those that consoles which died have left."""
    stack.push_async_callback(asyncio.to_thread, owners.release, owner)
    await asyncio.to_thread(owners.claim, owner)
    for dead in await asyncio.to_thread(owners.dead):
        await drafts.release_all(dead)
        await asyncio.to_thread(owners.bury, dead)
