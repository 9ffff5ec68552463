"""Actions of the keys that move the cursor of a screen's one list."""

from widgets.lists.line_list import LineList


class ListNavigation:
    """A screen whose ``_list`` is moved by keys while the focus is elsewhere."""

    _list: LineList

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._list.move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor by pages."""
        self._list.page(step)
