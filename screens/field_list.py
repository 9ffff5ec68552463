"""A list of fields, each value as long as it is: what its column has no room for goes on below.

Used by the checkout.
"""

from collections.abc import Sequence
from typing import Protocol

from textual import events

from widgets.columns import Row
from widgets.line_list import LineList


class RowsOf(Protocol):
    """Gives the rows for a list of ``width`` cells, 0 while it is not laid out."""

    def __call__(self, *, width: int) -> Sequence[Row]: ...


class FieldList(LineList):
    """Rows that depend on how wide the list is."""

    _rows_of: RowsOf | None = None

    def show(self, rows_of: RowsOf) -> None:
        """Show these rows; the cursor stays on the field it was on."""
        self._rows_of = rows_of
        self.set_rows(rows_of(width=self.size.width))

    def on_resize(self, event: events.Resize) -> None:
        """What stands beside a label and what below it depends on the width."""
        event.prevent_default()
        super().on_resize(event)
        if self._rows_of is not None:
            self.show(self._rows_of)
