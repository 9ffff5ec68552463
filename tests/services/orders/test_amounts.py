"""The amounts of an order with prices finer than a coin: one rounding on screen, ticket and past order."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.checkout import Checkout, PaymentMethod
from console.ordering.configuration import default_configuration, put_topping
from console.ordering.descriptions import build_order_item
from console.ordering.draft import (
    AddLine,
    Draft,
    DraftLine,
    OrderItem,
    Portion,
    Resolution,
    SetCheckout,
)
from console.ordering.money import ZERO, Currency
from console.ordering.placed.purchased_order import line_amounts, purchased_from_past
from console.sandbox.switches import Switches
from console.services.operator_session import OperatorSession
from console.services.orders.amounts import estimate_goods, order_amounts
from console.services.views import LineComparison, LineStatus, OrderView, PlacementStatus, UnexpectedLine
from tests.services.catalogue.fetched_bundles import session_with_bundles
from tests.services.connections import RecordedEvents, operator_session
from tests.services.samples import GARLIC_BREAD
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

CURRENCIES = st.sampled_from([Currency(code) for code in ("KWD", "USD", "JPY", "CLF")])
PRICES = st.decimals(min_value=0, max_value=1000, places=6)
LINES = st.lists(st.tuples(PRICES, st.none() | PRICES, st.integers(1, 99)), max_size=8)
FRACTION = Decimal("0.3335")
MARGHERITA = 13047325
CHEESY = OrderItem(13047605, 0, "Cheesy Garlic Bread", "", FRACTION)
CASH = SetCheckout(Checkout(payment=PaymentMethod("COD", "COD", "0")))


@given(LINES, LINES, CURRENCIES)
def test_amounts_of_any_prices_add_up_to_the_estimate(
    lines: list[tuple[Decimal, Decimal | None, int]],
    others: list[tuple[Decimal, Decimal | None, int]],
    currency: Currency,
) -> None:
    """Some lines have the menu's price, some the platform's; some were added by somebody else."""
    draft = Draft.replay(
        AddLine(DraftLine(str(number), OrderItem(1, 0, "Bread", "", price), quantity))
        for number, (price, _, quantity) in enumerate(lines)
    )
    comparisons = [
        LineComparison(str(number), LineStatus.PENDING, quantity, confirmed)
        for number, (_, confirmed, quantity) in enumerate(lines)
    ]
    unexpected = [unexpected_line(price, quantity) for price, _, quantity in others]
    goods = estimate_goods(draft, comparisons, unexpected, currency)
    amounts = order_amounts(draft, comparisons, unexpected, currency, None)
    assert sum((*amounts.lines, *amounts.unexpected), ZERO) == goods


@given(LINES, CURRENCIES)
def test_estimate_is_what_the_platforms_floats_add_up_to(
    lines: list[tuple[Decimal, Decimal | None, int]], currency: Currency
) -> None:
    """The platform adds up binary floats and prints all their digits; rounded once, both are the same."""
    unexpected = [unexpected_line(price, quantity) for price, _, quantity in lines]
    platform_sum = sum(float(price) * quantity for price, _, quantity in lines)
    goods = currency.round(Decimal(repr(float(platform_sum))))
    assert estimate_goods(Draft(), [], unexpected, currency) == goods
    assert sum(order_amounts(Draft(), [], unexpected, currency, goods).unexpected, ZERO) == goods


def test_unexpected_line_that_will_be_removed_is_not_estimated() -> None:
    line = unexpected_line(Decimal("0.750"), 2)
    kwd = Currency("KWD")
    assert estimate_goods(Draft(), [], [line], kwd) == Decimal("1.500")
    assert estimate_goods(Draft(), [], [replace(line, resolution=Resolution.REMOVE)], kwd) == 0


def unexpected_line(price: Decimal, quantity: int) -> UnexpectedLine:
    return UnexpectedLine("Tea", "", quantity, price, free=False, item=GARLIC_BREAD)


@pytest.fixture
async def work(backend: SandboxBackend) -> AsyncIterator[tuple[OperatorSession, RecordedEvents]]:
    backend.switch(
        Switches(price_changes=dict.fromkeys((GARLIC_BREAD.product_id, CHEESY.product_id), FRACTION))
    )
    async with operator_session(backend) as (session, recorded):
        yield session, recorded


async def confirmed_order(
    work: tuple[OperatorSession, RecordedEvents], *lines: tuple[OrderItem, int]
) -> OrderView:
    session, recorded = work
    draft_id = await session.orders.start_order(None)
    for item, quantity in lines:
        line = DraftLine(session.orders.new_line_id(), replace(item, unit_price=FRACTION), quantity)
        session.orders.change(draft_id, AddLine(line))
    session.orders.change(draft_id, CASH)
    await recorded.until(lambda: session.orders.view(draft_id).is_confirmed)
    return session.orders.view(draft_id)


@pytest.mark.parametrize(
    ("lines", "amounts", "total"),
    [
        (((GARLIC_BREAD, 4),), ["1.334"], "1.334"),
        (((GARLIC_BREAD, 1), (CHEESY, 1)), ["0.333", "0.334"], "0.667"),
        (((GARLIC_BREAD, 3), (GARLIC_BREAD, 2)), ["1.001", "0.667"], "1.668"),
    ],
)
async def test_line_amounts_estimated_and_confirmed_add_up_to_the_total(
    work: tuple[OperatorSession, RecordedEvents],
    lines: tuple[tuple[OrderItem, int], ...],
    amounts: list[str],
    total: str,
) -> None:
    view = await confirmed_order(work, *lines)
    assert (view.differences, str(view.total), str(view.estimate)) == (0, total, total)
    assert sorted(map(str, view.amounts.lines)) == sorted(amounts)
    ticket = work[0].tickets.ticket_of_order(view)
    assert sum((line.amount for line in ticket.lines), ZERO) == view.total


async def test_past_order_lines_add_up_to_its_total(work: tuple[OperatorSession, RecordedEvents]) -> None:
    session, recorded = work
    view = await confirmed_order(work, (GARLIC_BREAD, 1), (CHEESY, 1))
    await session.orders.place(view.draft_id, view.total, view)

    def placed() -> bool:
        return session.orders.view(view.draft_id).placement.state is PlacementStatus.PLACED

    await recorded.until(placed)
    order = await session.history.order(session.orders.view(view.draft_id).placement.order_id)
    amounts = line_amounts(purchased_from_past(order), session.currency)
    assert (order.total, sum(amounts, ZERO)) == (Decimal("0.667"), Decimal("0.667"))


async def test_price_that_differs_by_a_fraction_counts_once_it_makes_a_coin(
    work: tuple[OperatorSession, RecordedEvents],
) -> None:
    session, recorded = work
    draft_id = await session.orders.start_order(None)
    item = replace(GARLIC_BREAD, unit_price=Decimal("0.3339"))
    session.orders.change(draft_id, AddLine(DraftLine("L1", item, 4)))
    await recorded.until(lambda: session.orders.view(draft_id).is_confirmed)
    view = session.orders.view(draft_id)
    assert (view.differences, view.total) == (1, Decimal("1.334"))
    session.orders.accept_line(draft_id, view.comparisons[0])
    accepted = session.orders.view(draft_id).draft.lines[0].item
    assert accepted.unit_price == FRACTION


@pytest.mark.fetches_menu
async def test_bundle_with_fractions_of_a_coin_is_estimated_as_the_platform_charges_it(
    backend: SandboxBackend,
) -> None:
    """Three toppings, one of them on a half, each dearer by a fraction: rounded for the line alone."""
    prices = {
        variant.variant_id: variant.price + Decimal("0.0004")
        for product in backend.store.menu.products.values()
        for variant in product.variants
    }
    backend.switch(Switches(price_changes=prices))
    async with session_with_bundles(backend) as (session, recorded):
        bundles = session.menu.bundles
        pizza = bundles[MARGHERITA]
        components = default_configuration(pizza, bundles)
        toppings = [item.product_id for group in pizza.groups if group.free for item in group.items][:4]
        for product_id, portion in zip(toppings, (Portion.WHOLE, Portion.WHOLE, Portion.LEFT), strict=False):
            components = put_topping(pizza, components, product_id, portion)
        item = build_order_item(
            pizza, components, bundles=bundles, currency=session.currency, half_rule=session.half_rule
        )
        assert item.unit_price != session.currency.round(item.unit_price)
        draft_id = await session.orders.start_order(None)
        estimate = session.orders.change(draft_id, AddLine(DraftLine("L1", item, 7))).estimate
        await recorded.until(lambda: session.orders.view(draft_id).is_confirmed)
        view = session.orders.view(draft_id)
        assert (view.total, view.differences) == (estimate, 0)
