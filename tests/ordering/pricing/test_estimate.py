"""The estimate: every amount explained, and the amounts sum to the total exactly."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from console.ordering.draft import AddLine, Draft, DraftLine, OrderItem
from console.ordering.money import Currency
from console.ordering.pricing.estimate import estimate_draft, line_total

LINES = st.lists(
    st.builds(
        lambda price, quantity: AddLine(DraftLine("L", OrderItem(1, 0, "Bread", "", price), quantity)),
        st.decimals(min_value=0, max_value=1000, places=5),
        st.integers(1, 999),
    ),
    max_size=10,
)


@given(LINES, st.sampled_from(["KWD", "INR", "JPY"]))
def test_the_amounts_sum_to_the_total_exactly(edits: list[AddLine], code: str) -> None:
    currency, draft = Currency(code), Draft.replay(edits)
    priced = estimate_draft(draft, currency)
    assert priced.total == sum((amount.amount for amount in priced.lines), Decimal(0))
    assert priced.total == sum((line_total(line, currency) for line in draft.lines), Decimal(0))
    assert all(currency.round(amount.amount) == amount.amount for amount in priced.lines)


def test_the_price_of_one_is_rounded_before_it_is_multiplied() -> None:
    line = DraftLine("L", OrderItem(1, 0, "Bread", "", Decimal("0.3335")), 3)
    assert line_total(line, Currency("KWD")) == Decimal("1.002")


def test_every_amount_says_what_it_is_for() -> None:
    draft = Draft().apply(AddLine(DraftLine("L", OrderItem(1, 0, "Bread", "", Decimal("0.5")), 3)))
    (amount,) = estimate_draft(draft, Currency("KWD")).lines
    assert (amount.label, amount.amount) == ("3 x Bread", Decimal("1.500"))


def test_nothing_costs_nothing() -> None:
    assert estimate_draft(Draft(), Currency("KWD")).total == 0
