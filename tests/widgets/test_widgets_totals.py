"""Totals: the estimate and what the platform confirmed are told apart in signs and words."""

from decimal import Decimal

import pytest

from console.ordering.money import Currency
from tests.widgets.harness import Stage, lines
from widgets.totals import ConfirmedTotals, Totals, TotalsState

pytestmark = pytest.mark.anyio

KWD = Currency("KWD")
CONFIRMED = ConfirmedTotals(
    products=Decimal("12.25"),
    shipping=Decimal("0.5"),
    tax=Decimal(0),
    discount=Decimal(0),
    total=Decimal("12.75"),
)


async def shown(state: TotalsState, width: int = 70) -> tuple[str, str]:
    totals = Totals(state)
    async with Stage(totals).run_test(size=(width, 4)):
        above, below = lines(totals)
        return above, below


async def test_the_figures_stand_in_one_column() -> None:
    above, below = await shown(TotalsState(KWD, Decimal("12.25"), CONFIRMED), 40)
    assert above == "Estimate  ~ KWD 12.250  ".rjust(40)
    assert below == "Confirmed = KWD 12.750 ✓".rjust(40)


async def test_the_confirmed_total_is_broken_down_where_there_is_room() -> None:
    _, below = await shown(TotalsState(KWD, Decimal("12.25"), CONFIRMED))
    assert below.startswith("products 12.250  delivery 0.500 ")


async def test_nothing_is_called_confirmed_before_it_is() -> None:
    above, below = await shown(TotalsState(KWD, Decimal("12.25"), pending=True))
    assert above.startswith("changes on their way")
    assert below.strip() == "not confirmed yet …"


async def test_an_old_confirmation_is_not_the_last_word() -> None:
    _, below = await shown(TotalsState(KWD, Decimal("12.25"), CONFIRMED, pending=True))
    assert below.endswith("= KWD 12.750 …")


async def test_differences_are_said_in_words() -> None:
    above, below = await shown(TotalsState(KWD, Decimal("12.25"), CONFIRMED, differences=2))
    assert above.startswith("! 2 lines differ from what was asked")
    assert below.endswith(" !")
