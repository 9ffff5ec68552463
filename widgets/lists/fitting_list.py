"""A list whose rows depend on how wide it is: what a column has no room for goes on below.

The order's lines and the fields of the checkout are such lists.
"""

from collections.abc import Sequence
from typing import Protocol

from textual import events

from widgets.lists.columns import ListRow
from widgets.lists.line_list import LineList


class RowBuilder(Protocol):
    """Gives the rows for a list of ``width`` cells, 0 while it is not laid out."""

    def __call__(self, *, width: int) -> Sequence[ListRow]: ...


class FittingList(LineList):
    """Rows that are made anew when the list becomes wider or narrower."""

    _build_rows: RowBuilder | None = None

    def fit_rows(self, build_rows: RowBuilder) -> None:
        """Show these rows; the cursor stays on the row with the same key."""
        self._build_rows = build_rows
        self.set_rows(build_rows(width=self.size.width))

    def on_resize(self, event: events.Resize) -> None:
        """What stands in a cell and what below it depends on the width."""
        event.prevent_default()
        super().on_resize(event)
        if self._build_rows is not None:
            self.fit_rows(self._build_rows)
