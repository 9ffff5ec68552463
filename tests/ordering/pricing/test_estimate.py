"""The estimate: exact prices times quantities, rounded once, and amounts that add up to the total."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.draft import AddLine, Draft, DraftLine, OrderItem
from console.ordering.money import Currency
from console.ordering.pricing.estimate import estimate_draft

COINS = {"KWD": Decimal("0.001"), "USD": Decimal("0.01"), "JPY": Decimal(1)}
PRICES = st.decimals(min_value=0, max_value=1000, places=6)
LINES = st.lists(
    st.builds(
        lambda price, quantity: AddLine(DraftLine("L", OrderItem(1, 0, "Bread", "", price), quantity)),
        PRICES,
        st.integers(1, 999),
    ),
    max_size=10,
)


def draft_of(price: str, quantity: int) -> Draft:
    item = OrderItem(1, 0, "Bread", "", Decimal(price))
    return Draft().apply(AddLine(DraftLine("L", item, quantity)))


@given(LINES, st.sampled_from(sorted(COINS)))
def test_estimate_of_any_prices_has_lines_that_add_up(edits: list[AddLine], code: str) -> None:
    coin, draft = COINS[code], Draft.replay(edits)
    estimate = estimate_draft(draft, Currency(code))
    exact = [line.item.unit_price * line.quantity for line in draft.lines]
    assert estimate.total == sum(exact, Decimal(0)).quantize(coin, rounding=ROUND_HALF_UP)
    assert sum((line.amount for line in estimate.lines), Decimal(0)) == estimate.total
    for line, amount in zip(estimate.lines, exact, strict=True):
        assert line.amount == line.amount.quantize(coin)
        assert abs(line.amount - amount) < coin


@given(PRICES, st.integers(1, 999), st.sampled_from(sorted(COINS)))
def test_estimate_of_one_line_is_rounded_half_up_once(price: Decimal, quantity: int, code: str) -> None:
    (line,) = estimate_draft(draft_of(str(price), quantity), Currency(code)).lines
    assert line.amount == (price * quantity).quantize(COINS[code], rounding=ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("code", "price", "quantity", "amount"),
    [
        ("KWD", "0.3335", 4, "1.334"),
        ("KWD", "0.3335", 3, "1.001"),
        ("USD", "12.345", 3, "37.04"),
        ("JPY", "33.3333", 3, "100"),
    ],
)
def test_estimate_multiplies_before_it_rounds(code: str, price: str, quantity: int, amount: str) -> None:
    estimate = estimate_draft(draft_of(price, quantity), Currency(code))
    assert ([str(line.amount) for line in estimate.lines], str(estimate.total)) == ([amount], amount)


def test_every_amount_says_what_it_is_for() -> None:
    (amount,) = estimate_draft(draft_of("0.5", 3), Currency("KWD")).lines
    assert (amount.label, amount.amount) == ("3 x Bread", Decimal("1.500"))


def test_nothing_costs_nothing() -> None:
    assert estimate_draft(Draft(), Currency("KWD")).total == 0
