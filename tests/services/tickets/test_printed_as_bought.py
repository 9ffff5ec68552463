"""What is printed, read back and listed is what the platform says was bought, whatever it did."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest

from benchmarks.faults.order_record import Json
from benchmarks.faults.printed import printed_differences
from console.api.carts.requests import WireDeliveryMode
from console.ordering.checkout import Address, Checkout, DeliveryMode
from console.ordering.configuration import default_configuration, put_topping
from console.ordering.descriptions import build_order_item, read_back
from console.ordering.draft import AddLine, DraftLine, OrderItem, Portion, SetCheckout
from console.ordering.placed.ticket import TicketCopy
from console.sandbox.orders.records import orders_json
from console.sandbox.switches import Fault, FaultKind, Switches
from console.services.operator_session import OperatorSession
from console.services.orders.checkout import CASH
from console.services.views import OrderView, PlacementStatus
from console.sync.clock import Clock
from screens.order_view.read_back import read_back_sentences
from screens.outbox.rows import outbox_row
from tests.past_orders import ONIONS, RANCH, TOMATOES, side_item
from tests.saved_menu import menu_fetched
from tests.services.connections import RecordedEvents, operator_session
from tests.services.samples import GARLIC_BREAD, KWD, TOM
from tests.shops import LOCATION_ID, SandboxBackend
from tests.sync.virtual_time import VirtualClock

pytestmark = pytest.mark.anyio

BREAD, TEA, RINGS, BOX, BOGO = 13047603, 13047649, 13047613, 13047463, 13047461
BREAD_ON_THE_HOUSE = 41689
KARAK_TEA = OrderItem(TEA, 0, "Karak Tea", "", Decimal("0.350"))
SUPREME = OrderItem(13047273, 0, "Chicken Supreme", "", Decimal("3.250"))
DEAL = OrderItem(BOGO, 0, "Buy One Get One", "", Decimal("5.650"))
PICKUP = Checkout(payment=CASH)
DELIVERY = Checkout(DeliveryMode.DELIVERY, Address("Block 4, Street 12", area="Salmiya"), payment=CASH)
MUST_DECIDE = (PlacementStatus.PLACED, PlacementStatus.NEEDS_ATTENTION)


@dataclass
class Counter:
    """One order at the counter, its session, and the platform's own record."""

    backend: SandboxBackend
    session: OperatorSession
    recorded: RecordedEvents
    draft_id: str

    def view(self) -> OrderView:
        return self.session.orders.view(self.draft_id)

    def change(self, *items: tuple[OrderItem, int], checkout: Checkout = PICKUP) -> None:
        for item, quantity in items:
            line = DraftLine(self.session.orders.new_line_id(), item, quantity)
            self.session.orders.change(self.draft_id, AddLine(line))
        self.session.orders.change(self.draft_id, SetCheckout(checkout))

    async def sent(self) -> None:
        await self.recorded.until(lambda: not self.view().is_pending)

    async def place(self) -> OrderView:
        """Place the order, with every difference decided as the platform has it.

        Its differences stop it once, and a fault may refuse it twice.
        """
        orders = self.session.orders
        for _ in range(5):
            view = self.view()
            await orders.place(self.draft_id, view.total, view)
            await self.recorded.until(lambda: self.view().placement.state in MUST_DECIDE)
            if (view := self.view()).placement.state is PlacementStatus.PLACED:
                return view
            await self.session.placement.withdraw(self.draft_id)
            for shown in view.comparisons:
                orders.accept_line(self.draft_id, shown)
            for unexpected in view.unexpected:
                orders.keep_unexpected(self.draft_id, unexpected)
            await self.sent()
        raise AssertionError(self.view().placement_message)

    def bought(self) -> Json:
        """The platform's own record of this order."""
        (order,) = orders_json(self.backend.store)
        return order


@asynccontextmanager
async def counter(backend: SandboxBackend, clock: Clock | None = None) -> AsyncIterator[Counter]:
    async with operator_session(backend, clock) as (session, recorded):
        await menu_fetched(session.menu)
        yield Counter(backend, session, recorded, await session.orders.start_order(TOM))


SWITCHES = {
    "short stock": Switches(stock_changes={BREAD: 1}),
    "no stock": Switches(stock_changes={BREAD: 0}),
    "refused": Switches(refuse=frozenset({BREAD})),
    "delisted": Switches(delisted=frozenset({BREAD})),
    "another product": Switches(substitute={BREAD: RINGS}),
    "a deal": Switches(convert_deals={BREAD: BOX}),
    "another price": Switches(price_changes={BREAD: Decimal("0.925")}),
    "split lines": Switches(split_lines=True),
    "unmerged lines": Switches(merge_lines=False),
    "children apart": Switches(children_apart=True),
    "kept keys": Switches(new_keys=False),
    "short here": Switches(location_stock={LOCATION_ID: {BREAD: 1}}),
    "a suggested deal": Switches(combo_suggestions={BREAD: BOX}),
    "groups": Switches(group_data=True),
    "nothing": Switches(),
}


@pytest.mark.parametrize("checkout", [PICKUP, DELIVERY], ids=["pickup", "delivery"])
@pytest.mark.parametrize("switches", SWITCHES.values(), ids=SWITCHES)
async def test_order_is_printed_as_bought(
    backend: SandboxBackend, switches: Switches, checkout: Checkout
) -> None:
    async with counter(backend) as order:
        backend.switch(switches)
        order.change((GARLIC_BREAD, 3), (KARAK_TEA, 1), (SUPREME, 1), (DEAL, 1), checkout=checkout)
        await order.sent()
        check_printed(order, await order.place())


async def test_garlic_bread_that_was_short_is_on_no_paper(backend: SandboxBackend) -> None:
    """Three breads and a tea, one bread in stock: the tea alone was bought."""
    async with counter(backend) as order:
        backend.switch(SWITCHES["short stock"])
        order.change((GARLIC_BREAD, 3), (KARAK_TEA, 1))
        await order.sent()
        assert read_back_sentences(order.view(), order.session.menu.bundles) == (
            "One Karak Tea.",
            "To be collected at Salmiya.",
            "Together KWD 0.350, as soon as possible.",
        )
        view = await order.place()
        texts = [
            order.session.tickets.render(order.session.tickets.ticket_of_order(view), copy, reprint=False)
            for copy in TicketCopy
        ]
        assert all("Garlic" not in text and "GARLIC" not in text for text in texts)
        check_printed(order, view)


async def test_custom_pizza_is_printed_with_its_halves_and_strengths(backend: SandboxBackend) -> None:
    async with counter(backend) as order:
        bundles = order.session.menu.bundles
        parts = default_configuration(bundles[RANCH], bundles)
        parts = put_topping(bundles[RANCH], parts, TOMATOES, Portion.LEFT, "Extra")
        parts = put_topping(bundles[RANCH], parts, ONIONS, Portion.RIGHT)
        pizza = build_order_item(
            bundles[RANCH], parts, bundles=bundles, currency=KWD, half_rule=order.session.half_rule
        )
        order.change((pizza, 2))
        await order.sent()
        view = await order.place()
        check_printed(order, view)
        (spoken, *_) = read_back_sentences(view, bundles)
        assert spoken == read_back(view.draft, KWD, view.total, "", bundles)[0]


async def test_gift_and_a_line_of_somebody_else_are_printed(backend: SandboxBackend) -> None:
    async with counter(backend) as order:
        order.change((DEAL, 2), (KARAK_TEA, 1))
        await order.sent()
        token = order.session.context.customer_sessions.existing_token(order.draft_id)
        assert token is not None
        carts, mode = order.session.context.api.carts, WireDeliveryMode.PICKUP
        await carts.add_free_products(
            token=token, rule_id=BREAD_ON_THE_HOUSE, items=[side_item(1)], delivery_mode=mode
        )
        await carts.add_items(token=token, items=[side_item(2, RINGS)], delivery_mode=mode)
        order.session.orders.retry_now()
        await order.recorded.until(lambda: len(order.view().unexpected) == 2)
        view = await order.place()
        check_printed(order, view)
        sentences = read_back_sentences(view, order.session.menu.bundles)
        assert "One Garlic Bread, free." in sentences
        assert "Two Onion Rings." in sentences


async def test_voucher_and_delivery_have_a_row_each(backend: SandboxBackend) -> None:
    async with counter(backend) as order:
        order.change((DEAL, 1), checkout=replace(DELIVERY, voucher="HALFDINAR", tendered=Decimal(10)))
        await order.sent()
        view = await order.place()
        check_printed(order, view)
        ticket = order.session.tickets.ticket_of_order(view)
        assert [(row.label, row.amount) for row in ticket.totals] == [
            ("Goods", Decimal("5.650")),
            ("Voucher HALFDINAR", Decimal("-0.500")),
            ("Delivery", Decimal("0.500")),
            ("Total", Decimal("5.650")),
            ("Cash given", Decimal(10)),
            ("Change", Decimal("4.350")),
        ]


LOST = (FaultKind.DROP_AFTER, FaultKind.DROP_LATE, FaultKind.TRUNCATED, FaultKind.NOT_JSON)


@pytest.mark.parametrize("kind", LOST)
async def test_order_found_by_look_up_is_printed_as_bought(tmp_path: Path, kind: FaultKind) -> None:
    clock = VirtualClock()
    backend = SandboxBackend(tmp_path, clock=clock.now, sleep=clock.sleep)
    async with counter(backend, clock) as order:
        backend.switch(SWITCHES["short stock"])
        order.change((GARLIC_BREAD, 3), (KARAK_TEA, 1))
        await order.sent()
        lost = Fault("orders.place", kind, times=1, seconds=1)
        backend.switch(replace(SWITCHES["short stock"], faults=(lost,)))
        check_printed(order, await order.place())


@pytest.mark.parametrize("kind", FaultKind)
async def test_order_is_printed_as_bought_whatever_fails(tmp_path: Path, kind: FaultKind) -> None:
    """Each fault strikes the cart twice, and twice placing or looking for the order."""
    clock = VirtualClock()
    backend = SandboxBackend(tmp_path, clock=clock.now, sleep=clock.sleep)
    async with counter(backend, clock) as order:
        faults = (Fault("carts.*", kind, times=2, seconds=1), Fault("orders.*", kind, times=2, seconds=1))
        backend.switch(replace(SWITCHES["short stock"], faults=faults))
        order.change((GARLIC_BREAD, 3), (KARAK_TEA, 1), (SUPREME, 1), checkout=DELIVERY)
        await order.sent()
        check_printed(order, await order.place())


async def test_past_order_and_its_repeat_are_as_bought(backend: SandboxBackend) -> None:
    async with counter(backend) as order:
        backend.switch(SWITCHES["another product"])
        order.change((GARLIC_BREAD, 3), (SUPREME, 1), (DEAL, 1), checkout=DELIVERY)
        await order.sent()
        number = (await order.place()).placement.order_id
        past = await order.session.history.order(number)
        bought = order.bought()
        assert printed_differences(order.session.tickets.ticket_from_past_order(past), bought) == ()
        (listed,) = await order.session.history.of_customer(TOM)
        assert (listed.number, listed.total) == (number, Decimal(str(bought["total"])))
        repeat = await order.session.reorder.preview(past)
        assert sorted((line.past_line.product_id, line.quantity) for line in repeat.lines) == sorted(
            (line["product_id"], line["quantity"]) for line in cast("list[Json]", bought["lines"])
        )
        check_printed(order, order.view())


def check_printed(order: Counter, view: OrderView) -> None:
    """Hold tickets, read-back and outbox to the platform's record, at once and once it was read."""
    bought = order.bought()
    ticket = order.session.tickets.ticket_of_order(view)
    assert printed_differences(ticket, bought) == ()
    titles = [line.title for line in ticket.lines]
    kitchen = order.session.tickets.render(ticket, TicketCopy.KITCHEN, reprint=False)
    for quantity, title in [(line.quantity, line.title) for line in ticket.lines]:
        assert f"{quantity} X {title}".upper() in kitchen.replace("\n", " ")
    *spoken, _where, together = read_back_sentences(view, order.session.menu.bundles)
    assert len(spoken) == len(titles)
    assert all(title in sentence for title, sentence in zip(titles, spoken, strict=True))
    assert together.startswith(f"Together {KWD.format_money(Decimal(str(bought['total'])))}")
    assert outbox_row(view).cells[2:4] == (
        f"= {KWD.format_money(Decimal(str(bought['total'])))}",
        str(len(titles)),
    )


async def test_placed_order_is_read_back_from_the_platform(backend: SandboxBackend) -> None:
    async with counter(backend) as order:
        order.change((GARLIC_BREAD, 3), (KARAK_TEA, 1))
        await order.sent()
        number = (await order.place()).placement.order_id
        records = order.session.history._platform_records
        await order.recorded.until(lambda: records.find(number) is not None)
        record = records.find(number)
        assert record is not None
        assert sorted(line.quantity for line in record.lines) == [1, 3]


async def test_record_that_differs_is_said_and_wins(backend: SandboxBackend) -> None:
    """Somebody changed the order on the platform after it was placed."""
    async with counter(backend) as order:
        order.change((GARLIC_BREAD, 3), (KARAK_TEA, 1))
        await order.sent()
        view = await order.place()
        assert view.record_notes == ()
        with backend.store.transaction():
            backend.store.run("UPDATE order_line SET quantity = 2 WHERE quantity = 3")
        await order.session.history.order(view.placement.order_id)
        view = order.view()
        assert view.record_notes == ("The platform's record differs: 1 x Garlic Bread less.",)
        assert "The platform's record differs" in " ".join(outbox_row(view).notes)
        ticket = order.session.tickets.ticket_of_order(view)
        assert [(line.title, line.quantity) for line in ticket.lines] == [
            ("Garlic Bread", 2),
            ("Karak Tea", 1),
        ]
        assert ticket.balance == 0


async def test_order_placed_before_a_restart_is_printed_offline_as_a_duplicate(
    backend: SandboxBackend,
) -> None:
    async with counter(backend) as order:
        backend.switch(SWITCHES["short stock"])
        order.change((GARLIC_BREAD, 3), (KARAK_TEA, 1))
        await order.sent()
        await order.place()
        draft_id, bought = order.draft_id, order.bought()
    backend.go_offline()
    async with operator_session(backend) as (session, _):
        (view,) = session.orders.outbox
        assert (view.draft_id, view.placement.state) == (draft_id, PlacementStatus.PLACED)
        assert view.is_earlier
        assert printed_differences(session.tickets.ticket_of_order(view), bought) == ()
        assert session.orders.open_orders == ()


async def test_estimate_is_marked_and_adds_up(backend: SandboxBackend) -> None:
    async with counter(backend) as order:
        backend.go_offline()
        order.change((GARLIC_BREAD, 3), (KARAK_TEA, 1))
        ticket = order.session.tickets.ticket_of_order(order.view())
        assert (ticket.is_estimate, ticket.balance) == (True, 0)
        for copy in TicketCopy:
            text = order.session.tickets.render(ticket, copy, reprint=False)
            assert "NOT PLACED YET\nESTIMATE, NOT CONFIRMED\n" in text
        assert read_back_sentences(order.view(), {})[-1].startswith("An estimate:")


async def test_order_cancelled_since_is_printed_as_cancelled(backend: SandboxBackend) -> None:
    """The kitchen must not make it, from whatever screen its ticket is printed."""
    async with counter(backend) as order:
        order.change((GARLIC_BREAD, 3), (KARAK_TEA, 1))
        await order.sent()
        number = (await order.place()).placement.order_id
        history = order.session.history
        past = await history.cancel(await history.order(number), history.cancel_reasons[0])
        view = order.view()
        assert view.record_notes == ("The platform's record differs: cancelled.",)
        for ticket in (
            order.session.tickets.ticket_of_order(view),
            order.session.tickets.ticket_from_past_order(past),
        ):
            assert "CANCELLED" in order.session.tickets.render(ticket, TicketCopy.KITCHEN, reprint=False)
            assert ticket.balance == 0
