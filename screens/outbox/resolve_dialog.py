"""What became of an order that could not be proved: the operator decides, with what was seen.

Opened from the outbox, for an order that needs the operator.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from console.services.views import Abandon, ConfirmOrder, OrderView, Retry
from screens.dialogs.confirm import DialogText
from screens.dialogs.select import SelectScreen
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.text_cells import Align

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

RETRY, ABANDON = "again", "leave"
COLUMNS = (Column("What became of it"), Column("Placed", 19), Column("Total", 14, Align.RIGHT))


def resolution_rows(view: OrderView) -> tuple[ListRow, ...]:
    """A row for each order that may be it, then for placing it again, then for putting it away."""
    candidate_rows = [
        ListRow(
            str(candidate.order_id),
            (
                f"It is order {candidate.order_id}{f', {candidate.customer_name}' if candidate.customer_name else ''}",
                candidate.placed_at,
                view.currency.format_money(candidate.total),
            ),
            RowStyle.NORMAL if candidate.matches else RowStyle.DIM,
        )
        for candidate in view.placement.candidates
    ]
    return (
        *candidate_rows,
        ListRow(RETRY, ("It was not placed: place it again", "", "")),
        ListRow(ABANDON, ("Put it away: nothing is sent", "", "")),
    )


class ResolveScreen(SelectScreen):
    """Every row is an answer; Escape leaves the question open."""

    DEFAULT_CSS = "ResolveScreen > .box { width: 78; }"

    def __init__(self, view: OrderView) -> None:
        columns = COLUMNS if view.placement.candidates else COLUMNS[:1]
        super().__init__(f"The order for {view.customer_name}", columns, resolution_rows(view))
        self._reason = view.placement_message

    def dialog_body(self) -> Iterable[Widget]:
        """What was seen stands below the title: who decides must be able to read all of it."""
        title, *others = super().dialog_body()
        yield title
        yield DialogText((self._reason,))
        yield from others


def resolve_placement(session: "OperatorSession", draft_id: str, answer: str) -> None:
    """Tell the desk what was chosen.

    Raises:
        ServiceError: nobody asked any more.
    """
    if answer == RETRY:
        session.placement.decide(draft_id, Retry())
    elif answer == ABANDON:
        session.placement.decide(draft_id, Abandon())
    else:
        session.placement.decide(draft_id, ConfirmOrder(int(answer)))
