"""The rows of the outbox, and the text for the state of an order; pure."""

from console.services.views import OrderView, PlacementStatus
from screens.order_view.rows import PROGRESS_TEXTS, delivery_note
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.text_cells import Align, wrap

COLUMNS = (
    Column("For"),
    Column("Since", 6),
    Column("Total", 14, Align.RIGHT),
    Column("Lines", 5, Align.RIGHT, min_list_width=70),
    Column("State", 24),
)
NOTE_WIDTH = 72

STATE_TEXTS = {
    PlacementStatus.DRAFT: "draft",
    PlacementStatus.SENDING: "sending",
    PlacementStatus.WAITING: "offline, waiting",
    PlacementStatus.OUTCOME_UNKNOWN: "sent, not confirmed yet",
    PlacementStatus.NEEDS_ATTENTION: "! needs you",
    PlacementStatus.PLACED: "placed",
    PlacementStatus.ABANDONED: "abandoned",
    PlacementStatus.NOT_SIGNED_IN: "operator not signed in",
    PlacementStatus.LEASED_ELSEWHERE: "open in another console",
}
FINISHED_STATES = frozenset({PlacementStatus.PLACED, PlacementStatus.ABANDONED})


def state_text(view: OrderView) -> str:
    """Return the state of an order in a few words; a placed one with its number."""
    placing = view.placement
    if placing.state is PlacementStatus.PLACED:
        return f"placed, {placing.order_id}"
    if placing.state is PlacementStatus.DRAFT and not view.is_pending:
        return "draft, on the platform"
    return STATE_TEXTS[placing.state]


def outbox_row(view: OrderView) -> ListRow:
    """Return the row of an order, with its name and its latest message below."""
    status_text = view.placement_message or view.problem
    if not status_text and view.placement.state in (PlacementStatus.DRAFT, PlacementStatus.SENDING):
        status_text = PROGRESS_TEXTS.get(view.activity, "") if view.is_pending else ""
    style = RowStyle.NORMAL
    if view.placement.state is PlacementStatus.NEEDS_ATTENTION or view.record_notes:
        style = RowStyle.WARN
    elif view.placement.state in FINISHED_STATES:
        style = RowStyle.DIM
    since = view.store_time.at(view.created_at)
    cells = (
        view.customer_name,
        f"{since:%H:%M}",
        f"{'=' if view.is_confirmed else '~'} {view.currency.format_money(view.total)}",
        str(view.line_count),
        state_text(view),
    )
    texts = (status_text, *view.record_notes)
    notes = (
        *wrap(view.draft.name, NOTE_WIDTH, 1),
        *wrap(delivery_note(view), NOTE_WIDTH, 1),
        *(row for text in texts for row in wrap(text, NOTE_WIDTH, 3)),
    )
    return ListRow(view.draft_id, cells, style, notes=tuple(f"  {note}" for note in notes))
