"""What became of an order that could not be proved: the operator decides, with what was seen.

Opened from the outbox, for an order that needs the operator.
"""

from typing import TYPE_CHECKING

from console.desk.values import ItIs, LeaveIt, OrderView, PlaceAgain
from screens.choose import ChooseScreen
from widgets.cells import Align
from widgets.columns import Column, Row, RowStyle

if TYPE_CHECKING:
    from console.desk.desk import Desk

AGAIN, PUT_AWAY = "again", "leave"
COLUMNS = (Column("What became of it"), Column("Placed", 16), Column("Total", 14, Align.RIGHT))


def choices(view: OrderView) -> tuple[Row, ...]:
    """A row for each order that may be it, then for placing it again, then for putting it away."""
    seen = [
        Row(
            str(candidate.order_id),
            (
                f"It is order {candidate.order_id}{f', {candidate.who}' if candidate.who else ''}",
                candidate.placed_at,
                view.currency.text(candidate.total),
            ),
            RowStyle.NORMAL if candidate.fits else RowStyle.DIM,
        )
        for candidate in view.placing.candidates
    ]
    return (
        *seen,
        Row(AGAIN, ("It was not placed: place it again", "", "")),
        Row(PUT_AWAY, ("Put it away; nothing is sent any more", "", "")),
    )


class DecisionScreen(ChooseScreen):
    """Every row is an answer; Escape leaves the question open."""

    def __init__(self, view: OrderView) -> None:
        super().__init__(f"The order for {view.who}: {view.placing.sentence}", COLUMNS, choices(view))


def decide(desk: "Desk", draft_id: str, answer: str) -> None:
    """Tell the desk what was chosen.

    Raises:
        Trouble: nobody asked any more.
    """
    if answer == AGAIN:
        desk.orders.decide(draft_id, PlaceAgain())
    elif answer == PUT_AWAY:
        desk.orders.decide(draft_id, LeaveIt())
    else:
        desk.orders.decide(draft_id, ItIs(int(answer)))
