"""Whatever operator and platform do, the cart ends equal, or each difference is shown."""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.ordering.draft import Draft, Edit, RemoveLine, SetQuantity
from console.sandbox.switches import Fault, FaultKind
from console.sync.cart.differences import LineStatus
from console.sync.platform_rules import PlatformCartOwner
from tests.sync.counter import (
    CHICKEN_SUPREME,
    GARLIC_BREAD,
    MARGHERITA,
    ONION_RINGS,
    PEPSI,
    PEPSI_BOTTLE,
    PEPSI_CAN,
    TAHINI_DIP,
    TWO_PIZZAS,
    UMM_ALI,
    Console,
    Contents,
    Counts,
    CrashError,
    Machine,
    add,
    cart_contents,
)
from tests.sync.problem_texts import note_of

MANY_WRITES = 60
STORMS, GATE_STORMS = 100, 10
PRODUCTS = (
    (GARLIC_BREAD, 0),
    (UMM_ALI, 0),
    (TAHINI_DIP, 0),
    (PEPSI, PEPSI_CAN),
    (PEPSI, PEPSI_BOTTLE),
    (CHICKEN_SUPREME, 0),
    (TWO_PIZZAS, 0),
)


@dataclass(frozen=True)
class Add:
    product: tuple[int, int]
    quantity: int


@dataclass(frozen=True)
class Change:
    """``line`` counts around the lines there are; quantity 0 removes."""

    line: int
    quantity: int


@dataclass(frozen=True)
class Undo:
    pass


@dataclass(frozen=True)
class Expire:
    """Every customer's session ends."""


@dataclass(frozen=True)
class Crash:
    """The process ends after so many more points have been passed."""

    points: int


@dataclass(frozen=True)
class Wait:
    """Until nothing is left to send."""


Happening = Add | Change | Undo | Expire | Crash | Wait

HAPPENINGS = st.lists(
    st.one_of(
        st.builds(Add, st.sampled_from(PRODUCTS), st.integers(1, 4)),
        st.builds(Change, st.integers(0, 5), st.integers(0, 5)),
        st.just(Undo()),
        st.just(Expire()),
        st.builds(Crash, st.integers(1, 6)),
        st.just(Wait()),
    ),
    max_size=10,
)
QUIRKS = st.fixed_dictionaries(
    {
        "new_keys": st.booleans(),
        "merge_lines": st.booleans(),
        "split_lines": st.booleans(),
        "children_apart": st.booleans(),
        "substitute": st.sampled_from([{}, {GARLIC_BREAD: ONION_RINGS}, {CHICKEN_SUPREME: MARGHERITA}]),
        "refuse": st.sampled_from([frozenset[int](), frozenset({GARLIC_BREAD}), frozenset({PEPSI})]),
    }
)
FAULTS = st.lists(
    st.builds(
        Fault,
        st.sampled_from(["carts.*", "carts.get", "customers.*", "*"]),
        st.sampled_from([kind for kind in FaultKind if kind is not FaultKind.LATENCY]),
        times=st.integers(1, 4),
        probability=st.sampled_from([0.3, 1.0]),
    ),
    max_size=2,
)


class Fuse:
    """Ends the process once it has burnt down."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.blown = False

    def __call__(self, _point: str) -> None:
        if self.left is not None and not self.blown:
            self.left -= 1
            self.blown = self.left <= 0
            if self.blown:
                raise CrashError


def edits_of(happening: Add | Change | Undo, draft: Draft, number: int) -> list[Edit | None]:
    """The edit, where one fits the draft; ``None`` is an undo."""
    match happening:
        case Add(product=product, quantity=quantity):
            return [add(f"L{number}", *product, quantity=quantity)]
        case Change(line=line, quantity=quantity) if draft.lines:
            line_id = draft.lines[line % len(draft.lines)].line_id
            return [SetQuantity(line_id, quantity) if quantity else RemoveLine(line_id)]
        case Undo() if draft.edits:
            return [None]
        case _:
            return []


async def live(machine: Machine, name: str, story: list[Happening], numbers: Iterator[int]) -> bool:
    """Run one console to the end of the story, where all must be in sync, unless it is killed before."""
    fuse = Fuse()
    async with machine.console(name, checkpoint=fuse) as console:
        if name == "console 1":
            await console.start_order()
        else:
            await console.resume_order()
        while story and not fuse.blown:
            match story.pop(0):
                case Wait():
                    await settled_or_blown(console, fuse)
                case Expire():
                    machine.backend.store.expire_sessions()
                case Crash(points=points):
                    fuse.left = points
                case happening:
                    await console.edit(*edits_of(happening, console.current_drafts["D1"], next(numbers)))
        if not fuse.blown:
            await settled_or_blown(console, fuse)
        if not fuse.blown:
            check(console, machine)
        return not fuse.blown


async def settled_or_blown(console: Console, fuse: Fuse) -> None:
    await console.until(lambda: fuse.blown or console.is_settled())


def check(console: Console, machine: Machine) -> None:
    """Every line is in the cart, or its difference is shown; there is nothing else in the cart."""
    shown: Contents = Counts()
    differing = False
    for line, fact in zip(console.current_drafts["D1"].lines, console.line_comparisons(), strict=True):
        assert fact.state is not LineStatus.PENDING
        assert fact.quantity == line.quantity or (fact.state is LineStatus.REJECTED and note_of(fact))
        substituted = "in its place" in note_of(fact)
        differing = differing or substituted
        shown[line.item.product_id, line.item.variant_id] += 0 if substituted else fact.quantity
    carts = machine.carts()
    there = (
        cart_contents(carts[-1])
        if carts and any(fact.quantity for fact in console.line_comparisons())
        else Counts()
    )
    assert sum(there.values()) == sum(fact.quantity for fact in console.line_comparisons())
    assert differing or +there == +shown
    assert console.status["D1"].comparison.unexpected == ()
    assert console.port.writes < MANY_WRITES


@given(HAPPENINGS, QUIRKS, FAULTS, st.sampled_from(PlatformCartOwner))
@settings(max_examples=GATE_STORMS)
def test_few_storms_end_in_equality_or_a_shown_difference(
    story: list[Happening], quirks: dict[str, object], faults: list[Fault], owner: PlatformCartOwner
) -> None:
    asyncio.run(storm(list(story), quirks, faults, owner))


@pytest.mark.slow
@given(HAPPENINGS, QUIRKS, FAULTS, st.sampled_from(PlatformCartOwner))
@settings(max_examples=STORMS)
def test_every_storm_ends_in_equality_or_in_a_shown_difference(
    story: list[Happening], quirks: dict[str, object], faults: list[Fault], owner: PlatformCartOwner
) -> None:
    asyncio.run(storm(list(story), quirks, faults, owner))


async def storm(
    story: list[Happening], quirks: dict[str, object], faults: list[Fault], owner: PlatformCartOwner
) -> None:
    broken: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: broken.append(what.get("exception")))
    with tempfile.TemporaryDirectory() as home:
        machine = Machine(Path(home), owner)
        machine.switch(*faults, **quirks)
        numbers, lives = count(), count(1)
        while not await live(machine, f"console {next(lives)}", story, numbers):
            pass
    assert [error for error in broken if not isinstance(error, CrashError)] == []
