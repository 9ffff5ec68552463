"""Totals: the estimate and what the platform confirmed are distinguished by signs and words."""

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
    async with WidgetApp(totals).run_test(size=(width, 4)):
        return rendered_rows(totals)


async def test_the_figures_stand_in_one_column() -> None:
    *_, above, below = await shown(TotalsState(KWD, Decimal("12.25"), CONFIRMED))
    assert above == "Estimate  ~ KWD 12.250  ".rjust(44)
    assert below == "Confirmed = KWD 12.750 ✓".rjust(44)


async def test_the_confirmed_total_is_broken_down_above() -> None:
    rows = await shown(TotalsState(KWD, Decimal("12.25"), CONFIRMED))
    assert rows[1].strip() == "products 12.250  delivery 0.500"


async def test_nothing_is_called_confirmed_before_it_is() -> None:
    rows = await shown(TotalsState(KWD, Decimal("12.25"), pending=True, progress_text="Sending."))
    assert [row.strip() for row in rows] == ["", "Sending.", "Estimate  ~ KWD 12.250", "not confirmed yet …"]


async def test_an_old_confirmation_is_not_the_last_word() -> None:
    state = TotalsState(KWD, Decimal("12.25"), CONFIRMED, pending=True, progress_text="Sending.")
    said, parts, _, below = await shown(state)
    assert (said.strip(), parts.strip()) == ("Sending.", "products 12.250  delivery 0.500")
    assert below.endswith("= KWD 12.750 …")


async def test_differences_are_said_in_words() -> None:
    said, *_, below = await shown(TotalsState(KWD, Decimal("12.25"), CONFIRMED, differences=2))
    assert said.strip() == "! 2 lines differ from the order."
    assert below.endswith(" !")


async def test_a_problem_is_said_whole_and_before_anything_else() -> None:
    problem = "The customer's account is locked. Ask a manager to open it, then F6."
    rows = await shown(TotalsState(KWD, Decimal("12.25"), CONFIRMED, differences=2, problem=problem))
    assert " ".join(row.strip() for row in rows[:2]) == f"! {problem}"


async def test_the_total_that_counts_is_the_bold_one() -> None:
    totals = TotalsPanel(TotalsState(KWD, Decimal("12.25"), CONFIRMED))
    async with WidgetApp(totals).run_test(size=(44, 4)):
        weights = [
            next(part.style for part in totals.render_line(y) if part.style and "KWD" in part.text)
            for y in (2, 3)
        ]
        assert [(bool(style.dim), bool(style.bold)) for style in weights] == [(True, False), (False, True)]


async def test_totals_breakdown_takes_a_second_row_when_narrow() -> None:
    taken_off = replace(CONFIRMED, discount=Decimal("1.225"), total=Decimal("11.525"))
    first, second, *_ = await shown(TotalsState(KWD, Decimal("12.25"), taken_off), width=36)
    assert (first.strip(), second.strip()) == ("products 12.250  delivery 0.500", "discount -1.225")
