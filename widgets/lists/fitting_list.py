"""A list whose rows depend on its width: text that does not fit a column continues below."""

from collections.abc import Sequence
from typing import Protocol

from textual import events

from widgets.lists.columns import ListRow
from widgets.lists.line_list import LineList


class RowBuilder(Protocol):
    """Builds the rows of a list of ``width`` cells, 0 before the first layout."""

    def __call__(self, *, width: int) -> Sequence[ListRow]: ...


class FittingList(LineList):
    """A list that rebuilds its rows when its width changes."""

    _build_rows: RowBuilder | None = None

    def fit_rows(self, build_rows: RowBuilder) -> None:
        """Show the built rows; the cursor stays on the row with the same key."""
        self._build_rows = build_rows
        self.set_rows(build_rows(width=self.size.width))

    def on_resize(self, event: events.Resize) -> None:
        """Rebuild the rows for the new width."""
        event.prevent_default()
        super().on_resize(event)
        if self._build_rows is not None:
            self.fit_rows(self._build_rows)
