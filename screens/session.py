"""The operator's open orders: go on with one, each with its own customer and session."""

from datetime import datetime
from typing import TYPE_CHECKING

from console.desk.values import Activity, OrderView
from screens.choose import ChooseScreen
from widgets.cells import Align
from widgets.columns import Column, Row

if TYPE_CHECKING:
    from console.desk.desk import Desk

COLUMNS = (
    Column("For"),
    Column("Since", 5),
    Column("Lines", 5, Align.RIGHT),
    Column("Total", 12, Align.RIGHT),
)
_WORDS = {
    Activity.SENDING: "sending",
    Activity.OFFLINE: "waits for the line",
    Activity.RETRYING: "the platform failed, asked again by and by",
    Activity.ELSEWHERE: "another console has it",
    Activity.NEEDS_YOU: "needs you",
}


class SessionScreen(ChooseScreen):
    """The answer is the chosen order's id."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__("Open orders", COLUMNS, [_row(view) for view in desk.orders.all])


def _row(view: OrderView) -> Row:
    confirmed = view.totals is not None and not view.pending
    amount = view.totals.total if view.totals is not None and confirmed else view.estimate
    mark = "=" if confirmed else "~"
    since = datetime.fromtimestamp(view.created_at).astimezone().strftime("%H:%M")
    cells = (view.who, since, str(len(view.draft.lines)), f"{mark} {view.currency.figures(amount)}")
    return Row(view.draft_id, cells, note=view.problem or _WORDS.get(view.activity, ""))
