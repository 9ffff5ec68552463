"""The fields of a form, and leaving it: unsaved values are asked about first."""

from collections.abc import Mapping

from screens.dialogs.confirm import ConfirmScreen
from widgets.base_screen import BaseScreen, Result
from widgets.text_field import FormField


class Form:
    """Fields by name, with the values they had when the form was opened."""

    def __init__(self, fields: Mapping[str, FormField]) -> None:
        self.fields = fields
        self._initial_values = self.values()

    def values(self) -> dict[str, str]:
        """Return the texts of the fields, stripped."""
        return {name: field.value.strip() for name, field in self.fields.items()}

    @property
    def is_changed(self) -> bool:
        """Return True if leaving would lose something typed."""
        return self.values() != self._initial_values


async def leave_form(
    screen: BaseScreen[Result], *, changed: bool, question: str = "Leave without saving what is typed?"
) -> None:
    """Close a form's screen; with unsaved changes, ask first. Only in a worker."""
    if not changed or await screen.ask(ConfirmScreen(question)):
        screen.close()
