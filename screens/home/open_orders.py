"""The operator's open orders, to reopen one."""

from typing import TYPE_CHECKING

from console.services.views import OrderView
from screens.dialogs.select import SelectScreen
from screens.order_view.rows import PROGRESS_TEXTS, delivery_note
from widgets.lists.columns import Column, ListRow
from widgets.text_cells import Align, wrap

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COLUMNS = (
    Column("For"),
    Column("Since", 12),
    Column("Lines", 5, Align.RIGHT),
    Column("Total", 12, Align.RIGHT),
)


class OpenOrdersScreen(SelectScreen):
    """Closes with the id of the chosen order."""

    def __init__(self, session: "OperatorSession") -> None:
        super().__init__("Open orders", COLUMNS, [_row(view) for view in session.orders.open_orders])


def _notes(view: OrderView) -> tuple[str, ...]:
    status_text = view.problem or PROGRESS_TEXTS.get(view.activity, "")
    return (*wrap(delivery_note(view), 58, 1), *wrap(status_text, 58, 2))


def _row(view: OrderView) -> ListRow:
    sign = "=" if view.is_confirmed else "~"
    since = view.store_time.at(view.created_at).strftime("%d %b %H:%M")
    who = f"{view.customer_name}: {view.draft.name}" if view.draft.name else view.customer_name
    cells = (who, since, str(view.line_count), f"{sign} {view.currency.format_number(view.total)}")
    return ListRow(view.draft_id, cells, notes=_notes(view))
