"""The state of an order is one on every path: list, order, watch, cancelling, ticket and reprint."""

from collections.abc import AsyncIterator

import pytest

from console.api.orders.models import WireOrder
from console.ordering.catalogue import Variant
from console.ordering.money import Currency
from console.ordering.placed.order_states import CANCELLED
from console.ordering.placed.ticket import TicketCopy
from console.ordering.store_time import MACHINE_TIME
from console.ordering.vocabulary import Vocabulary
from console.sandbox.switches import Switches
from console.services.history.mapping import to_past_order
from console.services.operator_session import OperatorSession
from console.sync.placement.purchase import purchase_from_order
from tests.past_orders import place_order, side_item
from tests.services.connections import operator_session
from tests.services.samples import TOM
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio


@pytest.fixture
async def session(backend: SandboxBackend) -> AsyncIterator[OperatorSession]:
    async with operator_session(backend) as (session, _):
        yield session


def put(backend: SandboxBackend, number: int, letters: str) -> None:
    backend.switch(Switches(order_states={number: letters}))


@pytest.mark.parametrize(
    ("letters", "text", "banner"),
    [
        ("A/RJ", "rejected", "REJECTED"),
        ("A/EX", "expired", "EXPIRED"),
        ("C", "cancelled", "CANCELLED"),
        ("F", "failed", "FAILED"),
    ],
)
async def test_void_order_says_so_wherever_it_is_read(
    backend: SandboxBackend, session: OperatorSession, letters: str, text: str, banner: str
) -> None:
    number = await place_order(backend.endpoint(), side_item())
    order = await session.history.order(number)
    put(backend, number, letters)
    watched = await session.history.refresh_state(order)
    read = await session.history.order(number)
    (listed,) = await session.history.of_today()
    assert [each.state.text for each in (watched, read, listed)] == [text] * 3
    tickets = session.tickets
    reprint = tickets.render(tickets.ticket_from_past_order(watched), TicketCopy.KITCHEN, reprint=True)
    assert [row.strip() for row in reprint.split("\n")[:2]] == ["DUPLICATE", banner]


async def test_history_calls_a_cancelled_order_cancelled(
    backend: SandboxBackend, session: OperatorSession
) -> None:
    order = await session.history.order(await place_order(backend.endpoint(), side_item()))
    await session.history.cancel(order, session.history.cancel_reasons[0])
    (listed,) = await session.history.of_customer(TOM)
    assert listed.state == CANCELLED


def no_variant(product_id: int, variant_id: int) -> Variant | None:
    return None


def line(line_id: int, quantity: int, cancelled: int, **letters: str) -> dict[str, object]:
    return {
        "OrderLineId": line_id, "ProductId": line_id, "ProductTitle": "Pen", "Quantity": quantity,
        "CancelQuantity": cancelled, **letters,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        # A platform keeps an order without lines authorised, and counts one of two as cancelled.
        (
            [line(1, 2, 1, ItemStatus="IC", DerivedStatusCode="ICI"), line(2, 16, 16, ItemStatus="IC")],
            "cancelled",
        ),
        ([line(1, 1, 0, DerivedStatusCode="ICC")], "cancelled"),
        ([line(1, 3, 2, ItemStatus="PC", DerivedStatusCode="D")], "accepted (SF)"),
        ([line(1, 1, 1, ItemStatus="IC"), line(2, 1, 0)], "accepted (SF)"),
        ([line(1, 1, 1, ItemStatus="IC"), {"OrderLineId": 2, "ProductId": "NA"}], "accepted (SF)"),
    ],
)
async def test_order_without_a_line_left_is_cancelled(lines: list[dict[str, object]], text: str) -> None:
    record = WireOrder.model_validate(
        {"OrderId": 7, "Status": "A", "SubStatus": "SF", "OrderLineId": lines, "TotalAmount": 1}
    )
    words = Vocabulary()
    order = to_past_order(record, Currency("INR"), 0.0, MACHINE_TIME, no_variant, words)
    bought = purchase_from_order(record, None, Currency("INR"), words)
    assert (order.state.text, bought.is_cancelled) == (text, text == "cancelled")
    # Get Order Status knows nothing of lines.
    assert order.with_state(words.states.state("A", "SF", order.mode)).state.text == text
