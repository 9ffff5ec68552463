"""Hundreds of simulated stores with faults, each by its seed: every order is placed exactly once."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.sandbox.switches import FaultKind
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftStore
from console.sync.placement.state_codec import placement_from_text
from tests.fresh_seeds import seed_for
from tests.sync.counter import CrashError, draft_contents
from tests.sync.simulated_time import SimulatedClock, run_simulated
from tests.sync.world import CHECKPOINTS, Tally, World, assert_exactly_once

SEEDS, GATE_SEEDS = 200, 5
TALLY = Tally()
EVER = {
    *FaultKind,
    *(f"ended {point}" for point in CHECKPOINTS),
    "killed",
    "offline",
    "sessions expired",
    "clock jumped",
    "clock jumped by days",
    "confirmed again",
}
"""Everything that must have gone wrong at least once over all seeds."""


@pytest.fixture(scope="module", autouse=True)
def print_tally() -> Iterator[None]:
    yield
    print(dict(TALLY.counts), f"{TALLY.orders} orders, {len(TALLY.unresolved)} left to the operator")  # noqa: T201


async def story(time: SimulatedClock, seed: int, tally: Tally) -> None:
    broken: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: broken.append(what.get("exception")))
    with tempfile.TemporaryDirectory() as home:
        world = World(Path(home), time, seed, tally)
        await world.run()
        async with await Database.open(
            Path(home) / "drafts.sqlite", migrations=schema.DRAFTS, synchronous="NORMAL"
        ) as database:
            drafts = DraftStore(database)
            stored_drafts = [await drafts.load(plan.draft_id) for plan in world.plans]
        found = {}
        for stored in stored_drafts:
            placing = placement_from_text(stored.placement_text)
            assert placing is not None
            found[stored.header.draft_id] = (
                stored.order_id,
                draft_contents(stored.draft),
                placing.quoted_total,
            )
        assert_exactly_once(world, found)
        tally.orders += len(found)
        world.backend.store.close()
    faults = [repr(error) for error in broken if not isinstance(error, CrashError)]
    assert faults == [], faults


@pytest.mark.parametrize("seed", range(GATE_SEEDS))
def test_first_seeds_place_every_order_exactly_once(seed: int) -> None:
    run_simulated(lambda time: story(time, seed_for(seed), Tally()))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_order_is_on_the_platform_exactly_once(seed: int) -> None:
    run_simulated(lambda time: story(time, seed_for(seed), TALLY))


@pytest.mark.slow
def test_everything_that_can_go_wrong_did() -> None:
    assert EVER - set(TALLY.counts) == set()
