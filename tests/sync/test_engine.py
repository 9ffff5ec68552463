"""The engine against the sandbox: the cart ends equal to the draft, whatever the platform does."""

import asyncio
from decimal import Decimal

import pytest
from pydantic import SecretStr

from console.ordering.draft import Draft, RemoveLine, SetQuantity
from console.sandbox.switches import FaultKind
from console.storage.errors import StorageError
from console.sync.cart.differences import LineStatus
from console.sync.connection.customer_sessions import OperatorCredentials
from console.sync.platform_rules import PlatformCartOwner
from console.sync.status import Activity
from tests.sync.counter import (
    CHICKEN_SUPREME,
    GARLIC_BREAD,
    ONION_RINGS,
    PEPSI,
    PEPSI_CAN,
    TAHINI_DIP,
    TWO_PIZZAS,
    UMM_ALI,
    Machine,
    add,
    cart_contents,
    draft_contents,
    fault,
)
from tests.sync.problem_texts import note_of, text_of

pytestmark = pytest.mark.anyio

MIXED = (
    add("L1", GARLIC_BREAD, quantity=2),
    add("L2", PEPSI, PEPSI_CAN),
    add("L3", CHICKEN_SUPREME),
    add("L4", TWO_PIZZAS),
)


async def test_all_kinds_of_lines_reach_the_stores_record(machine: Machine) -> None:
    """Plain, variant, bundle and deal lines end in the store's own record."""
    async with machine.console() as console:
        await console.order(*MIXED)
        (cart,) = machine.carts()
        assert (cart.customer, cart.location_id) == ("tom.sawyer@example.com", 27299)
        assert cart_contents(cart) == draft_contents(console.current_drafts["D1"])


async def test_what_the_platform_confirms_replaces_the_estimate(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(add("L1", GARLIC_BREAD, quantity=2))
        (cart,) = machine.carts()
        totals = console.status["D1"].comparison.totals
        assert totals is not None
        assert totals.total == cart.order_total
        assert console.line_comparisons()[0].unit_price == cart.lines[0].unit_price


async def test_a_walk_ins_cart_has_no_customer(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(*MIXED, customer=None)
        assert [cart.customer for cart in machine.carts()] == ["walk-in"]


async def test_quantity_removal_and_undo_follow(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(*MIXED)
        await console.edit(SetQuantity("L1", 5), SetQuantity("L2", 3), RemoveLine("L3"))
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == {
            (GARLIC_BREAD, 0): 5,
            (PEPSI, PEPSI_CAN): 3,
            (TWO_PIZZAS, 0): 1,
        }
        await console.edit(SetQuantity("L1", 1), None, None)
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == draft_contents(console.current_drafts["D1"])
        assert cart_contents(machine.carts()[0])[CHICKEN_SUPREME, 0] == 1


async def test_an_emptied_order_empties_its_cart(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(*MIXED)
        await console.edit(*(RemoveLine(f"L{n}") for n in (1, 2, 3, 4)))
        await console.wait_until_settled()
        assert machine.carts() == []


async def test_an_order_that_was_let_go_can_still_be_painted(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(*MIXED)
        await console.engine.close()
        shown = console.engine.compare("D1", console.current_drafts["D1"])
        assert {fact.state for fact in shown.lines} == {LineStatus.PENDING}


async def test_once_it_closes_nothing_more_is_sent_for_any_order(machine: Machine) -> None:
    async with machine.console() as console:
        for number in range(8):
            await console.start_order(None, f"D{number}")
            await console.edit(*MIXED, draft_id=f"D{number}")
        await console.until(lambda: console.port.writes > 0)
        asked = list(console.port.requests)
        await console.engine.close()
        assert console.port.requests == asked


async def test_an_untouched_order_asks_the_platform_nothing(machine: Machine) -> None:
    async with machine.console() as console:
        await console.start_order()
        await console.wait_for_activity(Activity.IDLE)
        assert console.port.requests == []
        assert console.connections == []


@pytest.mark.parametrize(
    "quirk",
    [
        {"new_keys": False},
        {"merge_lines": False},
        {"split_lines": True},
        {"children_apart": True},
    ],
    ids=lambda quirk: next(iter(quirk)),
)
async def test_however_the_platform_keeps_its_lines(machine: Machine, quirk: dict[str, object]) -> None:
    machine.switch(**quirk)
    async with machine.console() as console:
        await console.order(*MIXED, add("L5", GARLIC_BREAD, quantity=3), add("L6", CHICKEN_SUPREME))
        await console.edit(SetQuantity("L5", 1), RemoveLine("L3"), SetQuantity("L4", 2))
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == draft_contents(console.current_drafts["D1"])
        assert {fact.state for fact in console.line_comparisons()} <= {
            LineStatus.CONFIRMED,
            LineStatus.DIFFERS,
        }
        sent = console.port.writes
        console.engine.try_again()
        await console.until(lambda: console.status_history[-1].activity is Activity.SENDING)
        await console.wait_until_settled()
        assert console.port.writes == sent


async def test_substitute_is_a_difference_and_never_sent_again(machine: Machine) -> None:
    machine.switch(substitute={GARLIC_BREAD: ONION_RINGS})
    async with machine.console() as console:
        await console.order(add("L1", GARLIC_BREAD, quantity=2))
        await console.edit(add("L2", PEPSI, PEPSI_CAN))
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == {(ONION_RINGS, 0): 2, (PEPSI, PEPSI_CAN): 1}
        fact = console.line_comparisons()[0]
        assert (fact.state, fact.quantity) == (LineStatus.DIFFERS, 2)
        assert "in its place" in note_of(fact)


async def test_orphaned_part_blocks_writes_and_is_reported(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(add("L1", CHICKEN_SUPREME))
        machine.switch(children_apart=True, drop_children=True)
        sent = console.port.writes
        await console.edit(add("L2", GARLIC_BREAD))
        status = await console.wait_for_activity(Activity.NEEDS_ATTENTION)
        assert "parts missing" in text_of(status.problem)
        assert console.port.writes == sent


async def test_it_goes_on_once_the_cart_can_be_read_whole(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(add("L1", CHICKEN_SUPREME))
        machine.switch(children_apart=True, drop_children=True)
        await console.edit(add("L2", GARLIC_BREAD))
        await console.wait_for_activity(Activity.NEEDS_ATTENTION)
        machine.switch()
        console.engine.try_again()
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == draft_contents(console.current_drafts["D1"])


async def test_restart_finds_the_customers_cart_without_doubling(machine: Machine) -> None:
    machine.cart_owner = PlatformCartOwner.CUSTOMER
    machine.switch()
    async with machine.console("one") as console:
        await console.order(*MIXED)
    async with machine.console("two") as console:
        await console.resume_order()
        await console.edit(add("L9", ONION_RINGS))
        await console.wait_until_settled()
        (cart,) = machine.carts()
        assert cart_contents(cart) == draft_contents(console.current_drafts["D1"])
        assert console.port.writes == 1


async def test_after_a_restart_a_tokens_cart_is_filled_again(machine: Machine) -> None:
    async with machine.console("one") as console:
        await console.order(*MIXED)
    async with machine.console("two") as console:
        await console.resume_order()
        await console.wait_until_settled()
        assert [cart_contents(cart) for cart in machine.carts()] == [
            draft_contents(console.current_drafts["D1"])
        ] * 2


async def test_one_refused_of_several_is_said_at_its_line(machine: Machine) -> None:
    machine.switch(refuse=frozenset({ONION_RINGS}))
    async with machine.console() as console:
        await console.order(add("L1", ONION_RINGS), add("L2", GARLIC_BREAD))
        first, second = console.line_comparisons()
        assert (first.state, second.state) == (LineStatus.REJECTED, LineStatus.CONFIRMED)
        assert note_of(first)
        assert cart_contents(machine.carts()[0]) == {(GARLIC_BREAD, 0): 1}


async def test_what_the_store_does_not_have_is_said_line_by_line(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(add("L1", TAHINI_DIP), add("L2", UMM_ALI, quantity=3), add("L3", GARLIC_BREAD))
        await console.edit(SetQuantity("L2", 5))
        await console.wait_until_settled()
        none, some, all_of_it = console.line_comparisons()
        assert (none.state, none.quantity) == (LineStatus.REJECTED, 0)
        assert (some.state, some.quantity) == (LineStatus.REJECTED, 3)
        assert note_of(some) == "3 of 5 added: The product is not available at this location."
        assert all_of_it.state is LineStatus.CONFIRMED


async def test_a_refused_quantity_is_tried_again_once_it_is_changed(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(add("L1", UMM_ALI, quantity=5))
        await console.edit(SetQuantity("L1", 2))
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == {(UMM_ALI, 0): 2}
        assert console.line_comparisons()[0].state is LineStatus.CONFIRMED


async def test_another_price_than_the_menus_is_a_difference(machine: Machine) -> None:
    async with machine.console() as console:
        machine.switch(price_changes={GARLIC_BREAD: Decimal("0.900")})
        await console.order(add("L1", GARLIC_BREAD))
        fact = console.line_comparisons()[0]
        assert (fact.state, note_of(fact)) == (LineStatus.DIFFERS, "price was 0.750, is 0.900")


@pytest.mark.parametrize("owner", PlatformCartOwner)
async def test_a_session_that_expires_in_the_middle_is_started_again(
    machine: Machine, owner: PlatformCartOwner
) -> None:
    machine.cart_owner = owner
    machine.switch()
    async with machine.console() as console:
        await console.order(*MIXED)
        machine.backend.store.expire_sessions()
        await console.edit(SetQuantity("L1", 4))
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[-1]) == draft_contents(console.current_drafts["D1"])
        assert len(machine.carts()) == (1 if owner is PlatformCartOwner.CUSTOMER else 2)


async def test_all_sessions_ending_at_once_is_reported_and_awaited(
    machine: Machine,
) -> None:
    machine.switch(fault(FaultKind.SESSION_EXPIRED, times=None))
    async with machine.console() as console:
        await console.start_order()
        await console.edit(add("L1", GARLIC_BREAD))
        status = await console.wait_for_activity(Activity.RETRYING)
        assert "session has ended" in text_of(status.problem)
        machine.switch()
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == {(GARLIC_BREAD, 0): 1}


async def test_a_password_that_is_refused_is_tried_once_only(machine: Machine) -> None:
    async with machine.console() as console:
        machine.backend.store.run("UPDATE operator SET password = 'changed'")
        await console.start_order()
        for quantity in (2, 3, 4):
            await console.edit(add(f"L{quantity}", GARLIC_BREAD, quantity=quantity))
            console.status.clear()
            await console.wait_for_activity(Activity.NEEDS_ATTENTION)
        assert "Sign out and in again" in text_of(console.status["D1"].problem)
        assert len(console.port.times_of("customers.start_session")) == 1


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.DROP_BEFORE,
        FaultKind.DROP_AFTER,
        FaultKind.TRUNCATED,
        FaultKind.NOT_JSON,
        FaultKind.STATUS_500,
        FaultKind.STATUS_429,
        FaultKind.SESSION_EXPIRED,
    ],
)
@pytest.mark.parametrize(
    "operation", ["carts.add_items", "carts.update_quantity", "carts.remove", "carts.get"]
)
async def test_lost_request_or_response_doubles_nothing(
    machine: Machine, kind: FaultKind, operation: str
) -> None:
    machine.cart_owner = PlatformCartOwner.CUSTOMER
    machine.switch(fault(kind, operation, times=2))
    async with machine.console() as console:
        await console.start_order()
        await console.edit(*MIXED)
        await console.wait_until_settled()
        await console.edit(SetQuantity("L1", 4), RemoveLine("L3"), SetQuantity("L2", 2))
        await console.wait_until_settled()
        assert [cart_contents(cart) for cart in machine.carts()] == [
            draft_contents(console.current_drafts["D1"])
        ]


async def test_late_arrival_of_a_lost_request_is_taken_back(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(add("L1", ONION_RINGS))
        machine.virtual_clock.auto_advance = False
        machine.switch(fault(FaultKind.STATUS_500, "carts.add_items"))
        await console.edit(add("L2", GARLIC_BREAD))
        await console.wait_for_activity(Activity.RETRYING)
        await machine.virtual_clock.advance(5)
        await console.wait_until_settled()
        machine.backend.store.run("UPDATE line SET quantity = 2 WHERE product_id = ?", GARLIC_BREAD)
        await machine.virtual_clock.advance(40)
        await console.until(lambda: cart_contents(machine.carts()[0])[GARLIC_BREAD, 0] == 1)


async def test_lines_of_others_are_shown_and_never_touched(machine: Machine) -> None:
    machine.cart_owner = PlatformCartOwner.CUSTOMER
    machine.switch()
    async with machine.console("somebody else") as other:
        await other.start_order(draft_id="D0")
        await other.edit(add("X1", GARLIC_BREAD, quantity=2), add("X2", PEPSI, PEPSI_CAN), draft_id="D0")
        await other.wait_until_settled("D0")
    async with machine.console() as console:
        await console.order(add("L1", GARLIC_BREAD), add("L2", ONION_RINGS))
        assert cart_contents(machine.carts()[0])[GARLIC_BREAD, 0] == 3
        unexpected = {line.title: line.quantity for line in console.status["D1"].comparison.unexpected}
        assert unexpected == {"Garlic Bread": 2, "Pepsi": 1}
        await console.edit(RemoveLine("L1"), RemoveLine("L2"))
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == {(GARLIC_BREAD, 0): 2, (PEPSI, PEPSI_CAN): 1}


async def test_a_key_that_went_stale_since_the_look_is_looked_up_again(machine: Machine) -> None:
    edits = iter(["a", "b"])

    def somebody_edits(point: str) -> None:
        if point == "before the write" and machine.carts() and (key := next(edits, None)):
            machine.backend.store.run("UPDATE line SET key = ?", key)

    async with machine.console(checkpoint=somebody_edits) as console:
        await console.order(add("L1", GARLIC_BREAD))
        await console.edit(SetQuantity("L1", 2))
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == {(GARLIC_BREAD, 0): 2}
        assert console.line_comparisons()[0].state is LineStatus.CONFIRMED


async def test_error_of_the_program_is_reported_and_retry_goes_on(machine: Machine) -> None:
    broken = [True]

    def breaks(_point: str) -> None:
        if broken:
            raise ZeroDivisionError

    seen: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: seen.append(what["exception"]))
    async with machine.console(checkpoint=breaks) as console:
        await console.start_order()
        await console.edit(add("L1", GARLIC_BREAD))
        status = await console.wait_for_activity(Activity.NEEDS_ATTENTION)
        assert "fault of this program" in text_of(status.problem)
        assert [type(error) for error in seen] == [ZeroDivisionError]
        broken.clear()
        console.engine.try_again()
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == {(GARLIC_BREAD, 0): 1}


async def test_damaged_sync_state_sends_nothing(machine: Machine) -> None:
    async with machine.console("one") as console:
        await console.order(add("L1", GARLIC_BREAD))
        lease = await console.drafts.acquire("D1", "one", now=machine.clock.now(), seconds=30)
        assert lease is not None
        await console.drafts.save_sync("D1", lease.fence, "{damaged")
    async with machine.console("two") as console:
        await console.resume_order()
        status = await console.wait_for_activity(Activity.NEEDS_ATTENTION)
        assert "damaged" in text_of(status.problem)
        assert console.port.requests == []


async def test_an_order_of_another_operator_waits_for_that_one(machine: Machine) -> None:
    async with machine.console() as console:
        console.sessions.sign_in(OperatorCredentials("somebody else", SecretStr("x")))
        await console.start_order()
        await console.edit(add("L1", GARLIC_BREAD))
        await console.wait_for_activity(Activity.NOT_SIGNED_IN)
        assert console.port.requests == []


async def test_full_disk_is_reported_and_retried(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    async with machine.console() as console:
        await console.start_order()
        await console.drafts.append("D1", 0, add("L1", GARLIC_BREAD))

        async def full(*_: object) -> None:
            raise StorageError("The disk is full.")

        monkeypatch.setattr(console.drafts, "save_sync", full)
        console.engine.update_draft("D1", Draft.replay([add("L1", GARLIC_BREAD)]))
        status = await console.wait_for_activity(Activity.RETRYING)
        assert text_of(status.problem) == "The disk is full."
        monkeypatch.undo()
        await console.until(lambda: bool(machine.carts()))
