"""What the keys of ``commands.moving`` do on a screen with one list.

A base of every screen whose focus stays elsewhere while keys move the mark.
"""

from widgets.lists.line_list import LineList


class ListNavigation:
    """A screen whose ``_list`` has the mark that is moved."""

    _list: LineList

    def action_move(self, step: int) -> None:
        """Move the mark."""
        self._list.move(step)

    def action_page(self, step: int) -> None:
        """Move the mark by a page."""
        self._list.page(step)
