"""The operator decides what became of an order whose outcome cannot be proved."""

from collections.abc import Iterable

from textual.widget import Widget

from console.services.views import Abandon, ConfirmOrder, OrderView, Retry
from screens.dialogs.confirm import DialogText
from screens.dialogs.select import SelectScreen
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.text_cells import Align

COLUMNS = (Column("Outcome"), Column("Placed", 19), Column("Total", 14, Align.RIGHT))
RETRY, ABANDON = "retry", "abandon"


def decisions(view: OrderView) -> dict[str, ConfirmOrder | Retry | Abandon]:
    """Return the decision for the key of each row."""
    return {
        **{str(one.order_id): ConfirmOrder(one.order_id) for one in view.placement.candidates},
        RETRY: Retry(),
        ABANDON: Abandon(),
    }


def decision_rows(view: OrderView) -> tuple[ListRow, ...]:
    """Return a row for each order that may be the one, for placing again, and for abandoning."""
    candidate_rows = [
        ListRow(
            str(candidate.order_id),
            (
                ", ".join(
                    text for text in (f"It is order {candidate.order_id}", candidate.customer_name) if text
                ),
                candidate.placed_at,
                view.currency.format_money(candidate.total),
            ),
            RowStyle.NORMAL if candidate.matches else RowStyle.DIM,
        )
        for candidate in view.placement.candidates
    ]
    return (
        *candidate_rows,
        ListRow(RETRY, ("Not placed: place it again", "", "")),
        ListRow(ABANDON, ("Abandon it: nothing is sent", "", "")),
    )


class ResolveScreen(SelectScreen):
    """Closes with the key of a decision; Escape leaves the question open."""

    DEFAULT_CSS = "ResolveScreen > .box { width: 78; }"

    def __init__(self, view: OrderView) -> None:
        columns = COLUMNS if view.placement.candidates else COLUMNS[:1]
        super().__init__(f"The order for {view.customer_name}", columns, decision_rows(view))
        self._reason = view.placement.message

    def dialog_body(self) -> Iterable[Widget]:
        """Show all of what was seen below the title: the operator decides by it."""
        title, *others = super().dialog_body()
        yield title
        yield DialogText((self._reason,))
        yield from others
