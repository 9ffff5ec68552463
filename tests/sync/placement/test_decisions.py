"""Nothing is placed before each difference is decided; what is placed then is exactly the draft."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from console.ordering.draft import Draft, Resolution, SetCheckout
from console.sync.cart.acceptance import acceptance_edits, keep_edits, line_removal_edits, removal_edits
from console.sync.cart.undecided import undecided_differences
from console.sync.problems import DifferenceCode, ProblemCode
from console.sync.status import PlacementStatus
from tests.fresh_seeds import seed_for
from tests.sync.cart.sent_checkouts import SLOT
from tests.sync.counter import (
    CHICKEN_SUPREME,
    GARLIC_BREAD,
    ONION_RINGS,
    PAID_IN_CASH,
    TAHINI_DIP,
    UMM_ALI,
    Console,
    Contents,
    Machine,
    add,
    draft_contents,
)

pytestmark = pytest.mark.anyio

PARTY_BOX, WEDGES = 8293532, 13047609
BREADS, SWEETS = add("L1", GARLIC_BREAD, quantity=3), add("L2", UMM_ALI)
ESTIMATE = "3.450"


@dataclass(frozen=True)
class PlatformChange:
    """What the platform does to three garlic breads, and how that is named."""

    switches: Mapping[str, Any]
    before_sending: DifferenceCode | None
    after_sending: DifferenceCode | None


CHANGES = {
    "fewer in stock": PlatformChange(
        {"stock_changes": {GARLIC_BREAD: 1}}, DifferenceCode.MISSING, DifferenceCode.MISSING
    ),
    "refused": PlatformChange({"refuse": frozenset({GARLIC_BREAD})}, DifferenceCode.MISSING, None),
    "delisted": PlatformChange(
        {"delisted": frozenset({GARLIC_BREAD})}, DifferenceCode.MISSING, DifferenceCode.MISSING
    ),
    "another product": PlatformChange(
        {"substitute": {GARLIC_BREAD: WEDGES}}, DifferenceCode.OTHER_PRODUCT, None
    ),
    "a deal": PlatformChange(
        {"convert_deals": {GARLIC_BREAD: PARTY_BOX}}, DifferenceCode.MADE_DEAL, DifferenceCode.MADE_DEAL
    ),
    "another price": PlatformChange(
        {"price_changes": {GARLIC_BREAD: Decimal("0.800")}},
        DifferenceCode.OTHER_PRICE,
        DifferenceCode.OTHER_PRICE,
    ),
}


def decided_contents(draft: Draft) -> Contents:
    """The lines of the draft, and what the operator kept beside them."""
    contents = draft_contents(draft)
    kept = {(one.item, one.free): one for one in draft.resolutions}
    for one in kept.values():
        if one.resolution is Resolution.KEEP:
            contents[one.item.product_id, one.item.variant_id] += one.quantity
    return contents


def total_of(console: Console) -> str:
    totals = console.engine.compare("D1", console.current_drafts["D1"]).totals
    return str(totals.total) if totals is not None else ESTIMATE


def undecided(console: Console) -> list[DifferenceCode]:
    draft = console.current_drafts["D1"]
    comparison = console.engine.compare("D1", draft)
    return [one.code for one in undecided_differences(draft, comparison)]


async def decide_first(console: Console, *, accept: bool = True) -> None:
    """Decide the first difference that is open: accept it, or do without the line."""
    draft = console.current_drafts["D1"]
    comparison = console.engine.compare("D1", draft)
    decide = acceptance_edits if accept else line_removal_edits
    lines = zip(draft.lines, comparison.lines, strict=True)
    edits = [edit for line, fact in lines for edit in decide(line, fact)]
    edits += [edit for line in comparison.unexpected for edit in keep_edits(line) or removal_edits(line)]
    await console.placement_store.withdraw("D1")
    console.engine.place("D1", None)
    await console.edit(edits[0])
    await console.wait_until_settled()


async def assert_stopped(console: Console, machine: Machine) -> None:
    """It is asked to be placed, and it is not: the problem names a difference."""
    await console.place(total_of(console))
    placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
    assert placing.problem is not None
    assert placing.problem.code is ProblemCode.UNDECIDED_DIFFERENCES
    assert placing.problem.difference is not None
    assert placing.problem.counts == (len(undecided(console)),)
    assert machine.orders() == []


async def assert_placed_as_the_draft_says(console: Console, machine: Machine) -> None:
    await console.place(total_of(console))
    placing = await console.wait_for_placing_state(PlacementStatus.PLACED)
    assert machine.orders() == [decided_contents(console.current_drafts["D1"])]
    assert str(machine.total(placing.order_id)) == str(Decimal(total_of(console)))


@pytest.mark.parametrize("accept", [True, False], ids=["accepted", "removed"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_change_made_before_the_line_is_sent_waits_for_its_decision(
    machine: Machine, change: PlatformChange, *, accept: bool
) -> None:
    machine.switch(**change.switches)
    async with machine.console() as console:
        await console.order(BREADS, SWEETS, PAID_IN_CASH)
        assert undecided(console) == [change.before_sending]
        await assert_stopped(console, machine)
        await decide_first(console, accept=accept)
        assert undecided(console) == []
        await assert_placed_as_the_draft_says(console, machine)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_change_made_after_the_total_was_confirmed_waits_for_its_decision(
    machine: Machine, change: PlatformChange
) -> None:
    async with machine.console() as console:
        await console.order(BREADS, SWEETS, PAID_IN_CASH)
        machine.switch(**change.switches)
        if change.after_sending is None:
            await assert_placed_as_the_draft_says(console, machine)
            return
        await assert_stopped(console, machine)
        assert undecided(console) == [change.after_sending]
        await decide_first(console)
        await assert_placed_as_the_draft_says(console, machine)


async def test_two_prices_that_cancel_out_are_two_decisions(machine: Machine) -> None:
    """The total is the quoted one: only the lines differ."""
    machine.switch(price_changes={GARLIC_BREAD: Decimal("0.800"), UMM_ALI: Decimal("1.050")})
    async with machine.console() as console:
        await console.order(BREADS, SWEETS, PAID_IN_CASH)
        assert total_of(console) == ESTIMATE
        await assert_stopped(console, machine)
        await decide_first(console)
        await assert_stopped(console, machine)
        await decide_first(console)
        await assert_placed_as_the_draft_says(console, machine)


async def test_price_that_changes_again_needs_another_decision(machine: Machine) -> None:
    machine.switch(price_changes={GARLIC_BREAD: Decimal("0.800")})
    async with machine.console() as console:
        await console.order(BREADS, PAID_IN_CASH)
        await decide_first(console)
        machine.switch(price_changes={GARLIC_BREAD: Decimal("0.850")})
        await assert_stopped(console, machine)


async def test_decision_survives_the_end_of_the_process_and_undo_takes_it_back(machine: Machine) -> None:
    machine.switch(stock_changes={GARLIC_BREAD: 1})
    async with machine.console("one") as console:
        await console.order(BREADS, SWEETS, PAID_IN_CASH)
        await decide_first(console)
    async with machine.console("two") as console:
        await console.resume_order()
        await console.wait_until_settled()
        assert undecided(console) == []
        await console.edit(None)
        await console.wait_until_settled()
        assert undecided(console) == [DifferenceCode.MISSING]
        await assert_stopped(console, machine)


def add_elsewhere(machine: Machine, product_id: int, *, promotion: int = 0) -> None:
    """Another session puts one of a product into the cart, or with a promotion the platform gives it."""
    machine.backend.store.run(
        "INSERT INTO line (cart_id, key, location_id, product_id, variant_id, quantity, parts, title,"
        " options, free) SELECT cart_id, 'f4e5e6b8-0000-4000-8000-000000000001', location_id, ?, 0, 1,"
        " '[]', 'Another', '', ? FROM line LIMIT 1",
        product_id,
        promotion,
    )


async def test_gift_is_bought_only_once_it_is_decided(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(add("L1", CHICKEN_SUPREME, quantity=4), PAID_IN_CASH)
        await decide_first(console)
        add_elsewhere(machine, GARLIC_BREAD, promotion=41689)
        await assert_stopped(console, machine)
        assert undecided(console) == [DifferenceCode.GIFT]
        await decide_first(console)
        await assert_placed_as_the_draft_says(console, machine)
        assert machine.orders() == [{(CHICKEN_SUPREME, 0): 4, (GARLIC_BREAD, 0): 1}]


@pytest.mark.parametrize("keep", [True, False], ids=["kept", "removed"])
async def test_line_that_nobody_here_added_is_bought_only_if_it_is_kept(
    machine: Machine, *, keep: bool
) -> None:
    async with machine.console() as console:
        await console.order(BREADS, PAID_IN_CASH)
        add_elsewhere(machine, UMM_ALI)
        await assert_stopped(console, machine)
        assert undecided(console) == [DifferenceCode.UNEXPECTED]
        draft = console.current_drafts["D1"]
        (line,) = console.engine.compare("D1", draft).unexpected
        await console.placement_store.withdraw("D1")
        console.engine.place("D1", None)
        await console.edit(*(keep_edits(line) if keep else removal_edits(line)))
        await console.wait_until_settled()
        await assert_placed_as_the_draft_says(console, machine)
        beside = {(UMM_ALI, 0): 1} if keep else {}
        assert machine.orders() == [{(GARLIC_BREAD, 0): 3, **beside}]


async def test_refused_slot_stops_the_order_however_often_it_was_shown(machine: Machine) -> None:
    machine.switch(full_slots=frozenset({SLOT.slot_id}))
    async with machine.console() as console:
        with_slot = SetCheckout(replace(PAID_IN_CASH.checkout, delivery_slot=SLOT))
        await console.order(BREADS, with_slot)
        for _ in range(2):
            await console.place(total_of(console))
            placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
            assert placing.problem is not None
            assert placing.problem.code is ProblemCode.CHECKOUT_REJECTED
        assert machine.orders() == []


EFFECTS = ("none", "price", "stock", "refuse", "delisted", "substitute", "deal")


def random_switches(pick: Random, products: list[int]) -> dict[str, Any]:
    """Switches that do one thing, or nothing, to each product."""
    effects = {product: pick.choice(EFFECTS) for product in products}

    def having(effect: str) -> list[int]:
        return [product for product, one in effects.items() if one == effect]

    return {
        "price_changes": {product: Decimal(pick.randint(100, 3000)) / 1000 for product in having("price")},
        "stock_changes": {product: pick.randint(0, 4) for product in having("stock")},
        "refuse": frozenset(having("refuse")),
        "delisted": frozenset(having("delisted")),
        "substitute": dict.fromkeys(having("substitute")[:1], WEDGES),
        "convert_deals": dict.fromkeys(having("deal")[:1], PARTY_BOX),
        "merge_lines": pick.random() < 0.5,
        "split_lines": pick.random() < 0.3,
    }


@pytest.mark.parametrize("seed", range(25))
async def test_whatever_the_platform_does_the_placed_order_is_the_decided_draft(
    machine: Machine, seed: int
) -> None:
    pick = Random(seed_for(seed))
    products = pick.sample([GARLIC_BREAD, UMM_ALI, ONION_RINGS, TAHINI_DIP], pick.randint(1, 4))
    lines = [add(f"L{n}", product, quantity=pick.randint(1, 4)) for n, product in enumerate(products)]
    machine.switch(**random_switches(pick, products))
    async with machine.console() as console:
        await console.order(*lines, PAID_IN_CASH)
        if pick.random() < 0.5:
            machine.switch(**random_switches(pick, products))
            await console.place(total_of(console))
            await console.until(
                lambda: (
                    console.status["D1"].placement.state
                    in (PlacementStatus.PLACED, PlacementStatus.NEEDS_ATTENTION)
                )
            )
        while undecided(console) and not console.current_drafts["D1"].is_empty:
            await assert_stopped(console, machine)
            await decide_first(console, accept=pick.random() < 0.8)
        if not console.current_drafts["D1"].is_empty and not machine.orders():
            await assert_placed_as_the_draft_says(console, machine)
        if machine.orders():
            assert machine.orders() == [decided_contents(console.current_drafts["D1"])]
