"""Totals: one total in sight, the estimate until the platform has confirmed it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.money import Currency
from tests.widgets.harness import WidgetApp, rendered_rows
from widgets.totals import ConfirmedTotals, TotalsPanel, TotalsState

pytestmark = pytest.mark.anyio

KWD = Currency("KWD")
CONFIRMED = ConfirmedTotals(
    products=Decimal("12.25"),
    shipping=Decimal("0.5"),
    tax=Decimal(0),
    discount=Decimal(0),
    total=Decimal("12.75"),
)


async def shown(state: TotalsState, width: int = 44) -> list[str]:
    totals = TotalsPanel(state)
    async with WidgetApp(totals).run_test(size=(width, 3)):
        return rendered_rows(totals)


async def test_confirmed_total_stands_alone_with_its_parts_above() -> None:
    rows = await shown(TotalsState(KWD, Decimal("99.9"), confirmed=CONFIRMED))
    assert rows[-1] == "Confirmed = KWD 12.750 ✓".rjust(44)
    assert rows[1].strip() == "products 12.250  delivery 0.500"
    assert not any("99.9" in row or "Estimate" in row for row in rows)


async def test_estimate_stands_alone_until_it_is_confirmed() -> None:
    rows = await shown(TotalsState(KWD, Decimal("12.25"), pending=True, progress_text="Sending."))
    assert [row.strip() for row in rows] == ["", "Sending.", "Estimate  ~ KWD 12.250 …"]


async def test_estimate_shows_the_delivery_fee_in_it() -> None:
    rows = await shown(TotalsState(KWD, Decimal("12.75"), Decimal("0.5")))
    assert [row.strip() for row in rows[1:]] == [
        "products 12.250  delivery 0.500",
        "Estimate  ~ KWD 12.750",
    ]


async def test_estimate_without_a_known_fee_says_plus_delivery() -> None:
    rows = await shown(TotalsState(KWD, Decimal("12.25"), None, pending=True))
    assert [row.strip() for row in rows] == ["", "", "Estimate  ~ KWD 12.250 plus delivery …"]


async def test_large_estimate_plus_delivery_fits_a_narrow_panel() -> None:
    rows = await shown(TotalsState(KWD, Decimal("1234.5"), None, pending=True), width=35)
    assert rows[-1].strip() == "~ KWD 1,234.500 plus delivery …"


async def test_differences_are_said_in_words() -> None:
    said, *_, below = await shown(TotalsState(KWD, Decimal("12.25"), confirmed=CONFIRMED, differences=2))
    assert said.strip() == "! 2 lines differ from the order."
    assert below.endswith(" !")


async def test_a_problem_is_said_whole_and_before_anything_else() -> None:
    problem = "The customer's account is locked. Ask a manager to open it, then F6."
    state = TotalsState(KWD, Decimal("12.25"), confirmed=CONFIRMED, differences=2, problem=problem)
    rows = await shown(state)
    assert " ".join(row.strip() for row in rows[:2]) == f"! {problem}"


async def test_totals_breakdown_takes_a_second_row_when_narrow() -> None:
    taken_off = replace(CONFIRMED, discount=Decimal("1.225"), total=Decimal("11.525"))
    first, second, *_ = await shown(TotalsState(KWD, Decimal("12.25"), confirmed=taken_off), width=36)
    assert (first.strip(), second.strip()) == ("products 12.250  delivery 0.500", "discount -1.225")
