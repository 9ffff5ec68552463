"""Opens this machine's storage for one console: three databases and the process registry."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from console.config.paths import Paths
from console.services.error_mapping import storage_errors
from console.storage import schema
from console.storage.catalogue.area_store import DeliveryAreaStore
from console.storage.catalogue.bundle_store import BundleStore
from console.storage.catalogue.catalogue_store import CatalogueStore
from console.storage.catalogue.fee_store import DeliveryFeeStore
from console.storage.catalogue.fetch_cache import FetchCache
from console.storage.database import Database, Migration, Synchronous
from console.storage.drafts.draft_store import DraftStore
from console.storage.drafts.placement_store import PlacementStore
from console.storage.drafts.process_registry import ProcessRegistry
from console.storage.drafts.rebuild import DraftsSafeguard
from console.storage.people.offline_sign_in import OperatorStore
from console.storage.people.rebuild import PeopleSafeguard
from console.storage.people.recent_customers import RecentCustomerStore
from console.storage.safeguard.safeguard import Safeguard

MENU_IN_MEMORY = "The menu is kept in memory until the console ends."
PEOPLE_IN_MEMORY = "Recent customers are kept in memory until the console ends."


@dataclass(frozen=True, slots=True)
class Storage:
    """The open stores. ``warnings`` are sentences for the operator about opening them."""

    drafts: DraftStore
    placements: PlacementStore
    catalogue: CatalogueStore
    fetched_pages: FetchCache
    bundles: BundleStore
    delivery_fees: DeliveryFeeStore
    delivery_areas: DeliveryAreaStore
    people: RecentCustomerStore
    operators: OperatorStore
    warnings: tuple[str, ...]


async def open_storage(
    stack: AsyncExitStack,
    paths: Paths,
    *,
    owner: str,
    forget_before: float,
    report: Callable[[str], None],
) -> Storage:
    """Open every store; ``stack`` closes them. ``owner`` is this console's id on this machine.

    ``report`` is called with each sentence for the operator about the files from then on.

    Orders closed before ``forget_before`` (Unix seconds) are deleted, with their customers' names.

    Raises:
        ServiceError: a file cannot be opened.
    """
    with storage_errors():
        drafts = await _open_database(stack, paths.drafts_file, schema.DRAFTS, "FULL", DraftsSafeguard())
        catalogue = await _open_database(
            stack, paths.catalogue_file, schema.CATALOGUE, "NORMAL", in_memory=MENU_IN_MEMORY
        )
        people = await _open_database(
            stack, paths.people_file, schema.PEOPLE, "NORMAL", PeopleSafeguard(), in_memory=PEOPLE_IN_MEMORY
        )
        for file in (drafts, catalogue, people):
            file.on_notice = report
        registry = ProcessRegistry(paths.data / "consoles")
        store = DraftStore(drafts, process_status=registry.status)
        await _register_process(stack, registry, owner, store)
        await store.delete_closed(forget_before)
    return Storage(
        drafts=store,
        placements=PlacementStore(drafts, process_status=registry.status),
        catalogue=CatalogueStore(catalogue),
        fetched_pages=FetchCache(catalogue),
        bundles=BundleStore(catalogue),
        delivery_fees=DeliveryFeeStore(catalogue),
        delivery_areas=DeliveryAreaStore(catalogue),
        people=RecentCustomerStore(people),
        operators=OperatorStore(people),
        warnings=tuple(file.notice for file in (drafts, catalogue, people) if file.notice),
    )


async def _open_database(
    stack: AsyncExitStack,
    path: Path,
    migrations: Sequence[Migration],
    synchronous: Synchronous,
    safeguard: Safeguard | None = None,
    *,
    in_memory: str = "",
) -> Database:
    database = await Database.open(
        path, migrations=migrations, synchronous=synchronous, safeguard=safeguard, in_memory=in_memory
    )
    return await stack.enter_async_context(database)


async def _register_process(
    stack: AsyncExitStack, registry: ProcessRegistry, owner: str, drafts: DraftStore
) -> None:
    """Register this console, and release the drafts of consoles that died."""
    stack.push_async_callback(asyncio.to_thread, registry.release, owner)
    await asyncio.to_thread(registry.register, owner)
    for dead in await asyncio.to_thread(registry.dead):
        await drafts.release_all(dead)
        await asyncio.to_thread(registry.remove, dead)
